// Paths of the command line, those of the repository, and how they are shown.
import { parentOf, resolvePath } from '../../machine/index.ts';
import { fatal } from './options.ts';
import { config } from './sources.ts';
import { wildcard } from './wildcard.ts';
import type { Work } from './work.ts';

/** Whether a word that is no revision can only be a path: it has wildcards or magic, or something lies there. */
export const isPathspec = (work: Work, word: string): boolean =>
  /[*?[\\]|^:(?:\(|[/!^]$)/.test(word) || isInTree(work, word);

/** Whether the working tree has something under a name of the command line, if only a link that leads nowhere. */
export function isInTree(work: Work, name: string): boolean {
  if (name === '') return false;
  const { files } = work.io.machine;
  const path = `${work.dir}/${pathInWork(work, name).replace(/^:!/, '')}`;
  return (
    files.exists(path) ||
    (files.exists(parentOf(path)) && files.list(parentOf(path)).includes(path.slice(path.lastIndexOf('/') + 1)))
  );
}

/**
 * A path of the command line as a path of the repository: `.` at the top is '', what is left out (`:!x`) begins with `:!`, and `:/`
 * goes from the top ("pathspec" in gitglossary). @throws GitStop when it lies outside. */
export function pathInWork(work: Work, path: string): string {
  if (path === '')
    throw fatal('empty string is not a valid pathspec. please use . instead if you meant to match all paths');
  const [, excluded, top] = /^:(?:\(exclude\)|[!^])(.*)$|^:(?:\(top\)|\/)(.*)$/.exec(path) ?? [];
  if (excluded !== undefined) return `:!${pathInWork(work, excluded)}`;
  if (top !== undefined) return pathInWork({ ...work, io: { ...work.io, cwd: work.dir } }, top || '.');
  const [, magic, plain] = /^:\((glob|icase)\)(.*)$/.exec(path) ?? [];
  if (magic !== undefined && plain !== undefined) return `:(${magic})${pathInWork(work, plain)}`;
  const absolute = resolvePath(work.io.cwd, path);
  if (absolute === work.dir) return '';
  if (!absolute.startsWith(`${work.dir}/`)) throw fatal(`${path}: '${path}' is outside repository at '${work.dir}'`);
  return absolute.slice(work.dir.length + 1);
}

/** A path within a commit: from the top, but for `./a` and `../a`. */
export const fromTop = (work: Work, path: string): string => (/^\.{1,2}\//.test(path) ? pathInWork(work, path) : path);

/** Whether a path is one of those asked for, or lies below one; `*` in them is git's wildcard. Nothing asked for means all. */
export function matches(path: string, asked: readonly string[]): boolean {
  const without = asked.filter((one) => one.startsWith(':!')).map((one) => one.slice(2));
  if (without.length > 0)
    return (
      !matches(path, without) &&
      matches(
        path,
        asked.filter((one) => !one.startsWith(':!')),
      )
    );
  return (
    asked.length === 0 ||
    asked.some(
      (one) =>
        fitsMagic(path, one) ||
        one === '' ||
        path === one ||
        path.startsWith(`${one}/`) ||
        (/[*?]/.test(one) && wildcard(one).test(path)),
    )
  );
}

/** `:(glob)`: `*` stays within a folder, `**` does not; `:(icase)`: capitals do not matter. */
function fitsMagic(path: string, asked: string): boolean {
  const [, magic, plain = ''] = /^:\((glob|icase)\)(.*)$/.exec(asked) ?? [];
  if (magic === 'icase') return matches(path.toLowerCase(), [plain.toLowerCase()]);
  if (magic !== 'glob') return false;
  const source = plain
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\*\*\/|\*\*|\*|\?/g, (sign) =>
      sign === '**/' ? '(?:.*/)?' : sign === '**' ? '.*' : sign === '*' ? '[^/]*' : '[^/]',
    );
  return new RegExp(`^${source}(?:/.*)?$`).test(path);
}

/** A path of the repository as it is shown from the folder in which the command was given. */
export function shownPath(work: Work, path: string): string {
  // From outside, a path is as it is from the top.
  if (!work.io.cwd.startsWith(work.dir)) return path;
  const here = work.io.cwd === work.dir ? '' : `${work.io.cwd.slice(work.dir.length + 1)}/`;
  if (here === '') return path;
  if (path.startsWith(here)) return path.slice(here.length) || './';
  const from = here.split('/').slice(0, -1);
  const to = path.split('/');
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}

let plainPaths = false;

/** Whether names beyond ASCII are shown as they are (core.quotePath): asked once by each command, for all that it prints. */
export function readQuoting(work: Work): void {
  plainPaths = config(work, 'core.quotePath') === 'false';
}

/**
 * A name in quotes, with its bytes beyond ASCII as octal ones, as core.quotePath asks for.
 * @param spaces the short form of `status` puts names with spaces in quotes too.
 */
export function quotedPath(path: string, spaces = false): string {
  if (plainPaths && !/[\p{Cc}"\\]/u.test(path) && !(spaces && path.includes(' '))) return path;
  if (/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/.test(path) && !(spaces && path.includes(' '))) return path;
  const bytes = [...new TextEncoder().encode(path)];
  const text = bytes.map((byte) => {
    if (byte === 34 || byte === 92) return `\\${String.fromCharCode(byte)}`;
    return byte < 32 || byte === 127 || (byte > 127 && !plainPaths)
      ? `\\${byte.toString(8).padStart(3, '0')}`
      : String.fromCharCode(byte);
  });
  return `"${text.join('')}"`;
}
