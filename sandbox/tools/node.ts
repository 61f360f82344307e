import { type Command, type CommandIO, type NodeRuntime, nodeVersionOn, type ProgramStart } from '../machine/index.ts';
import { runTests, type TestSettings } from './node-test.ts';

const help = `Usage: node [options] [ script.js ] [arguments]

Options:
  -c, --check            check a script's syntax without running it
  -e, --eval=...         evaluate script
  -h, --help             print this list
  --input-type=...       'module' or 'commonjs', for --eval
  -p, --print [...]      evaluate script and print result
  --test                 run the tests of files
  --test-name-pattern=.. run tests whose name matches this regular expression
  --test-reporter=...    'spec', 'tap' or 'dot'
  -v, --version          print Node.js version

Node's other options are not part of this sandbox.
`;

type Wanted =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'refuse'; readonly text: string; readonly exitCode: number }
  | { readonly kind: 'run'; readonly start: ProgramStart; readonly env?: Readonly<Record<string, string>> }
  | { readonly kind: 'test'; readonly files: readonly string[]; readonly settings: TestSettings };

/** `node`, on a runtime that is shared by all programs of the sandbox. */
export function createNodeCommand(runtime: NodeRuntime): Command {
  return {
    name: 'node',
    summary: { es: 'ejecuta un programa de JavaScript', en: 'runs a JavaScript program' },
    async run(args, io) {
      const wanted = read(args, io);
      if (wanted.kind === 'say') io.stdout(wanted.text);
      if (wanted.kind === 'refuse') io.stderr(wanted.text);
      if (wanted.kind === 'run') return runtime.run(wanted.start, { ...io, env: { ...io.env, ...wanted.env } });
      if (wanted.kind === 'test') return runTests(runtime, wanted.files, wanted.settings, args, io);
      return wanted.kind === 'refuse' ? wanted.exitCode : 0;
    },
  };
}

function read(words: readonly string[], io: CommandIO): Wanted {
  let module = false;
  const testing = { reporter: 'spec', namePatterns: [] as string[], skipPatterns: [] as string[], only: false };
  let tests = false;
  /** The arguments of a program that comes through standard input. */
  let input: readonly string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const [flag = '', attached] = word.startsWith('--') ? split(word) : [word, undefined];
    const rest = words.slice(at + 1);
    if (flag === '-v' || flag === '--version') return { kind: 'say', text: `${nodeVersionOn(io.env.PATH)}\n` };
    if (flag === '-h' || flag === '--help') return { kind: 'say', text: help };
    if (flag === '-c' || flag === '--check') {
      if (rest[0] === undefined) return needsArgument(word);
      return { kind: 'run', start: { kind: 'file', path: rest[0], check: true, words, args: rest.slice(1) } };
    }
    if (['-e', '--eval', '-p', '--print', '-pe'].includes(flag)) {
      const code = attached ?? rest[0];
      if (code === undefined) return needsArgument(word);
      const args = attached === undefined ? rest.slice(1) : rest;
      const start = {
        kind: 'code',
        code,
        print: flag.includes('p'),
        module,
        words,
        args: withoutDashes(args),
      } as const;
      return { kind: 'run', start };
    }
    if (flag === '--input-type' && (attached === 'module' || attached === 'commonjs')) {
      module = attached === 'module';
      continue;
    }
    if (word === '--') continue;
    if (flag === '--test') {
      tests = true;
      continue;
    }
    const option = testOptions[flag];
    if (option !== undefined) {
      const value = attached ?? (option.takesValue ? words[++at] : '');
      if (value === undefined) return needsArgument(word);
      const refused = option.set(testing, value);
      if (refused !== undefined) return { kind: 'refuse', text: `node: ${refused}\n`, exitCode: 9 };
      continue;
    }
    if (word.startsWith('-') && word !== '-') {
      return { kind: 'refuse', text: `node: bad option: ${word}\n`, exitCode: 9 };
    }
    if (word === '-') {
      input = words.slice(at);
      break;
    }
    if (tests) return { kind: 'test', files: words.slice(at), settings: testing };
    const env = { NOVENTA_TEST: JSON.stringify(testing) };
    return { kind: 'run', start: { kind: 'file', path: word, check: false, words, args: rest }, env };
  }
  if (tests) return { kind: 'test', files: [], settings: testing };
  const code = new TextDecoder().decode(io.stdin);
  if (code === '')
    return { kind: 'refuse', text: 'node: the interactive prompt is not part of this sandbox\n', exitCode: 1 };
  return { kind: 'run', start: { kind: 'code', code, print: false, module, isInput: true, words, args: input } };
}

interface Testing {
  reporter: string;
  readonly namePatterns: string[];
  readonly skipPatterns: string[];
  only: boolean;
}

/** The options of the test runner. `set` gives words when it takes the value for wrong. */
const testOptions: Readonly<
  Record<string, { readonly takesValue: boolean; set(testing: Testing, value: string): string | undefined }>
> = {
  '--test-reporter': {
    takesValue: true,
    set(testing, value) {
      testing.reporter = value;
      return ['spec', 'tap', 'dot'].includes(value) ? undefined : `the reporter '${value}' is not part of this sandbox`;
    },
  },
  '--test-reporter-destination': {
    takesValue: true,
    set: (_, value) => (value === 'stdout' ? undefined : 'a reporter writes to stdout in this sandbox'),
  },
  '--test-name-pattern': { takesValue: true, set: (testing, value) => void testing.namePatterns.push(value) },
  '--test-skip-pattern': { takesValue: true, set: (testing, value) => void testing.skipPatterns.push(value) },
  '--test-only': {
    takesValue: false,
    set(testing) {
      testing.only = true;
      return undefined;
    },
  },
  '--test-concurrency': { takesValue: true, set: () => undefined },
  '--test-force-exit': { takesValue: false, set: () => undefined },
};

function split(word: string): [flag: string, attached: string | undefined] {
  const at = word.indexOf('=');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function withoutDashes(args: readonly string[]): readonly string[] {
  return args[0] === '--' ? args.slice(1) : args;
}

function needsArgument(word: string): Wanted {
  return { kind: 'refuse', text: `node: ${word} requires an argument\n`, exitCode: 9 };
}
