// What git leaves in `.git` while a merge, a cherry-pick, a revert, a rebase or a bisection is under way.

import type { MergeChoice, Merged } from '../../forge/git/index.ts';
import { sameFile, type TreeFiles } from '../../forge/index.ts';
import { type Index, readIndexFile, writeIndexFile } from './index-file.ts';
import { GitStop } from './options.ts';
import { headTree } from './revisions.ts';
import { config } from './sources.ts';
import { ownFile, type Work } from './work.ts';
import { differences, lookAtWorkTree, readWorkTree, removeFile, writeOut } from './work-tree.ts';

/** A file of `.git` as text, without the newline at its end; undefined when it is not there. */
export function stateText(work: Work, name: string): string | undefined {
  const { files } = work.io.machine;
  const path = ownFile(work, name);
  return files.exists(path) && files.stat(path).type === 'file' ? files.readText(path).replace(/\n$/, '') : undefined;
}

export const hasState = (work: Work, name: string): boolean => work.io.machine.files.exists(ownFile(work, name));

export function writeState(work: Work, name: string, text: string): void {
  const path = ownFile(work, name);
  work.io.machine.files.mkdir(path.slice(0, path.lastIndexOf('/')), { recursive: true });
  work.io.machine.files.writeFile(path, text);
}

export function dropState(work: Work, ...names: readonly string[]): void {
  for (const name of names) work.io.machine.files.remove(ownFile(work, name), { force: true, recursive: true });
}

/** What a finished or forgotten merge, cherry-pick or revert leaves no trace of. */
export function dropMerge(work: Work): void {
  dropState(
    work,
    'MERGE_HEAD',
    'MERGE_MSG',
    'MERGE_MODE',
    'SQUASH_MSG',
    'CHERRY_PICK_HEAD',
    'REVERT_HEAD',
    'AUTO_MERGE',
  );
}

/** The letters before a path in conflict: `UU`, `AA`, `DU`… */
export function conflictLetters(stages: { readonly 1?: unknown; readonly 2?: unknown; readonly 3?: unknown }): string {
  const mask = (stages[1] ? 1 : 0) + (stages[2] ? 2 : 0) + (stages[3] ? 4 : 0);
  return ['', 'DD', 'AU', 'UD', 'UA', 'DU', 'AA', 'UU'][mask] ?? '';
}

const unmergedAdvice =
  "hint: Fix them up in the work tree, and then use 'git add/rm <file>'\nhint: as appropriate to mark resolution and make a commit.\n";

/** @throws GitStop when paths are in conflict. `what` as git words it: `Committing`, `Merging`. */
export function refuseUnmerged(work: Work, what: string): void {
  const { conflicts } = readIndexFile(work);
  if (conflicts.size === 0) return;
  if (what === 'Committing') work.io.stdout([...conflicts.keys()].map((path) => `U\t${path}\n`).join(''));
  throw new GitStop(
    `error: ${what} is not possible because you have unmerged files.\n${unmergedAdvice}fatal: Exiting because of an unresolved conflict.`,
  );
}

/**
 * Puts what a merge gave into the index and the working tree. What is there and was not committed stays, or stops it all.
 * @param ours the tree from which the working tree comes.
 * @param what names the command in the refusal: `merge`, `cherry-pick`.
 * @returns what git says when it would lose something; undefined when all went well.
 */
export async function applyMerged(
  work: Work,
  ours: TreeFiles,
  merged: Pick<Merged, 'files' | 'conflicts'>,
  what = 'merge',
): Promise<string | undefined> {
  const index = readIndexFile(work);
  const tree = await lookAtWorkTree(work, index.files);
  const changing = new Set([...differences(ours, merged.files), ...merged.conflicts.keys()]);
  // Git does not look whether what stands in the way is what it would write.
  const dirty = [...changing].filter(
    (path) => index.files.has(path) && tree.has(path) && !sameFile(tree.get(path), index.files.get(path)),
  );
  const inTheWay = [...changing].filter(
    (path) => !index.files.has(path) && !ours.has(path) && merged.files.has(path) && tree.has(path),
  );
  const list = (paths: readonly string[]): string =>
    [...paths]
      .sort((a, b) => (a < b ? -1 : 1))
      .map((path) => `\t${path}\n`)
      .join('');
  const refusals = [
    ...(dirty.length > 0
      ? [
          `error: Your local changes to the following files would be overwritten by ${what}:\n${list(dirty)}Please commit your changes or stash them before you ${what}.\n`,
        ]
      : []),
    ...(inTheWay.length > 0
      ? [
          `error: The following untracked working tree files would be overwritten by ${what}:\n${list(inTheWay)}Please move or remove them before you ${what}.\n`,
        ]
      : []),
  ];
  if (refusals.length > 0) return `${refusals.join('')}Aborting`;
  for (const path of changing) if (!merged.files.has(path)) removeFile(work, path);
  for (const path of changing) {
    const file = merged.files.get(path);
    if (file !== undefined && !(sameFile(tree.get(path), file) && !merged.conflicts.has(path)))
      await writeOut(work, path, file);
  }
  const files = new Map(index.files);
  for (const path of changing) {
    const file = merged.files.get(path);
    if (file === undefined || merged.conflicts.has(path)) files.delete(path);
    else files.set(path, file);
  }
  writeIndexFile(work, { files, conflicts: merged.conflicts });
  return undefined;
}

