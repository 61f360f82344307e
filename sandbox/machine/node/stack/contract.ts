// What is asked about an error, and what is told.
import type { Excerpt } from './known-frames.ts';
import type { Misread } from './misread.ts';

export interface Frame {
  readonly file: string;
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly native: boolean;
}

export interface Asked {
  readonly frames: readonly Frame[];
  readonly message: string;
  /** The name of the error's class, and of those that it extends. */
  readonly classes: readonly string[];
  /** Made by QuickJS itself, in its own words. */
  readonly engine: boolean;
  readonly code?: string;
  readonly operator?: string;
  readonly limit: number;
  /** It was made while the main module ran for the first time. */
  readonly starting: boolean;
  /** Which of the promises of `Promise.all`, or of one like it, it rejected. */
  readonly among?: { readonly name: string; readonly index: number };
  /** What ran the job in which its function went on: see `jobRunners`. */
  readonly ticking?: number;
}

export interface Traced {
  readonly lines: readonly string[];
  /** The message in V8's words, where QuickJS has others. */
  readonly message?: string;
  /** The innermost place that is the program's own. */
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
  /** The line of Node's own that is shown at the end of the program. */
  readonly excerpt?: Excerpt;
  /** The one that is shown where a promise carried the error there. */
  readonly lateExcerpt?: Excerpt;
  /** The column of the innermost place, as its line of the stack has it. */
  readonly column?: number;
  /** What of a text cannot be read. */
  readonly misread?: Misread;
  /** The frames of the program's own, to look for where it was thrown. */
  readonly own: readonly Frame[];
  /** Nothing of ours called the outermost function: it went on after an `await`. */
  readonly isLate?: boolean;
}

export interface Texts {
  /** The text of a file of the program, `[eval]` and `[stdin]` among them. */
  read(file: string): string | undefined;
  /** The program's files that were read so far. */
  loaded(): readonly string[];
  /** What read the last TypeScript that could not be read. */
  readonly misreader?: () => string | undefined;
  readonly kind: 'file' | 'code' | 'check' | 'other';
}

export const isInternal = (frame: Frame | undefined): boolean => frame?.file.startsWith('node:') === true;

/** A function of Node's own: `events emit`. */
export const key = ({ file, name }: Frame): string => `${file.slice('node:'.length)} ${name}`;

export const plainName = ({ name }: Frame): string => (name.startsWith('<') ? '' : name);
