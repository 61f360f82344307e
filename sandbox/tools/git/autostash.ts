// `--autostash`: what was not committed is put aside for a merge or a rebase, and brought back after it.
import { short } from '../../forge/git/index.ts';
import { headTree } from './revisions.ts';
import { applyStash, createStash, putInList } from './stashes.ts';
import { changesNow, dropState, forceTree, stateText, writeState } from './state.ts';
import type { Work } from './work.ts';

/** The files of `.git` that name what waits for the end of a merge, of a rebase. */
export const OF_MERGE = 'MERGE_AUTOSTASH';
export const OF_REBASE = 'rebase-merge/autostash';

const kept = 'Your changes are safe in the stash.\nYou can run "git stash pop" or "git stash drop" at any time.\n';

/** @param name the file of `.git` that will name it. @returns whether there was something to put aside. */
export async function putAside(work: Work, name: string): Promise<boolean> {
  const { staged, unstaged } = await changesNow(work);
  const oid = staged || unstaged ? await createStash(work, 'autostash') : undefined;
  if (oid === undefined) return false;
  writeState(work, name, `${oid}\n`);
  work.io.stdout(`Created autostash: ${short(work, oid)}\n`);
  await forceTree(work, await headTree(work));
  return true;
}

/** Brings back what was put aside, if anything was; where it meets other changes the list of stashes keeps it too. */
export async function bringBack(work: Work, name: string): Promise<void> {
  const oid = stateText(work, name);
  if (oid === undefined) return;
  dropState(work, name);
  if ((await applyStash(work, oid, { index: false, quiet: true })) === undefined) {
    work.io.stderr('Applied autostash.\n');
    return;
  }
  await putInList(work, oid, 'autostash');
  work.io.stderr(`Applying autostash resulted in conflicts.\n${kept}`);
}

/** Leaves what was put aside to the list of stashes: what it waited for was given up. */
export async function leaveAside(work: Work, name: string): Promise<void> {
  const oid = stateText(work, name);
  if (oid === undefined) return;
  dropState(work, name);
  await putInList(work, oid, 'autostash');
  work.io.stderr(`Autostash exists; creating a new stash entry.\n${kept}`);
}
