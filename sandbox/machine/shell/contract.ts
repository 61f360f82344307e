import type { Command } from '../command.ts';
import type { Tty } from '../tty.ts';

/**
 * An interactive bash on a machine. Directory, variables, functions, aliases and history last from line to line.
 * Lines run one after another; a second `run` waits for the first.
 */
export interface Shell {
  /** Runs a script to its end. `onOutput` hears what it writes as it is written; the result holds all of it as well. */
  run(script: string, options?: RunOptions): Promise<RunResult>;
  /** Programs that are there from now on, within a running script too: a package manager brought them. */
  install(commands: readonly Command[]): void;
  /** Asks what is running in the foreground to end (Ctrl+C): exit code 130. */
  interrupt(): void;
  readonly busy: boolean;
  readonly cwd: string;
  readonly lastExitCode: number;
  /** Adds a typed line to the history. */
  remember(line: string): void;
  history(): readonly string[];
  /** What bash says, before the next prompt, of jobs that have ended. */
  endedJobs(): readonly string[];
  /** Names that Tab offers for the first word: built-ins, commands, functions, aliases. */
  commandNames(): readonly string[];
  state(): ShellState;
}

export interface RunOptions {
  readonly terminal?: string;
  readonly stdin?: Uint8Array;
  /** Whether a person is at the other end: commands use colours, the shell tells of its jobs. */
  readonly isTerminal?: boolean;
  readonly columns?: number;
  /** As `bash -c` runs it: messages tell the line, `exit` and `set -e` end it, a trap on EXIT runs. */
  readonly asScript?: boolean;
  /** That person's keyboard and screen. */
  readonly tty?: Tty;
  readonly onOutput?: (stream: 'stdout' | 'stderr', text: string) => void;
}

export interface RunResult {
  readonly stdout: string;
  /** What was written to stdout, where it is no text. */
  readonly bytes?: Uint8Array;
  readonly stderr: string;
  readonly exitCode: number;
  /** Set when a limit or a person stopped it; words for the learner are in stderr already. */
  readonly stopped?: 'interrupt' | 'limit';
}

/** What must last over a reload, as plain data. */
export interface ShellState {
  readonly cwd: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Arrays: their keys and values, in order. */
  readonly arrays?: Readonly<Record<string, ArrayState>>;
  readonly exported: readonly string[];
  /** Function definitions as shell source. */
  readonly functions: readonly string[];
  readonly aliases: Readonly<Record<string, string>>;
  readonly history: readonly string[];
}

export interface ArrayState {
  readonly kind: 'indexed' | 'associative';
  readonly elements: readonly (readonly [key: string, value: string])[];
}
