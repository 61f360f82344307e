import { type Person, readCommit } from '../../forge/git/index.ts';
import { readTree } from '../../forge/index.ts';
import { allRefs } from './decorations.ts';
import { changesCount, changesLine, isAskedKind } from './diff-filter.ts';
import { patchText } from './far-refs.ts';
import { topological } from './graph.ts';
import { kindsAsked, rangeOf, reachable, touching } from './history.ts';
import { mailmapOf } from './mailmap.ts';
import { lastValue, type Parsed } from './options.ts';
import { type Change, changesBetween } from './patch.ts';
import type { Entry } from './pretty.ts';
import { approximate } from './since.ts';
import { config } from './sources.ts';
import type { Work } from './work.ts';

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** The commits that the options ask for, and the history out of which they were taken. */
export async function commitsAsked(work: Work, parsed: Parsed) {
  const { flags } = parsed;
  const { starts, hidden, paths, left } = await rangeOf(work, parsed.words, parsed.paths, kindsAsked(parsed));
  const within = await reachable(work, starts, hidden, {
    firstOnly: flags.has('first-parent'),
    paths: flags.has('full-history') || flags.has('follow') ? [] : paths,
  });
  const inTime = flags.has('ancestry-path') ? leadingTo(within, hidden) : within;
  const walkedOver = flags.has('no-walk') ? inTime.filter(({ oid }) => starts.includes(oid)) : inTime;
  const history = ['graph', 'topo-order', 'date-order'].some((flag) => flags.has(flag))
    ? topological(walkedOver, flags.has('date-order'))
    : walkedOver;
  const followed = flags.has('follow') ? await following(work, history, paths[0] ?? '') : undefined;
  const names = new Map(followed?.map(({ entry, path }) => [entry.oid, path]));
  const touched = followed?.map(({ entry }) => entry) ?? (paths.length > 0 ? touching(work, history, paths) : history);
  const twins = ['cherry-pick', 'cherry-mark', 'cherry'].some((flag) => flags.has(flag))
    ? await twinsOf(work, history, left)
    : new Set<string>();
  const now = Math.floor(work.io.machine.kernel.now() / 1000);
  const tests = [...testsOfCommit(work, parsed, now), ...testsOfSide(flags, left, twins)];
  if (flags.has('decorated-only')) {
    const named = new Set((await allRefs(work)).map(({ oid }) => oid));
    tests.push(({ oid, commit }) => (commit.parent.length === 0 ? commit.tree !== EMPTY_TREE : named.has(oid)));
  }
  let commits = (await touched).filter((entry) => tests.every((test) => test(entry)));
  for (const test of testsOfChange(parsed)) commits = await changing(work, commits, paths, test);
  const kept = new Set(commits.map(({ oid }) => oid));
  const skip = Number(lastValue(parsed, 'skip') ?? 0);
  const count = lastValue(parsed, 'count');
  const shown = commits.slice(skip, count === undefined ? undefined : skip + Number(count));
  const edge = flags.has('boundary') ? await boundaryOf(work, shown) : [];
  for (const { oid } of edge) kept.add(oid);
  const listed = [...shown, ...edge];
  return {
    commits: flags.has('reverse') ? listed.reverse() : listed,
    kept,
    history: [...history, ...edge],
    paths,
    /** The paths by which a commit is shown: of a file that is followed, its name then. */
    pathsOf(oid: string): readonly string[] {
      const name = names.get(oid);
      return name === undefined ? paths : [name];
    },
    /** `-` at the boundary, `=` and `+` where twins are marked, `<` and `>` for the sides of `a...b`. */
    signOf(oid: string): string {
      if (edge.some((one) => one.oid === oid)) return '-';
      const isMarked = flags.has('cherry-mark') || flags.has('cherry');
      if (isMarked && (twins.has(oid) || !flags.has('left-right'))) return twins.has(oid) ? '=' : '+';
      if (flags.has('left-right')) return left.has(oid) ? '<' : '>';
      return '';
    },
  };
}

type Test = (entry: Entry) => boolean;

/** What is asked of a commit itself: its parents, who made it, its message, its time. `now` is in seconds. */
function testsOfCommit(work: Work, parsed: Parsed, now: number): readonly Test[] {
  const { flags } = parsed;
  const tests: Test[] = [];
  if (flags.has('no-merges')) tests.push(({ commit }) => commit.parent.length < 2);
  if (flags.has('merges')) tests.push(({ commit }) => commit.parent.length > 1);
  const [fewest, most] = [lastValue(parsed, 'min-parents'), lastValue(parsed, 'max-parents')];
  if (fewest !== undefined) tests.push(({ commit }) => commit.parent.length >= Number(fewest));
  if (most !== undefined) tests.push(({ commit }) => commit.parent.length <= Number(most));
  const [authors, committers, greps] = [
    patterns(parsed, 'author'),
    patterns(parsed, 'committer'),
    patterns(parsed, 'grep'),
  ];
  // As `.mailmap` names them, unless log.mailmap is off.
  const named = config(work, 'log.mailmap') === 'false' ? (who: Person): Person => who : mailmapOf(work);
  const isBy = (committed: Person, wanted: readonly RegExp[]): boolean => {
    const who = named(committed);
    return wanted.length === 0 || wanted.some((one) => one.test(`${who.name} <${who.email}>`));
  };
  tests.push(({ commit }) => isBy(commit.author, authors) && isBy(commit.committer, committers));
  const meets = (message: string): boolean =>
    flags.has('all-match') ? greps.every((one) => one.test(message)) : greps.some((one) => one.test(message));
  if (greps.length > 0) tests.push(({ commit }) => meets(commit.message) !== flags.has('invert-grep'));
  const [since, until] = [lastValue(parsed, 'since'), lastValue(parsed, 'until')];
  if (since !== undefined) tests.push(({ commit }) => commit.committer.timestamp >= (approximate(since, now) ?? now));
  if (until !== undefined) tests.push(({ commit }) => commit.committer.timestamp <= (approximate(until, now) ?? now));
  return tests;
}

