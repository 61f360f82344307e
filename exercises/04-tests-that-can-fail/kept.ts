// What a suite does is a function of its files and of the service: several checks ask the same, and each answer is kept.
import type { Desk } from '../../sandbox/checks/index.ts';
import { SERVICE } from './suite.ts';

const known = new Map<string, Promise<unknown>>();

/** Of each desk the sums of the files on which its runs depend: checks work on copies, and leave the learner's folder as it is. */
const sums = new WeakMap<Desk, Promise<readonly string[]>>();

/** On what an answer depends beside the other files of the folder: of those with tests on all, or on these; and on test.sh. */
interface Of {
  readonly tests?: readonly string[];
  readonly script?: boolean;
}

const READ = 'a test reads test.sh';

async function sumsOf(desk: Desk): Promise<readonly string[]> {
  // Without what every copy brings itself, and what no test reads.
  const { stdout } = await desk.run(
    `grep -rqs 'test[.]sh' test testing && echo '${READ}'
find . -type f -not -path './.git/*' -not -path './node_modules/*' -not -name test.log -not -name '*.md' | grep -vxF ${SERVICE.map((name) => `-e ./${name}`).join(' ')} | sort | xargs sha256sum`,
    { cwd: 'seats' },
  );
  return stdout.split('\n');
}

function linesOf(desk: Desk): Promise<readonly string[]> {
  const lines = sums.get(desk) ?? sumsOf(desk);
  sums.set(desk, lines);
  return lines;
}

/** The paths of the files in the folder: those of git, of packages, of the service and of documents are left out. */
export const filesOf = async (desk: Desk): Promise<readonly string[]> =>
  (await linesOf(desk)).flatMap((line) => /^[0-9a-f]{64} [ *][.][/](.+)$/.exec(line)?.[1] ?? []);

async function keyOf(desk: Desk, what: string, { tests, script }: Of): Promise<string> {
  const lines = await linesOf(desk);
  const isOther = (line: string): boolean =>
    tests !== undefined && /\.test\.m?js$/.test(line) && !tests.some((file) => line.endsWith(`/${file}`));
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
  for (const file of files) keys.set(file, await keyOf(desk, whatOf(file), { tests: [file] }));
  const isKnown = (file: string): number => Number(known.has(keys.get(file) ?? ''));
  return files.toSorted((one, other) => isKnown(other) - isKnown(one));
}
