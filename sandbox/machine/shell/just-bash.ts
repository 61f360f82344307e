// The patched just-bash (`just-bash-patch.ts`) with types for what the patch adds.

import type { IFileSystem } from 'just-bash/browser';
import * as patched from 'just-bash/browser';
import type { AbortSignal } from '../command.ts';

type Options = ConstructorParameters<typeof patched.Bash>[0] & object;

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGKILL';

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
  /** What a script is beyond its statements. */
  readonly language: Language;
  /** Whether what is written goes elsewhere than to the terminal. */
  readonly isRouted?: boolean;
  /** The signal that ends what runs; a person's Ctrl+C where nothing tells it. */
  readonly killedBy?: () => Signal | undefined;
  /** The job in which a command runs; absent in the foreground. */
  readonly job?: {
    readonly pid: number;
    readonly depth: number;
    /** The command heard that signal itself, and ends with this code. */
    hear(exitCode: number): void;
  };
}

/** What just-bash leaves to us of bash's language; `language.ts`. */
export interface Language {
  /** The statements of a text, up to what cannot be parsed. */
  read(source: string, parse?: (source: string) => Parsed): Parsed;
  /** Runs a script as a shell, from its beginning to its end. */
  run(context: Context, script: Parsed): Promise<ScriptResult>;
  /** Runs a script within a shell. `within`: the built-in command that was given it, for messages. */
  part(context: Context, script: Parsed, within: string): Promise<ScriptResult>;
  /** What a command wrote, with the place in its messages. */
  located(context: Context, result: ScriptResult, command?: string): ScriptResult;
  locateError(context: Context, error: unknown): void;
  before(context: Context, node: Node): Promise<ScriptResult | undefined>;
  /** `merged`: whether what goes to stderr around it goes where stdout goes. */
  after(
    context: Context,
    node: Node,
    result: ScriptResult,
    before: ScriptResult | undefined,
    merged: boolean | undefined,
  ): ScriptResult;
  /** `run` tells of each command of the pipeline before it starts, and hands on what it wrote. */
  pipeline(
    context: Context,
    node: { readonly commands: readonly unknown[]; readonly pipeStderr?: readonly boolean[] },
    run: (each: PipelineStep) => Promise<ScriptResult>,
  ): Promise<ScriptResult>;
  /** After each command of a pipeline: who of those before it was ended by a pipe that nobody reads. @returns whether any was. */
  brokenPipe(context: Context, commands: readonly Node[], codes: number[], input: string): boolean;
  /** Where a descriptor of the shell leads. */
  outlet(context: Context, descriptor: number): number;
  /** What goes to standard error as it is written among bytes. */
  bytes(text: string): string;
  /** Keeps a text for an outlet. */
  send(context: Context, outlet: number, text: string): void;
  /** What a redirected command runs writes where it says. @returns what ends that. */
  divert(context: Context, redirections: readonly Redirection[] | undefined): (targets?: Targets) => void;
  divertStdout(context: Context, isWanted: boolean): () => void;
  /** A result with what has arrived since; undefined when nothing has. */
  arrived(context: Context, result: ScriptResult): ScriptResult | undefined;
  /** An error of an arithmetic expression, with the expression in its message. */
  arithmeticError(context: Context, error: unknown, expression: string, command?: string): { readonly stderr: string };
  ended(context: Context, statement: Statement, failed: boolean): Promise<ScriptResult | undefined>;
  atExit(context: Context, result: ScriptResult): Promise<ScriptResult>;
  /** An error that ends a shell, with what its traps wrote when something from outside has ended it. */
  withLastWords(context: Context, error: unknown): Promise<unknown>;
  /** Runs a script in a shell that is being ended, to the script's end. */
  aside(context: Context, script: Parsed): Promise<ScriptResult>;
  substitute(context: Context, body: Parsed, inherited: (state: State) => Map<string, Trap>): Promise<ScriptResult>;
  trap(context: Context, args: readonly string[]): ScriptResult;
  select(context: Context, args: readonly string[]): ScriptResult;
  test(words: readonly string[], questions: Questions): Promise<ScriptResult>;
  caller(context: Context, args: readonly string[]): ScriptResult;
  enable(context: Context, args: readonly string[]): ScriptResult;
  /** `mapfile -C`, after `result`: what it calls for the lines that it has read. */
  mapped(context: Context, args: readonly string[], result: ScriptResult): Promise<ScriptResult>;
  umask(context: Context, args: readonly string[]): ScriptResult;
  /** What is made from now on is made with the mask of this shell. */
  useUmask(context: Context): void;
  exportFunctions(context: Context, names: readonly string[]): ScriptResult;
  /** The status of a shell that an unset variable ends. */
  fatalStatus(context: Context): number;
  /** Whether what a command redirects into `>(…)` goes on after it. */
  keepsSubstitutions(node: Node): boolean;
  returned(context: Context, result: ScriptResult): Promise<ScriptResult>;
  /** `exec` has run a command in the shell's place. */
  replace(context: Context, result: ScriptResult): void;
  commandText(context: Context): string;
  /** ms of the virtual clock. */
  now(): number;
  /** What `time` says of what began at `since`. */
  timeReport(context: Context, since: number, isPosix: boolean): string;
  /** `$SECONDS`. */
  seconds(context: Context): string;
  /** A built-in command's name with its arguments, where it is known better than by just-bash. */
  synopsis(name: string): string | undefined;
  /** `--help` of a program that does not tell it itself, in the reader's language. */
  helpText(name: string): string | undefined;
  versionText(name: string): string | undefined;
  /** What a built-in command says when it does not take its arguments. */
  refusal(name: string, args: readonly string[]): ScriptResult | undefined;
  /** A function as `declare -f` shows it. */
  functionText(name: string, definition: unknown): string;
  runFile(shell: Interpreter, name: string, args: readonly string[], stdin: string): Promise<ScriptResult>;
}

