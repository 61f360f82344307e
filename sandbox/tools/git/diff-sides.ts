// What is compared: commits, the index, the working tree.
import { mergeBases } from '../../forge/git/index.ts';
import { readTree, type TreeFiles } from '../../forge/index.ts';
import { askedWords, isRange } from './asked-words.ts';
import { readIndexFile } from './index-file.ts';
import { type Change, changesBetween } from './patch.ts';
import { pathInWork } from './pathspec.ts';
import { headTree, mustResolve } from './revisions.ts';
import type { Work } from './work.ts';
import { bytesOf, differences, readIndex, readWorkTree } from './work-tree.ts';

/** `--merge-base`: from where the first commit and the other parted. */
export async function fromBase(work: Work, [first = '', second]: readonly string[]): Promise<readonly string[]> {
  const [base = first] = await mergeBases(work, first, second ?? (await mustResolve(work, 'HEAD')));
  return second === undefined ? [base] : [base, second];
}

/** Words before `--` may be commits (`a`, `a..b`) or paths. */
export async function splitWords(
  work: Work,
  words: readonly string[],
  behind: readonly string[] | undefined,
): Promise<{ readonly commits: readonly string[]; readonly paths: readonly string[] }> {
  const commits: string[] = [];
  const { revs, paths } = await askedWords(work, words, behind);
  for (const given of revs) {
    const word = given.replace(/^(.+)\^!$/, '$1^..$1');
    const sides = isRange(word) ? word.split(/\.{2,3}/).map((side) => side || 'HEAD') : [word];
    const oids = await Promise.all(sides.map((side) => mustResolve(work, side)));
    const [left, right] = oids;
    // What the second has changed since both parted.
    const parting = word.includes('...') && left !== undefined && right !== undefined;
    commits.push(...(parting ? [(await mergeBases(work, left, right))[0] ?? left, right] : oids));
  }
  return { commits, paths: paths.map((path) => pathInWork(work, path)) };
}

/** What differs: between two commits, from a commit or the index to the working tree, from a commit to the index (`staged`). */
export async function changesFor(
  work: Work,
  staged: boolean,
  commits: readonly string[],
  paths: readonly string[],
  detect: number | false | undefined,
): Promise<readonly Change[]> {
  const [from, to] = commits;
  if (to !== undefined)
    return changesBetween(work, await readTree(work, from), await readTree(work, to), paths, undefined, detect);
  const index = await readIndex(work);
  if (staged)
    return changesBetween(
      work,
      from === undefined ? await headTree(work) : await readTree(work, from),
      index,
      paths,
      undefined,
      detect,
    );
  const base = from === undefined ? index : await readTree(work, from);
  // What is to be added later has only its contents in the working tree.
  const { intents = [], conflicts } = readIndexFile(work);
  const known = new Map([...index, ...[...intents].map((path) => [path, { oid: '', mode: '' }] as const)]);
  const tree = await readWorkTree(work, known);
  return changesBetween(
    work,
    base,
    onlyKnown(tree, known, conflicts),
    paths,
    (path) => bytesOf(work, path, { warns: true }),
    detect,
  );
}

/** Untracked files are no part of a difference, whatever else they are compared with. */
function onlyKnown(tree: TreeFiles, index: TreeFiles, conflicts: ReadonlyMap<string, unknown> = new Map()): TreeFiles {
  return new Map([...tree].filter(([path]) => index.has(path) || conflicts.has(path)));
}

/** What differs between the index and the working tree, without untracked files. */
export async function unstaged(
  work: Work,
  index: TreeFiles,
): Promise<{ readonly tree: TreeFiles; readonly paths: readonly string[] }> {
  const tree = await readWorkTree(work, index);
  return { tree, paths: differences(index, onlyKnown(tree, index)) };
}
