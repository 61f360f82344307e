import type { AbortSignal } from './abort-signal.ts';
import type { Machine } from './machine.ts';
import type { Channel } from './node/channel.ts';
import type { Tty } from './tty.ts';
import type { Words } from './words.ts';

export type { AbortSignal };

/** A program that the shell can start: one of ours, or a thin face over a room of the sandbox. */
export interface Command {
  readonly name: string;
  /** One sentence for `help`. */
  readonly summary: Words;
  /**
   * Runs to its end and gives the exit code. What the person did wrong is written to stderr in the tool's own words with its own
   * code; only a fault of ours is thrown.
   */
  run(args: readonly string[], io: CommandIO): Promise<number> | number;
  /** Words that may follow on the line, for Tab: given the words typed so far and the start of the one being typed. */
  complete?(
    words: readonly string[],
    start: string,
    io: Pick<CommandIO, 'machine' | 'cwd'>,
  ): readonly string[] | Promise<readonly string[]>;
}

/** What a running command can reach. */
export interface CommandIO {
  readonly machine: Machine;
  readonly cwd: string;
  /** Exported variables. */
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: Uint8Array;
  /** Whether standard input is a file, which has a size, and not a pipe. */
  readonly isFromFile?: boolean;
  /** What process substitutions on the line gave, by the path that stands for each: `/dev/fd/63`. */
  readonly descriptors?: ReadonlyMap<string, Uint8Array>;
  /** True when standard output is the terminal (not a pipe or a file): only then are colours and streaming wanted. */
  readonly isTerminal: boolean;
  /** Columns of the terminal, 80 when there is none. */
  readonly columns: number;
  /** The keyboard and screen of the person who typed it; absent in background jobs and where nobody sits. */
  readonly tty?: Tty;
  /** Whether standard input is that keyboard: nobody redirected it. */
  readonly isTyped?: boolean;
  /** `$$` of the shell that runs it, a job's own pid in a job. */
  readonly shellPid?: number;
  /** The process under which it runs, when the shell made one (a background job); a program makes its own otherwise. */
  readonly pid?: number;
  /** The signal that ends that process, once one has come. */
  /** Says that the command heard that signal itself, and with what code it ends. */
  readonly hear?: (exitCode: number) => void;
  /** Hears that the process was ended by a signal, which the shell tells. */
  readonly endedBy?: (signal: string, pid: number) => void;
  readonly killedBy?: () => 'SIGINT' | 'SIGTERM' | 'SIGKILL' | undefined;
  stdout(text: string | Uint8Array): void;
  stderr(text: string): void;
  /** Says how many bytes of its standard input the command leaves: who writes more into the pipe than it holds is ended by that. */
  readonly leaves?: (bytes: number) => void;
  /** Permissions that new files do not get; 0o022 where nothing is said. */
  readonly umask?: number;
  /** Runs another command line or another program with the same surroundings; absent where there is no shell. */
  readonly run?: (start: RunStart) => Promise<Ran>;
  /** Runs this command once more beside itself, with other surroundings: what it tells is heard while it runs. */
  readonly beside?: (args: readonly string[], surroundings: Beside) => Promise<number>;
  /** Hears under which process a program runs that makes its own. */
  readonly started?: (pid: number) => void;
  /** Hears each time that such a program can only wait. */
  readonly idles?: () => void;
  /** Whether the program that started it moves the clock. */
  readonly isLed?: () => boolean;
  /** Where a forked program talks with the one that forked it. */
  readonly channel?: Channel;
  /** Set when Ctrl+C or a limit asks the command to end; long loops look at it between steps. */
  readonly signal: AbortSignal;
}

export type Beside = Pick<
  CommandIO,
  'cwd' | 'env' | 'stdin' | 'stdout' | 'stderr' | 'started' | 'idles' | 'isLed' | 'channel'
>;

export interface RunStart {
  /** A program and its arguments, or a line for the shell. */
  readonly words: readonly string[] | string;
  readonly stdin?: Uint8Array;
  /** The folder in which it runs, where that is another one. */
  readonly cwd?: string;
  /** Variables beside those that are exported, or in their place. */
  readonly env?: Readonly<Record<string, string>>;
  readonly replaceEnv?: boolean;
  readonly signal?: AbortSignal;
  /** The signal that it is sent when that aborts. */
  readonly killedBy?: CommandIO['killedBy'];
  /** Hears what it writes while it runs, also when it is ended before its end; then nothing of it is in `Ran`. */
  readonly show?: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void;
}

/** Whether the shell has said that there is no such program. */
export function isNotFound({ exitCode, stderr }: Pick<Ran, 'exitCode' | 'stderr'>, name: string): boolean {
  return exitCode === 127 && stderr.replace(/^\S+: line \d+: /, 'bash: ') === `bash: ${name}: command not found\n`;
}

export interface Ran {
  readonly stdout: Uint8Array;
  readonly stderr: string;
  readonly exitCode: number;
}
