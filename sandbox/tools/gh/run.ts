// `gh run`: the runs of workflows.

import { resolvePath } from '../../machine/index.ts';
import {
  artifactsOf,
  type JobView,
  type RunView,
  readRun,
  readRuns,
  runAt,
  type StepView,
} from '../../pipeline/index.ts';
import { GhStop, type Given, readFlags } from './given.ts';
import { iso, printFields, printTable } from './json.ts';
import { ago, elapsed, type Place, urlOf } from './place.ts';

/** The longest that a person is kept waiting by `watch`: simulated ms. */
const PATIENCE = 7 * 24 * 3_600_000;

export const runCommands: Readonly<Record<string, (place: Place, args: readonly string[]) => Promise<number>>> = {
  list,
  view,
  watch,
  rerun,
  cancel,
  download,
};

const fields = [
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

export function runsNow(place: Place): readonly RunView[] {
  return readRuns(place.io.machine, place.repository)
    .map((run) => runAt(run, place.now()))
    .reverse();
}

async function list(place: Place, args: readonly string[]): Promise<number> {
  const given = readFlags(args, [
    'limit L=',
    'workflow w=',
    'branch b=',
    'status s=',
    'event e=',
    'commit c=',
    'user u=',
    'json=',
    'jq q=',
    'all a',
  ]);
  const keep =
    (flag: string, value: (run: RunView) => readonly (string | undefined)[]) =>
    (run: RunView): boolean =>
      given.value(flag) === undefined || value(run).includes(given.value(flag));
  const file = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  const found = runsNow(place)
    .filter(keep('workflow', (run) => [run.workflow, file(run.path), run.path]))
    .filter(keep('branch', (run) => [run.branch]))
    .filter(keep('status', (run) => [run.status, run.conclusion]))
    .filter(keep('event', (run) => [run.event]))
    .filter(keep('commit', (run) => [run.commit]))
    .filter(keep('user', (run) => [run.actor]))
    .slice(0, Number(given.value('limit') ?? 20));
  if (given.has('json'))
    return printFields(
      place,
      given,
      fields,
      found.map((run) => asJson(place, run)),
    );
  if (found.length === 0) {
    place.io.stderr('no runs found\n');
    return 0;
  }
  const isTable = place.io.isTerminal;
  const rows = found.map((run) => {
    const took = elapsed((run.endedAt ?? place.now()) - run.startedAt);
    const tail = [
      run.workflow,
      run.branch,
      run.event,
      String(run.number),
      took,
      isTable ? ago(place, run.createdAt) : iso(run.createdAt),
    ];
    return isTable ? [mark(run), run.title, ...tail] : [run.status, run.conclusion ?? '', run.title, ...tail];
  });
  printTable(place, ['STATUS', 'TITLE', 'WORKFLOW', 'BRANCH', 'EVENT', 'ID', 'ELAPSED', 'AGE'], rows);
  return 0;
}

export function mark({ status, conclusion }: Pick<RunView, 'status' | 'conclusion'>): string {
  if (status !== 'completed') return '*';
  return conclusion === 'success' ? '✓' : conclusion === 'skipped' ? '-' : 'X';
}

/** A run by its id. @throws GhStop when there is none, or none is named. */
function find(place: Place, id: string | undefined): RunView {
  if (id === undefined) throw new GhStop('run or job ID required when not running interactively');
  const run = /^\d+$/.test(id) ? readRun(place.io.machine, place.repository, Number(id)) : undefined;
  if (run === undefined)
    throw new GhStop(
      `failed to get run: HTTP 404: Not Found (${urlOf(place).replace('test/', 'test/api/v3/repos/')}/actions/runs/${id}?exclude_pull_requests=true)`,
    );
  return runAt(run, place.now());
}

/** A job's id: that of its run, and its place in it. */
const jobId = (run: RunView, job: JobView): number => run.number * 1000 + run.jobs.indexOf(job) + 1;

async function view(place: Place, args: readonly string[]): Promise<number> {
  const given = readFlags(args, [
    'log',
    'log-failed',
    'job j=',
    'json=',
    'jq q=',
    'exit-status',
    'verbose v',
    'attempt a=',
    'web w',
  ]);
  const asked = given.value('job');
  const run = find(
    place,
    given.words[0] ?? (asked === undefined ? undefined : String(Math.floor(Number(asked) / 1000))),
  );
  const job = asked === undefined ? undefined : run.jobs.find((one) => String(jobId(run, one)) === asked);
  if (asked !== undefined && job === undefined) throw new GhStop(`failed to get job: HTTP 404: Not Found`);
  if (given.has('json')) return printFields(place, given, fields, asJson(place, run));
  if (given.has('log') || given.has('log-failed')) return log(place, run, given, job);
  place.io.stdout(described(place, run, given.has('verbose'), job));
  return given.has('exit-status') && failed(run) ? 1 : 0;
}

const failed = ({ status, conclusion }: RunView): boolean =>
  status === 'completed' && conclusion !== 'success' && conclusion !== 'skipped';

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
function described(place: Place, run: RunView, verbose: boolean, only?: JobView): string {
  const title = `${mark(run)} ${run.branch} ${run.workflow}${run.pull === undefined ? '' : ` #${run.pull}`} · ${run.number}`;
  const lines = ['', title, `Triggered via ${run.event} ${ago(place, run.createdAt)}`, '', 'JOBS'];
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
      lines.push(...job.steps.map((step) => `  ${stepMark(step)} ${step.name}`));
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
  if (run.artifacts.length > 0) lines.push('', 'ARTIFACTS', ...run.artifacts.map(({ name }) => name));
  for (const { environment, job } of run.waiting) lines.push('', `* ${job} is waiting for a review of ${environment}`);
  lines.push('');
  if (failed(run)) lines.push(`To see what failed, try: gh run view ${run.number} --log-failed`);
  else if (run.jobs.length > 0 && only === undefined)
    lines.push(`For more information about the job, try: gh run view --job=${jobId(run, run.jobs[0] as JobView)}`);
  lines.push(`View this run on GitHub: ${urlOf(place)}/actions/runs/${run.number}`);
  return `${lines.join('\n')}\n`;
}

function stepMark({ status, conclusion }: StepView): string {
  if (status !== 'completed') return '*';
  return conclusion === 'success' ? '✓' : conclusion === 'skipped' ? '-' : 'X';
}

/** Lets the clock run until the run has ended, or waits for a person. */
async function watch(place: Place, args: readonly string[]): Promise<number> {
  const given = readFlags(args, ['exit-status', 'interval i=', 'compact']);
  let run = find(place, given.words[0]);
  const { io } = place;
  if (run.status === 'completed') {
    io.stdout(`Run ${run.workflow} (${run.number}) has already completed with '${run.conclusion}'\n`);
    return given.has('exit-status') && failed(run) ? 1 : 0;
  }
  const step = Math.max(1, Number(given.value('interval') ?? 3)) * 1000;
  const until = place.now() + PATIENCE;
  while (run.status !== 'completed' && run.status !== 'waiting' && place.now() < until && !io.signal.aborted) {
    io.machine.kernel.advance(step);
    await place.ci.settle(io.machine);
    run = find(place, String(run.number));
  }
  io.stdout(described(place, run, false));
  if (run.status === 'waiting') return 0;
  io.stdout(`\n${mark(run)} Run ${run.workflow} (${run.number}) completed with '${run.conclusion}'\n`);
  return given.has('exit-status') && failed(run) ? 1 : 0;
}

async function rerun(place: Place, args: readonly string[]): Promise<number> {
  const given = readFlags(args, ['failed', 'debug d', 'job j=']);
  if (given.has('job')) throw new GhStop("gh run rerun: '--job' is not part of this sandbox");
  const run = find(place, given.words[0]);
  const { io, ci, repository } = place;
  const failedOnly = given.has('failed');
  const answer = await ci.rerun(io.machine, repository, run.number, { failedOnly, by: io.machine.user });
  if (!answer.ok) throw new GhStop(`run ${run.number} cannot be rerun; ${answer.why}`);
  io.stdout(`✓ Requested rerun${failedOnly ? ' (failed jobs)' : ''} of run ${run.number}\n`);
  return 0;
}

async function cancel(place: Place, args: readonly string[]): Promise<number> {
  const { words } = readFlags(args, ['force']);
  const [id] = words;
  if (id === undefined) throw new GhStop('run ID required when not running interactively');
  const { io, ci, repository } = place;
  if (!/^\d+$/.test(id) || readRun(io.machine, repository, Number(id)) === undefined)
    throw new GhStop(`Could not find any workflow run with ID ${id}`);
  const answer = await ci.cancel(io.machine, repository, Number(id), io.machine.user);
  if (!answer.ok) throw new GhStop(answer.why);
  io.stdout(`✓ Request to cancel workflow ${id} submitted.\n`);
  return 0;
}

/** Artifacts into the folder: each into one of its own name, unless it is the only one that is asked for. */
async function download(place: Place, args: readonly string[]): Promise<number> {
  const given = readFlags(args, ['name n=', 'dir D=', 'pattern p=']);
  if (given.has('pattern')) throw new GhStop("gh run download: '--pattern' is not part of this sandbox");
  const run = find(place, given.words[0]);
  const names = given.values('name');
  const wanted = run.artifacts.filter(({ name }) => names.length === 0 || names.includes(name));
  if (wanted.length === 0)
    throw new GhStop(
      names.length === 0
        ? 'no valid artifacts found to download'
        : 'no artifact matches any of the names or patterns provided',
    );
  const { files } = place.io.machine;
  const folder = resolvePath(place.io.cwd, given.value('dir') ?? '.');
  for (const { name } of wanted) {
    const from = `${artifactsOf(place.repository, run.number)}/${name}`;
    const into = names.length === 1 ? folder : `${folder}/${name}`;
    const copy = (inside: string): void => {
      for (const one of files.list(`${from}${inside}`)) {
        const path = `${inside}/${one}`;
        if (files.stat(`${from}${path}`).type === 'directory') copy(path);
        else {
          files.mkdir(`${into}${inside}`, { recursive: true });
          files.writeFile(`${into}${path}`, files.readFile(`${from}${path}`));
        }
      }
    };
    copy('');
  }
  return 0;
}

function asJson(place: Place, run: RunView): Record<string, unknown> {
  const url = `${urlOf(place)}/actions/runs/${run.number}`;
  return {
    attempt: run.attempt,
    conclusion: run.conclusion ?? '',
    createdAt: iso(run.createdAt),
    databaseId: run.number,
    displayTitle: run.title,
    event: run.event,
    headBranch: run.branch,
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
