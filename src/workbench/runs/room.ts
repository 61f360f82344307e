// What every part of the view is drawn from.
import type { Bench } from '../bench.ts';
import type { Language } from '../parts.ts';
import type { Documents, Repository } from './documents.ts';
import type { RunsSay } from './words.ts';

export type Route =
  | { readonly page: 'runs' | 'pulls' }
  | { readonly page: 'run' | 'pull'; readonly repository: string; readonly number: number };

/** A command that one of the buttons ran, and what came of it. */
export interface Act {
  readonly command: string;
  /** Undefined while it is under way. */
  readonly end: { readonly output: string; readonly exitCode: number } | undefined;
}

export interface Room {
  readonly bench: Bench;
  readonly say: RunsSay;
  readonly language: Language;
  readonly documents: Documents;
  /** Simulated time. */
  readonly now: number;
  readonly route: Route;
  readonly act: Act | undefined;
  go(route: Route): void;
  /** What a person has unfolded or folded; `usual` where nothing was done yet. */
  isOpen(key: string, usual: boolean): boolean;
  setOpen(key: string, open: boolean): void;
  run(command: string, repository: Repository): void;
}

export function repositoryOf({ documents }: Pick<Room, 'documents'>, name: string): Repository | undefined {
  return documents.repositories.find((one) => one.name === name);
}
