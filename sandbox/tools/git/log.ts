import * as git from 'isomorphic-git';
import { readCommit, readText } from '../../forge/git/index.ts';
import { readTree, type TreeFile } from '../../forge/index.ts';
import { changesCount, changesLine, diffForms, isAskedKind, leastShare, shownAs, withShares } from './diff.ts';
import { mergeDiff } from './diff-merge.ts';
import { patchText } from './far-refs.ts';
import { drawGraph, MESSAGE_END, topological } from './graph.ts';
import { readIndexFile } from './index-file.ts';
import type { GetLazy } from './lazy.ts';
import { resolveObject } from './objects.ts';
import { fatal, GitStop, lastValue, type OptionTable, type Parsed, readOptions, UsageStop } from './options.ts';
import { changesBetween } from './patch.ts';
import { commitText, type Entry, type Look, lookOf } from './pretty.ts';
import { readLog } from './reflog-file.ts';
import { approximate } from './since.ts';
import {
  config,
  currentBranch,
  differences,
  isInTree,
  matches,
  mustResolve,
  pathInWork,
  resolve,
  type Work,
} from './work.ts';

/** The options for how a commit and its changes are shown. */
export const forms: OptionTable = {
  '--oneline': { as: 'oneline' },
  ...diffForms,
  '-p': { as: 'patch' },
  '--patch': { as: 'patch' },
  '--name-only': { as: 'name-only' },
  '--name-status': { as: 'name-status' },
  '--shortstat': { as: 'shortstat' },
  '--format': { as: 'format', value: true },
  '--pretty': { as: 'format', value: true },
  '--decorate': { as: 'decorate' },
  '--no-decorate': { as: 'no-decorate' },
  '--no-color': { as: 'no-color' },
  '--abbrev-commit': { as: 'abbrev-commit' },
  '--date': { as: 'date', value: true },
  '-s': { as: 'no-patch' },
  '-m': { as: 'each-parent' },
  '--no-patch': { as: 'no-patch' },
  '--numstat': { as: 'numstat' },
  '--summary': { as: 'summary' },
  '--raw': { as: 'raw' },
  '--decorate=short': { as: 'decorate' },
  '--decorate=full': { as: 'decorate-full' },
  '--decorate=auto': { as: 'decorate-auto' },
  '--no-abbrev-commit': { as: 'whole-ids' },
  '--abbrev': { as: 'abbrev', value: true },
  '--relative-date': { as: 'relative-date' },
  '--no-notes': { as: 'no-notes' },
  '-c': { as: 'combined' },
  '--cc': { as: 'combined' },
  '--diff-merges': { as: 'merges-as', value: true },
  '--no-diff-merges': { as: 'no-merge-diff' },
  '--notes': { as: 'notes', value: 'optional' },
  '--first-parent': { as: 'first-parent' },
  '--decorate=no': { as: 'no-decorate' },
  '--color': { as: 'color' },
  '--color=always': { as: 'color' },
  '--color=never': { as: 'no-color' },
  '--word-diff': { as: 'word-diff' },
  '--no-renames': { as: 'no-renames' },
  '-q': { as: 'no-patch' },
  '--quiet': { as: 'no-patch' },
  '--source': { as: 'source' },
  '--mailmap': { as: 'mailmap' },
  '--use-mailmap': { as: 'mailmap' },
  '--decorate-refs': { as: 'decorate-refs', value: true },
  '--decorate-refs-exclude': { as: 'decorate-refs-exclude', value: true },
  '--clear-decorations': { as: 'decorate' },
};

/** The options that ask for what a commit changed. */
export const details =
  'stat patch name-only name-status shortstat numstat summary raw word-diff color-words dirstat compact'.split(' ');

