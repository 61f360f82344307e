// What the checks of day 5 see of the forge.
import {
  CheckStop,
  type Desk,
  failed,
  type PullRequest,
  type Verdict,
  type Words,
} from '../../sandbox/checks/index.ts';

export const words = (es: string, en: string): Words => ({ es, en });
export const same = (text: string): Words => ({ es: text, en: text });

export const SEATS = 'seats';
const ROOT = `/srv/forge/${SEATS}`;

/** Branches of the three requests that wait when the day begins. */
export const GOOD = 'minutes-of-a-hold';
export const NO_BUILD = 'dates-of-a-trip';
export const NO_TEST = 'both-ways';

export interface Run {
  readonly number: number;
  /** The commit that its checks speak of. */
  readonly checked: string;
  /** `refs/heads/main` */
  readonly ref: string;
  /** What is wrong with a file that is no workflow. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
  readonly record: {
    readonly workflow: string;
    readonly path: string;
    readonly event: string;
    readonly conclusion: string;
    readonly artifacts: readonly { readonly name: string }[];
    readonly jobs: readonly {
      readonly name: string;
      readonly conclusion: string;
      readonly needs: readonly string[];
      /** Simulated time, ms since 1970. */
      readonly startedAt: number;
      readonly endedAt: number;
      readonly steps: readonly {
        readonly name: string;
        readonly conclusion: string;
        readonly log: readonly string[];
      }[];
    }[];
  };
}

/** All runs of the repository, oldest first. */
export function runsOf(desk: Desk): readonly Run[] {
  const runs: Run[] = [];
  for (let number = 1; desk.exists(`${ROOT}/runs/${number}.json`); number++)
    runs.push(desk.json(`${ROOT}/runs/${number}.json`) as Run);
  return runs;
}

/** The runs whose checks speak of a commit, oldest first. */
export const runsFor = (desk: Desk, commit: string): readonly Run[] =>
  runsOf(desk).filter(({ checked }) => checked === commit);

/** The request with this branch. */
export function pullOf(desk: Desk, head: string): PullRequest {
  const pull = desk
    .forge(SEATS)
    .pulls()
    .filter((one) => one.head === head)
    .at(-1);
  if (pull !== undefined) return pull;
  throw new CheckStop(
    failed({
      expected: { es: `un pull request de la rama \`${head}\``, en: `a pull request from the branch \`${head}\`` },
      found: { es: 'no hay ninguno', en: 'there is none' },
      where: { command: 'gh pr list --state all' },
      next: { es: 'Empieza el día de nuevo con «Restablecer».', en: 'Start the day again with “Reset”.' },
    }),
  );
}

/** The requests that the learner opened, newest first. */
export function ownPulls(desk: Desk): readonly PullRequest[] {
  return desk
    .forge(SEATS)
    .pulls()
    .filter(({ author }) => author === 'dev')
    .reverse();
}

/** `build: success, test: failure`, as the forge holds them for a commit; '' when nothing has said anything. */
export function checksTold(desk: Desk, commit: string): string {
  return desk
    .forge(SEATS)
    .checks(commit)
    .map(({ name, conclusion }) => `${name}: ${conclusion}`)
    .join(', ');
}

/** The names of checks that main waits for, from branch protection and rulesets alike. */
export function requiredNames(desk: Desk): readonly string[] {
  const { protections, rulesets } = desk.forge(SEATS).settings();
  return [
    ...protections
      .filter(({ branch }) => branch === 'main')
      .flatMap(({ requiredChecks }) => requiredChecks?.names ?? []),
    ...rulesets.flatMap(({ rules }) => rules.requiredChecks?.names ?? []),
  ];
}

/** Of those names, the ones that nothing has reported for a commit. */
export function unreported(desk: Desk, commit: string): readonly string[] {
  const told = desk.forge(SEATS).checks(commit);
  return requiredNames(desk).filter((required) => !told.some(({ name }) => name === required));
}

/** How many approvals main requires, from branch protection and rulesets alike. */
export function approvalsRequired(desk: Desk): number {
  const { protections, rulesets } = desk.forge(SEATS).settings();
  return Math.max(
    0,
    ...protections.filter(({ branch }) => branch === 'main').map(({ reviews }) => reviews?.approvals ?? 0),
    ...rulesets.map(({ rules }) => rules.pullRequest?.approvals ?? 0),
  );
}

