// Words of a command line: commits first, and from the first that names none only paths (setup_revisions in git's revision.c).
import { noSuchObject, resolveObject } from './objects.ts';
import { fatal } from './options.ts';
import { isInTree, isPathspec } from './pathspec.ts';
import { ambiguous } from './revisions.ts';
import type { Work } from './work.ts';

/** @param behind what stands after `--`. @throws GitStop for a word that is neither a commit nor a path, or both. */
export async function askedWords(
  work: Work,
  words: readonly string[],
  behind: readonly string[] | undefined,
): Promise<{ readonly revs: readonly string[]; readonly paths: readonly string[] }> {
  for (const [at, word] of words.entries()) {
    if (await isRevision(work, word)) {
      if (behind === undefined) refuseBoth(work, word);
      continue;
    }
    if (behind !== undefined || word.startsWith('^')) throw fatal(`bad revision '${word}'`);
    await onlyPaths(work, words.slice(at));
    return { revs: words.slice(0, at), paths: words.slice(at) };
  }
  return { revs: words, paths: behind ?? [] };
}

/** @throws GitStop for a revision that is the name of a file as well (verify_non_filename). */
export function refuseBoth(work: Work, word: string): void {
  if (isInTree(work, word)) throw ambiguous(word, 'both revision and filename');
}

/** @param tell is called with each path before it is looked at. @throws GitStop for the first that is none (verify_filename). */
export async function onlyPaths(work: Work, words: readonly string[], tell?: (word: string) => void): Promise<void> {
  for (const [at, word] of words.entries()) {
    tell?.(word);
    if (at > 0 && word.startsWith('-')) throw fatal(`option '${word}' must come before non-option arguments`);
    if (isPathspec(work, word)) continue;
    if (at > 0)
      throw fatal(
        `${word}: no such path in the working tree.\nUse 'git <command> -- <path>...' to specify paths that do not exist locally.`,
      );
    throw await noSuchObject(work, word);
  }
}

async function isRevision(work: Work, word: string): Promise<boolean> {
  const name = word.replace(/^\^/, '').replace(/\^(?:[@!]|-\d*)$/, '');
  if (name === '..') return false;
  const sides = isRange(name) ? name.split(/\.{2,3}/).map((side) => side || 'HEAD') : [name];
  for (const side of sides) if ((await resolveObject(work, side)) === undefined) return false;
  return true;
}

/** `a..b`, but not a path with `..` in a commit. */
export const isRange = (word: string): boolean => /^[^:]*\.\./.test(word);
