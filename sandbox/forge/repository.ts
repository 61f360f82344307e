import * as git from 'isomorphic-git';
import type { Files } from '../machine/files/index.ts';
import { placeAt } from './git-files.ts';
import { changedPaths, readTree } from './tree.ts';

/** The read side of a git repository. */
export interface Repository {
  readonly name: string;
  /** Full commit id, or undefined when the ref does not exist. */
  resolve(ref: string): Promise<string | undefined>;
  branches(): Promise<readonly string[]>;
  /** Newest first; `since` leaves out what it reaches. */
  commits(ref: string, since?: string): Promise<readonly Commit[]>;
  /** Paths in the tree of a commit, sorted. */
  paths(ref: string): Promise<readonly string[]>;
  read(ref: string, path: string): Promise<string | undefined>;
}

export interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
  /** Paths changed against the first parent. */
  readonly changed: readonly string[];
}

/** @param gitdir absolute path of the `.git` folder or of a bare repository. */
export function openRepository(files: Files, gitdir: string, name: string): Repository {
  const place = placeAt(files, gitdir);

  async function resolve(ref: string): Promise<string | undefined> {
    for (const candidate of [ref, `refs/heads/${ref}`, `refs/remotes/${ref}`, `refs/tags/${ref}`]) {
      const found = await git.resolveRef({ ...place, ref: candidate }).catch(() => undefined);
      if (found !== undefined) return found;
    }
    return git.expandOid({ ...place, oid: ref }).catch(() => undefined);
  }

  async function treeOf(ref: string) {
    const id = await resolve(ref);
    return id === undefined ? new Map() : readTree(place, id);
  }

  return {
    name,
    resolve,
    branches: () => git.listBranches(place),
    async commits(ref, since) {
      const start = await resolve(ref);
      if (start === undefined) return [];
      const base = since === undefined ? undefined : await resolve(since);
      const known = new Set(base === undefined ? [] : (await git.log({ ...place, ref: base })).map(({ oid }) => oid));
      const entries = (await git.log({ ...place, ref: start })).filter(({ oid }) => !known.has(oid));
      return Promise.all(
        entries.map(async ({ oid, commit }) => ({
          id: oid,
          parents: commit.parent,
          message: commit.message,
          author: { name: commit.author.name, email: commit.author.email },
          changed: await changedPaths(place, commit.parent[0], oid),
        })),
      );
    },
    paths: async (ref) => [...(await treeOf(ref)).keys()].sort(),
    async read(ref, path) {
      const entry = (await treeOf(ref)).get(path);
      if (entry === undefined) return undefined;
      const { blob } = await git.readBlob({ ...place, oid: entry.oid });
      return new TextDecoder().decode(blob);
    },
  };
}
