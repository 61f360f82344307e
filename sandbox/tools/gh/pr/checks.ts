// `gh pr checks`, and what the checks of a head come to.
import { type CheckRun, checkAt, type PullRequest, requiredChecksOf } from '../../../forge/index.ts';
import { goOn } from '../../../machine/index.ts';
import { GhStop } from '../given.ts';
import { iso, printFields, printTable } from '../json.ts';
import { elapsed, type Place, urlOf } from '../place.ts';
import { jsonFlags, type Subcommand } from '../subcommand.ts';
import { findPull, selector } from './find.ts';

type Bucket = 'pass' | 'fail' | 'pending' | 'skipping' | 'cancel';

interface Shown extends Readonly<Record<string, unknown>> {
  readonly name: string;
  readonly state: string;
  readonly bucket: Bucket;
  readonly startedAt: string;
  readonly completedAt: string;
  readonly link: string;
  readonly event: string;
  readonly workflow: string;
  readonly description: string;
  /** As tables show it: `1m12s`, nothing while it runs. */
  readonly took: string;
}

const fields = ['bucket', 'completedAt', 'description', 'event', 'link', 'name', 'startedAt', 'state', 'workflow'];
export const NO_TIME = '0001-01-01T00:00:00Z';

/** Of repeated runs of a check the newest. */
export function newest(checks: readonly CheckRun[]): readonly CheckRun[] {
  const last = new Map<string, CheckRun>();
  for (const one of checks) last.set(`${one.name}/${one.workflow}/${one.event}`, one);
  return [...last.values()];
}

export function bucketOf(state: string): Bucket {
  if (state === 'SUCCESS') return 'pass';
  if (state === 'SKIPPED' || state === 'NEUTRAL') return 'skipping';
  if (state === 'CANCELLED') return 'cancel';
  return ['ERROR', 'FAILURE', 'TIMED_OUT', 'ACTION_REQUIRED'].includes(state) ? 'fail' : 'pending';
}

export const linkOf = (place: Place, { run, job }: CheckRun): string =>
  `${urlOf(place)}/actions/runs/${run}/job/${run * 1000 + job + 1}`;

function shown(place: Place, check: CheckRun): Shown {
  const { status, conclusion } = checkAt(check, place.now());
  const took = (check.completedAt ?? 0) - check.startedAt;
  const state = status === 'COMPLETED' ? (conclusion ?? '').toUpperCase() : status;
  return {
    name: check.name,
    state,
    bucket: bucketOf(state),
    startedAt: status === 'QUEUED' || status === 'WAITING' ? NO_TIME : iso(check.startedAt),
    completedAt: status === 'COMPLETED' ? iso(check.completedAt ?? 0) : NO_TIME,
    link: linkOf(place, check),
    event: check.event,
    workflow: check.workflow,
    description: '',
    took: status === 'COMPLETED' && took > 0 ? elapsed(took) : '',
  };
}

export const checks: Subcommand = {
  use: selector,
  short: 'Show CI status for a single pull request.',
  flags: {
    'fail-fast': 'Exit watch mode on first check failure',
    'interval i=': 'Refresh interval in `seconds` when using `--watch` flag',
    required: 'Only show checks that are required',
    watch: 'Watch checks until they finish',
    ...jsonFlags,
  },
  fields,
  async run(place, given) {
    const { io } = place;
    if (given.has('fail-fast') && !given.has('watch'))
      throw new GhStop('cannot use `--fail-fast` flag without `--watch` flag');
    if (given.value('interval') !== undefined && !given.has('watch'))
      throw new GhStop('cannot use `--interval` flag without `--watch` flag');
    const { number } = await findPull(place, given);
    const look = (): readonly Shown[] => {
      const pull = place.store.pull(number);
      if (pull === undefined) throw new GhStop('no pull requests found');
      return checksOf(place, pull, given.has('required'));
    };
    let all = look();
    if (given.has('json')) return printFields(place, given, fields, all);
    const step = Math.max(1, Number(given.value('interval') ?? 10)) * 1000;
    const isOver = (): boolean =>
      !all.some(({ bucket }) => bucket === 'pending') ||
      (given.has('fail-fast') && all.some(({ bucket }) => bucket === 'fail'));
    // A check that waits for a person never ends by itself.
    const until = place.now() + 24 * 3_600_000;
    while (given.has('watch') && !isOver() && place.now() < until && !io.signal.aborted) {
      await goOn(io.machine, step);
      await place.ci.settle(io.machine);
      all = look();
    }
    print(place, all);
    if (all.some(({ bucket }) => bucket === 'fail')) return 1;
    return all.some(({ bucket }) => bucket === 'pending') ? 8 : 0;
  },
};

function checksOf(place: Place, pull: PullRequest, onlyRequired: boolean): readonly Shown[] {
  const found = newest(place.store.checks(pull.headCommit));
  if (found.length === 0) throw new GhStop(`no checks reported on the '${pull.head}' branch`);
  const names = requiredChecksOf(pull, place.store.settings());
  const wanted = found.filter(({ name }) => !onlyRequired || names.includes(name));
  if (wanted.length === 0) throw new GhStop(`no required checks reported on the '${pull.head}' branch`);
  const rank = { fail: 0, pending: 1, pass: 2, skipping: 2, cancel: 2 } as const;
  return wanted
    .map((one) => shown(place, one))
    .sort((a, b) => rank[a.bucket] - rank[b.bucket] || compare(a.name, b.name) || compare(a.link, b.link));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function print(place: Place, all: readonly Shown[]): void {
  const { io } = place;
  const count = (bucket: Bucket): number => all.filter((one) => one.bucket === bucket).length;
  if (!io.isTerminal) {
    const rows = all.map((one) => [
      one.name,
      one.bucket === 'cancel' ? 'fail' : one.bucket,
      one.took || '0',
      one.link,
      one.description,
    ]);
    printTable(place, [], rows);
    return;
  }
  const [failing, pending, cancelled] = [count('fail'), count('pending'), count('cancel')];
  const summary =
    failing > 0
      ? 'Some checks were not successful'
      : pending > 0
        ? 'Some checks are still pending'
        : cancelled > 0
          ? 'Some checks were cancelled'
          : 'All checks were successful';
  io.stdout(
    `${summary}\n${cancelled} cancelled, ${failing} failing, ${count('pass')} successful, ${count('skipping')} skipped, and ${pending} pending checks\n\n`,
  );
  const marks = { pass: '✓', fail: 'X', pending: '*', skipping: '-', cancel: '-' } as const;
  printTable(
    place,
    ['', 'NAME', 'DESCRIPTION', 'ELAPSED', 'URL'],
    all.map((one) => [
      marks[one.bucket],
      `${one.workflow === '' ? '' : `${one.workflow}/`}${one.name}${one.event === '' ? '' : ` (${one.event})`}`,
      one.description,
      one.took,
      one.link,
    ]),
  );
}
