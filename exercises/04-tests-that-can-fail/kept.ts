// What a suite does is a function of its files and of the service: several checks ask the same, and each answer is kept.
import type { Desk } from '../../sandbox/checks/index.ts';
import { onItsBranch, SERVICE } from './suite.ts';

const known = new Map<string, Promise<unknown>>();

/** Of each desk the sums of the files on which its runs depend: checks work on copies, and leave the learner's folder as it is. */
const sums = new WeakMap<Desk, Promise<readonly string[]>>();

/** On what an answer depends beside the files of the suite: of tests on one file alone where it is named, and on test.sh. */
interface Of {
  readonly file?: string;
  readonly script?: boolean;
}

const READ = 'a test reads test.sh';

async function sumsOf(desk: Desk): Promise<readonly string[]> {
  await onItsBranch(desk);
  // Without what every copy brings itself, and what no test reads.
  const { stdout } = await desk.run(
    `grep -rqs 'test[.]sh' test testing && echo '${READ}'
find . -type f -not -path './.git/*' -not -path './node_modules/*' -not -name test.log -not -name '*.md' | grep -vxF ${SERVICE.map((name) => `-e ./${name}`).join(' ')} | sort | xargs sha256sum`,
    { cwd: 'seats' },
  );
  return stdout.split('\n');
}

async function keyOf(desk: Desk, what: string, { file, script }: Of): Promise<string> {
  const all = sums.get(desk) ?? sumsOf(desk);
  sums.set(desk, all);
  const lines = await all;
  const isOther = (line: string): boolean =>
    file !== undefined && /\.test\.m?js$/.test(line) && !line.endsWith(`/${file}`);
  const isIdle = (line: string): boolean => line.endsWith(' ./test.sh') && script !== true && !lines.includes(READ);
  return `${lines.filter((line) => !isOther(line) && !isIdle(line)).join()}${what}`;
}

/** What comes of asking `what` of the suite, in a copy that is made for it: asked once for the same files. */
export async function kept<T>(desk: Desk, what: string, ask: () => Promise<T>, of: Of = {}): Promise<T> {
  const key = await keyOf(desk, what, of);
  const answer = (known.get(key) as Promise<T> | undefined) ?? ask();
  known.set(key, answer);
  answer.catch(() => known.delete(key));
  return answer;
}

/** Files of tests, those first of which it is known what they say. */
export async function knownFirst(desk: Desk, files: readonly string[], whatOf: (file: string) => string) {
  const keys = new Map<string, string>();
  for (const file of files) keys.set(file, await keyOf(desk, whatOf(file), { file }));
  const isKnown = (file: string): number => Number(known.has(keys.get(file) ?? ''));
  return files.toSorted((one, other) => isKnown(other) - isKnown(one));
}