/** What is asked of the side of `a...b` on which a commit stands, and of its twin on the other. */
function testsOfSide(
  flags: ReadonlySet<string>,
  left: ReadonlySet<string>,
  twins: ReadonlySet<string>,
): readonly Test[] {
  const tests: Test[] = [];
  if (flags.has('cherry-pick')) tests.push(({ oid }) => !twins.has(oid));
  if (flags.has('left-only')) tests.push(({ oid }) => left.has(oid));
  if (flags.has('right-only') || flags.has('cherry')) tests.push(({ oid }) => !left.has(oid));
  if (flags.has('cherry')) tests.push(({ commit }) => commit.parent.length < 2);
  return tests;
}

/** What is asked of a change, of which a commit that is shown has at least one: its kind (`--diff-filter`), how often a text stands in the file (`-S`), a line of the patch (`-G`). */
export function testsOfChange(parsed: Parsed): readonly ((change: Change) => boolean)[] {
  const [letters, text, line] = ['filter', 'pickaxe', 'pickaxe-lines'].map((name) => lastValue(parsed, name));
  const tests: ((change: Change) => boolean)[] = [];
  if (letters !== undefined) tests.push(({ kind }) => isAskedKind(kind, letters));
  if (text !== undefined) tests.push((change) => changesCount(change, text));
  if (line !== undefined) {
    const wanted = pattern(line, parsed.flags.has('ignore-case'), true);
    tests.push((change) => changesLine(change, wanted));
  }
  return tests;
}

/** Commits, merges aside, of which a change passes the test. */
async function changing(
  work: Work,
  commits: readonly Entry[],
  paths: readonly string[],
  isWanted: (change: Change) => boolean,
): Promise<Entry[]> {
  const kept: Entry[] = [];
  for (const entry of commits) {
    if (entry.commit.parent.length > 1) continue;
    const before = await readTree(work, entry.commit.parent[0]);
    const changes = await changesBetween(work, before, await readTree(work, entry.oid), paths);
    if (changes.some(isWanted)) kept.push(entry);
  }
  return kept;
}

/** `--boundary`: the parents at which the shown commits end. */
async function boundaryOf(work: Work, shown: readonly Entry[]): Promise<readonly Entry[]> {
  const inside = new Set(shown.map(({ oid }) => oid));
  const parents = shown.flatMap(({ commit }) => commit.parent.filter((oid) => !inside.has(oid)));
  return Promise.all([...new Set(parents)].reverse().map((oid) => readCommit(work, oid)));
}

/** `--ancestry-path`: the commits on the ways that lead to those at the bottom. */
function leadingTo(history: readonly Entry[], bottoms: readonly string[]): readonly Entry[] {
  const leading = new Set(bottoms);
  for (let count = -1; count !== leading.size; ) {
    count = leading.size;
    for (const { oid, commit } of history) if (commit.parent.some((parent) => leading.has(parent))) leading.add(oid);
  }
  return history.filter(({ oid }) => leading.has(oid));
}

/** Commits that the other side of `a...b` has too, as another commit with the same patch. */
async function twinsOf(work: Work, history: readonly Entry[], left: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const sides = new Map<string, string[]>();
  for (const { oid, commit } of history)
    if (commit.parent.length < 2) {
      const text = await patchText(work, oid);
      sides.set(text, [...(sides.get(text) ?? []), oid]);
    }
  const both = [...sides.values()].filter(
    (ids) => ids.some((oid) => left.has(oid)) && ids.some((oid) => !left.has(oid)),
  );
  return new Set(both.flat());
}

/** The patterns that an option was given. */
function patterns({ flags, values }: Parsed, name: string): readonly RegExp[] {
  return (values.get(name) ?? []).map((text) =>
    flags.has('fixed')
      ? new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), flags.has('ignore-case') ? 'i' : '')
      : pattern(text, flags.has('ignore-case'), flags.has('extended')),
  );
}

/** A pattern of `--grep` and `--author`, line by line: basic regular expressions, in which `\\|`, `\\+`, `\\(` are the special ones. */
function pattern(text: string, ignoreCase: boolean, extended: boolean): RegExp {
  const source = extended
    ? text
    : text.replaceAll(/\\([|+?(){}])|([|+?(){}])/g, (_, special, plain) => special ?? `\\${plain}`);
  return new RegExp(source, ignoreCase ? 'im' : 'm');
}

/** Commits that touch a file, under the names that it had before. */
async function following(work: Work, commits: readonly Entry[], path: string) {
  const kept: { readonly entry: Entry; readonly path: string }[] = [];
  let name = path;
  for (const entry of commits) {
    if (entry.commit.parent.length > 1) continue;
    const before = await readTree(work, entry.commit.parent[0]);
    const changes = await changesBetween(work, before, await readTree(work, entry.oid), []);
    const change = changes.find((one) => one.path === name);
    if (change === undefined) continue;
    kept.push({ entry, path: name });
    name = change.from ?? name;
  }
  return kept;
}
