// A run as `--json` shows it.
import type { RunView } from '../../../pipeline/index.ts';
import { iso } from '../json.ts';
import { type Place, urlOf } from '../place.ts';
import { branchOf, jobId } from './find.ts';

export const fields = [
  'attempt',
  'conclusion',
  'createdAt',
  'databaseId',
  'displayTitle',
  'event',
  'headBranch',
  'headSha',
  'jobs',
  'name',
  'number',
  'startedAt',
  'status',
  'updatedAt',
  'url',
  'workflowDatabaseId',
  'workflowName',
];

export function asJson(place: Place, run: RunView): Record<string, unknown> {
  const url = `${urlOf(place)}/actions/runs/${run.number}`;
  return {
    attempt: run.attempt,
    conclusion: run.conclusion ?? '',
    createdAt: iso(run.createdAt),
    databaseId: run.number,
    displayTitle: run.title,
    event: run.event,
    headBranch: branchOf(run),
    headSha: run.checked,
    jobs: run.jobs.map((job) => ({
      completedAt: job.endedAt === undefined ? '0001-01-01T00:00:00Z' : iso(job.endedAt),
      conclusion: job.conclusion ?? '',
      databaseId: jobId(run, job),
      name: job.name,
      startedAt: job.status === 'queued' || job.status === 'waiting' ? '0001-01-01T00:00:00Z' : iso(job.startedAt),
      status: job.status,
      steps: job.steps.map((step, at) => ({
        conclusion: step.conclusion ?? '',
        name: step.name,
        number: at + 1,
        status: step.status,
      })),
      url: `${url}/job/${jobId(run, job)}`,
    })),
    name: run.workflow,
    number: run.runNumber,
    startedAt: iso(run.startedAt),
    status: run.status,
    updatedAt: iso(Math.min(place.now(), run.endedAt ?? place.now())),
    url,
    workflowDatabaseId: 1,
    workflowName: run.workflow,
  };
}
