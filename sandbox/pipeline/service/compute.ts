// Computing a run from how it began and what happened to it since: the same each time.
import * as git from 'isomorphic-git';
import { type Place, placeAt } from '../../forge/index.ts';
import type { Machine } from '../../machine/index.ts';
import { readFarDisk, withoutEffect } from '../far-disk.ts';
import { readWorkflow } from '../read.ts';
import type { JobRecord } from '../record.ts';
import { runWorkflow } from '../run.ts';
import { place as placeFile, type RunnerSurroundings } from '../session.ts';
import { sourceOf } from '../source.ts';
import { keepCaches, openCaches } from './caches.ts';
import type { StoredRun } from './contract.ts';
import { type Cut, gateOf } from './gates.ts';
import { artifactsOf } from './runs.ts';

/** What never happens, as far as is known. */
export const NEVER = Number.MAX_SAFE_INTEGER;

export const placeOf = ({ files }: Machine, repository: string): Place => placeAt(files, `/srv/git/${repository}.git`);

/**
 * @param startAt when it may begin: simulated time, `NEVER` while another run of its group waits.
 * @param others the other runs of the repository, for concurrency groups of jobs.
 */
export async function compute(
  run: StoredRun,
  startAt: number,
  others: readonly StoredRun[],
  machine: Machine,
  surroundings: RunnerSurroundings,
): Promise<{ readonly run: StoredRun; readonly cuts: readonly Cut[] }> {
  const { repository, given, number, ref, commit } = run;
  const { path, event } = run.record;
  const source = await sourceOf(placeOf(machine, repository), commit);
  const file = source.find((one) => one.path === path);
  const { workflow, problems } = await readWorkflow(path, new TextDecoder().decode(file?.bytes));
  const cancelAt = run.interventions.find(({ kind }) => kind === 'cancel')?.at;
  const isNever = startAt === NEVER || (cancelAt !== undefined && cancelAt <= startAt);
  if (workflow === undefined || isNever) {
    const conclusion = workflow === undefined ? 'failure' : 'cancelled';
    const endedAt = workflow === undefined ? startAt : (cancelAt ?? NEVER);
    const nothing = {
      jobs: [],
      artifacts: [],
      waiting: [],
      conclusion,
      startedAt: Math.min(startAt, endedAt),
      endedAt,
    } as const;
    return { run: { ...run, problems, effects: [], record: { ...run.record, ...nothing } }, cuts: [] };
  }

  const defaultRef = `refs/heads/${defaultBranchOf(given.github)}`;
  const refs = [
    ref,
    defaultRef,
    ...(typeof given.github.base_ref === 'string' ? [`refs/heads/${given.github.base_ref}`] : []),
  ];
  const caches = openCaches(machine, repository, { run: number, at: startAt, refs });
  const before = new Set(caches.keys());
  // It begins from the forge as it was before its own changes, however often it is computed.
  const disk = readFarDisk(machine, repository);
  for (const effect of run.effects.filter(({ at }) => at <= run.appliedTo).reverse()) withoutEffect(disk, effect);
  const { limits, ...rest } = given;
  const cuts: Cut[] = [];
  const { artifacts, effects, ...record } = await runWorkflow(
    {
      workflow,
      seed: `${repository}/run/${number}/${run.attempt}`,
      startAt,
      event,
      source,
      origin: placeOf(machine, repository),
      caches,
      ...rest,
      forge: { disk, limits },
      ...(cancelAt !== undefined && { cancelAt }),
      kept: run.kept,
      cuts: Object.fromEntries(run.interventions.flatMap((one) => (one.kind === 'cut' ? [[one.job, one.at]] : []))),
      admit: gateOf(run, others, (one) => cuts.push(one)),
    },
    surroundings,
  );
  keepCaches(machine, repository, caches, { run: number, savedAt: record.endedAt, ref, before });
  const folder = artifactsOf(repository, number);
  machine.files.remove(folder, { recursive: true, force: true });
  for (const { name, files } of artifacts)
    for (const [inside, bytes] of Object.entries(files)) placeFile(machine, `${folder}/${name}/${inside}`, bytes);
  const kept = artifacts.map(({ files: _, ...one }) => one);
  const title = workflow.runName === undefined ? run.record.title : record.title;
  return { run: { ...run, problems, effects, record: { ...record, title, artifacts: kept } }, cuts };
}

function defaultBranchOf(github: StoredRun['given']['github']): string {
  const event = github.event as { repository?: { default_branch?: string } } | undefined;
  return event?.repository?.default_branch ?? 'main';
}

/** Jobs that a new attempt of the failed ones leaves as they are: all but these and those that need them. */
export function keptJobs(jobs: readonly JobRecord[]): readonly JobRecord[] {
  const again = new Set(
    jobs.filter(({ conclusion }) => conclusion === 'failure' || conclusion === 'cancelled').map(({ id }) => rootOf(id)),
  );
  for (let grew = true; grew; ) {
    const more = jobs.filter(({ id, needs }) => !again.has(rootOf(id)) && needs.some((one) => again.has(one)));
    for (const { id } of more) again.add(rootOf(id));
    grew = more.length > 0;
  }
  return jobs.filter(({ id }) => !again.has(rootOf(id)));
}

/** Of `deploy / build`, a job of a called workflow: `deploy`. */
const rootOf = (id: string): string => id.split(' / ')[0] ?? id;

/** The workflow files of a commit, by path. */
export async function workflowFiles(place: Place, commit: string): Promise<ReadonlyMap<string, string>> {
  const folder = '.github/workflows';
  const read = await git.readTree({ ...place, oid: commit, filepath: folder }).catch(() => undefined);
  const files = new Map<string, string>();
  for (const { path, type, oid } of read?.tree ?? []) {
    if (type !== 'blob' || !/\.ya?ml$/.test(path)) continue;
    const { blob } = await git.readBlob({ ...place, oid });
    files.set(`${folder}/${path}`, new TextDecoder().decode(blob));
  }
  return files;
}