/** Where descriptors 1 and 2 lead, by their outlets' numbers. */
export type Outlets = Readonly<Record<number, number>>;

/** What was written to outlets from within others, until a command ends that writes there. */
/** What the words of redirections expanded to, by their place. */
export type Targets = ReadonlyMap<number, string>;

export interface PipelineStep {
  begin(): void;
  /** What a command wrote, with what background jobs in it wrote into the pipe. */
  end(result: ScriptResult): Promise<ScriptResult>;
}

export interface Waiting {
  last: number;
  readonly text: Map<number, string>;
  /** How many background jobs write to an outlet. */
  readonly writers: Map<number, number>;
  /** Where their text goes when the command that was redirected there has ended. */
  readonly late: Map<number, (text: string) => void>;
}

/** What `test` asks, which just-bash answers for `[[` too. */
export interface Questions {
  unary(operator: string, word: string): Promise<boolean>;
  binary(left: string, operator: string, right: string): Promise<boolean>;
}

export interface Trap {
  readonly action: string;
  /** How deep in functions it was set. */
  readonly depth: number;
}

export interface Menu {
  readonly words: readonly string[];
  isShown: boolean;
  isOver: boolean;
}

export interface ShellArray {
  readonly kind: 'indexed' | 'associative';
  readonly elements: Map<string, string>;
}

/** What is known of a pipeline while it runs, by the places of its commands. */
export interface Pipe {
  /** How often devices without an end had been read when its last command began. */
  readsBefore: number;
  readonly sizes: number[];
  readonly endless: boolean[];
}