/** The options that choose commits. */
export const historyOptions: OptionTable = {
  '-n': { as: 'count', value: true },
  '-#': { as: 'count', value: true },
  '--max-count': { as: 'count', value: true },
  '--skip': { as: 'skip', value: true },
  '--all': { as: 'all' },
  '--reverse': { as: 'reverse' },
  '--no-merges': { as: 'no-merges' },
  '--merges': { as: 'merges' },
  '--first-parent': { as: 'first-parent' },
  '--author': { as: 'author', value: true },
  '--committer': { as: 'committer', value: true },
  '--grep': { as: 'grep', value: true },
  '-i': { as: 'ignore-case' },
  '-E': { as: 'extended' },
  '--since': { as: 'since', value: true },
  '--after': { as: 'since', value: true },
  '--until': { as: 'until', value: true },
  '--before': { as: 'until', value: true },
  '-S': { as: 'pickaxe', value: true },
  '-G': { as: 'pickaxe-lines', value: true },
  '--topo-order': { as: 'topo-order' },
  '--date-order': { as: 'date-order' },
  '--branches': { as: 'branches' },
  '--tags': { as: 'tags' },
  '--remotes': { as: 'remotes' },
  '--invert-grep': { as: 'invert-grep' },
  '--all-match': { as: 'all-match' },
  '-F': { as: 'fixed' },
  '--fixed-strings': { as: 'fixed' },
  '--regexp-ignore-case': { as: 'ignore-case' },
  '--extended-regexp': { as: 'extended' },
  '--diff-filter': { as: 'filter', value: true },
  '--no-walk': { as: 'no-walk' },
  '--simplify-by-decoration': { as: 'decorated-only' },
  '--min-parents': { as: 'min-parents', value: true },
  '--max-parents': { as: 'max-parents', value: true },
  '--author-date-order': { as: 'topo-order' },
  '--pickaxe-regex': { as: 'pickaxe-regex' },
  '--left-right': { as: 'left-right' },
  '--left-only': { as: 'left-only' },
  '--right-only': { as: 'right-only' },
  '--cherry-pick': { as: 'cherry-pick' },
  '--cherry-mark': { as: 'cherry-mark' },
  '--cherry': { as: 'cherry' },
  '--full-history': { as: 'full-history' },
  '--boundary': { as: 'boundary' },
  '--ancestry-path': { as: 'ancestry-path' },
};

const options: OptionTable = {
  ...forms,
  ...historyOptions,
  '-L': { as: 'lines', value: true },
  '-g': { as: 'walk' },
  '--walk-reflogs': { as: 'walk' },
  '--graph': { as: 'graph' },
  '--follow': { as: 'follow' },
};

/** The arguments with `--not` in the names that follow it (`a --not b` is `a ^b`), and with `--oneline` as the forms that it is. */
export function withoutNot(args: readonly string[]): readonly string[] {
  let negative = false;
  return withShares(args).flatMap((arg, at) => {
    if (args.slice(0, at).includes('--')) return [arg];
    // The last of the forms that are named counts.
    if (arg === '--oneline') return ['--pretty=oneline', '--abbrev-commit'];
    if (arg === '--pretty') return ['--pretty=medium'];
    if (arg === '--not') {
      negative = !negative;
      return [];
    }
    return [!negative || arg.startsWith('-') ? arg : arg.startsWith('^') ? arg.slice(1) : `^${arg}`];
  });
}

