// What stands between a job and its start: its environment's protection rules, and its concurrency group.
import type { Environment } from '../../forge/index.ts';
import { selects } from '../filter.ts';
import type { Admission, Admitted } from '../run.ts';
import type { StoredRun } from './contract.ts';

const MINUTE = 60_000;

/** "Managing environments for deployment": branches, then reviewers, then the wait timer. */
export function gateOf(run: StoredRun, others: readonly StoredRun[]): (job: Admission, at: number) => Admitted {
  return ({ environment: name, group }, at) => {
    const free = group === undefined ? at : freeAt(group, at, others);
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

/** When the other runs' jobs of a group are done. */
function freeAt(group: string, at: number, others: readonly StoredRun[]): number {
  const inGroup = others.flatMap(({ jobGroups, record }) =>
    record.jobs.filter(({ id, startedAt, endedAt }) => jobGroups[id] === group && startedAt <= at && endedAt > at),
  );
  return Math.max(at, ...inGroup.map(({ endedAt }) => endedAt));
}
