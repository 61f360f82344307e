import type { Command, CommandIO, Ran, RunStart } from '../command.ts';
import { costs } from '../cost.ts';
import { FileError, resolvePath } from '../files/index.ts';
import type { Machine } from '../machine.ts';
import type { Tty } from '../tty.ts';
import { bytesOfText, fromLatin1, latin1 } from './bash-files.ts';
import { type CommandContext, type Hooks, type PatchedBash, parseScript, type State } from './just-bash.ts';
import { bytesOf, withoutNote } from './output.ts';
import { isPipe, readers, takeFromPipe } from './pipes.ts';
import { quote } from './quote.ts';
import { errorPrefix, locate } from './script-errors.ts';
import { deathNotice } from './signals.ts';
import { commandText } from './source.ts';

/** Built into the shell: nothing is started for them. */
const isFree: ReadonlySet<string> = new Set([
  'kill',
  'wait',
  'jobs',
  'fg',
  'bg',
  'disown',
  'history',
  'ulimit',
  'umask',
]);

/** What just-bash wants back from a command. */
interface Answer {
  readonly stdout: string;
  readonly stdoutKind: 'bytes';
  readonly stdoutEncoding: 'binary';
  readonly stderr: string;
  readonly exitCode: number;
}

/**
 * A command of ours as just-bash calls it. What it writes to the terminal is shown at once; into a pipe or a file it goes when it ends.
 * @param hearEnded gives what the shell tells of jobs when a command has ended in the foreground.
 * @param onFault hears what a command threw: a fault of ours, which just-bash would tell as the learner's.
 */
export function bashCommand(
  command: Command,
  machine: Machine,
  terminal: () => { readonly isTerminal: boolean; readonly columns: number; readonly tty?: Tty },
  onFault: (fault: unknown) => void,
  pause: () => Promise<void>,
  bash: () => PatchedBash,
  hearEnded: (state: State) => string,
): { readonly name: string; execute(args: readonly string[], context: CommandContext): Promise<Answer> } {
  return {
    name: command.name,
    async execute(args, context) {
      const { attached, hooks, cwd } = context;
      const { state } = context.shell;
      const isMerged = state.merged === true;
      const kept: { stdout: string[]; stderr: string[] } = { stdout: [], stderr: [] };
      const descriptors = await readDescriptors(args, context);
      const reading = readers.has(command.name) ? args.map((arg) => resolvePath(cwd, arg)) : [];
      for (const path of reading.filter((one) => isPipe(machine, one)))
        descriptors.set(path, await takeFromPipe(machine, path, pause, hooks.job === undefined, context.signal));
      let read: Uint8Array | undefined;
      let left = 0;
      const io: CommandIO = {
        ...(descriptors.size === 0 ? {} : { descriptors }),
        machine,
        cwd,
        env: context.exportedEnv ?? {},
        get stdin() {
          read ??= bytesRead(String(context.stdin ?? ''));
          return read;
        },
        isFromFile: state.isSeekable === true,
        isTerminal: attached && hooks.isRouted !== true && terminal().isTerminal,
        columns: terminal().columns,
        shellPid: state.jobPid ?? state.virtualPid,
        ...withTty(terminal().tty, hooks, String(context.stdin ?? '') === '' && state.groupStdin === undefined),
        ...(hooks.job === undefined ? {} : { pid: hooks.job.pid, hear: hooks.job.hear }),
        endedBy(signal, pid) {
          if (hooks.job !== undefined || state.isProgram || state.currentNode === undefined) return;
          state.notice = deathNotice(signal.slice(3), errorPrefix(state), pid, commandText(state.currentNode));
        },
        ...(hooks.killedBy === undefined ? {} : { killedBy: hooks.killedBy }),
        stdout(text) {
          const bytes = typeof text === 'string' ? bytesOfText(text) : latin1(text);
          if (attached) hooks.write(bytes, true, '');
          else kept.stdout.push(bytes);
        },
        leaves(bytes) {
          left = bytes;
        },
        stderr(text) {
          const told = locate(state, text, command.name);
          if (attached) hooks.write('', false, told);
          else if (isMerged) kept.stdout.push(bytesOfText(told));
          else kept.stderr.push(told);
        },
        ...(state.umask === undefined ? {} : { umask: state.umask }),
        run: (start) =>
          start.show === undefined ? runWithin(context, start) : runShown(bash(), context, start, start.show),
        beside: async (args, surroundings) => {
          // A process of its own, at nobody's keyboard.
          const { pid: _, tty: __, isTyped: ___, hear: ____, endedBy: _____, ...rest } = io;
          return command.run(args, { ...rest, ...surroundings, isTerminal: false });
        },
        signal: context.signal ?? new AbortController().signal,
      };
      let exitCode = 1;
      try {
        exitCode = await command.run(args, io);
      } catch (error) {
        if (error instanceof FileError && error.path === '-') io.stderr(`${command.name}: -: Is a directory\n`);
        else onFault(error);
      }
      if (!isFree.has(command.name)) {
        machine.meter.spend(costs.command);
        const told = hearEnded(state);
        if (told !== '') io.stderr(told);
      }
      if (read !== undefined && consumers.has(command.name))
        takeShared(state, String(context.stdin ?? ''), command.name, left);
      state.unread = read === undefined ? String(context.stdin ?? '').length : left;
      return {
        stdout: kept.stdout.join(''),
        stdoutKind: 'bytes',
        stdoutEncoding: 'binary',
        stderr: kept.stderr.join(''),
        exitCode,
      };
    },
  };
}

