import type { Command, CommandIO, Ran, RunStart } from '../command.ts';
import type { Machine } from '../machine.ts';
import type { Tty } from '../tty.ts';
import { fromLatin1, latin1 } from './bash-files.ts';
import type { CommandContext, Hooks } from './just-bash.ts';
import { bytesOf } from './output.ts';
import { quote } from './quote.ts';

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
 * @param onFault hears what a command threw: a fault of ours, which just-bash would tell as the learner's.
 */
export function bashCommand(
  command: Command,
  machine: Machine,
  terminal: () => { readonly isTerminal: boolean; readonly columns: number; readonly tty?: Tty },
  onFault: (fault: unknown) => void,
): { readonly name: string; execute(args: readonly string[], context: CommandContext): Promise<Answer> } {
  return {
    name: command.name,
    async execute(args, context) {
      const { attached, hooks, cwd } = context;
      const kept: { stdout: string[]; stderr: string[] } = { stdout: [], stderr: [] };
      const io: CommandIO = {
        machine,
        cwd,
        env: context.exportedEnv ?? {},
        stdin: fromLatin1(String(context.stdin ?? '')),
        isTerminal: attached && terminal().isTerminal,
        columns: terminal().columns,
        ...withTty(terminal().tty, hooks),
        ...(hooks.job === undefined ? {} : { pid: hooks.job.pid }),
        stdout(text) {
          const bytes = latin1(typeof text === 'string' ? new TextEncoder().encode(text) : text);
          if (attached) hooks.write(bytes, true, '');
          else kept.stdout.push(bytes);
        },
        stderr(text) {
          if (attached) hooks.write('', false, text);
          else kept.stderr.push(text);
        },
        run: (start) => runWithin(context, start),
        signal: context.signal ?? new AbortController().signal,
      };
      let exitCode = 1;
      try {
        exitCode = await command.run(args, io);
      } catch (error) {
        onFault(error);
      }
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

/** The keyboard is the foreground's. */
function withTty(tty: Tty | undefined, hooks: Hooks): { readonly tty?: Tty } {
  return tty === undefined || hooks.job !== undefined ? {} : { tty };
}

/** A program that a command starts. Names that stand for words of the shell's language are programs here. */
async function runWithin(context: CommandContext, start: RunStart): Promise<Ran> {
  if (context.exec === undefined) throw new Error('just-bash gives this command no way to run another');
  const { words, stdin, env, replaceEnv, signal = context.signal } = start;
  const line = typeof words === 'string' ? words : words.map(quote).join(' ');
  const answer = await context.exec(line, {
    cwd: context.cwd,
    ...(stdin === undefined ? {} : { stdin: latin1(stdin), stdinKind: 'bytes' as const }),
    ...(env === undefined ? {} : { env }),
    ...(replaceEnv === undefined ? {} : { replaceEnv }),
    ...(signal === undefined ? {} : { signal }),
  });
  const asBytes = answer.stdoutKind === 'bytes' || answer.stdoutEncoding === 'binary';
  return { stdout: bytesOf(answer.stdout, asBytes), stderr: answer.stderr, exitCode: answer.exitCode };
}