/** Makes the index and the working tree those of a commit's tree, conflicts and changes forgotten. */
export async function forceTree(work: Work, after: TreeFiles): Promise<void> {
  const index: Index = readIndexFile(work);
  const head = await headTree(work);
  for (const path of new Set([
    ...head.keys(),
    ...index.files.keys(),
    ...index.conflicts.keys(),
    ...(index.intents ?? []),
  ]))
    if (!after.has(path)) removeFile(work, path);
  const tree = await lookAtWorkTree(work, after);
  const isLeft = (path: string): boolean =>
    index.skipped?.has(path) === true && sameFile(index.files.get(path), after.get(path));
  for (const [path, file] of after)
    if (!sameFile(tree.get(path), file) && !isLeft(path)) await writeOut(work, path, file, true);
  writeIndexFile(work, { files: after, conflicts: new Map() });
}

/** Like `git reset --merge`: what the merge changed goes back, what was not committed before it stays. */
export async function mergeReset(work: Work, after: TreeFiles, name = 'HEAD'): Promise<void> {
  const index = readIndexFile(work);
  const tree = await lookAtWorkTree(work, index.files);
  const changed = [...new Set([...differences(index.files, after), ...index.conflicts.keys()])];
  const dirty = changed.filter(
    (path) => index.files.has(path) && !sameFile(tree.get(path), index.files.get(path)) && !index.conflicts.has(path),
  );
  if (dirty.length > 0)
    throw new GitStop(
      `error: Entry '${dirty[0]}' not uptodate. Cannot merge.\nfatal: Could not reset index file to revision '${name}'.`,
    );
  for (const path of changed) {
    const file = after.get(path);
    if (file === undefined) removeFile(work, path);
    else await writeOut(work, path, file, true);
  }
  writeIndexFile(work, { files: after, conflicts: new Map() });
}

/** @throws GitStop in git's words when the index or the working tree differs from HEAD. */
export async function refuseChanges(work: Work, what: 'rebase' | 'pull with rebase'): Promise<void> {
  const { staged, unstaged } = await changesNow(work);
  if (!staged && !unstaged) return;
  work.io.stdout([...readIndexFile(work).conflicts.keys()].map((path) => `${path}: needs merge\n`).join(''));
  const first = unstaged ? 'You have unstaged changes.' : 'Your index contains uncommitted changes.';
  const more = staged && unstaged ? '\nerror: additionally, your index contains uncommitted changes.' : '';
  const [please, exitCode] = what === 'rebase' ? ['Please', 1] : ['please', 128];
  throw new GitStop(`error: cannot ${what}: ${first}${more}\nerror: ${please} commit or stash them.`, exitCode);
}

export async function changesNow(work: Work): Promise<{ readonly staged: boolean; readonly unstaged: boolean }> {
  const index = readIndexFile(work);
  const tree = await readWorkTree(work, index.files);
  const head = await headTree(work);
  return {
    staged: index.conflicts.size > 0 || differences(head, index.files).length > 0,
    unstaged: index.conflicts.size > 0 || [...index.files].some(([path, file]) => !sameFile(tree.get(path), file)),
  };
}

/** The form of conflict markers that is configured. */
export function conflictStyle(work: Work): 'merge' | 'diff3' {
  return config(work, 'merge.conflictStyle')?.toLowerCase().includes('diff3') ? 'diff3' : 'merge';
}

/** How merges are configured. */
export const mergeSettings = (work: Work): MergeChoice => ({
  style: conflictStyle(work),
  folders: config(work, 'merge.directoryRenames'),
});
