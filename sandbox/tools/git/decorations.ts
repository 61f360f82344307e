import * as git from 'isomorphic-git';
import { resolve } from './revisions.ts';
import { currentBranch, type Work } from './work.ts';

interface NamedRef {
  readonly ref: string;
  readonly oid: string;
}

/** Every ref by its name: branches, tags, what is known of remotes, the last stash, notes. The id is that of the commit, also behind a tag. */
export async function allRefs(work: Work): Promise<readonly NamedRef[]> {
  const refs: NamedRef[] = [];
  for (const name of [...new Set(await git.listRefs({ ...work, filepath: 'refs' }))].sort()) {
    // A packed annotated tag is listed a second time, for the commit behind it.
    if (name.endsWith('^{}')) continue;
    const oid = await resolve(work, `refs/${name}`);
    if (oid !== undefined) refs.push({ ref: `refs/${name}`, oid });
  }
  return refs;
}

/** Commit → the names that point at it, as `--decorate` shows them. */
export async function decorations(work: Work, full = false): Promise<ReadonlyMap<string, readonly string[]>> {
  const branch = await currentBranch(work);
  const head = await resolve(work, 'HEAD');
  const names = new Map<string, string[]>();
  const put = (oid: string, name: string): void => void names.set(oid, [...(names.get(oid) ?? []), name]);
  if (head !== undefined) put(head, branch === undefined ? 'HEAD' : `HEAD -> ${full ? 'refs/heads/' : ''}${branch}`);
  const bare = (ref: string, kind: string): string => (full ? ref : ref.slice(kind.length));
  const refs = [...(await allRefs(work))].reverse();
  for (const { ref, oid } of refs.filter(({ ref }) => ref.startsWith('refs/tags/')))
    put(oid, `tag: ${bare(ref, 'refs/tags/')}`);
  for (const { ref, oid } of refs.filter(({ ref }) => ref.startsWith('refs/remotes/')))
    put(oid, bare(ref, 'refs/remotes/'));
  for (const { ref, oid } of refs.filter(({ ref }) => ref.startsWith('refs/heads/') && ref !== `refs/heads/${branch}`))
    put(oid, bare(ref, 'refs/heads/'));
  for (const { ref, oid } of refs) if (ref === 'refs/stash') put(oid, ref);
  return names;
}
