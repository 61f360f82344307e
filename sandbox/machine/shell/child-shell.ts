// `bash` and `sh`: a script, a command line or what comes in is run by a shell of its own.
import type { CommandContext, ScriptResult, State } from './just-bash.ts';
import { errorPrefix } from './script-errors.ts';
import { deathNotice } from './signals.ts';
import { commandText } from './source.ts';
import { bashArrays } from './state.ts';

/** A command as just-bash calls it. */
interface ShellCommand {
  readonly name: string;
  execute(args: readonly string[], context: CommandContext): Promise<ScriptResult>;
}

interface Invocation {
  readonly options: Readonly<Record<string, boolean>>;
  readonly shopt: Readonly<Record<string, boolean>>;
  /** `-c`, `-s`. */
  readonly isCommand: boolean;
  readonly readsInput: boolean;
  readonly operands: readonly string[];
}

const letters: Readonly<Record<string, string>> = {
  e: 'errexit',
  u: 'nounset',
  x: 'xtrace',
  v: 'verbose',
  n: 'noexec',
  f: 'noglob',
  a: 'allexport',
  C: 'noclobber',
  E: 'errtrace',
  T: 'functrace',
};

const longOptions: readonly string[] = ['pipefail', 'posix', ...Object.values(letters)];

/** Variables of a shell that are not handed on to a script. */
const fresh: Readonly<Record<string, string>> = { IFS: ' \t\n', OPTIND: '1' };

const VERSION = `GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)
Copyright (C) 2022 Free Software Foundation, Inc.
License GPLv3+: GNU GPL version 3 or later <http://gnu.org/licenses/gpl.html>

This is free software; you are free to change and redistribute it.
There is NO WARRANTY, to the extent permitted by law.
`;

const HELP = `${VERSION.split('\n')[0]?.replace(' (', '-(')}
Usage:\tbash [GNU long option] [option] ...
\tbash [GNU long option] [option] script-file ...
`;

/** @param nextPid gives each shell that is no background job a pid. */
export function shellPrograms(nextPid: () => number): readonly ShellCommand[] {
  return ['bash', 'sh'].map((name) => ({
    name,
    async execute(args, context) {
      if (args[0] === '--version') return { stdout: VERSION, stderr: '', exitCode: 0 };
      if (args[0] === '--help') return { stdout: HELP, stderr: '', exitCode: 0 };
      const invocation = readArguments(args);
      if (typeof invocation === 'string') {
        const isName = invocation.endsWith('invalid option name');
        return told(`${name}: ${invocation}${isName ? '' : ': invalid option'}\n`, 2);
      }
      const { isCommand, readsInput, operands } = invocation;
      if (isCommand) {
        const [source, scriptName = name, ...rest] = operands;
        if (source === undefined) return told(`${name}: -c: option requires an argument\n`, 2);
        return runShell(source, scriptName, rest, true, invocation, context, nextPid);
      }
      const [path, ...rest] = readsInput ? [] : operands;
      if (path === undefined) {
        const source = new TextDecoder().decode(Uint8Array.from(String(context.stdin ?? ''), (c) => c.charCodeAt(0)));
        return runShell(source, name, readsInput ? operands : [], true, invocation, context, nextPid, '', true);
      }
      const file = await readScript(path, context);
      if (typeof file !== 'string')
        return told(`${file.exitCode === 126 ? path : name}: ${path}: ${file.problem}\n`, file.exitCode);
      return runShell(file, path, rest, false, invocation, context, nextPid);
    },
  }));
}

function told(stderr: string, exitCode: number): ScriptResult {
  return { stdout: '', stderr, exitCode, isLocated: true };
}

/** The invocation, or the option that is none. */
function readArguments(args: readonly string[]): Invocation | string {
  const options: Record<string, boolean> = {};
  const shopt: Record<string, boolean> = {};
  let [isCommand, readsInput, at] = [false, false, 0];
  for (; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '--' || arg === '-') {
      at++;
      break;
    }
    if (/^--/.test(arg)) {
      if (arg === '--posix') options.posix = true;
      else if (!['--login', '--norc', '--noprofile', '--noediting'].includes(arg)) return arg;
    } else if (/^[-+]./.test(arg)) {
      const on = arg.startsWith('-');
      for (const letter of arg.slice(1)) {
        const option = letters[letter];
        if (option !== undefined) options[option] = on;
        else if (letter === 'c') isCommand = true;
        else if (letter === 's') readsInput = true;
        else if (letter === 'o') {
          const option = args[++at] ?? '';
          if (!longOptions.includes(option)) return `line 0: bash: ${option}: invalid option name`;
          options[option] = on;
        } else if (letter === 'O') shopt[args[++at] ?? ''] = on;
        else if (!'lihBHmp'.includes(letter)) return `-${letter}`;
      }
    } else break;
  }
  return { options, shopt, isCommand, readsInput, operands: args.slice(at) };
}

