// What the suite notices, asked file by file: what one file says is kept, whatever becomes of the others.
import { CheckStop, type Desk, onDemand } from '../../sandbox/checks/index.ts';
import { filesOf, kept, knownFirst } from './kept.ts';
import type { Mutant } from './mutants.ts';
import {
  ANEW,
  byNode,
  byScript,
  copyOf,
  failedTests,
  LATE,
  onlyTest,
  type Ran,
  type Refusal,
  rewritten,
  waitsForGood,
  withFaults,
  withOtherNames,
} from './suite.ts';

/** Where node looks for tests (nodejs.org/api/test.html, "Running tests from the command line"). */
const TESTS = /(^|\/)(test\/.*|([^/]+[._-])?test|test-[^/]*)\.[cm]?[jt]s$/;

/** The files of tests of the learner's folder. */
export const testFiles = async (desk: Desk): Promise<readonly string[]> =>
  (await filesOf(desk)).filter((path) => TESTS.test(path));

type Make = Parameters<typeof copyOf>[1];

/** A service on which the suite is asked, and what it says there. */
interface Asked {
  /** The words after `node --test` for what is run of a file, or of all. */
  run(how: string, file: string): Promise<Ran>;
  /** The files of tests, those first of which it is known what they say. */
  files(): Promise<readonly string[]>;
  /** What the learner's script says, for a suite in which node alone finds no file. */
  script(): Promise<Ran>;
}

/** By node itself, file by file, whose exit code is always the truth. @param what names the service, for what is kept of it */
function asking(desk: Desk, what: string, make: Make): Asked {
  const copy = onDemand(() => copyOf(desk, make));
  const whatOf = (how: string): string => `${what} ${how}`;
  return {
    run: (how, file) => kept(desk, whatOf(how), async () => byNode(desk, await copy(), how, ANEW), { tests: [file] }),
    files: async () => knownFirst(desk, await testFiles(desk), whatOf),
    script: () => kept(desk, whatOf('by script'), async () => byScript(desk, await copy(), ANEW), { script: true }),
  };
}

/** What fails on a service; undefined when each file passes. */
async function failingOn(desk: Desk, what: string, make: Make): Promise<Ran | undefined> {
  const { run, files, script } = asking(desk, what, make);
  const all = await files();
  for (const file of all) {
    const ran = await run(file, file);
    if (ran.exitCode !== 0) return ran;
  }
  if (all.length > 0) return undefined;
  const ran = await script();
  return ran.exitCode === 0 ? undefined : ran;
}

/** What one file says on the good service, run in some way. */
export const onGood = (desk: Desk, how: string, file: string): Promise<Ran> =>
  asking(desk, GOOD, undefined).run(how, file);

const GOOD = 'as it is';

/** Why the suite does not pass on a service that promises the same: it looks at the text of the program, or at names that nobody promised. */
export async function failsOnAlike(
  desk: Desk,
): Promise<{ readonly ran: Ran; readonly because: 'text' | 'names' } | undefined> {
  const ran = await failingOn(desk, 'in other words and with other names', (one) => withOtherNames(rewritten(one)));
  if (ran === undefined) return undefined;
  const named = await failingOn(desk, 'with other names', withOtherNames);
  return named === undefined ? { ran, because: 'text' } : { ran: named, because: 'names' };
}

/** What fails on the service with some faults in it; `trips` stands in place of the timetable. */
export const failsOn = (desk: Desk, mutants: readonly Mutant[], trips?: string): Promise<Ran | undefined> =>
  failingOn(desk, [...mutants.map(({ fault }) => fault.en), trips].join(), (service) => ({
    ...withFaults(service, mutants),
    ...(trips === undefined ? {} : { 'trips.json': trips }),
  }));

/** Whether a test is marked as a note: `todo` or `skip`. */
export async function hasNotes(desk: Desk): Promise<boolean> {
  for (const file of await testFiles(desk))
    if (/^(?:ℹ|#) (?:skipped|todo) [1-9]/m.test((await onGood(desk, file, file)).said)) return true;
  return false;
}

/** How a suite notices a fault. */
interface Notice {
  /** A file in which something fails only after its test has ended: it says so of the file, and of no test. */
  readonly late?: string;
  /** A test that fails only behind others of its file, where none fails by itself; `how`: the words after `node --test` that show it. */
  readonly behind?: { readonly name: string; readonly how: string };
}

/** How the suite notices a fault; undefined when it does not. */
export async function noticeOf(desk: Desk, mutant: Mutant): Promise<Notice | undefined> {
  const { run, files, script } = asking(desk, mutant.fault.en, (service) => withFaults(service, [mutant]));
  const all = await files();
  let behind: Notice['behind'];
  let late: Notice['late'];
  for (const file of all) {
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
  return all.length > 0 || (await script()).exitCode === 0 ? undefined : {};
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
  const failing = await failingOn(desk, GOOD, undefined);
  if (failing !== undefined) throw new CheckStop(await say(failing, desk));
  const found = await noticed(desk, mutants);
  return mutants.filter((mutant) => !found.includes(mutant));
}
