import {
  type Command,
  type CommandIO,
  type NodeRuntime,
  nodeVersion,
  nodeVersionOn,
  type ProgramSettings,
  type ProgramStart,
  resolvePath,
} from '../machine/index.ts';
import { runScript } from './node-run.ts';
import { runTests, type TestSettings } from './node-test.ts';

const help = `Usage: node [options] [ script.js ] [arguments]

Options:
  -c, --check            check a script's syntax without running it
  -C, --conditions=...   a condition for the exports and imports of packages
  -e, --eval=...         evaluate script
  --env-file=...         set environment variables from a file
  -h, --help             print this list
  --input-type=...       'module' or 'commonjs', for --eval
  --no-warnings          print no warnings
  -p, --print [...]      evaluate script and print result
  -r, --require ...      a module to load before the script (--import: an ES module)
  --run ...              run a script of package.json
  --test                 run the tests of files
  --test-name-pattern=.. run tests whose name matches this regular expression
  --test-randomize       run tests in an order that is drawn (--test-random-seed=...: by this number)
  --test-reporter=...    'spec', 'tap', 'dot' or 'junit'
  --test-reporter-destination=..  'stdout', 'stderr' or a file
  --test-timeout=...     how many milliseconds a test may take
  -v, --version          print Node.js version

Node's other options are not part of this sandbox.
`;

type Wanted =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'refuse'; readonly text: string; readonly exitCode: number }
  | { readonly kind: 'run'; readonly start: ProgramStart; readonly env?: Readonly<Record<string, string>> }
  | { readonly kind: 'script'; readonly name: string; readonly args: readonly string[] }
  | {
      readonly kind: 'test';
      readonly files: readonly string[];
      readonly settings: TestSettings;
      readonly options: ProgramSettings;
    };

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
      if (wanted.kind === 'script') return runScript(io, wanted.name, wanted.args);
      if (wanted.kind === 'test') return runTests(runtime, wanted, args, io);
      return wanted.kind === 'refuse' ? wanted.exitCode : 0;
    },
  };
}

