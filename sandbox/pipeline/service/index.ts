// The service that starts workflows when something happens on the forge, and keeps their runs there.
import {
  advanceForge,
  BOT,
  deliver,
  fullNameOf,
  mergesByItself,
  openStore,
  readDocument,
  writeDocument,
} from '../../forge/index.ts';
import type { Command, Machine } from '../../machine/index.ts';
import { githubContext } from '../event.ts';
import { isTruthy, type Json, resolve, textOf } from '../expression.ts';
import { applyEffect } from '../far-disk.ts';
import { readWorkflow } from '../read.ts';
import type { AppImage, RunnerSurroundings } from '../session.ts';
import type { Problem, Workflow } from '../workflow.ts';
import { compute, keptJobs, NEVER, placeOf, workflowFiles } from './compute.ts';
import type { Ci, Intervention, RunAnswer, StoredRun } from './contract.ts';
import { dueBetween } from './cron.ts';
import { type Happening, happeningsOf, isHeard } from './happening.ts';
import { readRun, readRuns, saveRun } from './runs.ts';
import { starts } from './starts.ts';

export interface CiSurroundings extends Omit<RunnerSurroundings, 'commands' | 'language' | 'image'> {
  /** What is installed on runners. */
  commands(): readonly Command[];
  /** What an image of the company's registry holds. */
  image?(machine: Machine, name: string): AppImage | string | undefined;
}

/** What the service has seen so far. */
interface Seen {
  /** Of the event log. */
  readonly seq: number;
  /** Schedules of default branches, and the moment up to which they have been followed. */
  readonly schedules: readonly { readonly repository: string; readonly cron: string }[];
  readonly followedTo: number;
}

const SEEN = '/srv/forge/seen.json';
/** After a long leap of the clock only the last ones of each schedule are run. */
const MISSED_SCHEDULES = 10;

