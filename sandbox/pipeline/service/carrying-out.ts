// Runs are computed as soon as they start; what they change on the forge, and their end, come when the clock gets there.
import { mergesByItself, openStore, readDocument, writeDocument } from '../../forge/index.ts';
import type { Machine } from '../../machine/index.ts';
import { applyEffect } from '../far-disk.ts';
import type { RunnerSurroundings } from '../session.ts';
import { compute, NEVER } from './compute.ts';
import type { Intervention, StoredRun } from './contract.ts';
import { readRun, readRuns, saveRun } from './runs.ts';

export function isOver({ record }: StoredRun, now: number): boolean {
  return record.waiting.length === 0 && record.endedAt <= now;
}

export async function intervene(
  run: StoredRun,
  intervention: Intervention,
  machine: Machine,
  surroundings: RunnerSurroundings,
): Promise<void> {
  await computeAndSave({ ...run, interventions: [...run.interventions, intervention] }, machine, surroundings);
}

/** Computes it, and again those of its group that were to begin after it and have not begun. */
export async function computeAndSave(
  run: StoredRun,
  machine: Machine,
  surroundings: RunnerSurroundings,
): Promise<void> {
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
export function planEffects(machine: Machine, { repository, number, attempt, effects, appliedTo }: StoredRun): void {
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
export const staleRuns = (machine: Machine): readonly Stale[] => readDocument(machine, STALE) ?? [];
const isStale = (machine: Machine, { repository, number }: Stale): boolean =>
  staleRuns(machine).some((one) => one.repository === repository && one.number === number);

export async function renewStale(machine: Machine, surroundings: RunnerSurroundings): Promise<void> {
  const [first, ...others] = staleRuns(machine);
  if (first === undefined) return;
  writeDocument(machine, STALE, others);
  const run = readRun(machine, first.repository, first.number);
  const next = run?.effects.find(({ at }) => at > run.appliedTo);
  if (run !== undefined && next !== undefined)
    await computeAndSave({ ...run, renewedAt: next.at }, machine, surroundings);
}

/** Its end is logged when the clock gets there. */
export function planEnd(machine: Machine, { repository, number, attempt, record }: StoredRun): void {
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
