// What the suite notices, asked file by file: what one file says is kept, whatever becomes of the others.
import { CheckStop, type Desk, onDemand } from '../../sandbox/checks/index.ts';
import { kept, knownFirst } from './kept.ts';
import type { Mutant } from './mutants.ts';
import {
  ANEW,
  byNode,
  byScript,
  copyWith,
  failedTests,
  goodCopy,
  LATE,
  onItsBranch,
  onlyTest,
  type Ran,
  type Refusal,
  rewrittenCopy,
  testsIn,
  waitsForGood,
  write,
} from './suite.ts';

/** What the whole suite says of the service, with a fault in it or without. */
export async function suiteOn(desk: Desk, mutant: Mutant | undefined): Promise<Ran> {
  const copy = (): Promise<string> => (mutant === undefined ? goodCopy(desk) : copyWith(desk, mutant));
  // By node itself, whose exit code is always the truth; by the learner's script when node alone finds no test.
  const ran = await kept(desk, `${mutant?.fault.en}`, async () => byNode(desk, await copy(), '', ANEW));
  return testsIn(ran.said) === '0' ? byScript(desk, await copy(), ANEW) : ran;
}

/** Where node looks for tests (nodejs.org/api/test.html, "Running tests from the command line"). */
const TESTS = /(^|\/)(test\/.*|([^/]+[._-])?test|test-[^/]*)\.[cm]?js$/;

/** The files of tests of the learner's folder. */
export async function testFiles(desk: Desk): Promise<readonly string[]> {
  await onItsBranch(desk);
  const { stdout } = await desk.run("find . -type f -name '*js' -not -path './node_modules/*' -not -path './.git/*'", {
    cwd: 'seats',
  });
  const paths = stdout.split('\n').map((path) => path.replace(/^\.\//, ''));
  return paths.filter((path) => TESTS.test(path)).sort();
}

/** What the first file says that fails on a service; undefined when each passes. */
async function failingFile(desk: Desk, what: string, copyOf: () => Promise<string>): Promise<Ran | undefined> {
  const copy = onDemand(copyOf);
  const whatOf = (file: string): string => `${what} ${file}`;
  for (const file of await knownFirst(desk, await testFiles(desk), whatOf)) {
    const ran = await kept(desk, whatOf(file), async () => byNode(desk, await copy(), file, ANEW), { file });
    if (ran.exitCode !== 0) return ran;
  }
  return undefined;
}

/** What fails on the service in other words. */
export const failsOnRewritten = (desk: Desk): Promise<Ran | undefined> =>
  failingFile(desk, 'in other words', () => rewrittenCopy(desk));

/** What fails on the service with some faults in it; `trips` stands in place of the timetable. */
export const failsOn = (desk: Desk, mutants: readonly Mutant[], trips?: string): Promise<Ran | undefined> =>
  failingFile(desk, [...mutants.map(({ fault }) => fault.en), trips].join(), async () => {
    const folder = await copyWith(desk, ...mutants);
    if (trips !== undefined) await write(desk, `${folder}/trips.json`, trips);
    return folder;
  });

/** How a suite notices a fault. */
interface Notice {
  /** A file in which something fails only after its test has ended: it says so of the file, and of no test. */
  readonly late?: string;
  /** A test that fails only behind others of its file, where none fails by itself; `how`: the words after `node --test` that show it. */
  readonly behind?: { readonly name: string; readonly how: string };
}

/** How the suite notices a fault; undefined when it does not. */
export async function noticeOf(desk: Desk, mutant: Mutant): Promise<Notice | undefined> {
  const copy = onDemand(() => copyWith(desk, mutant));
  const whatOf = (how: string): string => `${mutant.fault.en} ${how}`;
  const run = (how: string, file: string): Promise<Ran> =>
    kept(desk, whatOf(how), async () => byNode(desk, await copy(), how, ANEW), { file });
  let behind: Notice['behind'];
  let late: Notice['late'];
  for (const file of await knownFirst(desk, await testFiles(desk), whatOf)) {
    const whole = await run(file, file);
    if (whole.exitCode === 0) continue;
    const names = failedTests(whole).filter((name) => name !== file);
    if (names.length === 0) {
      if (!whole.said.includes(LATE)) return {};
      late ??= file;
    }
    for (const name of names) {
      const how = onlyTest(name, file);
      if ((await run(how, file)).exitCode !== 0) return {};
      behind ??= { name, how };
    }
  }
  if (late !== undefined) return { late };
  if (behind !== undefined) return { behind };
  return (await suiteOn(desk, mutant)).exitCode === 0 ? undefined : {};
}

/** Those of some faults that the suite notices. */
export async function noticed(desk: Desk, mutants: readonly Mutant[]): Promise<readonly Mutant[]> {
  const found: Mutant[] = [];
  for (const mutant of mutants) if ((await noticeOf(desk, mutant)) !== undefined) found.push(mutant);
  return found;
}

/**
 * The faults that the suite does not notice.
 * @throws `CheckStop` when it fails on the good service: then it says nothing. The first of those who ask tells it in full.
 */
export async function escaped(
  desk: Desk,
  mutants: readonly Mutant[],
  say: (ran: Ran, desk: Desk) => Refusal | Promise<Refusal> = waitsForGood,
): Promise<readonly Mutant[]> {
  const good = await suiteOn(desk, undefined);
  if (good.exitCode !== 0) throw new CheckStop(await say(good, desk));
  const found = await noticed(desk, mutants);
  return mutants.filter((mutant) => !found.includes(mutant));
}
