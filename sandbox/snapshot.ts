import type { CheckResult } from './checks/contract.ts';
import type { Lucky } from './checks/luck.ts';
import type { KernelSnapshot, LoggedEvent } from './kernel/index.ts';
import type { FileChange, FileTree, ShellState } from './machine/index.ts';

/** Everything of a sandbox that lasts, as plain data that survives structuredClone. Running programs are not part of it. */
export interface Snapshot {
  readonly version: 1;
  /** The day's id, or 'none' for an empty machine. */
  readonly day: string;
  readonly kernel: KernelSnapshot;
  readonly files: FileTree;
  /** The first terminal's shell. */
  readonly shell: ShellState;
  /** The shells of other open terminals, by the terminal's id; the history is the first one's. */
  readonly otherShells?: OtherShells;
}

export type OtherShells = Readonly<Record<string, ShellState>>;

/** What a host needs to make a day's sandbox. */
export interface DayPack {
  readonly day: string;
  readonly seed: string;
  /** Files of the home folder: relative path → bytes. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** The machine at the end of an earlier day, and the simulated time then: the files above are laid over it, on a later morning. */
  readonly base?: { readonly now: number; readonly files: FileTree };
  /** What all that comes to with this seed once the day is set up, where the course was built with it: nobody has to wait for the setup. */
  readonly opened?: Snapshot;
}

export type FileAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** How far a desk is: its clock in ms since 1970, the entries of its log, and whether a program runs in the foreground. */
export interface DeskMoment {
  readonly at: number;
  readonly entries: number;
  readonly isBusy: boolean;
}

/** What the engine tells unasked. */
export type EngineEvent =
  /** A call that changes something begins now: the calls of this kind are told in the order in which they came. */
  | ({ readonly event: 'began' } & DeskMoment)
  | { readonly event: 'output'; readonly terminal: string; readonly text: string }
  /** The screen is to take this size now: between the text before, laid out for the old one, and the text after. */
  | { readonly event: 'resized'; readonly terminal: string; readonly columns: number; readonly rows: number }
  | { readonly event: 'files'; readonly changes: readonly FileChange[] }
  | { readonly event: 'logged'; readonly entry: LoggedEvent }
  /** After each command: everything that lasts but the log and the files, which other events have told already. */
  | {
      readonly event: 'state';
      readonly kernel: Omit<KernelSnapshot, 'log'>;
      readonly shell: ShellState;
      readonly otherShells: OtherShells;
    }
  /** Whether something runs in the foreground anywhere, and the terminals in which it does. */
  | { readonly event: 'busy'; readonly busy: boolean; readonly terminals: readonly string[] }
  /** Somebody typed `edit FILE`. */
  | { readonly event: 'edit'; readonly path: string }
  /** One check of a running `check` call has its result. */
  | { readonly event: 'checked'; readonly result: CheckResult }
  /** A running `luck` call is done with a seed. */
  | { readonly event: 'lucky'; readonly lucky: Lucky<Snapshot> };
