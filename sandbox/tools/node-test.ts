// `node --test`: each file of tests is a program of its own; what they tell of their tests is told again as one run.
import { type CommandIO, type NodeRuntime, nameOf, type ProgramSettings, resolvePath } from '../machine/index.ts';
import { drawFrom } from '../machine/node/lib/internal/test/draw.js';

export interface TestSettings {
  readonly reporters: readonly string[];
  /** Where each of them writes: `stdout`, `stderr` or a file. */
  readonly destinations: readonly string[];
  readonly namePatterns: readonly string[];
  readonly skipPatterns: readonly string[];
  readonly only: boolean;
  /** Ms that a test may take which does not say so itself. */
  readonly timeout?: number;
  /** Every so-manieth file from which on: `2/3`. */
  readonly shard?: string;
  /** What draws the order of files and of tests; NaN for chance of its own. */
  readonly seed?: number;
}

interface TestRun {
  readonly files: readonly string[];
  readonly settings: TestSettings;
  /** Each file's program has them too. */
  readonly options: ProgramSettings;
}

/** What a program of tests writes: lines of its own, and events behind a sign that no text begins with. */
const SIGN = '\u0001';

export async function runTests(
  runtime: NodeRuntime,
  { files: named, settings: asked, options }: TestRun,
  words: readonly string[],
  io: CommandIO,
): Promise<number> {
  const { files, kernel } = io.machine;
  const missing = named.find((word) => !/[*?[]/.test(word) && !files.exists(resolvePath(io.cwd, word)));
  if (missing !== undefined) {
    io.stderr(`Could not find '${missing}'\n`);
    return 1;
  }
  const isUnnamed = asked.seed !== undefined && Number.isNaN(asked.seed);
  const settings = isUnnamed ? { ...asked, seed: kernel.random('node:test').integer(0, 2 ** 32 - 1) } : asked;
  const startedAt = kernel.now();
  const items: object[] = [];
  const [index, total] = (settings.shard ?? '1/1').split('/').map(Number) as [number, number];
  const waiting = testFiles(io, named).filter((_, at) => at % total === index - 1);
  const next = settings.seed === undefined ? () => waiting.shift() : drawFrom(settings.seed);
  while (waiting.length > 0) {
    const path = next(waiting) as string;
    const file = path.startsWith(`${io.cwd}/`) ? path.slice(io.cwd.length + 1) : path;
    const began = kernel.now();
    // What is written comes line by line, from both sides in their order.
    const unfinished = { stdout: '', stderr: '' };
    const take = (from: 'stdout' | 'stderr', chunk: string | Uint8Array): void => {
      const text = unfinished[from] + (typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk));
      const lines = text.split(/(?<=\n)/);
      unfinished[from] = text.endsWith('\n') ? '' : (lines.pop() ?? '');
      for (const line of lines) tell(line);
    };
    const tell = (line: string): void => {
      if (line === '') return;
      items.push(
        line.startsWith(SIGN)
          ? { type: 'event', event: JSON.parse(line.slice(1)) as object }
          : { type: 'text', text: line },
      );
    };
    const child: CommandIO = {
      ...io,
      isTerminal: false,
      isTyped: false,
      env: { ...io.env, NOVENTA_TEST: JSON.stringify({ ...settings, child: true }) },
      stdin: new Uint8Array(),
      stdout: (chunk) => take('stdout', chunk),
      stderr: (chunk) => take('stderr', chunk),
    };
    const exitCode = await runtime.run(
      { kind: 'file', path, check: false, words: ['node', path], args: [], options },
      child,
    );
    tell(unfinished.stdout);
    tell(unfinished.stderr);
    const ms = kernel.now() - began;
    if (io.signal.aborted && io.killedBy?.() === 'SIGKILL') return 137;
    items.push(
      io.signal.aborted ? { type: 'interrupted', file, path, ms } : { type: 'ended', file, path, exitCode, ms },
    );
    if (io.signal.aborted) break;
  }
  // Who is asked to end still tells what there was until then.
  const signal = io.signal.aborted ? deaf : io.signal;
  if (io.signal.aborted) io.hear?.(1);
  const stdin = new TextEncoder().encode(JSON.stringify({ items, ms: kernel.now() - startedAt }));
  const env = { ...io.env, NOVENTA_TEST: JSON.stringify({ ...settings, colors: io.isTerminal }) };
  return runtime.run(
    { kind: 'library', name: 'node:internal/test/replay', words, args: [] },
    { ...io, env, stdin, signal },
  );
}

const deaf: CommandIO['signal'] = { aborted: false, addEventListener() {}, removeEventListener() {} };

/** Where Node looks when no file is named ("Test runner execution model"). */
const usual = /(^|\/)(test\/.+|test|test-[^/]+|[^/]+[.\-_]test)\.(js|mjs|cjs|ts|mts|cts)$/;

function testFiles(io: CommandIO, named: readonly string[]): readonly string[] {
  if (named.length === 0) return filesBelow(io, io.cwd).filter((path) => usual.test(path.slice(io.cwd.length + 1)));
  return named.flatMap((word) => {
    const path = resolvePath(io.cwd, word);
    // A folder is run as a program is: there is none of that name.
    if (!/[*?[]/.test(word)) return [path];
    const pattern = new RegExp(
      `^${path
        .replace(/[.+^${}()|\\]/g, '\\$&')
        .replaceAll('**/', '\u0000')
        .replaceAll('*', '[^/]*')
        .replaceAll('?', '[^/]')
        .replaceAll('\u0000', '(?:.*/)?')}$`,
    );
    return filesBelow(io, io.cwd).filter((one) => pattern.test(one));
  });
}

function filesBelow({ machine: { files } }: CommandIO, folder: string): readonly string[] {
  return files.list(folder).flatMap((name) => {
    const path = `${folder}/${name}`;
    const { type } = files.lstat(path);
    if (type === 'directory')
      return nameOf(path) === 'node_modules' || name.startsWith('.')
        ? []
        : filesBelow({ machine: { files } } as CommandIO, path);
    return type === 'file' ? [path] : [];
  });
}