export function createCi({ commands, image, ...rest }: CiSurroundings): Ci {
  const underWay = new WeakMap<Machine, Promise<void>>();

  /** One after another, and with the machine's own clock back in place afterwards. */
  async function inTurn<T>(machine: Machine, action: (surroundings: RunnerSurroundings) => Promise<T>): Promise<T> {
    const before = underWay.get(machine) ?? Promise.resolve();
    const now = before.then(async () => {
      try {
        return await action({
          ...rest,
          commands: commands(),
          language: machine.language,
          ...(image && { image: (name) => image(machine, name) }),
        });
      } finally {
        rest.onKernel(machine.kernel);
      }
    });
    underWay.set(
      machine,
      now.then(
        () => {},
        () => {},
      ),
    );
    return now;
  }

  async function settleInTurn(machine: Machine, surroundings: RunnerSurroundings): Promise<void> {
    const { kernel } = machine;
    for (;;) {
      const seen: Seen = readDocument(machine, SEEN) ?? { seq: 0, schedules: [], followedTo: kernel.now() };
      const entries = kernel.log.entries();
      const news = entries.slice(seen.seq).filter(isHeard);
      const due = seen.schedules.flatMap(({ repository, cron }) =>
        dueBetween(cron, seen.followedTo, kernel.now(), MISSED_SCHEDULES).map((at) => ({ repository, cron, at })),
      );
      if (staleRuns(machine).length > 0) {
        await renewStale(machine, surroundings);
        continue;
      }
      if (news.length === 0 && due.length === 0) {
        if (await advanceForge(machine)) continue;
        return;
      }
      const happenings: Happening[] = [];
      for (const entry of news) happenings.push(...(await happeningsOf(machine, entry)));
      for (const one of due) happenings.push(...scheduled(machine, one));
      const moved = new Set(news.flatMap((entry) => (entry.type === 'RefUpdated' ? [entry.repository] : [])));
      const schedules = seen.schedules.filter(({ repository }) => !moved.has(repository));
      for (const repository of moved) schedules.push(...(await schedulesOf(machine, repository)));
      writeDocument(machine, SEEN, { seq: entries.length, schedules, followedTo: kernel.now() } satisfies Seen);
      for (const one of happenings.sort((a, b) => a.at - b.at)) {
        await tellHooks(one, machine, rest.pause);
        await startAll(one, machine, surroundings);
      }
    }
  }

  return {
    settle: (machine) => inTurn(machine, (surroundings) => settleInTurn(machine, surroundings)),

    pause: rest.pause,

    resume(machine) {
      // A day that begins where another one ended has a log of its own: nothing of it has been seen.
      const seen = readDocument<Seen>(machine, SEEN);
      const known = machine.kernel.log.entries().length;
      if (seen !== undefined && seen.seq > known) writeDocument(machine, SEEN, { ...seen, seq: known });
      for (const repository of repositoriesOf(machine))
        for (const run of readRuns(machine, repository)) {
          planEffects(machine, run);
          if (!run.isTold) planEnd(machine, run);
        }
    },

    cancel: (machine, repository, number, by) =>
      inTurn(machine, async (surroundings) => {
        const run = readRun(machine, repository, number);
        if (run === undefined) return notFound(number);
        if (isOver(run, machine.kernel.now()))
          return { ok: false, why: 'Cannot cancel a workflow run that is completed' };
        await intervene(run, { kind: 'cancel', at: machine.kernel.now(), by }, machine, surroundings);
        return { ok: true };
      }),

    rerun: (machine, repository, number, { failedOnly, by }) =>
      inTurn(machine, async (surroundings): Promise<RunAnswer> => {
        const run = readRun(machine, repository, number);
        if (run === undefined) return notFound(number);
        const now = machine.kernel.now();
        if (!isOver(run, now)) return { ok: false, why: 'This workflow is already running' };
        const kept = failedOnly ? keptJobs(run.record.jobs) : [];
        if (failedOnly && kept.length === run.record.jobs.length)
          return { ok: false, why: 'This workflow run has no failed jobs' };
        const attempt = run.attempt + 1;
        const github = { ...run.given.github, run_attempt: String(attempt), triggering_actor: by };
        const again = {
          ...run,
          attempt,
          attemptAt: now,
          kept,
          interventions: [],
          effects: [],
          appliedTo: now,
          isTold: false,
          given: { ...run.given, github },
        };
        const { after: _, ...free } = again;
        await computeAndSave(free, machine, surroundings);
        return { ok: true };
      }),

    review: (machine, repository, number, { environments, state, by }) =>
      inTurn(machine, async (surroundings): Promise<RunAnswer> => {
        const now = machine.kernel.now();
        for (const environment of environments) {
          const run = readRun(machine, repository, number);
          if (run === undefined) return notFound(number);
          if (!run.record.waiting.some((one) => one.environment === environment && one.since <= now))
            return { ok: false, why: `There are no pending deployments for the environment ${environment}` };
          if (!run.given.environments[environment]?.reviewers.includes(by))
            return { ok: false, why: `${by} is not a required reviewer of ${environment}` };
          machine.kernel.record({ type: 'DeploymentReviewed', repository, run: number, environment, state, by });
          await intervene(run, { kind: 'review', at: now, by, environment, state }, machine, surroundings);
        }
        return { ok: true };
      }),
  };
}

const notFound = (number: number): RunAnswer => ({
  ok: false,
  why: `could not find any workflow run with ID ${number}`,
});

function isOver({ record }: StoredRun, now: number): boolean {
  return record.waiting.length === 0 && record.endedAt <= now;
}

function repositoriesOf({ files }: Machine): readonly string[] {
  if (!files.exists('/srv/git')) return [];
  return files.list('/srv/git').flatMap((name) => (name.endsWith('.git') ? [name.slice(0, -'.git'.length)] : []));
}

/** `workflow` runs on the default branch only ("Events that trigger workflows", schedule). */
async function schedulesOf(machine: Machine, repository: string): Promise<Seen['schedules']> {
  const head = defaultHead(machine, repository);
  if (head === undefined) return [];
  const found: Seen['schedules'][number][] = [];
  for (const [path, text] of await workflowFiles(placeOf(machine, repository), head.commit)) {
    const { workflow } = await readWorkflow(path, text);
    for (const cron of workflow?.on.schedule?.crons ?? []) found.push({ repository, cron });
  }
  return found;
}

