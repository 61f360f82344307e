import type { Language } from '../../sandbox/machine/words.ts';
import type { DayOutline } from '../lesson/outline.ts';
import type { Part } from './made.ts';

/** What the page of certificates is told by the build. */
export interface Settings {
  readonly language: Language;
  /** The site's base path, ending in `/`. */
  readonly base: string;
  /** The whole address of the page on which a certificate can be opened. */
  readonly home: string;
  /** Parts with written days, and what they are called. */
  readonly parts: readonly (Part & { readonly title: string })[];
  readonly days: readonly DayOutline[];
  readonly words: Readonly<Record<string, string>>;
}