async function readScript(
  path: string,
  { shell: { fs, state } }: CommandContext,
): Promise<string | { readonly problem: string; readonly exitCode: number }> {
  const whole = fs.resolvePath(state.cwd, path);
  if (!(await fs.exists(whole))) return { problem: 'No such file or directory', exitCode: 127 };
  if ((await fs.stat(whole)).isDirectory) return { problem: 'Is a directory', exitCode: 126 };
  return fs.readFile(whole);
}

async function runShell(
  source: string,
  name: string,
  args: readonly string[],
  isCommand: boolean,
  { options, shopt }: Invocation,
  context: CommandContext,
  nextPid: () => number,
  stdin?: string,
  isInput = false,
): Promise<ScriptResult> {
  const { shell, hooks } = context;
  const parent = shell.state;
  const environment = { ...context.exportedEnv };
  const pid = hooks.job?.pid ?? nextPid();
  const stack = isCommand ? [] : [name];
  let notice = '';
  const state: Partial<State> = {
    script: { name, isCommand, isInput },
    ends: true,
    options: { ...noOptions, ...options },
    shoptOptions: { globskipdots: true, ...shopt },
    virtualPid: pid,
    bashPid: pid,
    virtualPpid: parent.bashPid,
    jobPid: hooks.job === undefined ? undefined : pid,
    exportedVars: new Set(Object.keys(environment)),
    exportedFunctions: parent.exportedFunctions ?? new Set(),
    functions: new Map([...parent.functions].filter(([key]) => parent.exportedFunctions?.has(key))),
    arrays: bashArrays(),
    traps: new Map([...(parent.traps ?? [])].filter(([, { action }]) => action === '')),
    inbox: [],
    endedBy: (signal) => {
      const command = parent.currentNode === undefined ? name : commandText(parent.currentNode);
      notice = deathNotice(signal, errorPrefix(parent), pid, command);
    },
    sourceStack: stack,
    funcNameStack: stack.map(() => 'main'),
    callLineStack: stack.map(() => 0),
    currentSource: isCommand ? undefined : name,
    currentLine: 1,
    sourceDepth: 0,
    subshells: 0,
    merged: parent.merged,
    outlets: parent.outlets,
    waiting: parent.waiting,
    attached: context.attached,
    umask: parent.umask,
    ...descriptors(parent),
    replacedWith: undefined,
    lastBackgroundPid: 0,
    ...emptyAttributes(),
  };
  const positional = Object.fromEntries(args.map((arg, index) => [String(index + 1), arg]));
  const joinedArgs = args.join(' ');
  const env = {
    ...fresh,
    // A shell that is given no PATH has one of its own.
    PATH: '/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin:.',
    ...environment,
    ...positional,
    '0': name,
    '#': String(args.length),
    '@': joinedArgs,
    '*': joinedArgs,
  };
  const run = stdin === undefined ? context.execWithInheritedStdin : context.exec;
  const result = await run(source, {
    rawScript: true,
    replaceEnv: true,
    env,
    cwd: context.cwd,
    signal: context.signal,
    state,
    ...(stdin === undefined ? {} : { stdin, stdinKind: 'bytes' }),
  });
  hooks.language.useUmask(shell);
  return { ...result, stderr: result.stderr + notice, isLocated: true };
}

const noOptions: Readonly<Record<string, boolean>> = Object.fromEntries(
  [
    ...['errexit', 'pipefail', 'nounset', 'xtrace', 'verbose', 'posix', 'allexport', 'noclobber', 'noglob', 'noexec'],
    ...['vi', 'emacs', 'errtrace', 'functrace'],
  ].map((option) => [option, false]),
);

/** A shell has the descriptors that were open when it began; what it opens and closes is its own. */
function descriptors({ fileDescriptors, inputFds, closedStandardFds, fdAliases }: State): Partial<State> {
  return {
    fileDescriptors: fileDescriptors && new Map(fileDescriptors),
    inputFds: inputFds && new Set(inputFds),
    closedStandardFds: closedStandardFds && new Set(closedStandardFds),
    fdAliases: fdAliases && new Map([...fdAliases].map(([fd, group]) => [fd, new Set(group)])),
  };
}

/** A new shell has no variable with an attribute. */
function emptyAttributes(): Partial<State> {
  const sets = Object.fromEntries(
    [
      ...['readonlyVars', 'associativeArrays', 'namerefs', 'boundNamerefs', 'invalidNamerefs', 'integerVars'],
      ...['lowercaseVars', 'uppercaseVars', 'tempExportedVars', 'declaredVars'],
    ].map((name) => [name, new Set<string>()]),
  );
  return { ...sets, localExportedVars: [], localArrayScopes: [], tempEnvBindings: undefined } as Partial<State>;
}
