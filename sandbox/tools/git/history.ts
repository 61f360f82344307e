import { readCommit } from '../../forge/git/index.ts';
import { readTree } from '../../forge/index.ts';
import { askedWords, isRange } from './asked-words.ts';
import { allRefs } from './decorations.ts';
import { fatal, GitStop, type Parsed } from './options.ts';
import { matches, pathInWork } from './pathspec.ts';
import type { Entry } from './pretty.ts';
import { mustResolve, resolve } from './revisions.ts';
import { wildcard } from './wildcard.ts';
import { currentBranch, type Work } from './work.ts';
import { differences } from './work-tree.ts';

/** Commits reached from names, as `log` takes them, newest first. */
export async function reachableFrom(
  work: Work,
  words: readonly string[],
  behind: readonly string[] | undefined,
  all: boolean,
): Promise<readonly Entry[]> {
  const { starts, hidden, paths } = await rangeOf(work, words, behind, all ? [''] : []);
  const history = await reachable(work, starts, hidden, { paths });
  return paths.length > 0 ? touching(work, history, paths) : history;
}

export async function noCommits(work: Work): Promise<GitStop> {
  return fatal(`your current branch '${await currentBranch(work)}' does not have any commits yet`);
}

const kinds = { all: '', branches: 'heads/', tags: 'tags/', remotes: 'remotes/', glob: '' } as const;

/** The option under which `kindOf` hands on which refs are meant: nobody types it. */
export const KIND = '--refs of';

/** `--branches=rel*` and the like as what stands below `refs`, with `^` where it is not wanted (`--not`); undefined for other words. */
export function kindOf(arg: string, negative: boolean): string | undefined {
  const [, name, pattern = ''] = /^--(all|branches|tags|remotes|glob)(?:=(.*))?$/.exec(arg) ?? [];
  if (name === undefined || (pattern === '' && !negative)) return undefined;
  return `${negative ? '^' : ''}${kinds[name as keyof typeof kinds]}${pattern.replace(/^refs\//, '')}`;
}

/** What stands below `refs`, as prefixes or patterns, whose names are starting points; '' is all of them, and HEAD; `^` leaves out. */
export function kindsAsked({ flags, values }: Parsed): readonly string[] {
  const plain = Object.entries(kinds).flatMap(([flag, kind]) => (flags.has(flag) ? [kind] : []));
  return [...plain, ...(values.get('kind') ?? [])];
}

