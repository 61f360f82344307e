// What the parts of a running program share.
import type { CommandIO } from '../command.ts';
import type { Process } from '../process.ts';
import type { Modules } from './modules.ts';
import type { RareNode } from './rare/contract.ts';
import type { StripTypes } from './typescript.ts';
import type { Value, Vm } from './vm.ts';

export type Signal = Parameters<Process['kill']>[0];

/** Options of `node` that the program's own library heeds. */
export interface ProgramSettings {
  /** Modules to load first: `require:NAME` or `import:NAME`. */
  readonly preload: readonly string[];
  readonly envFiles: readonly string[];
  /** No warnings. */
  readonly quiet: boolean;
  readonly execArgv: readonly string[];
  /** What a package may ask for in `exports` and `imports` besides what Node has. */
  readonly conditions: readonly string[];
}

/** What `node` was asked to run. `words` are what followed `node` on the line. */
export type ProgramStart = {
  readonly words: readonly string[];
  readonly args: readonly string[];
  readonly options?: ProgramSettings;
} /** `check` compiles only. */ & (
  | { readonly kind: 'file'; readonly path: string; readonly check: boolean }
  /** A module of the library, as the main program. */
  | { readonly kind: 'library'; readonly name: string }
  | {
      readonly kind: 'code';
      readonly code: string;
      readonly print: boolean;
      readonly module: boolean;
      /** It came through standard input. */
      readonly isInput?: boolean;
    }
);

/** How a text that is no file is called in a stack. */
export const evalName = (isInput: boolean | undefined): string => (isInput ? '[stdin]' : '[eval]');

export interface ProgramOptions {
  readonly start: ProgramStart;
  readonly io: CommandIO;
  readonly pid: number;
  readonly pause: () => Promise<void>;
  /** Present where the program may meet TypeScript. */
  readonly stripTypes?: StripTypes | undefined;
  /** Present where the program may import what few do. */
  readonly rare?: RareNode | undefined;
  /** Real milliseconds, for a limit on runaways only: nothing that a program can see may depend on it. */
  readonly watch?: (() => number) | undefined;
  /** Whether the program may wait for commands (`execSync`): what it asks is remembered then. */
  readonly mayWait: boolean;
  /** Subscribes to signals; the function returned ends it. */
  onSignal(tell: (signal: Signal) => void): () => void;
}

/** What the loop offers to timers, ports and the functions that the program calls. */
export interface Program {
  readonly io: CommandIO;
  readonly pid: number;
  readonly start: ProgramStart;
  readonly vm: Vm;
  readonly modules: Modules;
  readonly rare?: RareNode | undefined;
  /** JavaScript of a module; the program is warned where nothing but its syntax says that it is one. @throws Fault */
  read(name: string): string;
  /** Runs a function of the program's library as a turn of its own, now. */
  turn(name: GuestFunction, ...args: Value[]): void;
  /** The same as soon as the loop is free. */
  queue(name: GuestFunction, ...args: Value[]): void;
  /** Looks again at whether there is something to do. */
  wake(): void;
  /** `process.exit`. */
  exit(code: number): never;
  /** Answers a call of the program's, again when it is brought back to where it waited. */
  answer(action: () => Value): Value;
  /** `execSync`: stops the program until the command has run. @throws Fault where that cannot be done. */
  waitFor(asked: Spawned): never;
  /** A promise of the program's that we will settle keeps it alive. */
  readonly operations: { pending: number };
  /** How many programs that it started run beside it: they leave the clock to it. */
  beside: number;
  /** Whether it moves the clock for them. */
  leads(): boolean;
  /** What it has asked and not been answered, by number: whoever is asked hears when it goes away. */
  readonly requests: Map<number, AbortController>;
  immediates: boolean;
  /** Whether the main module runs, up to its first `await`. */
  starting: boolean;
  /** Whether something from the network began this turn: Node runs the promise jobs from its list of ticks then. */
  ticking: boolean;
  /** A timer has run, and another of the same time comes next: Node runs promise jobs in between itself. */
  between: boolean;
}

/** What `child_process` asks for: a line for the shell, or a program and its arguments. */
export interface Spawned {
  readonly words: string | readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string;
  /** Whether its standard output and its errors are those of the program that starts it. */
  readonly inherits?: readonly [boolean, boolean];
  /** Whether the two talk with each other. */
  readonly ipc?: boolean;
}

/** Functions of lib/internal/boot.js that the loop calls. */
export type GuestFunction =
  | 'runTicks'
  | 'runImmediates'
  | 'fireTimer'
  | 'settle'
  | 'answered'
  | 'heard'
  | 'request'
  | 'typed'
  | 'signal'
  | 'fault'
  | 'handledLate'
  | 'beforeExit'
  | 'leave'
  | 'preload'
  | 'runMain'
  | 'runCode'
  | 'printResult'
  | 'cannotPrint'
  | 'typeless'
  | 'unsettled';
