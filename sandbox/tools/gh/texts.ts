// What flags give as texts: bodies from a file or from standard input, lists with commas.
import { FileError, resolvePath } from '../../machine/index.ts';
import { GhStop, type Given } from './given.ts';
import type { Place } from './place.ts';

/** `--body`, or what `--body-file` names; undefined where neither is given. @throws GhStop */
export function bodyOf(place: Place, given: Given): string | undefined {
  const [body, file] = [given.value('body'), given.value('body-file')];
  if (body !== undefined && file !== undefined) throw new GhStop('specify only one of `--body` or `--body-file`');
  return file === undefined ? body : readInput(place, file);
}

/** A file, or standard input for `-`. @throws GhStop */
export function readInput({ io }: Place, file: string): string {
  if (file === '-') return new TextDecoder().decode(io.stdin);
  try {
    return io.machine.files.readText(resolvePath(io.cwd, file));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new GhStop(`open ${file}: ${error.code === 'EISDIR' ? 'is a directory' : 'no such file or directory'}`);
  }
}

/** `-l bug,urgent -l ui` → three. */
export const listOf = (given: Given, flag: string): readonly string[] =>
  given.values(flag).flatMap((text) => text.split(',').filter((part) => part !== ''));

/** Logins, with `@me` for whoever runs the command. */
export const loginsOf = (place: Place, given: Given, flag: string): readonly string[] =>
  listOf(given, flag).map((login) => (login === '@me' ? place.login : login.replace(/^@/, '')));

/** `1 commit`, `3 commits` */
export const plural = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;