function read(typed: readonly string[], io: CommandIO): Wanted {
  const surrounding = (io.env.NODE_OPTIONS ?? '').split(/\s+/).filter(Boolean);
  const unfit = surrounding.find((word) => /^-(e|p|pe|c|v|h|-eval|-print|-check|-version|-help|-test|-)$/.test(word));
  if (unfit !== undefined) return refuse(`${unfit} is not allowed in NODE_OPTIONS`);
  const words = [...surrounding, ...typed];
  let module = false;
  let code: string | undefined;
  let print = false;
  let check = false;
  const testing: Testing = { reporters: [], destinations: [], namePatterns: [], skipPatterns: [], only: false };
  const options = {
    preload: [] as string[],
    envFiles: [] as string[],
    quiet: false,
    execArgv: [] as string[],
    conditions: [] as string[],
  };
  let tests = false;
  let script: string | undefined;
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] as string;
    if (word === '-' || !word.startsWith('-')) break;
    if (word === '--') {
      at++;
      break;
    }
    const began = at;
    const [flag = '', attached] = word.startsWith('--') ? split(word) : [word, undefined];
    const value = (): string | undefined => attached ?? words[++at];
    if (flag === '-v' || flag === '--version') return { kind: 'say', text: `${nodeVersionOn(io.env.PATH)}\n` };
    if (flag === '-h' || flag === '--help') return { kind: 'say', text: help };
    if (flag === '-c' || flag === '--check') check = true;
    else if (['-e', '--eval', '-p', '--print', '-pe'].includes(flag)) {
      print ||= flag.includes('p');
      // What is printed may be given by a later `-e`.
      if (flag.includes('p') && attached === undefined && /^-(e|-eval)$/.test(words[at + 1] ?? '')) continue;
      code = value();
      if (code === undefined) return needsArgument(word);
    } else if (flag === '--input-type') {
      const type = value() ?? '';
      if (!/^(module|commonjs)(-typescript)?$/.test(type))
        return refuse('--input-type must be "module", "commonjs", "module-typescript" or "commonjs-typescript"');
      module = type.startsWith('module');
    } else if (flag === '--run') {
      script = value();
      if (script === undefined) return needsArgument(word);
    } else if (flag === '--test') tests = true;
    else if (flag === '-r' || flag === '--require' || flag === '--import') {
      const name = value();
      if (name === undefined) return needsArgument(word);
      options.preload.push(`${flag === '--import' ? 'import' : 'require'}:${name}`);
    } else if (flag === '--env-file' || flag === '--env-file-if-exists') {
      const name = value();
      if (name === undefined) return needsArgument(word);
      if (io.machine.files.exists(resolvePath(io.cwd, name))) options.envFiles.push(name);
      else if (flag === '--env-file') return refuse(`${name}: not found`);
      else io.stderr(`${name} not found. Continuing without it.\n`);
    } else if (flag === '-C' || flag === '--conditions') {
      const name = value();
      if (name === undefined) return needsArgument(word);
      options.conditions.push(name);
    } else if (flag === '--no-warnings') options.quiet = true;
    else if (testOptions[flag] !== undefined) {
      const given = testOptions[flag].takesValue ? value() : '';
      if (given === undefined) return needsArgument(word);
      const refused = testOptions[flag].set(testing, given);
      if (refused !== undefined) return refuse(refused);
    } else if (absent.test(flag)) return refuse(`'${flag}' is not part of this sandbox`);
    else if (!harmless.test(flag))
      return refuse(began < surrounding.length ? `${word} is not allowed in NODE_OPTIONS` : `bad option: ${word}`);
    if (began >= surrounding.length) options.execArgv.push(...words.slice(began, at + 1));
  }
  const rest = words.slice(at);
  const [path] = rest;
  if (script !== undefined) {
    // Its words stand behind `--`; what stands before that is not handed on.
    const dashes = words.indexOf('--');
    return { kind: 'script', name: script, args: dashes < 0 ? [] : words.slice(dashes + 1) };
  }
  const { reporters, destinations } = testing;
  if (destinations.length === 0 && reporters.length < 2) destinations.push('stdout');
  if (tests && reporters.length !== destinations.length && (reporters.length > 0 || destinations[0] !== 'stdout'))
    return mismatched(reporters);
  if (reporters.length === 0) reporters.push('spec');
  if (tests) return unfitShard(testing.shard ?? '1/1') ?? { kind: 'test', files: rest, settings: testing, options };
  if (code !== undefined)
    return { kind: 'run', start: { kind: 'code', code, print, module, words: typed, args: rest, options } };
  if (path !== undefined && path !== '-') {
    const env = { NOVENTA_TEST: JSON.stringify(testing) };
    return { kind: 'run', start: { kind: 'file', path, check, words: typed, args: rest.slice(1), options }, env };
  }
  if (check && path === undefined) return needsArgument('-c');
  const input = new TextDecoder().decode(io.stdin);
  if (input === '' && io.isTyped)
    return { kind: 'refuse', text: 'node: the interactive prompt is not part of this sandbox\n', exitCode: 1 };
  return {
    kind: 'run',
    start: { kind: 'code', code: input, print, module, isInput: true, words: typed, args: rest, options },
  };
}

/** What is taken here and heard by the program itself, in `process.execArgv`; or changes nothing that one of the sandbox could see. */
const harmless =
  /^--(trace-(warnings|deprecation|uncaught|exit)|no-deprecation|enable-source-maps|no-experimental-[\w-]+|experimental-(strip-types|test-(?!coverage)[\w-]+|vm-modules|detect-module)|max-old-space-size|stack-trace-limit|throw-deprecation|unhandled-rejections|disable-warning|preserve-symlinks|expose-gc|abort-on-uncaught-exception)$/;

/** What Node has and the sandbox has not. */
const absent = /^--(watch(-path)?|inspect(-brk|-wait)?|experimental-test-coverage|test-coverage-[\w-]+|cpu-prof|prof)$/;

const refuse = (text: string): Wanted => ({ kind: 'refuse', text: `node: ${text}\n`, exitCode: 9 });

interface Testing {
  readonly reporters: string[];
  readonly destinations: string[];
  readonly namePatterns: string[];
  readonly skipPatterns: string[];
  only: boolean;
  /** Whether snapshots are written. */
  snapshots?: boolean;
  timeout?: number;
  /** Which part of the files, as it was typed: `2/3`. */
  shard?: string;
  /** NaN where chance draws it. */
  seed?: number;
}

