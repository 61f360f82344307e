import { readIndexFile } from './index-file.ts';
import { matches, pathInWork } from './pathspec.ts';
import type { Work } from './work.ts';

/** Of what is named, the words that mean only files whose working tree is skipped: `git add` and `git rm` leave them alone. */
export function onlySkipped(work: Work, named: readonly string[]): readonly string[] {
  const { files, skipped } = readIndexFile(work);
  if (skipped === undefined || skipped.size === 0) return [];
  return named.filter((name) => {
    const found = [...files.keys()].filter((path) => matches(path, [pathInWork(work, name)]));
    return found.length > 0 && found.every((path) => skipped.has(path));
  });
}

/** What git says of them (advise_on_updating_sparse_paths in its advice.c). */
export const skippedAdvice = (names: readonly string[]): string =>
  `The following paths and/or pathspecs matched paths that exist\noutside of your sparse-checkout definition, so will not be\nupdated in the index:\n${names.join('\n')}\nhint: If you intend to update such entries, try one of the following:\nhint: * Use the --sparse option.\nhint: * Disable or modify the sparsity rules.\nhint: Disable this message with "git config advice.updateSparsePath false"`;
