import type { PromiseFsClient } from 'isomorphic-git';
import * as git from 'isomorphic-git';

/** Where a repository stands, as isomorphic-git wants to be told. */
export interface Place {
  readonly fs: PromiseFsClient;
  readonly gitdir: string;
  /** What isomorphic-git remembers of packs: their index is read once, not for each object. */
  readonly cache: object;
  /** How many letters of an id are shown, where it is not seven. */
  readonly abbrev?: number;
}

/** A file in a tree: blob id and mode (`100644`, `100755`, `120000`). */
export interface TreeFile {
  readonly oid: string;
  readonly mode: string;
}

/** Path → file, for every file of a tree. */
export type TreeFiles = ReadonlyMap<string, TreeFile>;

/** All files of a commit's tree, in git's order; an empty map for `undefined`. */
export async function readTree(place: Place, commit: string | undefined): Promise<TreeFiles> {
  const files = new Map<string, TreeFile>();
  if (commit === undefined) return files;
  await walk(place, commit, '', files);
  return files;
}

async function walk(place: Place, oid: string, folder: string, into: Map<string, TreeFile>): Promise<void> {
  const { tree } = await git.readTree({ ...place, oid });
  for (const entry of tree) {
    const path = `${folder}${entry.path}`;
    if (entry.type === 'tree') await walk(place, entry.oid, `${path}/`, into);
    else into.set(path, { oid: entry.oid, mode: entry.mode });
  }
}

/** Paths that differ between two commits, sorted. */
export async function changedPaths(place: Place, from: string | undefined, to: string): Promise<readonly string[]> {
  const before = await readTree(place, from);
  const after = await readTree(place, to);
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.filter((path) => !sameFile(before.get(path), after.get(path))).sort();
}

export function sameFile(a: TreeFile | undefined, b: TreeFile | undefined): boolean {
  return a?.oid === b?.oid && a?.mode === b?.mode;
}
