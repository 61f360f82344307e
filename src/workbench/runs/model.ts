// What is shown of a run at a moment. Pure.
import {
  type Annotation,
  type Conclusion,
  type JobView,
  type RunView,
  runAt,
  type Status,
  type StepView,
  type StoredRun,
} from '../../../sandbox/hosts/forge-view.ts';

/** `pending`: it waits for the jobs that it needs. `expected`: a required check of which nothing is known. */
export type StateName = Conclusion | Exclude<Status, 'completed'> | 'pending' | 'expected';

export interface ShownJob extends Omit<JobView, 'status' | 'conclusion' | 'steps'> {
  readonly state: StateName;
  readonly steps: readonly ShownStep[];
  /** Place in the record: tells jobs of the same name from one another. */
  readonly place: number;
}

export interface ShownStep extends Omit<StepView, 'status' | 'conclusion'> {
  readonly state: StateName;
}

export interface JobGroup {
  /** The job's key in the file. */
  readonly id: string;
  readonly kind: 'job' | 'matrix' | 'workflow';
  readonly needs: readonly string[];
  readonly jobs: readonly ShownJob[];
  readonly state: StateName;
}

export interface ShownRun extends Omit<RunView, 'jobs' | 'conclusion' | 'status'> {
  readonly state: StateName;
  readonly isOver: boolean;
  readonly jobs: readonly ShownJob[];
  readonly annotations: readonly (Annotation & { readonly job: string })[];
  readonly duration: number;
}

export function showRun(run: StoredRun, now: number): ShownRun {
  const { jobs: known, status, conclusion, ...view } = runAt(run, now);
  const jobs = known.map((job, place): ShownJob => {
    const { status: at, conclusion: end, ...rest } = job;
    const isHeld = at === 'queued' && now < job.queuedAt;
    return { ...rest, state: isHeld ? 'pending' : stateOf(at, end), steps: stepsOf(run, place, job, now), place };
  });
  return {
    ...view,
    state: stateOf(status, conclusion),
    isOver: status === 'completed',
    jobs,
    annotations: jobs.flatMap(({ annotations, name }) => annotations.map((one) => ({ ...one, job: name }))),
    duration: Math.max(0, (view.endedAt ?? now) - view.startedAt),
  };
}

export function stateOf(status: Status, conclusion: Conclusion | undefined): StateName {
  return status === 'completed' ? (conclusion ?? 'success') : status;
}

function stepsOf(run: StoredRun, place: number, job: JobView, now: number): readonly ShownStep[] {
  return job.steps.map(({ status, conclusion, ...step }, index) => {
    const end = run.record.jobs[place]?.steps[index]?.endedAt ?? now;
    return { ...step, log: linesSoFar(step.log, step.startedAt, end, now), state: stateOf(status, conclusion) };
  });
}

/** Lines are not kept with their times: those of a step under way are spread evenly over it. */
export function linesSoFar(log: readonly string[], start: number, end: number, now: number): readonly string[] {
  if (now >= end) return log;
  return log.slice(0, Math.floor((log.length * Math.max(0, now - start)) / (end - start)));
}

/** The jobs of the file, in its order: a matrix is one, and so is a reusable workflow. */
export function groupsOf(jobs: readonly ShownJob[]): readonly JobGroup[] {
  const ids = [...new Set(jobs.map(({ id }) => groupOf(id)))];
  return ids.map((id) => {
    const own = jobs.filter((job) => groupOf(job.id) === id);
    const needs = own.flatMap((job) => job.needs.map(groupOf));
    return {
      id,
      kind: own.some((job) => job.id !== id) ? 'workflow' : own.some(({ matrix }) => matrix) ? 'matrix' : 'job',
      needs: [...new Set(needs)].filter((need) => need !== id && ids.includes(need)),
      jobs: own,
      state: together(own.map(({ state }) => state)),
    };
  });
}

const groupOf = (id: string): string => id.split(' / ')[0] ?? id;

/** The most telling first. */
const weights: readonly StateName[] = [
  'failure',
  'in_progress',
  'waiting',
  'queued',
  'pending',
  'cancelled',
  'success',
  'skipped',
];

export function together(states: readonly StateName[]): StateName {
  return weights.find((state) => states.includes(state)) ?? 'pending';
}

/** "Billing for GitHub Actions": each job's time counts in whole minutes, rounded up. */
export function billedMinutes(jobs: readonly ShownJob[]): number {
  return jobs.reduce(
    (sum, { state, startedAt, endedAt }) =>
      state === 'skipped' || endedAt === undefined ? sum : sum + Math.ceil(Math.max(0, endedAt - startedAt) / 60_000),
    0,
  );
}

/** `1 h 3 min`, `2 min 5 s`, `45 s`: the same in both languages. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const [h, min, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (h > 0) return min > 0 ? `${h} h ${min} min` : `${h} h`;
  if (min > 0) return s > 0 ? `${min} min ${s} s` : `${min} min`;
  return `${s} s`;
}