/** The commits that the options ask for, and the history out of which they were taken. */
export async function commitsAsked(work: Work, parsed: ReturnType<typeof readOptions>) {
  const { flags } = parsed;
  const { starts, hidden, paths, left } = await rangeOf(work, parsed.words, parsed.paths, kindsAsked(flags));
  const within = await reachable(work, starts, hidden, {
    firstOnly: flags.has('first-parent'),
    paths: flags.has('full-history') || flags.has('follow') ? [] : paths,
  });
  const inTime = flags.has('ancestry-path') ? leadingTo(within, hidden) : within;
  const wanted = new Set(starts);
  const walkedOver = flags.has('no-walk') ? inTime.filter(({ oid }) => wanted.has(oid)) : inTime;
  const history = ['graph', 'topo-order', 'date-order'].some((flag) => flags.has(flag))
    ? topological(walkedOver, flags.has('date-order'))
    : walkedOver;
  const followed = flags.has('follow') ? await following(work, history, paths[0] ?? '') : undefined;
  const touched = paths.length > 0 ? touching(work, history, paths) : history;
  let commits: readonly Entry[] = followed?.map(({ entry }) => entry) ?? (await touched);
  const names = new Map(followed?.map(({ entry, path }) => [entry.oid, path]));
  const keep = (wanted: (entry: Entry) => boolean): void => {
    commits = commits.filter(wanted);
  };
  if (flags.has('no-merges')) keep(({ commit }) => commit.parent.length < 2);
  const [fewest, most] = [lastValue(parsed, 'min-parents'), lastValue(parsed, 'max-parents')];
  if (fewest !== undefined) keep(({ commit }) => commit.parent.length >= Number(fewest));
  if (most !== undefined) keep(({ commit }) => commit.parent.length <= Number(most));
  if (flags.has('decorated-only')) {
    const named = new Set((await allRefs(work)).map(({ oid }) => oid));
    keep(({ oid, commit }) => named.has(oid) || commit.parent.length === 0);
  }
  if (flags.has('merges')) keep(({ commit }) => commit.parent.length > 1);
  const patterns = (name: string): readonly RegExp[] =>
    (parsed.values.get(name) ?? []).map((text) =>
      flags.has('fixed')
        ? new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), flags.has('ignore-case') ? 'i' : '')
        : pattern(text, flags.has('ignore-case'), flags.has('extended')),
    );
  const [authors, committers, greps] = [patterns('author'), patterns('committer'), patterns('grep')];
  const who = ({ name, email }: { name: string; email: string }): string => `${name} <${email}>`;
  if (authors.length > 0) keep(({ commit }) => authors.some((one) => one.test(who(commit.author))));
  if (committers.length > 0) keep(({ commit }) => committers.some((one) => one.test(who(commit.committer))));
  const meets = (message: string): boolean =>
    flags.has('all-match') ? greps.every((one) => one.test(message)) : greps.some((one) => one.test(message));
  if (greps.length > 0) keep(({ commit }) => meets(commit.message) !== flags.has('invert-grep'));
  const twins = ['cherry-pick', 'cherry-mark', 'cherry'].some((flag) => flags.has(flag))
    ? await twinsOf(work, history, left)
    : new Set<string>();
  if (flags.has('cherry-pick')) keep(({ oid }) => !twins.has(oid));
  if (flags.has('left-only')) keep(({ oid }) => left.has(oid));
  if (flags.has('right-only') || flags.has('cherry')) keep(({ oid }) => !left.has(oid));
  if (flags.has('cherry')) keep(({ commit }) => commit.parent.length < 2);
  /** `<` and `>` for the sides of `a...b`, `=` and `+` where twins are marked. */
  const signOf = (oid: string): string =>
    edge.some((one) => one.oid === oid)
      ? '-'
      : flags.has('cherry-mark') || flags.has('cherry')
        ? twins.has(oid)
          ? '='
          : '+'
        : flags.has('left-right')
          ? left.has(oid)
            ? '<'
            : '>'
          : '';
  const letters = lastValue(parsed, 'filter');
  if (letters !== undefined) commits = await changingAs(work, commits, letters, paths);
  const now = Math.floor(work.io.machine.kernel.now() / 1000);
  const since = lastValue(parsed, 'since');
  if (since !== undefined) keep(({ commit }) => commit.committer.timestamp >= (approximate(since, now) ?? now));
  const until = lastValue(parsed, 'until');
  if (until !== undefined) keep(({ commit }) => commit.committer.timestamp <= (approximate(until, now) ?? now));
  const pickaxe = lastValue(parsed, 'pickaxe');
  if (pickaxe !== undefined) commits = await changingCount(work, commits, pickaxe, paths);
  const lines = lastValue(parsed, 'pickaxe-lines');
  if (lines !== undefined)
    commits = await changingLines(work, commits, pattern(lines, flags.has('ignore-case'), true), paths);
  const skip = Number(lastValue(parsed, 'skip') ?? 0);
  const count = lastValue(parsed, 'count');
  const kept = new Set(commits.map(({ oid }) => oid));
  commits = commits.slice(skip, count === undefined ? undefined : skip + Number(count));
  const edge = flags.has('boundary') ? await boundaryOf(work, commits) : [];
  for (const { oid } of edge) kept.add(oid);
  commits = [...commits, ...edge];
  if (flags.has('reverse')) commits = [...commits].reverse();
  /** The paths by which a commit is shown: of a file that is followed, its name then. */
  const pathsOf = (oid: string): readonly string[] => {
    const name = names.get(oid);
    return name === undefined ? paths : [name];
  };
  return { commits, kept, history: [...history, ...edge], paths, pathsOf, signOf };
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