/** The options of the test runner. `set` gives words when it takes the value for wrong. */
const testOptions: Readonly<
  Record<string, { readonly takesValue: boolean; set(testing: Testing, value: string): string | undefined }>
> = {
  '--test-reporter': {
    takesValue: true,
    set(testing, value) {
      testing.reporters.push(value);
      const isHere = ['spec', 'tap', 'dot', 'junit'].includes(value);
      return isHere ? undefined : `the reporter '${value}' is not part of this sandbox`;
    },
  },
  '--test-reporter-destination': {
    takesValue: true,
    set: (testing, value) => void testing.destinations.push(value),
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
  '--test-shard': {
    takesValue: true,
    set(testing, value) {
      testing.shard = value;
      return undefined;
    },
  },
  '--test-randomize': {
    takesValue: false,
    set(testing) {
      testing.seed ??= Number.NaN;
      return undefined;
    },
  },
  '--test-random-seed': {
    takesValue: true,
    set(testing, value) {
      const seed = Number.parseInt(value, 10) || 0;
      testing.seed = seed;
      return seed >= 0 && seed < 2 ** 32 ? undefined : `--test-random-seed must be >= 0 && <= ${2 ** 32 - 1}`;
    },
  },
  '--test-update-snapshots': {
    takesValue: false,
    set(testing) {
      testing.snapshots = true;
      return undefined;
    },
  },
  '--test-timeout': {
    takesValue: true,
    set(testing, value) {
      testing.timeout = Number.parseInt(value, 10) || 0;
      return undefined;
    },
  },
  '--test-concurrency': { takesValue: true, set: () => undefined },
  '--test-force-exit': { takesValue: false, set: () => undefined },
};

function mismatched(reporters: readonly string[]): Wanted {
  const received = reporters.length === 0 ? '[]' : `[ ${reporters.map((name) => `'${name}'`).join(', ')} ]`;
  return thrown(
    `internal/test_runner/utils:296
      throw new ERR_INVALID_ARG_VALUE(`,
    `TypeError [ERR_INVALID_ARG_VALUE]: The argument '--test-reporter' must match the number of specified '--test-reporter-destination'. Received ${received}`,
    ['parseCommandLine (node:internal/test_runner/utils:296:13)', 'node:internal/main/test_runner:19:17'],
  );
}

/** What is wrong with the part of the files that was asked for. */
function unfitShard(shard: string): Wanted | undefined {
  const [, index, total] = /^(\d+)\/(\d+)$/.exec(shard) ?? [];
  if (total === undefined)
    return thrown(
      `internal/test_runner/utils:332
        throw new ERR_INVALID_ARG_VALUE(`,
      `TypeError [ERR_INVALID_ARG_VALUE]: The argument '--test-shard' must be in the form of <index>/<total>. Received '${shard}'`,
      ['parseCommandLine (node:internal/test_runner/utils:332:15)', 'node:internal/main/test_runner:19:17'],
    );
  const isNone = Number(total) === 0;
  const [name, given, most] = isNone ? ['total', 0, Number.MAX_SAFE_INTEGER] : ['index', Number(index), Number(total)];
  if (given >= 1 && given <= most) return undefined;
  return thrown(
    `internal/errors:543
      throw error;`,
    `RangeError [ERR_OUT_OF_RANGE]: The value of "options.shard.${name}" is out of range. It must be >= 1 && <= ${most}. Received ${given}`,
    [`run (node:internal/test_runner/runner:${isNone ? 831 : 832}:5)`, 'node:internal/main/test_runner:36:1'],
  );
}

/** As Node tells of an error of its own before any program: where, the error with its code, and its stack. */
function thrown(where: string, error: string, stack: readonly string[]): Wanted {
  const indent = /\n( *)/.exec(where)?.[1] ?? '';
  const code = /\[(\w+)\]/.exec(error)?.[1];
  const frames = stack.map((one) => `    at ${one}`).join('\n');
  const text = `node:${where}\n${indent}^\n\n${error}\n${frames} {\n  code: '${code}'\n}\n\nNode.js ${nodeVersion}\n`;
  return { kind: 'refuse', text, exitCode: 1 };
}

function split(word: string): [flag: string, attached: string | undefined] {
  const at = word.indexOf('=');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function needsArgument(word: string): Wanted {
  return { kind: 'refuse', text: `node: ${word} requires an argument\n`, exitCode: 9 };
}
