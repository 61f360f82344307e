// The service that starts workflows when something happens on the forge, and keeps their runs there.
import { advanceForge, deliver, fullNameOf, openStore, readDocument, writeDocument } from '../../forge/index.ts';
import type { Command, Machine } from '../../machine/index.ts';
import type { AppImage, RunnerSurroundings } from '../session.ts';
import { computeAndSave, intervene, isOver, planEffects, planEnd, renewStale, staleRuns } from './carrying-out.ts';
import { keptJobs } from './compute.ts';
import type { Ci, RunAnswer } from './contract.ts';
import { dueBetween } from './cron.ts';
import { type Happening, happeningsOf, isHeard } from './happening.ts';
import { readRun, readRuns } from './runs.ts';
import { type Schedule, scheduled, schedulesOf } from './schedules.ts';
import { startAll } from './starting.ts';

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
  readonly schedules: readonly Schedule[];
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

function repositoriesOf({ files }: Machine): readonly string[] {
  if (!files.exists('/srv/git')) return [];
  return files.list('/srv/git').flatMap((name) => (name.endsWith('.git') ? [name.slice(0, -'.git'.length)] : []));
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