/** A pattern of `--grep` and `--author`, line by line: basic regular expressions, in which `\\|`, `\\+`, `\\(` are the special ones. */
function pattern(text: string, ignoreCase: boolean, extended: boolean): RegExp {
  const source = extended
    ? text
    : text.replaceAll(/\\([|+?(){}])|([|+?(){}])/g, (_, special, plain) => special ?? `\\${plain}`);
  return new RegExp(source, ignoreCase ? 'im' : 'm');
}

/** Commits that change how often a text stands in the files (`-S`). */
async function changingCount(work: Work, commits: readonly Entry[], text: string, paths: readonly string[]) {
  const kept: Entry[] = [];
  for (const entry of commits) {
    if (entry.commit.parent.length > 1) continue;
    const before = await readTree(work, entry.commit.parent[0]);
    const changes = await changesBetween(work, before, await readTree(work, entry.oid), paths);
    if (changes.some((change) => changesCount(change, text))) kept.push(entry);
  }
  return kept;
}

/** Commits that add, change, delete or rename something (`--diff-filter`). */
async function changingAs(work: Work, commits: readonly Entry[], letters: string, paths: readonly string[]) {
  const kept: Entry[] = [];
  for (const entry of commits) {
    if (entry.commit.parent.length > 1) continue;
    const before = await readTree(work, entry.commit.parent[0]);
    const changes = await changesBetween(work, before, await readTree(work, entry.oid), paths);
    if (changes.some(({ kind }) => isAskedKind(kind, letters))) kept.push(entry);
  }
  return kept;
}

