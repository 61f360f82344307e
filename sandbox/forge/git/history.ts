// The graph of commits: who comes from whom, and new commits.
import * as git from 'isomorphic-git';
import type { Place, TreeFile, TreeFiles } from '../tree.ts';
import { readCommit } from './commits.ts';
import { type Person, zone } from './person.ts';

export type CommitData = Awaited<ReturnType<typeof git.readCommit>>['commit'];

export async function commitData(place: Place, oid: string): Promise<CommitData> {
  return (await readCommit(place, oid)).commit;
}

/** An id as it is shown: of seven letters, or as many as core.abbrev says. */
export const short = ({ abbrev = 7 }: Pick<Place, 'abbrev'>, oid: string): string => oid.slice(0, abbrev);

export const subjectOf = ({ message }: Pick<CommitData, 'message'>): string => message.split('\n')[0] ?? '';

/** The first paragraph of a message in one line: what git shows of a commit where there is room for a line. */
export const titleOf = ({ message }: Pick<CommitData, 'message'>): string =>
  (message.trimStart().trimEnd().split('\n\n')[0] ?? '').replaceAll('\n', ' ');

/** `1a2b3c4 (Add the menu)`, as markers of conflicts name a commit; `1a2b3c4... Add the menu` as messages do. */
export async function labelOf(place: Place, oid: string, form: 'marker' | 'message' = 'marker'): Promise<string> {
  const subject = subjectOf(await commitData(place, oid));
  return form === 'marker' ? `${short(place, oid)} (${subject})` : `${short(place, oid)}... ${subject}`;
}

/** A commit and all that it comes from. */
export async function ancestry(place: Place, ...starts: readonly string[]): Promise<ReadonlySet<string>> {
  const seen = new Set(starts);
  for (const oid of seen) for (const parent of (await commitData(place, oid)).parent) seen.add(parent);
  return seen;
}

/** The best common ancestors of two commits: those that no other one of them comes after. Newest first. */
export async function mergeBases(place: Place, one: string, two: string): Promise<readonly string[]> {
  const theirs = await ancestry(place, two);
  const common = [...(await ancestry(place, one))].filter((oid) => theirs.has(oid));
  const covered = new Set<string>();
  for (const oid of common) {
    if (covered.has(oid)) continue;
    for (const older of await ancestry(place, ...(await commitData(place, oid)).parent)) covered.add(older);
  }
  const best = common.filter((oid) => !covered.has(oid));
  const times = new Map<string, number>();
  for (const oid of best) times.set(oid, (await commitData(place, oid)).committer.timestamp);
  return best.sort((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0));
}

/**
 * Commits reached from `to` and not from `from`, oldest first and no commit before its parents: the order in which they are
 * applied again. Those of one time keep the order in which git's walk meets them.
 */
export async function commitsBetween(place: Place, from: readonly string[], to: string): Promise<readonly string[]> {
  const hidden = await ancestry(place, ...from);
  if (hidden.has(to)) return [];
  const inside = [...(await ancestry(place, to))].filter((oid) => !hidden.has(oid));
  const data = new Map<string, CommitData>();
  for (const oid of inside) data.set(oid, await commitData(place, oid));
  const children = new Map(inside.map((oid) => [oid, 0]));
  for (const { parent } of data.values())
    for (const oid of parent) if (children.has(oid)) children.set(oid, (children.get(oid) ?? 0) + 1);
  const ready = [to];
  const ordered: string[] = [];
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    ordered.push(next);
    for (const parent of data.get(next)?.parent ?? []) {
      const left = (children.get(parent) ?? 0) - 1;
      children.set(parent, left);
      if (left === 0) ready.push(parent);
    }
  }
  return ordered.reverse();
}

/** Writes the trees for a list of files and gives the top one's id. */
export async function writeTree(place: Place, files: TreeFiles): Promise<string> {
  const entries: { mode: string; path: string; oid: string; type: 'blob' | 'tree' | 'commit' }[] = [];
  const folders = new Map<string, Map<string, { readonly oid: string; readonly mode: string }>>();
  for (const [path, file] of files) {
    const slash = path.indexOf('/');
    if (slash < 0) entries.push({ ...file, path, type: file.mode === '160000' ? 'commit' : 'blob' });
    else {
      const folder = path.slice(0, slash);
      const inside = folders.get(folder) ?? new Map();
      inside.set(path.slice(slash + 1), file);
      folders.set(folder, inside);
    }
  }
  for (const [path, inside] of folders)
    entries.push({ mode: '040000', path, oid: await writeTree(place, inside), type: 'tree' });
  return git.writeTree({ ...place, tree: entries });
}

export interface NewCommit {
  readonly files: TreeFiles;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
}

/** Makes a commit without moving any branch. The message is kept to the letter: isomorphic-git would end it with a newline. */
export async function writeCommit(place: Place, commit: NewCommit): Promise<string> {
  const person = ({ name, email, timestamp, timezoneOffset }: Person): string =>
    `${name} <${email}> ${timestamp} ${zone(timezoneOffset)}`;
  const text = [
    `tree ${await writeTree(place, commit.files)}`,
    ...commit.parents.map((oid) => `parent ${oid}`),
    `author ${person(commit.author)}`,
    `committer ${person(commit.committer)}`,
    '',
    commit.message,
  ].join('\n');
  return git.writeObject({ ...place, type: 'commit', format: 'content', object: new TextEncoder().encode(text) });
}

export async function writeText(place: Place, text: string): Promise<string> {
  return git.writeBlob({ ...place, blob: new TextEncoder().encode(text) });
}

/** The bytes of a file; none for `undefined`. */
export async function readText(place: Place, file: TreeFile | undefined): Promise<Uint8Array> {
  if (file === undefined) return new Uint8Array();
  // A repository within: git shows its commit as a line of text.
  if (file.mode === '160000') return new TextEncoder().encode(`Subproject commit ${file.oid}\n`);
  return (await git.readBlob({ ...place, oid: file.oid })).blob;
}
