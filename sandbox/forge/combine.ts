// The commits that a merge on the forge makes: a merge commit, one commit for all, or the same commits on top. Real git objects;
// no ref is moved here.
import {
  commitData,
  commitsBetween,
  commonTree,
  type Merged,
  type MergeWords,
  mergeTrees,
  type Person,
  writeCommit,
} from './git/index.ts';
import type { PersonOnForge } from './people.ts';
import { type Place, readTree, sameFile, type TreeFiles } from './tree.ts';

/** Joins two commits' trees as git's `ort` strategy does. */
export async function combine(
  place: Place,
  base: string,
  head: string,
  words: Pick<MergeWords, 'ours' | 'theirs'>,
): Promise<Merged> {
  const common = await commonTree(place, base, head);
  return mergeTrees(place, common.files, await readTree(place, base), await readTree(place, head), {
    ...words,
    base: common.label,
  });
}

/** Who commits: the forge itself for merge commits and squashes, whoever merges for a rebase. */
export interface Hand {
  readonly author: PersonOnForge;
  readonly committer: PersonOnForge;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

const at = ({ name, email }: PersonOnForge, timestamp: number): Person => ({
  name,
  email,
  timestamp,
  timezoneOffset: 0,
});

/** @returns the new commit on top of `base`, or undefined where the two are in conflict. */
export async function mergeCommit(place: Place, base: string, head: string, hand: Hand): Promise<string | undefined> {
  return joined(place, base, head, [base, head], hand);
}

export async function squashCommit(place: Place, base: string, head: string, hand: Hand): Promise<string | undefined> {
  return joined(place, base, head, [base], hand);
}

async function joined(
  place: Place,
  base: string,
  head: string,
  parents: readonly string[],
  { author, committer, timestamp, message }: Hand,
): Promise<string | undefined> {
  const { files, clean } = await combine(place, base, head, { ours: 'base', theirs: 'head' });
  if (!clean) return undefined;
  return writeCommit(place, {
    files,
    parents,
    author: at(author, timestamp),
    committer: at(committer, timestamp),
    message,
  });
}

/**
 * The head's own commits, one after another on top of `base`, merges left out and those that change nothing there dropped.
 * Each keeps its author and message; all get a new committer, even where the branch was up to date
 * ("About merge methods on GitHub", rebasing).
 */
export async function rebasedCommits(
  place: Place,
  base: string,
  head: string,
  { committer, timestamp }: Pick<Hand, 'committer' | 'timestamp'>,
): Promise<string | undefined> {
  let tip = base;
  for (const oid of await commitsBetween(place, [base], head)) {
    const { parent, author, message } = await commitData(place, oid);
    if (parent.length > 1) continue;
    const before = await readTree(place, parent[0]);
    const after = await readTree(place, oid);
    const ours = await readTree(place, tip);
    const { files, clean } = await mergeTrees(place, before, ours, after, {
      ours: 'base',
      theirs: 'head',
      base: 'parent',
    });
    if (!clean) return undefined;
    if (sameTree(files, ours) && !sameTree(before, after)) continue;
    tip = await writeCommit(place, {
      files,
      parents: [tip],
      author,
      committer: at(committer, timestamp),
      message,
    });
  }
  return tip;
}

function sameTree(one: TreeFiles, two: TreeFiles): boolean {
  return one.size === two.size && [...one].every(([path, file]) => sameFile(file, two.get(path)));
}
