import type { Command } from '../command.ts';
import { joinBytes } from '../files/index.ts';
import { STATEMENTS_BETWEEN_PAUSES, shellLimits } from '../limits.ts';
import type { Machine } from '../machine.ts';
import { terminalCommands } from '../terminal/commands.ts';
import { typedFor } from '../terminal/typed-for.ts';
import { bytesOfDevice } from '../tools/devices.ts';
import { bashFiles, latin1 } from './bash-files.ts';
import { shellCommands } from './builtins.ts';
import { shellPrograms } from './child-shell.ts';
import { bashCommand } from './commands.ts';
import type { RunOptions, RunResult, Shell, ShellState } from './contract.ts';
import type { Show } from './job-output.ts';
import { createJobs, SHELL_PID } from './jobs.ts';
import { createBash, type Hooks, type PatchedBash, type ScriptResult, type State } from './just-bash.ts';
import { createLanguage, type ShellProcesses } from './language.ts';
import { interruptWords, limitWords } from './limit-words.ts';
import { ls } from './ls.ts';
import { bytesOf, withoutNote } from './output.ts';
import { isPipe, takeFromPipe } from './pipes.ts';
import { printfCommand } from './printf.ts';
import { smallTools } from './small-tools.ts';
import { readState, restoreState } from './state.ts';
import { USUAL_UMASK } from './umask.ts';

/** What a shell needs of the place where it runs: one turn of its event loop. */
export interface ShellSurroundings {
  pause(): Promise<void>;
  /** Lines typed in any terminal of the machine: shells that are given the same list share it. */
  readonly history?: string[];
}

/** A script that is being run. */
interface Run {
  readonly stop: AbortController;
  /** End what shells do that are being ended. */
  readonly asides: AbortController[];
  readonly show: Show;
}

/** What a shell knows of itself where a person types, and where it runs `bash -c`. */
const typedState: Partial<State> = { script: undefined, ends: false };
const scriptState: Partial<State> = { script: { name: 'bash', isCommand: true }, ends: true, currentLine: 1 };

/** Scripts count their pids from here; they are no processes of the table. */
const FIRST_CHILD_PID = 20_000;

const noTerminal: Pick<RunOptions, 'isTerminal' | 'columns' | 'tty'> & { isTerminal: boolean; columns: number } = {
  isTerminal: false,
  columns: 80,
};