function defaultHead(machine: Machine, repository: string) {
  const { defaultBranch } = openStore(machine, repository).settings();
  const path = `/srv/git/${repository}.git/refs/heads/${defaultBranch}`;
  return machine.files.exists(path)
    ? { branch: defaultBranch, commit: machine.files.readText(path).trim() }
    : undefined;
}

function scheduled(
  machine: Machine,
  { repository, cron, at }: { readonly repository: string; readonly cron: string; readonly at: number },
): readonly Happening[] {
  const head = defaultHead(machine, repository);
  if (head === undefined) return [];
  const { branch, commit } = head;
  const ref = `refs/heads/${branch}`;
  return [
    { event: 'schedule', repository, actor: machine.user, at, ref, branch, commit, cron, payload: { schedule: cron } },
  ];
}

/** Sends what happened to the addresses that asked for it, with the event's payload as workflows see it. */
async function tellHooks(
  { event, type, repository, actor, payload }: Happening,
  machine: Machine,
  pause: () => Promise<void>,
): Promise<void> {
  const { hooks, defaultBranch } = openStore(machine, repository).settings();
  const asking = hooks.filter(({ events, isActive }) => isActive && (events.includes(event) || events.includes('*')));
  if (asking.length === 0 || event === 'pull_request_target' || event === 'schedule') return;
  const about = { name: repository, full_name: fullNameOf(repository), default_branch: defaultBranch };
  const text = JSON.stringify({ ...payload, repository: about, sender: { login: actor } });
  for (const hook of asking) await deliver(machine, repository, hook, { event, action: type, payload: text }, pause);
}

/** "Triggering a workflow from a workflow": what a job does with its GITHUB_TOKEN starts no run, but for these. */
const alwaysHeard = ['workflow_dispatch', 'repository_dispatch', 'workflow_run'];

async function startAll(happening: Happening, machine: Machine, surroundings: RunnerSurroundings): Promise<void> {
  if (happening.actor === BOT && !alwaysHeard.includes(happening.event)) return;
  const place = placeOf(machine, happening.repository);
  for (const [path, text] of await workflowFiles(place, happening.commit)) {
    const { workflow, problems } = await readWorkflow(path, text);
    if (workflow === undefined) {
      // A file that cannot be read is shown as a failed run of the push that brought it.
      if (happening.event === 'push' && happening.ref.startsWith('refs/heads/'))
        await begin(unreadable(path), problems, happening, machine, surroundings);
    } else if (await starts(workflow, happening)) await begin(workflow, problems, happening, machine, surroundings);
  }
}

function unreadable(path: string): Workflow {
  return { path, name: path, on: {}, env: {}, defaults: {}, jobs: [] };
}

async function begin(
  workflow: Workflow,
  problems: readonly Problem[],
  happening: Happening,
  machine: Machine,
  surroundings: RunnerSurroundings,
): Promise<void> {
  const { repository, at, actor, commit, ref, branch, event, inputs = {}, pull, checked = commit } = happening;
  const { secrets, variables, environments, defaultBranch, tokenMay } = openStore(machine, repository).settings();
  const runs = readRuns(machine, repository);
  const number = (runs.at(-1)?.number ?? 0) + 1;
  const runNumber = runs.filter(({ record }) => record.path === workflow.path).length + 1;
  const github = contextOf(workflow, happening, { number, runNumber, defaultBranch });
  // "Secrets": a pull request from a fork has none, and a token that only reads; pull_request_target has the base's.
  const isForeign = pull?.head.includes(':') === true && event !== 'pull_request_target';
  const limits = { usual: tokenMay, isReadOnly: isForeign };
  const free = Object.entries(environments).map(([name, one]) => [name, { ...one, secrets: {} }] as const);
  const given = {
    github,
    inputs,
    secrets: isForeign ? {} : secrets,
    vars: variables,
    environments: isForeign ? Object.fromEntries(free) : environments,
    limits,
  };
  const { group, cancels } = concurrencyOf(workflow, given);

  const sameGroup = group === undefined ? [] : runs.filter((one) => one.group === group && !isOver(one, at));
  const unwanted = sameGroup.filter(({ record }) => cancels || record.startedAt > at);
  for (const one of unwanted) await intervene(one, { kind: 'cancel', at, by: actor }, machine, surroundings);
  const before = sameGroup.filter((one) => !unwanted.includes(one)).at(-1) ?? unwanted.at(-1);
  const run: StoredRun = {
    number,
    runNumber,
    attempt: 1,
    repository,
    actor,
    commit,
    checked,
    ref,
    branch,
    ...(pull && { pull: pull.number }),
    createdAt: at,
    attemptAt: at,
    ...(group !== undefined && { group }),
    ...(before && { after: before.number }),
    given,
    interventions: [],
    kept: [],
    problems,
    effects: [],
    appliedTo: at,
    isTold: false,
    record: {
      workflow: workflow.name,
      path: workflow.path,
      event,
      title: titleOf(happening, workflow),
      conclusion: 'success',
      startedAt: at,
      endedAt: at,
      jobs: [],
      artifacts: [],
      waiting: [],
    },
  };
  saveRun(machine, run);
  machine.kernel.record({
    type: 'WorkflowRunStarted',
    repository,
    run: number,
    workflow: workflow.name,
    event,
    commit,
  });
  await computeAndSave(run, machine, surroundings);
}

