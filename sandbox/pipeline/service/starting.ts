// From what happened on the forge to the runs that it starts.
import { BOT, openStore } from '../../forge/index.ts';
import type { Machine } from '../../machine/index.ts';
import { githubContext } from '../event.ts';
import { isTruthy, type Json, resolve, textOf } from '../expression.ts';
import { readWorkflow } from '../read.ts';
import type { RunnerSurroundings } from '../session.ts';
import type { Problem, Workflow } from '../workflow.ts';
import { computeAndSave, intervene, isOver } from './carrying-out.ts';
import { placeOf, workflowFiles } from './compute.ts';
import type { StoredRun } from './contract.ts';
import type { Happening } from './happening.ts';
import { readRuns, saveRun } from './runs.ts';
import { starts } from './starts.ts';

/** "Triggering a workflow from a workflow": what a job does with its GITHUB_TOKEN starts no run, but for these. */
const alwaysHeard = ['workflow_dispatch', 'repository_dispatch', 'workflow_run'];

export async function startAll(
  happening: Happening,
  machine: Machine,
  surroundings: RunnerSurroundings,
): Promise<void> {
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
