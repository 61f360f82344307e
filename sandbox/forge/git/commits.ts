// Reading commits as git walks them: where a shallow repository's history was cut, a commit has no parents.
import * as git from 'isomorphic-git';
import type { Place } from '../tree.ts';

export type CommitEntry = Awaited<ReturnType<typeof git.readCommit>>;

/** A commit by its id. Commits that `shallow` in the repository names have no parents ("shallow" in gitrepository-layout). */
export async function readCommit(place: Place, oid: string): Promise<CommitEntry> {
  const entry = await git.readCommit({ ...place, oid });
  if (entry.commit.parent.length === 0 || !(await shallowCommits(place)).has(entry.oid)) return entry;
  return { ...entry, commit: { ...entry.commit, parent: [] } };
}

const cuts = new WeakMap<Place, Promise<ReadonlySet<string>>>();

/** Read once for a command's place: a history has many commits. */
function shallowCommits(place: Place): Promise<ReadonlySet<string>> {
  const known = cuts.get(place) ?? readShallow(place);
  cuts.set(place, known);
  return known;
}

async function readShallow({ fs, gitdir }: Place): Promise<ReadonlySet<string>> {
  if (!('promises' in fs)) return new Set();
  const text = await fs.promises.readFile(`${gitdir}/shallow`, 'utf8').catch(() => '');
  return new Set(String(text).split('\n').filter(Boolean));
}