/** See `Shell`. Without `state` it is a new login shell in the home folder. */
export function createShell(
  machine: Machine,
  commands: readonly Command[],
  state?: ShellState,
  surroundings: ShellSurroundings = { pause: () => Promise.resolve() },
): Shell {
  const { pause } = surroundings;
  const history = surroundings.history ?? [...(state?.history ?? [])];
  let terminal = noTerminal;
  let current: Run | undefined;
  let fault: unknown;
  let statements = 0;

  const shells: ShellProcesses = new Map();
  let umask = USUAL_UMASK;
  const language = createLanguage(
    shells,
    {
      setUmask(mask) {
        umask = mask;
      },
      leaveSubshell(state) {
        jobs.leaveSubshell(state);
        return jobs.hearEnded(state);
      },
      aside(context, { statements }) {
        const stop = new AbortController();
        current?.asides.push(stop);
        return bash.runJob({ statements, state: context.state, hooks: context.hooks, around: context }, stop.signal);
      },
    },
    machine,
    pause,
  );
  let childShells = 0;
  const jobs = createJobs(machine, () => bash, pause, shells);
  const ours = [
    ...commands,
    ...jobs.commands,
    ...shellCommands(machine, () => history, pause),
    ls,
    ...smallTools(pause),
    ...terminalCommands,
  ];
  const asBash = (command: Command) =>
    bashCommand(
      command,
      machine,
      () => terminal,
      (thrown) => {
        fault ??= thrown;
      },
      pause,
      () => bash,
      jobs.hearEnded,
    );
  const bash: PatchedBash = createBash({
    fs: bashFiles(
      machine,
      () => bash?.commands ?? new Map(),
      () => umask,
      (path) => bytesOfDevice(path, machine),
      async (path) => {
        if (!isPipe(machine, path)) return undefined;
        return takeFromPipe(machine, path, pause, current !== undefined, current?.stop.signal);
      },
    ),
    cwd: machine.home,
    env: environment(machine),
    executionLimits: shellLimits,
    defenseInDepth: false,
    processInfo: { pid: SHELL_PID, ppid: 1, uid: 1000, gid: 1000 },
    customCommands: [
      printfCommand(machine),
      ...shellPrograms(() => FIRST_CHILD_PID + childShells++),
      ...ours.map(asBash),
    ] as never,
  });
  const hooks: Hooks = {
    language,
    tick() {
      statements += 1;
      return statements % STATEMENTS_BETWEEN_PAUSES === 0 ? pause() : undefined;
    },
    write(stdout, bytes, stderr) {
      if (stdout !== '') current?.show('stdout', bytesOf(stdout, bytes));
      if (stderr !== '') current?.show('stderr', bytesOf(stderr, false));
    },
    typed: async (name, args, attached) =>
      terminal.tty === undefined ? undefined : typedFor(terminal.tty, name, args, attached),
    background: (statement, shell) =>
      jobs.start(statement, shell, hooks, current?.show ?? (() => {}), terminal.isTerminal),
  };
  bash.hooks = hooks;
  // Nobody has gone anywhere yet.
  bash.state.env.delete('OLDPWD');
  restoreState(bash.state, machine.home, state);
  let last: Promise<unknown> = defineFunctions(bash, state);

  async function runNow(script: string, options: RunOptions): Promise<RunResult> {
    const { kernel, language } = machine;
    const name = options.terminal ?? 'run';
    const written = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
    const stop = new AbortController();
    const show: Show = (stream, bytes) => {
      written[stream].push(bytes);
      options.onOutput?.(stream, new TextDecoder().decode(bytes));
    };
    current = { stop, asides: [], show };
    terminal = { ...noTerminal, ...options };
    machine.meter.begin();
    kernel.record({ type: 'CommandStarted', terminal: name, line: script, cwd: bash.state.cwd });
    try {
      const stdin = options.stdin === undefined ? {} : { stdin: latin1(options.stdin), stdinKind: 'bytes' as const };
      const shoptOptions = { ...bash.state.shoptOptions, expand_aliases: false };
      const state = options.asScript ? { ...scriptState, shoptOptions, inbox: [] } : typedState;
      const result = await bash.exec(script, { rawScript: true, signal: stop.signal, state, ...stdin }).catch(failed);
      hooks.write(result.stdout, false, withoutNote(result.stderr));
      const stopped = stoppedBy(result, stop);
      if (stopped !== undefined) {
        const words = stopped === 'interrupt' ? interruptWords : limitWords(result.stoppedBy ?? '');
        if (stopped === 'limit') hooks.write('', false, `${words[language]}\n`);
        kernel.record({ type: 'CommandStopped', terminal: name, line: script, reason: result.stoppedBy ?? stopped });
      }
      const exitCode = stopped === 'interrupt' ? 130 : result.exitCode;
      bash.state.lastExitCode = exitCode;
      bash.state.env.set('?', String(exitCode));
      await machine.settle();
      kernel.record({ type: 'CommandEnded', terminal: name, line: script, exitCode });
      if (fault !== undefined) throw takeFault();
      return {
        ...stdoutOf(written.stdout),
        stderr: textOf(written.stderr),
        exitCode,
        ...(stopped && { stopped }),
      };
    } finally {
      current = undefined;
    }
  }

  /** A fault within the shell: the line has ended all the same. */
  function failed(thrown: unknown): ScriptResult {
    fault ??= thrown;
    return { stdout: '', stderr: '', exitCode: 1 };
  }

  function takeFault(): unknown {
    const taken = fault;
    fault = undefined;
    return taken;
  }

  return {
    run(script, options = {}) {
      const result = last.then(() => runNow(script, options));
      last = result.catch(() => {});
      return result;
    },
    install(more) {
      for (const command of more) bash.registerCommand(asBash(command));
    },
    interrupt() {
      for (const stop of current === undefined ? [] : [current.stop, ...current.asides]) stop.abort();
    },
    get busy() {
      return current !== undefined;
    },
    get cwd() {
      return bash.state.cwd;
    },
    get lastExitCode() {
      return bash.state.lastExitCode;
    },
    commandNames: () => commandNames(bash, ours),
    remember(line) {
      if (line.trim() !== '' && line !== history.at(-1)) history.push(line);
    },
    history: () => history,
    endedJobs: jobs.takeEnded,
    state: () => readState(bash.state, history),
  };
}

function stoppedBy(result: ScriptResult, stop: AbortController): RunResult['stopped'] {
  if (result.stoppedBy !== undefined) return 'limit';
  return stop.signal.aborted ? 'interrupt' : undefined;
}

function environment({ home, user, hostname, language }: Machine): Record<string, string> {
  return {
    HOME: home,
    USER: user,
    LOGNAME: user,
    HOSTNAME: hostname,
    SHELL: '/bin/bash',
    TERM: 'xterm-256color',
    EDITOR: 'edit',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: language === 'es' ? 'es_ES.UTF-8' : 'en_US.UTF-8',
    PWD: home,
  };
}

async function defineFunctions(bash: PatchedBash, state: ShellState | undefined): Promise<void> {
  if (state === undefined || state.functions.length === 0) return;
  await bash.exec(state.functions.join('\n'), { rawScript: true, signal: new AbortController().signal });
}

function textOf(chunks: readonly Uint8Array[]): string {
  return new TextDecoder().decode(joinBytes(chunks));
}

/** What was written as text, and as bytes where it is none. */
function stdoutOf(chunks: readonly Uint8Array[]): Pick<RunResult, 'stdout' | 'bytes'> {
  const bytes = joinBytes(chunks);
  try {
    return { stdout: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { stdout: new TextDecoder().decode(bytes), bytes };
  }
}

const keywords = [
  'alias',
  'cd',
  'declare',
  'echo',
  'eval',
  'exec',
  'exit',
  'export',
  'false',
  'printf',
  'pwd',
  'read',
  'set',
  'source',
  'test',
  'true',
  'type',
  'unset',
];

function commandNames(bash: PatchedBash, ours: readonly Command[]): readonly string[] {
  const names = new Set([
    ...keywords,
    ...bash.commands.keys(),
    ...ours.map(({ name }) => name),
    ...bash.state.functions.keys(),
  ]);
  for (const name of bash.state.env.keys())
    if (name.startsWith('BASH_ALIAS_')) names.add(name.slice('BASH_ALIAS_'.length));
  return [...names].sort();
}
