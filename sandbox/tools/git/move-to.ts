// The working tree and the index as a commit has them.
import * as git from 'isomorphic-git';
import { mergeTrees } from '../../forge/git/index.ts';
import { readTree, sameFile, type TreeFiles } from '../../forge/index.ts';
import { readIndexFile, writeIndexFile } from './index-file.ts';
import { failed } from './options.ts';
import { kindOf } from './patch.ts';
import { headTree, resolve } from './revisions.ts';
import { mergeSettings } from './state.ts';
import { currentBranch, type Work } from './work.ts';
import {
  bytesOf,
  differences,
  knownFiles,
  lookAtWorkTree,
  putFiles,
  readIndex,
  readWorkTree,
  removeFile,
  stageEntry,
  writeOut,
} from './work-tree.ts';

/**
 * Makes the working tree and the index those of a commit.
 * @param carriedTo the name of what it goes to when local changes are merged into it (`-m`). @throws GitStop when that would lose what is not committed.
 */
export async function moveTo(work: Work, commit: string, what: string, carriedTo?: string): Promise<void> {
  const from = await headTree(work);
  const to = await readTree(work, commit);
  const index = await readIndex(work);
  const tree = await lookAtWorkTree(work, index);
  const changing = differences(from, to);
  const dirty = changing.filter(
    (path) =>
      index.has(path) &&
      !(sameFile(index.get(path), to.get(path)) && sameFile(tree.get(path), to.get(path))) &&
      (!sameFile(index.get(path), from.get(path)) || !sameFile(tree.get(path), from.get(path))),
  );
  const untracked = changing.filter(
    (path) => !index.has(path) && tree.has(path) && to.has(path) && to.get(path)?.mode !== '160000',
  );
  if (dirty.length > 0 && carriedTo !== undefined) return carryOver(work, { from, to, tree }, carriedTo);
  if (dirty.length > 0) {
    throw failed(
      `Your local changes to the following files would be overwritten by ${what}:\n${dirty.map((path) => `\t${path}\n`).join('')}Please commit your changes or stash them before you ${verb(what)}.\nAborting`,
    );
  }
  if (untracked.length > 0) {
    throw failed(
      `The following untracked working tree files would be overwritten by ${what}:\n${untracked.map((path) => `\t${path}\n`).join('')}Please move or remove them before you ${verb(what)}.\nAborting`,
    );
  }
  // A file may have to make room for a folder of its name.
  for (const path of changing.filter((one) => !to.has(one))) {
    removeFile(work, path);
    await stageEntry(work, path, undefined);
  }
  await putFiles(
    work,
    [...to].filter(([path]) => changing.includes(path)),
  );
}

const verb = (what: string): string => (what === 'checkout' ? 'switch branches' : 'merge');

interface Sides {
  readonly from: TreeFiles;
  readonly to: TreeFiles;
  readonly tree: TreeFiles;
}

/** Merges what the working tree changed into the commit that it goes to; nothing of it is staged. */
async function carryOver(work: Work, { from, to, tree }: Sides, name: string): Promise<void> {
  const local = new Map(from);
  const { files } = readIndexFile(work);
  for (const path of new Set([...from.keys(), ...files.keys()])) {
    const file = tree.get(path);
    if (file === undefined) local.delete(path);
    else local.set(path, file);
    if (file !== undefined) await git.writeBlob({ ...work, blob: await bytesOf(work, path) });
  }
  const words = { ours: name, theirs: 'local', base: await placeOfHead(work) };
  const merged = await mergeTrees(work, from, to, local, words, mergeSettings(work));
  for (const path of files.keys()) if (!merged.files.has(path)) removeFile(work, path);
  for (const [path, file] of merged.files) if (!sameFile(tree.get(path), file)) await writeOut(work, path, file);
  const index = new Map([...to].filter(([path]) => !merged.conflicts.has(path)));
  writeIndexFile(work, { files: index, conflicts: merged.conflicts });
}

/** Changes that go along to the other branch, as git lists them. */
export async function carried(work: Work): Promise<string> {
  const head = await headTree(work);
  const { files: index, conflicts } = readIndexFile(work);
  const tree = await readWorkTree(work, knownFiles(work));
  const lines = [...new Set([...head.keys(), ...index.keys()])]
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap((path) => {
      const now = index.has(path) || conflicts.has(path) ? tree.get(path) : undefined;
      if (sameFile(head.get(path), now) && sameFile(head.get(path), index.get(path))) return [];
      return [`${kindOf(head.get(path), now)}\t${path}\n`];
    });
  return lines.join('');
}

/** Where HEAD is, as the log calls it. */
export async function placeOfHead(work: Work): Promise<string> {
  return (await currentBranch(work)) ?? (await resolve(work, 'HEAD')) ?? 'HEAD';
}