/** Lists of runs show what was committed, proposed or asked for. */
function titleOf({ pull, payload }: Happening, workflow: Workflow): string {
  if (pull !== undefined) return pull.title;
  const head = payload.head_commit as { message?: string } | undefined;
  return head?.message?.split('\n')[0] ?? workflow.name;
}

function contextOf(
  workflow: Workflow,
  { event, repository, actor, commit, ref, inputs, pull, payload }: Happening,
  {
    number,
    runNumber,
    defaultBranch,
  }: { readonly number: number; readonly runNumber: number; readonly defaultBranch: string },
): { readonly [key: string]: Json } {
  const full = repository.includes('/') ? repository : `ventarela/${repository}`;
  const base = githubContext(workflow, { event, repository: full, actor, sha: commit, ref, ...(inputs && { inputs }) });
  const about = base.event as { readonly repository: { readonly [key: string]: Json }; readonly sender: Json };
  return {
    ...base,
    event: { repository: { ...about.repository, default_branch: defaultBranch }, sender: about.sender, ...payload },
    ref,
    ref_name: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    head_ref: pull?.head.replace(/^[^:]+:/, '') ?? '',
    base_ref: pull?.base ?? '',
    workflow_sha: commit,
    run_id: String(number),
    run_number: String(runNumber),
    run_attempt: '1',
  };
}

/** "Control the concurrency of workflows and jobs": names are compared without regard to case. */
function concurrencyOf(
  { concurrency }: Workflow,
  { github, inputs, vars }: StoredRun['given'],
): { readonly group?: string; readonly cancels: boolean } {
  if (concurrency === undefined) return { cancels: false };
  const value = resolve(concurrency, { contexts: { github, inputs, vars }, standing: { status: 'success' } });
  const map =
    typeof value === 'object' && value !== null ? (value as { readonly [key: string]: Json }) : { group: value };
  return { group: textOf(map.group ?? null).toLowerCase(), cancels: isTruthy(map['cancel-in-progress'] ?? false) };
}

async function intervene(
  run: StoredRun,
  intervention: Intervention,
  machine: Machine,
  surroundings: RunnerSurroundings,
): Promise<void> {
  await computeAndSave({ ...run, interventions: [...run.interventions, intervention] }, machine, surroundings);
}

/** Computes it, and again those of its group that were to begin after it and have not begun. */
async function computeAndSave(run: StoredRun, machine: Machine, surroundings: RunnerSurroundings): Promise<void> {
  const { repository, number } = run;
  const runs = readRuns(machine, repository).filter((one) => one.number !== number);
  const before = runs.find((one) => one.number === run.after);
  const startAt = before === undefined ? run.attemptAt : Math.max(run.attemptAt, endOf(before));
  const { run: done, cuts } = await compute(run, startAt, runs, machine, surroundings);
  saveRun(machine, done);
  const { record } = done;
  const waits = new Set(record.waiting.map(({ job }) => job));
  openStore(machine, repository).saveChecks(
    done.checked,
    number,
    record.jobs.map(({ id, name, startedAt, endedAt, conclusion }, job) => ({
      name,
      workflow: record.workflow,
      event: record.event,
      run: number,
      job,
      startedAt,
      ...(!waits.has(id) && { completedAt: endedAt }),
      conclusion,
    })),
  );
  planEffects(machine, done);
  planEnd(machine, done);
  for (const { run: other, job, at } of cuts) {
    const held = readRun(machine, repository, other);
    if (held?.interventions.some((one) => one.kind === 'cut' && one.job === job)) continue;
    if (held !== undefined) await intervene(held, { kind: 'cut', at, job }, machine, surroundings);
  }
  const now = machine.kernel.now();
  for (const next of runs)
    if (next.after === number && next.record.startedAt > now) await computeAndSave(next, machine, surroundings);
}

