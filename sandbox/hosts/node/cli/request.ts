import type { Language } from '../../../machine/words.ts';

/** A command line that was understood. */
export interface Request {
  readonly language: Language;
  readonly days: readonly string[];
  /** What stands after `--`. */
  readonly script?: string;
  readonly files?: string;
  readonly json: boolean;
  readonly writeBack: boolean;
}

/** Told to the person as one line; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
