// Programs of the computer that carries the engine, in place of the sandbox's own. What they do is never the same twice.
import type { Command, CommandIO } from './command.ts';
import { costs } from './cost.ts';
import type { Files } from './files/index.ts';
import type { HttpRequest, HttpResponse, NetworkFailure } from './network.ts';
import type { Process } from './process.ts';

/** What a host offers that has a real Node. */
export interface RealPrograms {
  /** Names of the commands that it runs itself. */
  readonly names: readonly string[];
  /** Starts one on a copy of the machine's home folder; what it changes there is in `files` when `ended` settles, and often before. */
  start(start: RealStart): RealProcess;
  /** Asks a program of that computer that listens on a port. */
  request(port: number, request: HttpRequest): Promise<HttpResponse | NetworkFailure>;
}

export interface RealStart {
  readonly words: readonly string[];
  readonly files: Files;
  readonly home: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly columns: number;
  readonly isTerminal: boolean;
  stdout(bytes: Uint8Array): void;
  stderr(text: string): void;
}

export interface RealProcess {
  write(bytes: Uint8Array): void;
  /** No more input comes. */
  endInput(): void;
  kill(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void;
  /** Exit code; 128 + n for signal n, 127 when there is no such program. */
  readonly ended: Promise<number>;
}

/** One command for each program. */
export function createRealCommands(real: RealPrograms): readonly Command[] {
  return real.names.map((name) => ({
    name,
    summary: { es: 'el programa real, fuera del sandbox', en: 'the real program, outside the sandbox' },
    async run(args, io) {
      io.machine.meter.spend(costs.program);
      const words = [name, ...args];
      if (io.pid !== undefined) {
        const running = begin(real, words, io);
        const stop = onAbort(io, () => running.kill(io.killedBy?.() ?? 'SIGTERM'));
        return running.ended.finally(stop);
      }
      const process = io.machine.processes.start(words.join(' '), () => {
        const running = begin(real, words, io);
        const stop = onAbort(io, () => running.kill('SIGINT'));
        return {
          kill: (signal: Parameters<Process['kill']>[0]) => running.kill(signal),
          ended: running.ended.finally(stop),
        };
      });
      return process.ended;
    },
  }));
}

function begin(real: RealPrograms, words: readonly string[], io: CommandIO): RealProcess {
  const { machine, cwd, env, columns, isTerminal, tty, isTyped, stdin } = io;
  const running = real.start({
    words,
    files: machine.files,
    home: machine.home,
    cwd,
    env,
    columns,
    isTerminal,
    stdout: io.stdout,
    stderr: io.stderr,
  });
  if (tty !== undefined && isTyped) void feed(running, io, tty);
  else {
    running.write(stdin);
    running.endInput();
  }
  return running;
}

/** Hands over what is typed, line by line, until the program has ended. */
async function feed(running: RealProcess, { signal }: CommandIO, tty: NonNullable<CommandIO['tty']>): Promise<void> {
  const over = new AbortController();
  void running.ended.then(() => over.abort());
  if (signal.aborted) return;
  while (!over.signal.aborted) {
    const line = await tty.readLine({ signal: over.signal });
    if (over.signal.aborted) return;
    if (line === '') return running.endInput();
    running.write(new TextEncoder().encode(line));
  }
}

function onAbort({ signal }: CommandIO, action: () => void): () => void {
  if (signal.aborted) action();
  signal.addEventListener('abort', action);
  return () => signal.removeEventListener('abort', action);
}
