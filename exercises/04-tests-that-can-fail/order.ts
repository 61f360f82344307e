// Whether tests lean on each other: what a file leaves replaced, each test alone, and all of them in orders that node draws.
import type { Desk, Words } from '../../sandbox/checks/index.ts';
import { kept } from './kept.ts';
import { others, six, unseen } from './mutants.ts';
import { noticeOf, testFiles } from './noticing.ts';
import { ANEW, byNode, failedTest, goodCopy, IN_TMP, onlyTest, type Ran, write } from './suite.ts';

/** A test, or a file, on which others would have to lean. `how`: the words after `node --test` that show it; of a file that is left, its path. */
export interface Leaning {
  readonly name: string;
  readonly what:
    | 'fails alone'
    | 'fails in another order'
    | 'leaves its clock'
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

/** Says at the end of a program what time it is not told by any more. */
const CLOCK = `const { now } = Date;
const kept = Date;
process.on('exit', () => {
  if (Date === kept && Date.now === now) return;
  console.log('leaves its clock');
  process.exitCode = 1;
});
`;

/**
 * What a test says because of another: a file keeps its own clock or leaves something in /tmp, a test fails alone, one fails in another
 * order, one notices a fault only because of what another has left.
 */
export async function leaning(desk: Desk): Promise<Leaning | undefined> {
  const folder = await goodCopy(desk);
  await write(desk, `${folder}/../clock.mjs`, CLOCK);
  const run = (how: string, file?: string): Promise<Ran> =>
    kept(desk, how, () => byNode(desk, folder, how, ANEW), file === undefined ? {} : { file });
  const files = await testFiles(desk);
  for (const file of files) {
    const first = async () => ({
      ...(await byNode(desk, folder, `--import ../clock.mjs ${file}`, ANEW)),
      left: (await desk.run(IN_TMP)).stdout.split('\n')[0] ?? '',
    });
    const whole = await kept(desk, 'its clock and /tmp', first, { file });
    if (whole.left !== '') return { name: file, what: 'leaves a file', how: `/tmp/${whole.left}` };
    if (whole.said.includes('leaves its clock')) return { name: file, what: 'leaves its clock', how: file };
    const passing = [...whole.said.matchAll(/^ *✔ (.+) \([\d.]+ms\)$/gm)].map(([, name = '']) => name);
    for (const name of passing.length < 2 ? [] : passing) {
      const how = onlyTest(name, file);
      if ((await run(how, file)).exitCode !== 0) return { name, what: 'fails alone', how };
    }
  }
  const [turned, ...apart] = SEEDS.map((seed) => `--test-random-seed=${seed}`);
  const byFile = files.flatMap((file) => apart.map((seed) => ({ how: `${seed} ${file}`, file })));
  for (const { how, file } of [{ how: `${turned}`, file: undefined }, ...byFile]) {
    const ran = await run(how, file);
    if (ran.exitCode !== 0) return { name: failedTest(ran) ?? 'test', what: 'fails in another order', how };
  }
  for (const mutant of [...six, ...others, ...unseen]) {
    const { late, behind } = (await noticeOf(desk, mutant)) ?? {};
    if (late !== undefined) return { name: late, what: 'asks too late', how: late, fault: mutant.fault };
    if (behind !== undefined) return { ...behind, what: 'notices nothing alone', fault: mutant.fault };
  }
  return undefined;
}