/** A shell's variables and settings, as far as they are looked at here. */
export interface State {
  env: Map<string, string>;
  exportedVars: Set<string>;
  functions: Map<string, unknown>;
  exportedFunctions?: Set<string> | undefined;
  arrays?: Map<string, ShellArray> | undefined;
  associativeArrays?: Set<string> | undefined;
  cwd: string;
  previousDir: string;
  lastExitCode: number;
  lastBackgroundPid: number;
  options: Readonly<Record<string, boolean>>;
  shoptOptions: Record<string, boolean>;
  traps?: Map<string, Trap> | undefined;
  /** Signals that have come and were not heard yet. */
  inbox?: { readonly pid: number; readonly signal: string }[] | undefined;
  /** Whether a signal ends it: `$?` is then that of its last command. */
  isKilled?: boolean;
  /** What is told of the last command, which a signal has ended. */
  notice?: string;
  /** Hears which signal has ended the shell. */
  endedBy?: ((signal: string) => void) | undefined;
  /** Absent where a person types. */
  script?: { readonly name: string; readonly isCommand: boolean; readonly isInput?: boolean } | undefined;
  /** Whether it ends with what it runs, as a script does. */
  ends?: boolean | undefined;
  /** What a group of commands reads; absent where nobody redirected its input. */
  groupStdin?: string | undefined;
  /** Whether what it writes goes to the terminal as it is written. */
  attached?: boolean;
  /** The menus of the `select` loops that run, by where they stand. */
  menus?: Map<string, Menu> | undefined;
  /** Whether what it runs was started by a program (`env`, `xargs`), for which nothing is built in. */
  isProgram?: boolean;
  /** While the action of a trap runs. */
  trapping?: boolean;
  /** Whether a failure is one at which `set -e` does not end the shell. */
  errexitSafe?: boolean;
  /** `$$`, `$BASHPID`, `$PPID`. */
  virtualPid: number;
  bashPid: number;
  virtualPpid: number;
  jobPid?: number | undefined;
  currentLine: number;
  /** How many lines of the file stand before the text whose lines are counted. */
  linesBefore?: number | undefined;
  currentNode?: Node;
  currentSource?: string | undefined;
  /** Permissions that new files do not get; undefined is 022. */
  umask?: number | undefined;
  /** The newest first; the last is the script. */
  sourceStack?: string[];
  funcNameStack?: string[];
  callLineStack?: number[];
  callDepth: number;
  sourceDepth: number;
  subshells?: number | undefined;
  /** Whether stderr goes where stdout goes: then both are kept as one, in their order. */
  merged?: boolean | undefined;
  /** Whether `groupStdin` is of a file. */
  isSeekable?: boolean | undefined;
  /** Bytes of its standard input that the last command has left. */
  unread?: number | undefined;
  pipe?: Pipe | undefined;
  outlets?: Outlets | undefined;
  /** Ends what runs. */
  signal?: AbortSignal | undefined;
  waiting?: Waiting | undefined;
  /** What commands in expansions have told, until the next command tells it. */
  expansionStderr?: string;
  suppressVerbose?: boolean;
  /** The status of the command that `exec` has run. */
  replacedWith?: number | undefined;
  processSubstitutions?: readonly unknown[] | undefined;
  fileDescriptors?: Map<number, unknown> | undefined;
  inputFds?: Set<number> | undefined;
  closedStandardFds?: Set<number> | undefined;
  fdAliases?: Map<number, Set<number>> | undefined;
  /** ms of the virtual clock. */
  startTime: number;
}

export interface ScriptResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** The limit that stopped it. */
  readonly stoppedBy?: string;
  /** Its messages say where they are from. */
  readonly isLocated?: boolean;
  /** What `set -x` told of the command before it ran. */
  readonly traced?: string;
  readonly stdoutKind?: unknown;
  readonly stdoutEncoding?: unknown;
  readonly internalOutputAccounting?: unknown;
}

/** What the parser refuses in a text. */
export interface SyntaxProblem {
  readonly line: number;
  /** `syntax error near unexpected token …`, or what else is wrong. */
  readonly words: string;
  /** The text of the line, where bash shows it. */
  readonly source?: string;
  /** A second message, in the place of that. */
  readonly repeated?: string;
  /** The exit code, where it is not 2. */
  readonly status?: number;
}

/** A script that is parsed; `problem`: what ended it before its end. */
export interface Parsed {
  readonly statements: readonly Statement[];
  readonly problem?: SyntaxProblem;
  /** What is told of it before it runs, without the script's name. */
  readonly warnings?: readonly string[];
}

/** A parsed statement, as far as jobs look at it. */
export interface Statement {
  readonly pipelines: readonly { readonly negated: boolean; readonly commands: readonly Node[] }[];
  readonly operators: readonly string[];
  readonly background: boolean;
}

