import type { Language } from '../../sandbox/machine/words.ts';
import type { DayNames } from '../day-assets/contract.ts';

/** What the page of real Node is told by the build. */
export interface Settings {
  readonly language: Language;
  /** The site's base path, ending in `/`. */
  readonly base: string;
  /** Name of the program that runs in the container. */
  readonly program: string;
  /** Day id → the names of its files. */
  readonly days: Readonly<Record<string, DayNames>>;
  readonly words: Readonly<Record<string, string>>;
}