const isOfKind = (ref: string, kind: string): boolean =>
  /[?*[]/.test(kind) ? wildcard(`refs/${kind}`).test(ref) : ref.startsWith(`refs/${kind.replace(/[^/]$/, '$&/')}`);

/** What a `log` is asked for: `a`, `a..b`, `^a`, and paths. */
export async function rangeOf(
  work: Work,
  words: readonly string[],
  behind: readonly string[] | undefined,
  kinds: readonly string[],
) {
  const starts: string[] = [];
  const hidden: string[] = [];
  const { revs, paths } = await askedWords(work, words, behind);
  let left: ReadonlySet<string> = new Set();
  for (const given of revs) {
    const [, one, mark] = /^(.+)\^([@!])$/.exec(given) ?? [];
    if (one !== undefined) {
      const oid = await mustResolve(work, one, given);
      const parents = (await readCommit(work, oid)).commit.parent;
      if (mark === '!') starts.push(oid);
      (mark === '!' ? hidden : starts).push(...parents);
      continue;
    }
    const word = given.replace(/^(.+)\^-(\d*)$/, '$1^$2..$1');
    if (isRange(word) && word.includes('...')) {
      const sides = await Promise.all(word.split('...').map((side) => mustResolve(work, side || 'HEAD', word)));
      starts.push(...sides);
      const [first, second] = await Promise.all(sides.map((oid) => reachable(work, [oid], [])));
      const ids = new Set(first?.map(({ oid }) => oid));
      left = ids;
      hidden.push(...(second ?? []).flatMap(({ oid }) => (ids.has(oid) ? [oid] : [])));
      continue;
    }
    const [from, to] = isRange(word) ? word.split('..') : [undefined, word];
    const oid = await resolve(work, to?.replace(/^\^/, '') || 'HEAD');
    // A file of a commit has no history of its own.
    if (oid !== undefined) (word.startsWith('^') ? hidden : starts).push(oid);
    if (from !== undefined) hidden.push(await mustResolve(work, from || 'HEAD', word));
  }
  for (const { ref, oid } of kinds.length === 0 ? [] : await allRefs(work))
    for (const kind of kinds)
      if (isOfKind(ref, kind.replace(/^\^/, ''))) (kind.startsWith('^') ? hidden : starts).push(oid);
  if (kinds.includes('')) {
    const head = await resolve(work, 'HEAD');
    if (head !== undefined) starts.push(head);
  }
  if (revs.length + kinds.length === 0) {
    const head = await resolve(work, 'HEAD');
    if (head === undefined) throw await noCommits(work);
    starts.push(head);
  }
  return { starts, hidden, left, paths: paths.map((path) => pathInWork(work, path)) };
}

/** Commits reached from `starts` and not from `hidden`: newest first, those of one time in the order in which they are met. */
export async function reachable(
  work: Work,
  starts: readonly string[],
  hidden: readonly string[],
  { firstOnly = false, paths = [] }: { readonly firstOnly?: boolean; readonly paths?: readonly string[] } = {},
): Promise<readonly Entry[]> {
  const seen = new Set<string>();
  const behind = [...hidden];
  for (let oid = behind.pop(); oid !== undefined; oid = behind.pop()) {
    if (seen.has(oid)) continue;
    seen.add(oid);
    behind.push(...(await readCommit(work, oid)).commit.parent);
  }
  const queue: Entry[] = [];
  const ordered: Entry[] = [];
  const meet = async (oid: string): Promise<void> => {
    if (seen.has(oid)) return;
    seen.add(oid);
    const entry = await readCommit(work, oid);
    const later = queue.findIndex(({ commit }) => commit.committer.timestamp < entry.commit.committer.timestamp);
    queue.splice(later < 0 ? queue.length : later, 0, entry);
  };
  for (const oid of starts) await meet(oid);
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { oid } = next;
    const parents = firstOnly ? next.commit.parent.slice(0, 1) : await followed(work, next, paths);
    ordered.push(firstOnly || parents.length === next.commit.parent.length ? next : withParents(next, parents));
    for (const parent of parents)
      await meet(parent).catch((error: { readonly code?: string }) => {
        if (error.code !== 'NotFoundError') throw error;
        throw new GitStop(`error: Could not read ${parent}\nfatal: Failed to traverse parents of commit ${oid}`);
      });
  }
  return ordered;
}

const withParents = ({ oid, commit }: Entry, parent: readonly string[]): Entry => ({
  oid,
  commit: { ...commit, parent: [...parent] },
});

/** Of a merge that took all that is asked for from one parent, only that one ("History Simplification" of git-log). */
export async function followed(
  work: Work,
  { oid, commit }: Entry,
  paths: readonly string[],
): Promise<readonly string[]> {
  if (commit.parent.length < 2 || paths.length === 0) return commit.parent;
  const tree = await readTree(work, oid);
  for (const parent of commit.parent)
    if (!differences(await readTree(work, parent), tree).some((path) => matches(path, paths))) return [parent];
  return commit.parent;
}

export async function touching(
  work: Work,
  commits: readonly Entry[],
  paths: readonly string[],
): Promise<readonly Entry[]> {
  const kept: Entry[] = [];
  for (const entry of commits) {
    const changed = differences(await readTree(work, entry.commit.parent[0]), await readTree(work, entry.oid));
    if (changed.some((path) => matches(path, paths))) kept.push(entry);
  }
  return kept;
}
