// The working trees of a repository: the main one and those linked to it, each with a HEAD of its own (Documentation/git-worktree.txt).

import { placeAt } from '../../forge/index.ts';
import { parentOf, resolvePath } from '../../machine/index.ts';
import { resolve } from './revisions.ts';
import { config } from './sources.ts';
import type { Work } from './work.ts';

export interface WorkTree {
  readonly dir: string;
  /** The folder below `.git/worktrees`; undefined for the main one. */
  readonly own?: string;
  /** The branch that it is on; undefined when HEAD is a commit. */
  readonly branch: string | undefined;
  /** Its commit; undefined where there is none yet. */
  readonly oid: string | undefined;
  readonly isBare: boolean;
  /** Why it is locked, which may be ''; undefined when it is not. */
  readonly locked: string | undefined;
  /** Whether the folder is gone. */
  readonly isMissing: boolean;
}

/** All working trees: the main one, then the others by their paths. */
export async function workTrees(work: Work): Promise<readonly WorkTree[]> {
  const { files } = work.io.machine;
  const { gitdir } = work;
  const main = { dir: gitdir.endsWith('/.git') ? parentOf(gitdir) : gitdir, own: gitdir };
  const folder = `${gitdir}/worktrees`;
  const names = files.exists(folder) ? files.list(folder) : [];
  const linked = names.map((name) => {
    const own = `${folder}/${name}`;
    return { own, dir: parentOf(resolvePath(own, files.readText(`${own}/gitdir`).trim())) };
  });
  const trees = [main, ...linked.sort((a, b) => (a.dir < b.dir ? -1 : 1))];
  return Promise.all(
    trees.map(async ({ dir, own }) => {
      const isMain = own === gitdir;
      const head = files.readText(`${own}/HEAD`).trim();
      const lock = `${own}/locked`;
      return {
        dir,
        ...(!isMain && { own }),
        branch: /^ref: refs\/heads\/(.+)$/.exec(head)?.[1],
        oid: await resolve(placeAt(files, gitdir, own), 'HEAD'),
        isBare: isMain && config({ dir, gitdir, io: work.io }, 'core.bare') === 'true',
        locked: !isMain && files.exists(lock) ? files.readText(lock).trim() : undefined,
        isMissing: !isMain && !files.exists(`${dir}/.git`),
      };
    }),
  );
}

/** The working tree, other than this one, that is on a branch. */
export async function treeOn(work: Work, branch: string): Promise<WorkTree | undefined> {
  if (!work.io.machine.files.exists(`${work.gitdir}/worktrees`)) return undefined;
  return (await workTrees(work)).find((tree) => tree.branch === branch && tree.own !== work.own && !tree.isBare);
}
