// The patched just-bash (`just-bash-patch.ts`) with types for what the patch adds.
import * as patched from 'just-bash/browser';
import type { AbortSignal } from '../command.ts';

type Options = ConstructorParameters<typeof patched.Bash>[0] & object;

/** What the shell is told while a script runs. */
export interface Hooks {
  /** Before each statement. A promise makes it wait. */
  tick(): Promise<void> | undefined;
  /** What was written to the terminal. `bytes`: a character of `stdout` stands for a byte. */
  write(stdout: string, bytes: boolean, stderr: string): void;
  /** What a person types for a command that reads its input from the terminal; absent where nobody does. */
  readonly typed?: (command: string, args: readonly string[], attached: boolean) => Promise<string | undefined>;
  /** A statement that ends in `&`. */
  background(statement: Statement, shell: Interpreter): Promise<ScriptResult>;
  /** The job in which a command runs; absent in the foreground. */
  readonly job?: { readonly pid: number; readonly depth: number };
}

/** A shell's variables and settings, as far as they are looked at here. */
export interface State {
  env: Map<string, string>;
  exportedVars: Set<string>;
  functions: Map<string, unknown>;
  cwd: string;
  previousDir: string;
  lastExitCode: number;
  lastBackgroundPid: number;
  shoptOptions: Record<string, boolean>;
}

export interface ScriptResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** The limit that stopped it. */
  readonly stoppedBy?: string;
}

/** A parsed statement, as far as jobs look at it. */
export interface Statement {
  readonly pipelines: readonly { readonly negated: boolean; readonly commands: readonly Node[] }[];
  readonly operators: readonly string[];
  readonly background: boolean;
}

export interface Node {
  readonly type: string;
  readonly redirections?: readonly Redirection[];
}

export interface Redirection {
  readonly fd: number | null;
  readonly operator: string;
  readonly target: { readonly type: string };
}

export interface Interpreter {
  readonly ctx: { readonly state: State };
  expandWord(word: Redirection['target']): Promise<string>;
}

export interface Job {
  readonly statement: Statement;
  readonly state: State;
  readonly hooks: Hooks;
}

export interface PatchedBash {
  hooks: Hooks;
  readonly state: State;
  readonly commands: ReadonlyMap<string, unknown>;
  exec(
    script: string,
    options: { rawScript: true; signal: AbortSignal; stdin?: string; stdinKind?: 'bytes' },
  ): Promise<ScriptResult>;
  /** A copy of a shell's state for a job. */
  jobState(context: Interpreter['ctx']): State;
  runJob(job: Job, signal: AbortSignal): Promise<ScriptResult>;
}

/** What a command of ours is called with. */
export interface CommandContext {
  readonly cwd: string;
  readonly exportedEnv?: Readonly<Record<string, string>>;
  /** A character for each byte. */
  readonly stdin: unknown;
  readonly signal?: AbortSignal;
  readonly attached: boolean;
  readonly hooks: Hooks;
  /** Runs a line of shell in a shell of its own. */
  exec?(
    line: string,
    options: {
      readonly cwd: string;
      readonly env?: Readonly<Record<string, string>>;
      readonly replaceEnv?: boolean;
      readonly stdin?: string;
      readonly stdinKind?: 'bytes';
      readonly signal?: AbortSignal;
    },
  ): Promise<CommandAnswer>;
}

export interface CommandAnswer {
  readonly stdout: string;
  readonly stdoutKind?: 'text' | 'bytes';
  readonly stdoutEncoding?: 'binary';
  readonly stderr: string;
  readonly exitCode: number;
}

export function createBash(options: Options): PatchedBash {
  return new patched.Bash(options) as unknown as PatchedBash;
}

/** The regular expressions that just-bash's own commands use: linear time, whatever the pattern. */
interface LinearExpressions {
  readonly CASE_INSENSITIVE: number;
  readonly MULTILINE: number;
  readonly LONGEST_MATCH: number;
  compile(
    pattern: string,
    flags: number,
  ): {
    matcher(text: string): {
      find(from: number): boolean;
      start(): number;
      end(): number;
      group(number: number): string | null;
    };
  };
}

const { parseScript, printCommand, RE2JS } = patched as unknown as {
  parseScript(source: string): { readonly statements: readonly Statement[] };
  printCommand(node: unknown): string;
  readonly RE2JS: LinearExpressions;
};

export { parseScript, printCommand, RE2JS };
