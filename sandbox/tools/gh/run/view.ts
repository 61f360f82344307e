// `gh run view`: a run, and what its steps wrote.
import type { JobView, RunView } from '../../../pipeline/index.ts';
import { GhStop, type Given } from '../given.ts';
import { iso, printFields } from '../json.ts';
import { ago, elapsed, type Place, urlOf } from '../place.ts';
import { branchOf, failed, find, jobId, mark } from './find.ts';
import { asJson, fields } from './json.ts';

export async function view(place: Place, given: Given): Promise<number> {
  const asked = given.value('job');
  if (given.has('log') && given.has('log-failed')) throw new GhStop('specify only one of --log or --log-failed');
  const run = find(
    place,
    given.words[0] ?? (asked === undefined ? undefined : String(Math.floor(Number(asked) / 1000))),
  );
  const attempt = given.value('attempt');
  if (attempt !== undefined && Number(attempt) !== run.attempt)
    throw new GhStop(`gh run view: attempt ${attempt} is not kept in this sandbox (the last one is ${run.attempt})`);
  const job = asked === undefined ? undefined : run.jobs.find((one) => String(jobId(run, one)) === asked);
  if (asked !== undefined && job === undefined) throw new GhStop(`failed to get job: HTTP 404: Not Found`);
  if (given.has('json')) return printFields(place, given, fields, asJson(place, run));
  if (given.has('log') || given.has('log-failed')) return log(place, run, given, job);
  place.io.stdout(described(place, run, given.has('verbose'), job));
  return given.has('exit-status') && failed(run) ? 1 : 0;
}

function log(place: Place, run: RunView, given: Given, only: JobView | undefined): number {
  if (run.status !== 'completed')
    throw new GhStop(`run ${run.number} is still in progress; logs will be available when it is complete`);
  const isFailed = given.has('log-failed');
  const jobs = (only === undefined ? run.jobs : [only]).filter((job) => !isFailed || job.conclusion === 'failure');
  for (const job of jobs)
    for (const step of job.steps) {
      if (isFailed && step.conclusion !== 'failure') continue;
      place.io.stdout(
        step.log
          .map((line) => `${job.name}\t${step.name}\t${iso(step.startedAt).replace('Z', '.0000000Z')} ${line}\n`)
          .join(''),
      );
    }
  return 0;
}

/** What `view` and `watch` show. */
export function described(place: Place, run: RunView, verbose: boolean, only?: JobView): string {
  const title = `${mark(run)} ${branchOf(run)} ${run.workflow}${run.pull === undefined ? '' : ` #${run.pull}`} · ${run.number}`;
  const lines = [
    '',
    title,
    `Triggered via ${run.event} ${ago(place, run.createdAt)}`,
    '',
    ...(only === undefined ? ['JOBS'] : []),
  ];
  if (run.problems.length > 0)
    lines.splice(
      4,
      1,
      'X This run likely failed because of a workflow file issue.',
      ...run.problems.map(({ line, message }) => `  ${run.path}:${line}: ${message}`),
    );
  for (const job of only === undefined ? run.jobs : [only]) {
    const took =
      job.endedAt === undefined || job.conclusion === 'skipped' ? '' : ` in ${elapsed(job.endedAt - job.startedAt)}`;
    lines.push(`${mark(job)} ${job.name}${job.conclusion === 'skipped' ? '' : took} (ID ${jobId(run, job)})`);
    if (verbose || job.conclusion === 'failure' || job.status === 'in_progress' || only !== undefined)
      lines.push(...job.steps.map((step) => `  ${mark(step)} ${step.name}`));
  }
  const notes = run.jobs.flatMap((job) => job.annotations.map((note) => ({ ...note, job })));
  if (notes.length > 0) {
    lines.push('', 'ANNOTATIONS');
    for (const { level, message, file, line, job } of notes)
      lines.push(
        `${level === 'error' ? 'X' : level === 'warning' ? '!' : '-'} ${message}`,
        `${job.name}: ${file ?? '.github'}#${line ?? 1}`,
        '',
      );
  }
  if (run.artifacts.length > 0 && only === undefined)
    lines.push('', 'ARTIFACTS', ...run.artifacts.map(({ name }) => name));
  for (const { environment, job } of run.waiting) lines.push('', `* ${job} is waiting for a review of ${environment}`);
  lines.push('');
  const [first, second] = run.jobs;
  if (only !== undefined)
    lines.push(
      only.conclusion === 'failure'
        ? `To see the logs for the failed steps, try: gh run view --log-failed --job=${jobId(run, only)}`
        : `To see the full job log, try: gh run view --log --job=${jobId(run, only)}`,
    );
  else if (failed(run)) lines.push(`To see what failed, try: gh run view ${run.number} --log-failed`);
  else if (first !== undefined)
    lines.push(
      second === undefined
        ? `For more information about the job, try: gh run view --job=${jobId(run, first)}`
        : 'For more information about a job, try: gh run view --job=<job-id>',
    );
  lines.push(`View this run on GitHub: ${urlOf(place)}/actions/runs/${run.number}`);
  return `${lines.join('\n')}\n`;
}
