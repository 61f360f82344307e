// Whether tests lean on each other: what a file leaves replaced, each test alone, and all of them in orders that node draws.
import { type Desk, onDemand, type Words } from '../../sandbox/checks/index.ts';
import { kept } from './kept.ts';
import { expiresEarly, others, six, unseen } from './mutants.ts';
import { noticeOf, onGood, testFiles } from './noticing.ts';
import { ANEW, byNode, copyOf, failedTest, IN_TMP, onlyTest, writing } from './suite.ts';

/** A test, or a file, on which others would have to lean. `how`: the words after `node --test` that show it; of a file that is left, its path. */
export interface Leaning {
  readonly name: string;
  readonly what:
    | 'fails alone'
    | 'fails in another order'
    | 'leaves its clock'
    | 'reads the time of day'
    | 'leaves a file'
    | 'asks too late'
    | 'notices nothing alone';
  readonly how: string;
  /** What it should notice alone. */
  readonly fault?: Words;
}

/**
 * Seeds of `--test-random-seed`, found by trying. The first turns up to 12 siblings round, be they files or tests; with the others each
 * third of three tests, of up to 8, comes once after the first without the second in between.
 */
const SEEDS = [598467483, 18977, 17664, 65];

/** Another time of day, at which each look at the clock takes a moment; says at the end of a program when its clock is another. */
const CLOCK = `const { now } = Date;
const kept = Date;
let looks = 0;
const moving = () => now() + 7 * 3_600_000 + 5 * ++looks;
Date.now = moving;
process.on('exit', () => {
  if (Date === kept && Date.now === moving) return;
  console.log('leaves its clock');
  process.exitCode = 1;
});
`;

/**
 * What a test says because of another, or of the time: a file leans on the time of day, keeps its own clock or leaves something in /tmp,
 * a test fails alone, one fails in another order, one notices a fault only because of what another has left. File by file, for each is a
 * program of its own, and what one could hand to the next, it leaves behind.
 */
export async function leaning(desk: Desk): Promise<Leaning | undefined> {
  const copy = onDemand(async () => {
    const folder = await copyOf(desk);
    await desk.run(writing({ '../clock.mjs': CLOCK }), { cwd: folder });
    return folder;
  });
  const files = await testFiles(desk);
  for (const file of files) {
    const first = async () => ({
      ...(await byNode(desk, await copy(), `--import ../clock.mjs ${file}`, ANEW)),
      left: (await desk.run(IN_TMP)).stdout.split('\n')[0] ?? '',
    });
    const whole = await kept(desk, 'its clock and /tmp', first, { tests: [file] });
    if (whole.left !== '') return { name: file, what: 'leaves a file', how: whole.left };
    if (whole.said.includes('leaves its clock')) return { name: file, what: 'leaves its clock', how: file };
    if (whole.exitCode !== 0) {
      const plain = await onGood(desk, file, file);
      if (plain.exitCode !== 0) return { name: failedTest(plain) ?? file, what: 'fails alone', how: file };
      return { name: failedTest(whole) ?? file, what: 'reads the time of day', how: file };
    }
    const passing = [...whole.said.matchAll(/^ *✔ (.+) \([\d.]+ms\)$/gm)].map(([, name = '']) => name);
    for (const name of passing.length < 2 ? [] : passing) {
      const how = onlyTest(name, file);
      if ((await onGood(desk, how, file)).exitCode !== 0) return { name, what: 'fails alone', how };
    }
    for (const seed of passing.length < 2 ? [] : SEEDS) {
      const how = `--test-random-seed=${seed} ${file}`;
      const ran = await onGood(desk, how, file);
      if (ran.exitCode !== 0) return { name: failedTest(ran) ?? 'test', what: 'fails in another order', how };
    }
  }
  for (const mutant of [...six, ...others, ...unseen, expiresEarly]) {
    const { late, behind } = (await noticeOf(desk, mutant)) ?? {};
    if (late !== undefined) return { name: late, what: 'asks too late', how: late, fault: mutant.fault };
    if (behind !== undefined) return { ...behind, what: 'notices nothing alone', fault: mutant.fault };
  }
  return undefined;
}