/** Programs that read standard input to its end, in a loop too: the loop has nothing more to read then. */
const consumers: ReadonlySet<string> = new Set(
  'awk base64 bc cat cmp column comm cut diff expand fmt fold grep head iconv jq join md5sum nl od paste rev sed sha1sum sha256sum shuf sort tac tail tee tr uniq wc xargs xxd'.split(
    ' ',
  ),
);
/** They give back what they have not read of a file (gnulib, closein). */
const seekBack: ReadonlySet<string> = new Set(['grep', 'head', 'sed']);

/** What a program has read of the input of the loop, group or script around it is gone for what follows. */
function takeShared(state: State, stdin: string, name: string, left: number): void {
  if (stdin === '' || state.groupStdin !== stdin) return;
  state.groupStdin = state.isSeekable && left > 0 && seekBack.has(name) ? stdin.slice(-left) : '';
}

/** What standard input holds. @throws FileError when a folder was opened for it. */
function bytesRead(stdin: string): Uint8Array {
  if (stdin === '\ud800') throw new FileError('EISDIR', 'read', '-');
  return fromLatin1(stdin);
}

/** The keyboard is the foreground's. */
function withTty(tty: Tty | undefined, hooks: Hooks, isTyped: boolean): Pick<CommandIO, 'tty' | 'isTyped'> {
  return tty === undefined || hooks.job !== undefined ? {} : { tty, isTyped };
}

/** `env printf` is the one of coreutils, and not the shell's. */
const asProgram: Partial<State> = { isProgram: true };

/** A program that a command starts. Names that stand for words of the shell's language are programs here. */
async function runWithin(context: CommandContext, start: RunStart): Promise<Ran> {
  const { words, stdin, cwd = context.cwd, env, replaceEnv, signal = context.signal } = start;
  const line = typeof words === 'string' ? words : words.map(quote).join(' ');
  // What it tells is told apart: `2>&1` behind the command that starts it is that command's.
  const { state } = context.shell;
  const { merged } = state;
  state.merged = false;
  const running = context.exec(line, {
    rawScript: true,
    cwd,
    state: asProgram,
    ...(stdin === undefined ? {} : { stdin: latin1(stdin), stdinKind: 'bytes' as const }),
    ...(env === undefined ? {} : { env }),
    ...(replaceEnv === undefined ? {} : { replaceEnv }),
    ...(signal === undefined ? {} : { signal }),
  });
  const answer = await running.finally(() => {
    state.merged = merged;
  });
  const asBytes = answer.stdoutKind === 'bytes' || answer.stdoutEncoding === 'binary';
  return { stdout: bytesOf(answer.stdout, asBytes), stderr: withoutNote(answer.stderr), exitCode: answer.exitCode };
}

/** A program of which is told while it runs: in a shell of its own that writes as it goes, as a background job does. */
async function runShown(
  bash: PatchedBash,
  context: CommandContext,
  { words, stdin, cwd = context.cwd, env = {}, signal = context.signal, killedBy }: RunStart,
  show: NonNullable<RunStart['show']>,
): Promise<Ran> {
  const line = typeof words === 'string' ? words : words.map(quote).join(' ');
  const state = bash.jobState(context.shell);
  for (const [name, value] of Object.entries(env)) {
    state.env.set(name, value);
    state.exportedVars.add(name);
  }
  const functions = [...state.functions].filter(([name]) => state.exportedFunctions?.has(name));
  Object.assign(state, {
    cwd,
    functions: new Map(functions),
    traps: new Map(),
    merged: false,
    ends: false,
    ...asProgram,
  });
  const hooks: Hooks = {
    ...context.hooks,
    ...(killedBy === undefined ? {} : { killedBy }),
    isRouted: context.hooks.isRouted === true || !context.attached,
    write(stdout, bytes, stderr) {
      if (stdout !== '') show('stdout', bytesOf(stdout, bytes));
      if (withoutNote(stderr) !== '') show('stderr', bytesOf(withoutNote(stderr), false));
    },
  };
  const job = {
    ...{ statements: parseScript(line).statements, state, hooks, around: context.shell },
    ...(stdin === undefined ? {} : { stdin: latin1(stdin) }),
  };
  const { stdout, stderr, exitCode } = await bash.runJob(job, signal ?? new AbortController().signal);
  // What it has read of the input of the loop or script around it is gone for what follows.
  const around = context.shell.state;
  if (stdin !== undefined && stdin.length > 0 && around.groupStdin === job.stdin) around.groupStdin = state.groupStdin;
  hooks.write(stdout, false, stderr);
  return { stdout: new Uint8Array(), stderr: '', exitCode };
}

/** `<(…)` on the line is a file that only just-bash can read. */
async function readDescriptors(args: readonly string[], { fs }: CommandContext): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const [path] of args.flatMap((arg) => [...arg.matchAll(/\/dev\/fd\/\d+/g)])) {
    const bytes = await fs.readFileBuffer(path).catch(() => undefined);
    if (bytes !== undefined) found.set(path, bytes);
  }
  return found;
}