export interface Node {
  readonly type: string;
  readonly line?: number;
  readonly redirections?: readonly Redirection[];
  /** The statements of a group or a loop. */
  readonly body?: readonly Statement[] | Node;
  readonly name?: string | { readonly parts: readonly { readonly type: string; readonly value?: string }[] } | null;
  readonly args?: readonly unknown[];
}

export interface Redirection {
  /** Of a compound command's. */
  readonly line?: number;
  readonly fd: number | null;
  readonly operator: string;
  readonly target: {
    readonly type: string;
    readonly parts?: readonly { readonly type: string; readonly value?: string }[];
  };
}

/** What runs statements in a shell. */
export interface Context {
  readonly state: State;
  readonly hooks: Hooks;
  readonly fs: IFileSystem;
  /** How deep in `$(…)`. */
  readonly substitutionDepth?: number;
  executeScript(script: Parsed): Promise<ScriptResult>;
  /** Runs what stands in `>(…)` that is still open, with what was written to it; the first `open` stay so. */
  releaseSubstitutions(open: number): Promise<{ readonly stdout: string; readonly stderr: string }>;
}

export interface Interpreter {
  readonly ctx: Context;
  expandWord(word: Redirection['target']): Promise<string>;
  runCommand(
    name: string,
    args: readonly string[],
    quoted: readonly boolean[],
    stdin: string,
    skipFunctions: boolean,
  ): Promise<ScriptResult>;
}

export interface Job {
  readonly statements: readonly Statement[];
  readonly state: State;
  readonly hooks: Hooks;
  /** Where it was started: what `<(…)` gave there can be read. */
  readonly around: Context;
  /** A character for each byte; undefined where it has no input. */
  readonly stdin?: string;
}

interface ExecOptions {
  readonly rawScript: true;
  readonly signal?: AbortSignal | undefined;
  /** A character for each byte. */
  readonly stdin?: string;
  readonly stdinKind?: 'bytes';
  readonly env?: Readonly<Record<string, string>>;
  /** Whether `env` is all that the script knows. */
  readonly replaceEnv?: boolean;
  readonly cwd?: string;
  /** What the script's shell begins with. */
  readonly state?: Partial<State>;
}

export interface PatchedBash {
  hooks: Hooks;
  readonly state: State;
  readonly commands: ReadonlyMap<string, unknown>;
  registerCommand(command: unknown): void;
  exec(script: string, options: ExecOptions): Promise<ScriptResult>;
  /** A copy of a shell's state for a job. */
  jobState(context: Interpreter['ctx']): State;
  runJob(job: Job, signal: AbortSignal): Promise<ScriptResult>;
}

/** What a command of ours is called with. */
export interface CommandContext {
  /** The machine's files with those of open descriptors. */
  readonly fs: { readFileBuffer(path: string): Promise<Uint8Array> };
  readonly cwd: string;
  readonly exportedEnv?: Readonly<Record<string, string>>;
  /** A character for each byte. */
  readonly stdin: unknown;
  readonly signal?: AbortSignal;
  readonly attached: boolean;
  readonly hooks: Hooks;
  readonly shell: Context;
  exec(script: string, options: ExecOptions): Promise<ScriptResult>;
  execWithInheritedStdin(script: string, options: ExecOptions): Promise<ScriptResult>;
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

const { parseScript, printCommand, decodedText, ExitError, LimitError, RE2JS } = patched as unknown as {
  parseScript(source: string): Parsed;
  printCommand(node: unknown): string;
  /** The text of what a command wrote. */
  decodedText(result: ScriptResult): string;
  readonly RE2JS: LinearExpressions;
  /** Stops a script. */
  LimitError: new (
    message: string,
    limit: string,
  ) => Error;
  /** Ends a shell. */
  ExitError: new (
    exitCode: number,
    stdout: string,
    stderr: string,
  ) => Error & { readonly exitCode: number; readonly stdout: string; readonly stderr: string };
};

export { decodedText, ExitError, LimitError, parseScript, printCommand, RE2JS };
