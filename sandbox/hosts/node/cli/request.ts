import type { Language } from '../../../machine/words.ts';

/** A command line that was understood. */
export interface Request {
  readonly language: Language;
  readonly days: readonly string[];
  /** What stands after `--`. */
  readonly script?: string;
  readonly files?: string;
  /** Of `world`: names the streams of chance, and says how long. */
  readonly seed?: string;
  readonly until?: string;
  /** On how many seeds to verify; `all`: on as many as each day says. */
  readonly seeds?: number | 'all';
  /** A plan of the days with more in it than titles. */
  readonly plan?: string;
  readonly event?: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  readonly ref?: string;
  readonly repository?: string;
  readonly actor?: string;
  /** A file of JSON. */
  readonly payload?: string;
  readonly json: boolean;
  readonly writeBack: boolean;
}

/** Told to the person as one line; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
