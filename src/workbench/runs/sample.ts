// A run for tests.
import type { StoredRun } from '../../../sandbox/hosts/forge-view.ts';

type Job = StoredRun['record']['jobs'][number];

/** Monday 2 March 2026, 09:00 UTC. */
export const NINE = 1_772_442_000_000;
export const SECOND = 1000;
export const HEAD = '6f1c2d3e4a5b6c7d8e9f0a1b2c3d4e5f6a7b8c9d';

export function sampleJob(id: string, job: Partial<Job> = {}): Job {
  return {
    id,
    name: id,
    needs: [],
    conclusion: 'success',
    queuedAt: NINE,
    startedAt: NINE,
    endedAt: NINE + 60 * SECOND,
    steps: [],
    outputs: {},
    annotations: [],
    summary: '',
    ...job,
  };
}

export function sampleRun(number: number, jobs: readonly Job[], run: Partial<StoredRun> = {}): StoredRun {
  const endedAt = Math.max(NINE, ...jobs.map((job) => job.endedAt));
  const conclusion = jobs.some((job) => job.conclusion === 'failure') ? 'failure' : 'success';
  return {
    number,
    runNumber: number,
    attempt: 1,
    repository: 'seats',
    actor: 'dev',
    commit: HEAD,
    checked: HEAD,
    ref: 'refs/heads/main',
    branch: 'main',
    createdAt: NINE,
    attemptAt: NINE,
    given: {
      github: {},
      inputs: {},
      secrets: {},
      vars: {},
      environments: {},
      limits: { usual: 'read', isReadOnly: false },
    },
    interventions: [],
    kept: [],
    problems: [],
    effects: [],
    appliedTo: NINE,
    isTold: false,
    record: {
      workflow: 'CI',
      path: '.github/workflows/ci.yml',
      event: 'push',
      title: 'Sort trips by hour',
      conclusion,
      startedAt: NINE,
      endedAt,
      jobs,
      artifacts: [],
      waiting: [],
    },
    ...run,
  };
}
