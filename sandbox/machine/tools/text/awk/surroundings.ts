import type { Records } from './records.ts';

/** What a program reads and writes; bytes as characters. */
export interface Surroundings {
  write(text: string): void;
  complain(text: string): void;
  /** The records of a file, or undefined when it cannot be read. */
  open(name: string, separator: () => string): Records | undefined;
  /** The next record of the main input. */
  next(
    separator: () => string,
  ): { readonly record: string; readonly newFile: string | undefined } | { readonly assign: string } | undefined;
  skipFile(): void;
  save(name: string, text: string, append: boolean): void;
  records(text: string, separator: () => string): Records;
  now(): number;
  random(): number;
}
