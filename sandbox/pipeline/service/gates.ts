// What stands between a job and its start: its environment's protection rules, and its concurrency group.
import type { Environment } from '../../forge/index.ts';
import { selects } from '../filter.ts';
import type { JobRecord } from '../record.ts';
import type { Admission, Admitted } from '../run.ts';
import type { StoredRun } from './contract.ts';

const MINUTE = 60_000;
/** Of a job that waits for a reviewer: it holds nothing yet. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** A job of another run that gives way. */
export interface Cut {
  readonly run: number;
  readonly job: string;
  readonly at: number;
}

/**
 * "Managing environments for deployment": branches, then reviewers, then the wait timer; "Control the concurrency": a job waits for
 * those of other runs that hold its group, or has them cancelled, and takes the place of those that wait.
 */
export function gateOf(
  run: StoredRun,
  others: readonly StoredRun[],
  cut: (one: Cut) => void,
): (job: Admission, at: number) => Admitted {
  return ({ environment: name, group, cancels = false }, at) => {
    const held = group === undefined ? [] : heldBy(group, at, others);
    for (const { run: other, job } of held) if (cancels || job.startedAt > at) cut({ run: other, job: job.name, at });
    const waited = cancels ? [] : held.filter(({ job }) => job.startedAt <= at);
    const free = Math.max(at, ...waited.map(({ job }) => job.endedAt));
    const environment = name === undefined ? undefined : run.given.environments[name];
    if (name === undefined || environment === undefined) return { kind: 'start', at: free };
    return through(name, environment, run, free);
  };
}

function through(name: string, environment: Environment, run: StoredRun, at: number): Admitted {
  const { branches, reviewers, waitMinutes, secrets, variables } = environment;
  if (branches !== undefined && !selects(branches, run.branch)) {
    const why = `${run.ref.startsWith('refs/tags/') ? 'Tag' : 'Branch'} "${run.branch}" is not allowed to deploy to ${name} due to environment protection rules.`;
    return { kind: 'reject', at, why };
  }
  let passedAt = at;
  if (reviewers.length > 0) {
    const said = run.interventions.find((one) => one.kind === 'review' && one.environment === name && one.at >= at);
    if (said?.kind !== 'review') return { kind: 'wait', environment: name, at };
    if (said.state === 'rejected')
      return { kind: 'reject', at: said.at, why: `The deployment was rejected by ${said.by}` };
    passedAt = said.at;
  }
  const { given } = run;
  const startAt = Math.max(passedAt, at + waitMinutes * MINUTE);
  return {
    kind: 'start',
    at: startAt,
    secrets: { ...given.secrets, ...secrets },
    vars: { ...given.vars, ...variables },
  };
}

/** The other runs' jobs of a group that run at a moment, or were ready before it and wait. */
function heldBy(
  group: string,
  at: number,
  others: readonly StoredRun[],
): readonly { readonly run: number; readonly job: JobRecord }[] {
  return others.flatMap(({ number, record }) =>
    record.jobs
      .filter((job) => job.group === group && job.queuedAt <= at && job.endedAt > at && job.endedAt < NEVER)
      .map((job) => ({ run: number, job })),
  );
}
