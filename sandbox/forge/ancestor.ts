import * as git from 'isomorphic-git';
import type { Place } from './tree.ts';

/** Whether `ancestor` is reached from `commit` (or is it). */
export async function isAncestor(place: Place, ancestor: string, commit: string): Promise<boolean> {
  return ancestor === commit || git.isDescendent({ ...place, oid: commit, ancestor, depth: -1 });
}