const endOf = ({ record }: StoredRun): number => (record.waiting.length > 0 ? NEVER : record.endedAt);

/** What its jobs change on the forge is changed when the clock gets there. */
function planEffects(machine: Machine, { repository, number, attempt, effects, appliedTo }: StoredRun): void {
  const { kernel } = machine;
  const act = (): void => {
    const run = readRun(machine, repository, number);
    if (run === undefined || run.attempt !== attempt || isStale(machine, run)) return;
    const [next] = run.effects.filter(({ at }) => at > run.appliedTo && at <= kernel.now());
    if (next === undefined) return;
    if (applyEffect(machine, next)) saveRun(machine, { ...run, appliedTo: next.at });
    // Computed again already for this one: it is given up, and the run says so.
    else if (run.renewedAt === next.at) saveRun(machine, { ...withLoss(run, next.at), appliedTo: next.at });
    // Somebody else was faster: the run is computed again, from what there is now.
    else writeDocument(machine, STALE, [...staleRuns(machine), { repository, number }]);
  };
  for (const { at } of effects)
    if (at > appliedTo) {
      if (at <= kernel.now()) act();
      else kernel.schedule(at - kernel.now(), act);
    }
}

/** A run of which a step could not do on the forge what it says. */
function withLoss(run: StoredRun, at: number): StoredRun {
  const message = 'The forge was changed by somebody else at the same time: what a step did there was lost.';
  const jobs = run.record.jobs.map((job) =>
    job.steps.some(({ endedAt }) => endedAt === at)
      ? { ...job, annotations: [...job.annotations, { level: 'error', message } as const] }
      : job,
  );
  return { ...run, record: { ...run.record, jobs } };
}

/** Runs that are to be computed again. */
const STALE = '/srv/forge/stale.json';
type Stale = Pick<StoredRun, 'repository' | 'number'>;
const staleRuns = (machine: Machine): readonly Stale[] => readDocument(machine, STALE) ?? [];
const isStale = (machine: Machine, { repository, number }: Stale): boolean =>
  staleRuns(machine).some((one) => one.repository === repository && one.number === number);

async function renewStale(machine: Machine, surroundings: RunnerSurroundings): Promise<void> {
  const [first, ...others] = staleRuns(machine);
  if (first === undefined) return;
  writeDocument(machine, STALE, others);
  const run = readRun(machine, first.repository, first.number);
  const next = run?.effects.find(({ at }) => at > run.appliedTo);
  if (run !== undefined && next !== undefined)
    await computeAndSave({ ...run, renewedAt: next.at }, machine, surroundings);
}

/** Its end is logged when the clock gets there. */
function planEnd(machine: Machine, { repository, number, attempt, record }: StoredRun): void {
  const { kernel } = machine;
  if (record.waiting.length > 0 || record.endedAt === NEVER) return;
  const tell = (): void => {
    const run = readRun(machine, repository, number);
    if (run === undefined || run.isTold || run.attempt !== attempt || !isOver(run, kernel.now())) return;
    saveRun(machine, { ...run, isTold: true });
    const { workflow, conclusion } = run.record;
    kernel.record({ type: 'WorkflowRunEnded', repository, run: number, workflow, conclusion });
    // Looking is the forge's own work: nobody at the desk pays for it.
    if (machine.meter.aside(() => mergesByItself(machine, repository))) machine.isAwaited = true;
  };
  if (record.endedAt <= kernel.now()) tell();
  else kernel.schedule(record.endedAt - kernel.now(), tell);
}
