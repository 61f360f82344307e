// What is known of a run at a moment: its later part has been computed, but has not happened yet.
import type { Conclusion, JobRecord, RunRecord, StepRecord } from '../record.ts';
import type { StoredRun } from './contract.ts';

export type Status = 'queued' | 'in_progress' | 'completed' | 'waiting';

export interface StepView extends Omit<StepRecord, 'outcome' | 'conclusion' | 'outputs' | 'endedAt'> {
  readonly status: Status;
  readonly conclusion?: Conclusion;
  readonly endedAt?: number;
}

export interface JobView extends Omit<JobRecord, 'conclusion' | 'steps' | 'outputs' | 'endedAt'> {
  readonly status: Status;
  readonly conclusion?: Conclusion;
  readonly endedAt?: number;
  readonly steps: readonly StepView[];
}

export interface RunView
  extends Omit<
    StoredRun,
    'record' | 'given' | 'interventions' | 'kept' | 'isTold' | 'effects' | 'appliedTo' | 'renewedAt'
  > {
  readonly workflow: string;
  readonly path: string;
  readonly event: string;
  readonly title: string;
  readonly status: Status;
  readonly conclusion?: Conclusion;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly jobs: readonly JobView[];
  readonly waiting: RunRecord['waiting'];
  readonly artifacts: StoredRun['record']['artifacts'];
}

export function runAt(run: StoredRun, now: number): RunView {
  const { record, given: _, interventions: __, kept: ___, isTold: ____, ...others } = run;
  const { effects: _____, appliedTo: ______, renewedAt: _______, ...facts } = others;
  const { conclusion, startedAt, endedAt } = record;
  const isOver = run.record.waiting.length === 0 && now >= endedAt;
  const isWaiting = run.record.waiting.some(({ since }) => now >= since);
  return {
    ...facts,
    workflow: record.workflow,
    path: record.path,
    event: record.event,
    title: record.title,
    startedAt,
    status: isOver ? 'completed' : now < startedAt ? 'queued' : isWaiting ? 'waiting' : 'in_progress',
    ...(isOver && { conclusion, endedAt }),
    waiting: record.waiting.filter(({ since }) => now >= since),
    jobs: record.jobs.map((job) => jobAt(job, run, now)),
    artifacts: record.artifacts.filter(({ uploadedAt }) => now >= uploadedAt),
  };
}

function jobAt(job: JobRecord, run: StoredRun, now: number): JobView {
  const { conclusion, endedAt, steps, outputs: _, annotations, summary, ...rest } = job;
  const isWaiting = endedAt === Number.MAX_SAFE_INTEGER && run.record.waiting.some((one) => one.job === job.id);
  const isOver = !isWaiting && now >= endedAt;
  return {
    ...rest,
    status: isWaiting ? 'waiting' : isOver ? 'completed' : now < job.startedAt ? 'queued' : 'in_progress',
    ...(isOver && { conclusion, endedAt }),
    // What a job says of itself is known once it has ended.
    annotations: isOver ? annotations : [],
    summary: isOver ? summary : '',
    steps: steps.filter(({ startedAt }) => now >= startedAt).map((step) => stepAt(step, now)),
  };
}

function stepAt({ outcome: _, conclusion, outputs: __, endedAt, ...rest }: StepRecord, now: number): StepView {
  const isOver = now >= endedAt;
  return { ...rest, status: isOver ? 'completed' : 'in_progress', ...(isOver && { conclusion, endedAt }) };
}
