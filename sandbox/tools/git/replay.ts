// One commit's change, brought onto HEAD or taken away from it: what cherry-pick, revert and rebase do for each commit.

import { commitData, labelOf, type Merged, mergeTrees } from '../../forge/git/index.ts';
import { readTree, type TreeFiles } from '../../forge/index.ts';
import { GitStop } from './options.ts';
import { resolve } from './revisions.ts';
import { applyMerged, mergeSettings } from './state.ts';
import type { Work } from './work.ts';
import { readIndex } from './work-tree.ts';

export interface Replay {
  readonly oid: string;
  /** Which parent a merge is compared with; 1 for the first. */
  readonly mainline?: number | undefined;
  readonly reverse?: boolean;
  readonly favor?: 'ours' | 'theirs' | undefined;
  /** The command as git names it: `cherry-pick`. */
  readonly command: string;
  /** Take the index instead of HEAD as our side (`-n`). */
  readonly ontoIndex?: boolean;
}

/** The trees before and after a commit. @throws GitStop for a merge without a mainline. */
async function sidesOf(work: Work, { oid, mainline, command }: Replay): Promise<readonly [TreeFiles, TreeFiles]> {
  const { parent } = await commitData(work, oid);
  if (parent.length > 1 && mainline === undefined)
    throw new GitStop(`error: commit ${oid} is a merge but no -m option was given.\nfatal: ${command} failed`);
  if (mainline !== undefined && parent.length < 2 && mainline !== 1)
    throw new GitStop(`error: commit ${oid} does not have parent ${mainline}\nfatal: ${command} failed`);
  if (mainline !== undefined && mainline > parent.length)
    throw new GitStop(`error: commit ${oid} does not have parent ${mainline}\nfatal: ${command} failed`);
  return [await readTree(work, parent[(mainline ?? 1) - 1]), await readTree(work, oid)];
}

/**
 * Puts the change into the index and the working tree.
 * @throws GitStop when it would overwrite what is not committed.
 */
export async function replay(work: Work, what: Replay): Promise<Merged> {
  const { oid, reverse = false } = what;
  const [before, after] = await sidesOf(work, what);
  const head = await resolve(work, 'HEAD');
  const ours = what.ontoIndex ? await readIndex(work) : await readTree(work, head);
  const label = await labelOf(work, oid);
  const isRoot = (await commitData(work, oid)).parent.length === 0;
  const parent = isRoot ? '(empty tree)' : `parent of ${label}`;
  const words = reverse ? { ours: 'HEAD', theirs: parent, base: label } : { ours: 'HEAD', theirs: label, base: parent };
  const [base, theirs] = reverse ? [after, before] : [before, after];
  const merged = await mergeTrees(work, base, ours, theirs, words, { favor: what.favor, ...mergeSettings(work) });
  const refusal = await applyMerged(work, ours, merged, 'merge');
  if (refusal !== undefined) throw new GitStop(`${refusal}\nfatal: ${what.command} failed`);
  // A rebase tells only of what stops it.
  if (what.command !== 'rebase' || !merged.clean) work.io.stdout(merged.messages);
  return merged;
}

/** The list of conflicts that stands below a prepared message. */
export function conflictComment(merged: Merged): string {
  if (merged.clean) return '';
  const paths = [...merged.conflicts.keys()].sort((a, b) => (a < b ? -1 : 1));
  return `\n# Conflicts:\n${paths.map((path) => `#\t${path}\n`).join('')}`;
}
