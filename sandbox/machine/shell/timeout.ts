// GNU `timeout` on the machine's clock: a command may take so much simulated time.
import type { Machine } from '../machine.ts';
import { milliseconds } from './duration.ts';
import type { CommandContext, ScriptResult } from './just-bash.ts';
import { quote } from './quote.ts';
import { signalName, signalNumbers } from './signals.ts';

interface Request {
  readonly signal: string;
  /** Whether the command's own status is told when its time is over. */
  readonly keepsStatus: boolean;
  readonly duration: string;
  readonly words: readonly string[];
}

/** After so many turns of the event loop without an end a command is taken to wait for something. */
const IDLE_TURNS = 5000;

const TRY = "Try 'timeout --help' for more information.\n";

/** @param pause one turn of the event loop. */
export function timeoutCommand(
  { kernel }: Machine,
  pause: () => Promise<void>,
): { readonly name: string; execute(args: readonly string[], context: CommandContext): Promise<ScriptResult> } {
  return {
    name: 'timeout',
    async execute(args, context) {
      const request = readRequest(args);
      if (typeof request === 'string') return failed(`timeout: ${request}\n${TRY}`, 125);
      const delay = milliseconds(request.duration);
      if (delay === undefined) return failed(`timeout: invalid time interval ‘${request.duration}’\n${TRY}`, 125);
      const [program = ''] = request.words;
      const stop = new AbortController();
      // Zero seconds are no limit.
      const cancel = delay === 0 ? () => {} : kernel.schedule(delay, () => stop.abort());
      let result: ScriptResult | undefined;
      const running = context
        .execWithInheritedStdin(request.words.map(quote).join(' '), {
          rawScript: true,
          replaceEnv: true,
          env: { ...context.exportedEnv },
          cwd: context.cwd,
          signal: stop.signal,
          state: {
            script: undefined,
            merged: context.shell.state.merged,
            attached: context.attached,
            functions: new Map(),
          },
        })
        .then((ended) => {
          result = ended;
        });
      // A command that waits for others does not move the clock: when nothing else happens it goes on to what comes next.
      for (let turns = 0; result === undefined && !stop.signal.aborted && !context.signal?.aborted; turns++) {
        await pause();
        if (turns % IDLE_TURNS === IDLE_TURNS - 1) kernel.advance(kernel.untilNext() ?? 0);
      }
      cancel();
      await running;
      const ended = result ?? failed('', 125);
      if (stop.signal.aborted) return { ...ended, stderr: withoutAbort(ended.stderr), exitCode: status(request) };
      if (ended.exitCode !== 127 || ended.stderr !== `bash: ${program}: command not found\n`) return ended;
      return failed(`timeout: failed to run command ‘${program}’: No such file or directory\n`, 127);
    },
  };
}

function failed(stderr: string, exitCode: number): ScriptResult {
  return { stdout: '', stderr, exitCode };
}

/** just-bash says that it was aborted; `timeout` says nothing. */
function withoutAbort(stderr: string): string {
  return stderr.replace('bash: execution aborted\n', '');
}

/** 124; with SIGKILL, or when the command's own status is wanted, that of a command that was killed. */
function status({ signal, keepsStatus }: Request): number {
  return keepsStatus || signal === 'KILL' ? 128 + (signalNumbers.get(signal) ?? 0) : 124;
}

/** The request, or what is wrong with it. */
function readRequest(args: readonly string[]): Request | string {
  let [signal, keepsStatus, at] = ['TERM', false, 0];
  for (; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (!arg.startsWith('-') || arg === '-') break;
    const [option = '', given] = arg.startsWith('--') ? arg.split('=') : [arg.slice(0, 2), arg.slice(2) || undefined];
    if (arg === '--') {
      at++;
      break;
    }
    if (option === '--preserve-status') keepsStatus = true;
    else if (['--foreground', '-v', '--verbose'].includes(option)) continue;
    else if (['-s', '--signal', '-k', '--kill-after'].includes(option)) {
      const value = given ?? args[++at] ?? '';
      if (option === '-k' || option === '--kill-after') continue;
      const name = signalName(value);
      if (name === undefined) return `${value}: invalid signal`;
      signal = name;
    } else return `unrecognized option '${arg}'`;
  }
  const [duration, ...words] = args.slice(at);
  if (duration === undefined || words.length === 0) return 'missing operand';
  return { signal, keepsStatus, duration, words };
}
