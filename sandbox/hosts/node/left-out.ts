// What of a folder on disk is not of its repository: git's own folder, and what git ignores and does not track.
import fs, { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import * as git from 'isomorphic-git';

/**
 * Paths below the folder that a checkout of it would not have, without what lies in them: `.git`, and what its `.gitignore` files
 * and those of the repository around it name, unless it is tracked all the same.
 */
export async function leftOut(folder: string): Promise<ReadonlySet<string>> {
  const root = rootOf(folder);
  const above = relative(root, resolve(folder)).replaceAll('\\', '/');
  const tracked = existsSync(join(root, '.git/index')) ? await git.listFiles({ fs, dir: root }) : [];
  const withParents = new Set(tracked.flatMap((path) => [path, ...parentsOf(path)]));
  const found = new Set<string>();
  const walk = async (at: string): Promise<void> => {
    for (const entry of readdirSync(join(folder, at), { withFileTypes: true })) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      const inRoot = above === '' ? path : `${above}/${path}`;
      const filepath = entry.isDirectory() ? `${inRoot}/` : inRoot;
      const isOut =
        entry.name === '.git' || (!withParents.has(inRoot) && (await git.isIgnored({ fs, dir: root, filepath })));
      if (isOut) found.add(path);
      else if (entry.isDirectory()) await walk(path);
    }
  };
  await walk('');
  return found;
}

/** The repository that the folder is of; the folder itself where there is none. */
function rootOf(folder: string): string {
  const own = resolve(folder);
  for (let at = own; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return own;
  }
}

const parentsOf = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, index, parts) => parts.slice(0, index + 1).join('/'));
