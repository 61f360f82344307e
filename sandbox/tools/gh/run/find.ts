// Which runs are meant, and how they stand.
import { type JobView, type RunView, readRun, readRuns, runAt, type StepView } from '../../../pipeline/index.ts';
import { GhStop } from '../given.ts';
import { type Place, urlOf } from '../place.ts';

export function runsNow(place: Place): readonly RunView[] {
  return readRuns(place.io.machine, place.repository)
    .map((run) => runAt(run, place.now()))
    .reverse();
}

/**
 * Without the owner of its fork, as the product tells it ("List workflow runs for a repository", `head_branch`): whoever asks for the runs
 * of main gets those of a fork's main too.
 */
export const branchOf = ({ branch }: Pick<RunView, 'branch'>): string => branch.slice(branch.indexOf(':') + 1);

/** The newest first, those that have each of the values asked for: `status` is that of a run or its conclusion ("List workflow runs"). */
export function runsWith(
  place: Place,
  asked: Readonly<Record<'workflow' | 'branch' | 'status' | 'event' | 'commit' | 'user', string | undefined>>,
): readonly RunView[] {
  const { workflow, branch, status, event, commit, user } = asked;
  const file = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  const wants = (run: RunView): readonly (readonly (string | undefined)[])[] => [
    [workflow, run.workflow, file(run.path), run.path],
    [branch, branchOf(run)],
    [status, run.status, run.conclusion],
    [event, run.event],
    [commit, run.checked],
    [user, run.actor],
  ];
  return runsNow(place).filter((run) =>
    wants(run).every(([wanted, ...found]) => wanted === undefined || found.includes(wanted)),
  );
}

/** A run by its id. @throws GhStop when there is none, or none is named. */
export function find(place: Place, id: string | undefined): RunView {
  if (id === undefined) throw new GhStop('run or job ID required when not running interactively');
  const run = /^\d+$/.test(id) ? readRun(place.io.machine, place.repository, Number(id)) : undefined;
  if (run === undefined)
    throw new GhStop(
      `failed to get run: HTTP 404: Not Found (${urlOf(place).replace('test/', 'test/api/v3/repos/')}/actions/runs/${id}?exclude_pull_requests=true)`,
    );
  return runAt(run, place.now());
}

/** A job's id: that of its run, and its place in it. */
export const jobId = (run: RunView, job: JobView): number => run.number * 1000 + run.jobs.indexOf(job) + 1;

/** The sign of a run, a job or a step. */
export function mark({ status, conclusion }: Pick<RunView | StepView, 'status' | 'conclusion'>): string {
  if (status !== 'completed') return '*';
  return conclusion === 'success' ? '✓' : conclusion === 'skipped' ? '-' : 'X';
}

export const failed = ({ status, conclusion }: RunView): boolean =>
  status === 'completed' && conclusion !== 'success' && conclusion !== 'skipped';