/** Commits whose patches add or take away a line that matches (`-G`). */
async function changingLines(work: Work, commits: readonly Entry[], wanted: RegExp, paths: readonly string[]) {
  const kept: Entry[] = [];
  for (const entry of commits) {
    if (entry.commit.parent.length > 1) continue;
    const before = await readTree(work, entry.commit.parent[0]);
    const changes = await changesBetween(work, before, await readTree(work, entry.oid), paths);
    if (changes.some((change) => changesLine(change, wanted))) kept.push(entry);
  }
  return kept;
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

/** `git log`: commits, newest first. */
export async function log(work: Work, args: readonly string[], lazy: GetLazy): Promise<number> {
  const { io } = work;
  const parsed = await readLogOptions(work, args);
  const look = { ...lookOf(work, parsed), notes: await notesAsked(work, parsed.flags) };
  const between = look.shape === 'block' || look.shape === 'separated' ? '\n' : '';
  const names = await decorations(work, parsed.flags.has('decorate-full'));
  if (parsed.flags.has('walk')) {
    const entries = await walked(work, parsed);
    const texts = entries.map(({ one, at }) => showCommit(work, one, { ...look, at }, parsed, names, []));
    io.stdout((await Promise.all(texts)).join(between));
    return 0;
  }
  const { commits, kept, history, paths, pathsOf, signOf } = await commitsAsked(work, parsed);
  const lines = lastValue(parsed, 'lines');
  if (lines !== undefined) {
    const found = (await (await lazy()).lineHistory(work, lines, history)).filter(({ entry }) => kept.has(entry.oid));
    const count = lastValue(parsed, 'count');
    const texts = found
      .slice(0, count === undefined ? undefined : Number(count))
      .map(
        ({ entry, patch }) =>
          commitText(entry, look, names.get(entry.oid) ?? []) + (parsed.flags.has('no-patch') ? '' : `\n${patch}`),
      );
    io.stdout(texts.join(between));
    return 0;
  }
  const drawn = parsed.flags.has('graph');
  const shown: string[] = [];
  for (const one of commits)
    shown.push(
      await showCommit(work, one, { ...look, sign: drawn ? '' : signOf(one.oid) }, parsed, names, pathsOf(one.oid)),
    );
  io.stdout(
    drawn
      ? graphOf(
          history,
          {
            kept,
            rewritten: paths.length > 0 || parsed.flags.has('decorated-only'),
            markOf: (oid) => signOf(oid).replace('-', 'o') || '*',
          },
          commits,
          shown,
          look,
        )
      : shown.join(between),
  );
  return 0;
}

/** @throws GitStop before all else where there is no commit yet: git looks for one first. */
async function readLogOptions(work: Work, args: readonly string[]): Promise<Parsed> {
  try {
    return readOptions('log', withoutNot(withMerge(work, args)), options);
  } catch (error) {
    const isBare = args.every((arg) => arg.startsWith('-')) && !args.includes('--all');
    throw error instanceof UsageStop && isBare && (await resolve(work, 'HEAD')) === undefined
      ? await noCommits(work)
      : error;
  }
}

/** What a ref's log tells, entry by entry, with the commits (`-g`). */
async function walked(work: Work, parsed: ReturnType<typeof readOptions>) {
  const [name = 'HEAD'] = parsed.words;
  const count = lastValue(parsed, 'count');
  const logs = ['', 'refs/', 'refs/heads/', 'refs/remotes/'].map((kind) => readLog(work, kind + name));
  const entries = (logs.find((log) => log.length > 0) ?? []).slice(0, count === undefined ? undefined : Number(count));
  return Promise.all(
    entries.map(async ({ to, who, message }, number) => ({
      one: await readCommit(work, to),
      at: { name: `${name}@{${number}}`, message, who: `${who.name} <${who.email}>` },
    })),
  );
}

/** `--merge`: commits of both sides that touch what is in conflict. */
function withMerge(work: Work, args: readonly string[]): readonly string[] {
  if (!args.includes('--merge')) return args;
  const paths = [...readIndexFile(work).conflicts.keys()];
  return [...args.filter((arg) => arg !== '--merge'), 'HEAD...MERGE_HEAD', '--', ...paths];
}

/** The history as a drawing. @throws GitStop when a merge in it has more than two parents. */
function graphOf(
  history: readonly Entry[],
  {
    kept,
    rewritten,
    markOf,
  }: { readonly kept: ReadonlySet<string>; readonly rewritten: boolean; markOf(oid: string): string },
  shown: readonly Entry[],
  texts: readonly string[],
  { paint, shape }: Look,
): string {
  const parents = new Map(history.map(({ oid, commit }) => [oid, commit.parent]));
  // Only where paths leave commits out do the lines lead on to those that are left.
  const below = (oid: string): readonly string[] =>
    kept.has(oid) ? [oid] : rewritten ? (parents.get(oid) ?? []).flatMap(below) : [];
  const drawing = drawGraph(
    shown.map(({ oid, commit }, at) => ({
      oid,
      parents: [...new Set(commit.parent.flatMap(below))],
      text: texts[at] ?? '',
      mark: markOf(oid),
    })),
    shape === 'block',
    paint,
  );
  return shape === 'separated' ? drawing.replace(/\n$/, '') : drawing;
}

/** `git show`: a commit with its patch; a file of a commit (`HEAD:path`). */
export async function show(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('show', withoutNot(args), forms);
  const look = { ...lookOf(work, parsed), notes: await notesAsked(work, parsed.flags) };
  const asked = (parsed.paths ?? []).map((one) => pathInWork(work, one));
  const flags = details.some((flag) => parsed.flags.has(flag)) ? parsed.flags : new Set([...parsed.flags, 'patch']);
  for (const name of parsed.words.length === 0 ? ['HEAD'] : parsed.words) {
    const [, stage, inIndex] = /^:(?!\/)(?:([0-3]):)?(.+)$/.exec(name) ?? [];
    if (inIndex !== undefined) {
      work.io.stdout(await readText(work, entryOf(work, inIndex, Number(stage ?? 0))));
      continue;
    }
    const [ref = '', path] = name.includes(':') && !name.startsWith(':/') ? name.split(':') : [name];
    if (name === 'HEAD' && (await resolve(work, name)) === undefined) throw await noCommits(work);
    if (path !== undefined || ref.endsWith('^{tree}')) {
      const tree = await resolveObject(work, name);
      const read = tree === undefined ? undefined : await git.readObject({ ...work, oid: tree, format: 'content' });
      if (tree !== undefined && read?.type === 'tree') {
        const { tree: entries } = await git.readTree({ ...work, oid: tree });
        const names = entries.map((entry) => `${entry.path}${entry.type === 'tree' ? '/' : ''}\n`);
        work.io.stdout(`tree ${name}\n\n${names.join('')}`);
        continue;
      }
    }
    const oid = await mustResolve(work, ref);
    if (path !== undefined) {
      const file = (await readTree(work, oid)).get(/^\.{1,2}\//.test(path) ? pathInWork(work, path) : path);
      if (file === undefined)
        throw fatal(
          isInTree({ ...work, io: { ...work.io, cwd: work.dir } }, path)
            ? `path '${path}' exists on disk, but not in '${ref}'`
            : `path '${path}' does not exist in '${ref}'`,
        );
      work.io.stdout((await git.readBlob({ ...work, oid: file.oid })).blob);
      continue;
    }
    work.io.stdout(await tagText(work, name, look));
    const entry = await readCommit(work, oid);
    const isEmpty =
      asked.length > 0 &&
      entry.commit.parent.length < 2 &&
      !differences(await readTree(work, entry.commit.parent[0]), await readTree(work, oid)).some((one) =>
        matches(one, asked),
      );
    if (isEmpty) continue;
    const how = mergesAs(flags, lastValue(parsed, 'merges-as'));
    const text =
      (await showCommit(
        work,
        entry,
        look,
        { ...parsed, flags },
        await decorations(work, flags.has('decorate-full')),
        asked,
      )) + (how === undefined && !flags.has('combined') ? await showMerge(work, entry, look, flags, asked) : '');
    work.io.stdout(look.shape === 'separated' && !text.endsWith('\n') ? `${text}\n` : text);
  }
  return 0;
}

/** A file of the index, or one of its versions in a conflict. @throws GitStop when it is not there. */
function entryOf(work: Work, path: string, stage: number): TreeFile {
  const { files, conflicts } = readIndexFile(work);
  const stages = conflicts.get(path);
  const file = stage === 0 ? files.get(path) : stages?.[stage as 1 | 2 | 3];
  if (file !== undefined) return file;
  const isKnown = files.has(path) || stages !== undefined;
  const here = pathInWork(work, path);
  throw fatal(
    isKnown
      ? `path '${path}' is in the index, but not at stage ${stage}\nhint: Did you mean ':${stages === undefined ? 0 : Object.keys(stages)[0]}:${path}'?`
      : here !== path && files.has(here)
        ? `path '${here}' is in the index, but not '${path}'\nhint: Did you mean ':${stage}:${here}' aka ':${stage}:./${path}'?`
        : work.io.machine.files.exists(`${work.dir}/${path}`)
          ? `path '${path}' exists on disk, but not in the index`
          : `path '${path}' does not exist (neither on disk nor in the index)`,
  );
}

/** What `git show` adds to a merge: what it has that no parent had, or its figures against the first parent. */
async function showMerge(
  work: Work,
  { oid, commit }: Entry,
  look: Look,
  flags: ReadonlySet<string>,
  paths: readonly string[],
): Promise<string> {
  if (commit.parent.length < 2 || flags.has('no-patch')) return '';
  const text =
    flags.has('stat') || flags.has('shortstat')
      ? shownAs(
          await changesBetween(work, await readTree(work, commit.parent[0]), await readTree(work, oid), paths),
          flags,
          look.paint,
        )
      : await mergeDiff(work, oid, flags, look.paint, paths);
  if (look.shape === 'line') return text === '' ? '\n' : text;
  return `${look.format === '' ? '' : '\n'}${text}`;
}

/** What an annotated tag says of itself; '' for any other name. */
async function tagText(work: Work, name: string, look: Look): Promise<string> {
  const oid = await git.resolveRef({ ...work, ref: `refs/tags/${name}` }).catch(() => undefined);
  const read = oid === undefined ? undefined : await git.readObject({ ...work, oid, format: 'parsed' });
  if (oid === undefined || read?.type !== 'tag') return '';
  const { tag } = await git.readTag({ ...work, oid });
  const who = tag.tagger === undefined ? '' : `Tagger: ${tag.tagger.name} <${tag.tagger.email}>\n`;
  // In a form of one's own there is no date, and no empty line behind.
  const isLine = look.shape === 'line';
  const isOwn = look.shape === 'ended' || look.shape === 'separated' || isLine;
  const date = tag.tagger === undefined || isOwn ? '' : `Date:   ${look.date(tag.tagger)}\n`;
  return `${look.paint('33', `tag ${tag.tag}`)}\n${isLine ? '' : who}${date}\n${tag.message.trimEnd()}\n${isOwn ? '' : '\n'}`;
}

async function noCommits(work: Work): Promise<GitStop> {
  return fatal(`your current branch '${await currentBranch(work)}' does not have any commits yet`);
}

/** The folders below `refs` whose names are starting points; '' is all of them, and HEAD. */
function kindsAsked(flags: ReadonlySet<string>): readonly string[] {
  const kinds = { all: '', branches: 'heads/', tags: 'tags/', remotes: 'remotes/' };
  return Object.entries(kinds).flatMap(([flag, kind]) => (flags.has(flag) ? [kind] : []));
}

/** What a `log` is asked for: `a`, `a..b`, `^a`, and paths. */
async function rangeOf(
  work: Work,
  words: readonly string[],
  behind: readonly string[] | undefined,
  kinds: readonly string[],
) {
  const starts: string[] = [];
  const hidden: string[] = [];
  const paths: string[] = [];
  let left: ReadonlySet<string> = new Set();
  for (const given of words) {
    const word = given.replace(/^(.+)\^!$/, '$1^..$1');
    if (word.includes('...')) {
      const sides = await Promise.all(word.split('...').map((side) => mustResolve(work, side || 'HEAD', word)));
      starts.push(...sides);
      const [first, second] = await Promise.all(sides.map((oid) => reachable(work, [oid], [])));
      const ids = new Set(first?.map(({ oid }) => oid));
      left = ids;
      hidden.push(...(second ?? []).flatMap(({ oid }) => (ids.has(oid) ? [oid] : [])));
      continue;
    }
    const [from, to] = word.includes('..') ? word.split('..') : [undefined, word];
    const oid = await resolve(work, to?.replace(/^\^/, '') || 'HEAD');
    if (oid === undefined && behind === undefined && isInTree(work, word)) {
      paths.push(pathInWork(work, word));
      continue;
    }
    if (word.startsWith('^')) hidden.push(await mustResolve(work, word.slice(1)));
    else starts.push(oid ?? (await mustResolve(work, to || 'HEAD', word)));
    if (from !== undefined) hidden.push(await mustResolve(work, from || 'HEAD', word));
  }
  for (const { ref, oid } of kinds.length === 0 ? [] : await allRefs(work))
    if (kinds.some((kind) => ref.startsWith(`refs/${kind}`))) starts.push(oid);
  if (kinds.includes('')) {
    const head = await resolve(work, 'HEAD');
    if (head !== undefined) starts.push(head);
  }
  if (starts.length === 0) {
    const head = await resolve(work, 'HEAD');
    // All of nothing is nothing.
    if (head === undefined && kinds.length === 0) throw await noCommits(work);
    if (head !== undefined) starts.push(head);
  }
  return { starts, hidden, left, paths: [...paths, ...(behind ?? []).map((path) => pathInWork(work, path))] };
}

/** Commits reached from `starts` and not from `hidden`: newest first, those of one time in the order in which they are met. */
async function reachable(
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
async function followed(work: Work, { oid, commit }: Entry, paths: readonly string[]): Promise<readonly string[]> {
  if (commit.parent.length < 2 || paths.length === 0) return commit.parent;
  const tree = await readTree(work, oid);
  for (const parent of commit.parent)
    if (!differences(await readTree(work, parent), tree).some((path) => matches(path, paths))) return [parent];
  return commit.parent;
}

async function touching(work: Work, commits: readonly Entry[], paths: readonly string[]): Promise<readonly Entry[]> {
  const kept: Entry[] = [];
  for (const entry of commits) {
    const changed = differences(await readTree(work, entry.commit.parent[0]), await readTree(work, entry.oid));
    if (changed.some((path) => matches(path, paths))) kept.push(entry);
  }
  return kept;
}

interface NamedRef {
  readonly ref: string;
  readonly oid: string;
}

/** Every branch, tag and remote branch, and the last stash. */
export async function allRefs(work: Work): Promise<readonly NamedRef[]> {
  const refs: NamedRef[] = [];
  for (const kind of ['heads', 'remotes', 'stash', 'tags']) {
    if (kind === 'stash') {
      const oid = await resolve(work, 'refs/stash');
      if (oid !== undefined) refs.push({ ref: 'refs/stash', oid });
      continue;
    }
    for (const name of await git.listRefs({ ...work, filepath: `refs/${kind}` })) {
      // A packed annotated tag is listed a second time, for the commit behind it.
      if (name.endsWith('^{}')) continue;
      const ref = `refs/${kind}/${name}`;
      const oid = await resolve(work, ref);
      if (oid !== undefined) refs.push({ ref, oid });
    }
  }
  return refs;
}

/** Commit → the names that point at it, as `--decorate` shows them. */
async function decorations(work: Work, full = false): Promise<ReadonlyMap<string, readonly string[]>> {
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

/** How the changes of a merge are shown: against each parent, against the first, or (undefined) as the command does it by itself. */
function mergesAs(flags: ReadonlySet<string>, named?: string): 'each' | 'first' | undefined {
  if (named === undefined ? flags.has('first-parent') : /^(first-parent|1)$/.test(named)) return 'first';
  return (named === undefined ? flags.has('each-parent') : /^(separate|m|on)$/.test(named)) ? 'each' : undefined;
}

/** Commit → its note, out of the tree to which the ref of notes leads. */
async function notesAsked(work: Work, flags: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const named = [...flags].find((flag) => flag.startsWith('notes='))?.slice('notes='.length);
  const ref = named ?? config(work, 'core.notesRef') ?? 'refs/notes/commits';
  const full = ref.startsWith('refs/') ? ref : `refs/notes/${ref}`;
  const oid = flags.has('no-notes') ? undefined : await git.resolveRef({ ...work, ref: full }).catch(() => undefined);
  const notes = new Map<string, string>();
  if (oid === undefined) return notes;
  const title = full === 'refs/notes/commits' ? 'Notes:' : `Notes (${full.replace('refs/notes/', '')}):`;
  for (const [path, file] of await readTree(work, oid))
    notes.set(path.replaceAll('/', ''), `${title}\n${new TextDecoder().decode(await readText(work, file))}`);
  return notes;
}

/** A commit with as much of its changes as is asked for. */
async function showCommit(
  work: Work,
  entry: Entry,
  look: Look,
  parsed: ReturnType<typeof readOptions>,
  names: ReadonlyMap<string, readonly string[]>,
  paths: readonly string[],
): Promise<string> {
  const { oid, commit } = entry;
  const { flags } = parsed;
  const how = commit.parent.length > 1 ? mergesAs(flags, lastValue(parsed, 'merges-as')) : undefined;
  if (how === 'each' && look.from === undefined) {
    const sides: string[] = [];
    for (const from of commit.parent) {
      const side = { oid, commit: { ...commit, parent: [from] } };
      const shown = await showCommit(work, side, { ...look, from, parents: commit.parent }, parsed, names, paths);
      if (shown !== '') sides.push(shown);
    }
    if (sides.length > 0) return sides.join(look.shape === 'line' ? '' : '\n');
  }
  const text = commitText(entry, look, names.get(oid) ?? []);
  if ((!details.some((flag) => flags.has(flag)) && !parsed.values.has('context')) || flags.has('no-patch')) return text;
  if (commit.parent.length > 1 && how !== 'first')
    return flags.has('combined') ? text + (await showMerge(work, entry, look, flags, paths)) : text;
  const before = await readTree(work, commit.parent[0]);
  const after = await readTree(work, oid);
  const letters = lastValue(parsed, 'filter');
  const found = await changesBetween(work, before, after, paths, undefined, leastShare(flags)).catch((error) => {
    // What it is about is told before what is missing of it.
    work.io.stdout(`${text}${look.shape === 'line' ? '' : '\n'}`);
    throw error;
  });
  const changes = found.filter(({ kind }) => letters === undefined || isAskedKind(kind, letters));
  const context = lastValue(parsed, 'context');
  const form = context === undefined || details.some((flag) => flags.has(flag)) ? flags : new Set([...flags, 'patch']);
  const shown = shownAs(changes, form, look.paint, Number(context ?? 3));
  if (look.from !== undefined && shown === '') return '';
  const isBoth = form.has('stat') && form.has('patch');
  const between = look.shape === 'line' || look.format === '' || shown === '' ? '' : isBoth ? '---\n' : '\n';
  return `${text}${flags.has('graph') && shown !== '' ? MESSAGE_END : ''}${between}${shown}`;
}
