// Git's objects by the names that people give them.
import * as git from 'isomorphic-git';
import type { Place } from '../../forge/index.ts';
import { resolve } from './revisions.ts';
import type { Work } from './work.ts';

/** The id of any object: a commit or tag by its name, `HEAD:path`, `HEAD^{tree}`, or an id; undefined when there is none. */
export async function resolveObject(work: Work, name: string): Promise<string | undefined> {
  const [ref = '', path] =
    name.includes(':') && !name.startsWith(':/')
      ? [name.slice(0, name.indexOf(':')), name.slice(name.indexOf(':') + 1)]
      : [name];
  if (path !== undefined || ref.endsWith('^{tree}')) {
    const commit = await resolve(work, ref.replace(/\^\{tree\}$/, ''));
    if (commit === undefined) return undefined;
    const { oid } = await git.readTree({ ...work, oid: commit });
    return path === undefined || path === '' ? oid : entryAt(work, oid, path.replace(/\/$/, '').split('/'));
  }
  const tag = await git.resolveRef({ ...work, ref: `refs/tags/${ref}` }).catch(() => undefined);
  return tag ?? resolve(work, ref);
}

/** The id of what stands under a path in a tree. */
export async function entryAt(
  work: Place,
  tree: string,
  [first, ...rest]: readonly string[],
): Promise<string | undefined> {
  const entry = (await git.readTree({ ...work, oid: tree })).tree.find(({ path }) => path === first);
  if (entry === undefined || rest.length === 0) return entry?.oid;
  return entry.type === 'tree' ? entryAt(work, entry.oid, rest) : undefined;
}
