import type { Problem } from './parts.ts';

/** Where text is edited: Monaco, or a plain text area. Both keep one text for each path, with its own undo. */
export interface Surface {
  readonly kind: 'monaco' | 'plain';
  /** Shows a file; its text is used when the surface does not have it yet. */
  show(path: string, text: string): void;
  /** Replaces the text of a file as an edit that can be undone. */
  replace(path: string, text: string): void;
  forget(path: string): void;
  /** Goes to a line (1-based) of the file that is shown. */
  goTo(line: number): void;
  /** Shows what is wrong with a text, where it stands. */
  mark(path: string, problems: readonly Problem[]): void;
  focus(): void;
  onType(listener: (path: string, text: string) => void): void;
  dispose(): void;
}

/** How surfaces are named to those who hear the page. */
export type Label = (path: string) => string;
