import { type Files, nameOf, parentOf } from '../../files/index.ts';
import type { Given } from '../options.ts';

/** Whether a file that would be written over is kept. */
export function keepsBackup(given: Given): boolean {
  return given.has('b', 'backup', 'S');
}

/** Where the old file goes when `-b`, `-S SUFFIX` or `--backup[=numbered|simple|existing]` keeps it: `NAME~`, or `NAME.~N~`. */
export function backupOf(files: Files, path: string, given: Given): string {
  const how = given.value('backup') ?? '';
  const start = `${nameOf(path)}.~`;
  const numbers = files
    .list(parentOf(path))
    .filter((name) => name.startsWith(start) && /^\d+~$/.test(name.slice(start.length)))
    .map((name) => Number.parseInt(name.slice(start.length), 10));
  const isNumbered = /^(t|numbered)$/.test(how) || (!/^(never|simple)$/.test(how) && numbers.length > 0);
  return isNumbered ? `${path}.~${Math.max(0, ...numbers) + 1}~` : path + (given.value('S') ?? '~');
}