export const hasFailed = (desk: Desk, commit: string): boolean =>
  desk
    .forge(SEATS)
    .checks(commit)
    .some(({ conclusion }) => conclusion === 'failure');

/** Said of a change that is right and has a failed check although it holds the newest main. */
export const mainIsRed = words(
  'Este cambio es correcto: lo que falla ya está en `main` (`gh run list --branch main`) o en tu flujo. Deshazlo con otro pull request, o restablece el día.',
  'This change is right: what fails is in `main` already (`gh run list --branch main`) or in your workflow. Undo it with another pull request, or reset the day.',
);

/** How node's test runner ends, and what build.sh or an upload leaves in the log. */
export const TESTED = /^(ℹ|#) tests (\d+)/;
export const BUILT = /^built dist\/|^Artifact .* has been successfully uploaded/;

/** What only build.sh says: an upload is no build. */
export const BUILD_SCRIPT = /^built dist\//;

export const ranTests = (run: Run): boolean => jobThat(run, TESTED) !== undefined;

/** That all went well in a run, and its tests ran. */
export const passedTests = (run: Run): boolean => run.record.conclusion === 'success' && ranTests(run);

/** The first job of a run with such a line in its log. */
export const jobThat = (run: Run, line: RegExp): string | undefined => jobsThat(run, line)[0]?.name;

type Job = Run['record']['jobs'][number];

const jobsThat = ({ record }: Run, line: RegExp): readonly Job[] =>
  record.jobs.filter(({ steps }) => steps.some(({ log }) => log.some((one) => line.test(one))));

/** Whether a job with tests began when another job had ended the build; tests that begin elsewhere beside it are for c5. */
export function testsWaited(run: Run): boolean {
  const builders = jobsThat(run, BUILT);
  return jobsThat(run, TESTED).some((tester) =>
    builders.some((builder) => builder !== tester && builder.endedAt <= tester.startedAt),
  );
}

/** How many tests ran in all jobs of a run; where a job runs them several times, its largest number. */
export const testsIn = ({ record }: Run): number =>
  record.jobs
    .map(({ steps }) =>
      Math.max(0, ...steps.flatMap(({ log }) => log.map((line) => Number(TESTED.exec(line)?.[2] ?? 0)))),
    )
    .reduce((sum, one) => sum + one, 0);

/** How many tests a commit has: what the test runner finds by itself in a clean folder. */
export async function testsOf(desk: Desk, commit: string): Promise<number> {
  const origin = await desk.git.origin(SEATS);
  if (origin === undefined) return 0;
  const { stdout } = await desk.run('npm ci > /dev/null; node --test', { cwd: await desk.checkout(origin, commit) });
  return Number(/^(?:ℹ|#) tests (\d+)/m.exec(stdout)?.[1] ?? 0);
}

/** `#1, #3`: of the requests that wait when the day begins, those still open of whose newest commit no check says anything. */
export function unchecked(desk: Desk): string {
  return [GOOD, NO_BUILD, NO_TEST]
    .map((head) => pullOf(desk, head))
    .filter(({ state, headCommit }) => state === 'OPEN' && checksTold(desk, headCommit) === '')
    .map(({ number }) => `#${number}`)
    .sort()
    .join(', ');
}

export const notYetChecked = (waiting: string): Verdict =>
  failed({
    expected: words(
      'checks en cada pull request que esperaba',
      'checks on each of the pull requests that were waiting',
    ),
    found: words(`sin checks: ${waiting}`, `no checks: ${waiting}`),
    where: { command: 'gh pr update-branch' },
    next: words(
      'Con tu flujo en `main`, pon sus ramas al día y espera: los checks dirán cuál puede entrar. Si ya lo están: ¿las deja fuera algo en `on` (`types`, `paths`, `branches`)?',
      'With your workflow in `main`, bring their branches up to date and wait: the checks will tell which may go in. If they are: does something under `on` leave them out (`types`, `paths`, `branches`)?',
    ),
  });

/** The files that a run kept, on the forge's disk. */
export async function keptBy(desk: Desk, { number }: Run): Promise<readonly string[]> {
  const { stdout } = await desk.run(`find ${ROOT}/runs/${number}/artifacts -type f 2>/dev/null | sort`);
  return stdout.split('\n').filter(Boolean);
}
