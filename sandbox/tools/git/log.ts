import * as git from 'isomorphic-git';
import { readTree } from '../../forge/index.ts';
import { secondsOf } from './dates.ts';
import { shownAs } from './diff.ts';
import { drawGraph, topological } from './graph.ts';
import { mergeBases } from './history.ts';
import { failed, fatal, type GitStop, lastValue, type OptionTable, readOptions } from './options.ts';
import { changesBetween, patchOf } from './patch.ts';
import { commitText, type Entry, type Look, lookOf } from './pretty.ts';
import { currentBranch, differences, matches, mustResolve, pathInWork, resolve, type Work } from './work.ts';

const forms: OptionTable = {
  '--oneline': { as: 'oneline' },
  '--stat': { as: 'stat' },
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
  '--no-patch': { as: 'no-patch' },
};

/** The options that ask for what a commit changed. */
const details = ['stat', 'patch', 'name-only', 'name-status', 'shortstat'];

export const logOptions: OptionTable = {
  ...forms,
  '-n': { as: 'count', value: true },
  '-#': { as: 'count', value: true },
  '--max-count': { as: 'count', value: true },
  '--all': { as: 'all' },
  '--reverse': { as: 'reverse' },
  '--graph': { as: 'graph' },
  '--no-merges': { as: 'no-merges' },
  '--merges': { as: 'merges' },
  '--first-parent': { as: 'first-parent' },
  '--follow': { as: 'follow' },
  '--skip': { as: 'skip', value: true },
  '--since': { as: 'since', value: true },
  '--after': { as: 'since', value: true },
  '--until': { as: 'until', value: true },
  '--before': { as: 'until', value: true },
  '--topo-order': { as: 'topo-order' },
  '--date-order': { as: 'date-order' },
  '--branches': { as: 'branches' },
  '--tags': { as: 'tags' },
  '-i': { as: 'ignore-case' },
  '-E': { as: 'extended' },
  '--invert-grep': { as: 'invert-grep' },
  '-S': { as: 'pickaxe', value: true },
  '-G': { as: 'pickaxe-regex', value: true },
  '--author': { as: 'author', value: true },
  '--grep': { as: 'grep', value: true },
};

/** `git log`: commits, newest first. */
export async function log(work: Work, args: readonly string[]): Promise<number> {
  const { io } = work;
  const parsed = readOptions('log', args, logOptions);
  const { history, all, commits, paths } = await historyFor(work, parsed);
  const drawn = parsed.flags.has('graph');
  const names = await decorations(work);
  const look = lookOf(work, parsed);
  const shown: string[] = [];
  for (const one of commits) shown.push(await showCommit(work, one, look, parsed, names, paths));
  const between = look.shape === 'block' || look.shape === 'separated' ? '\n' : '';
  io.stdout(
    drawn
      ? graphOf(history, all, commits, shown, look, parsed.flags.has('first-parent') ? 1 : 99)
      : shown.join(between),
  );
  return 0;
}

/** What a `log` is asked for, before it is shown: all commits of the range, those that pass the filters, those that are counted. */
export async function historyFor(work: Work, parsed: ReturnType<typeof readOptions>) {
  const { flags } = parsed;
  const { starts, hidden, paths } = await rangeOf(work, parsed.words, parsed.paths, flags);
  const inTime = await reachable(work, starts, hidden);
  const history = flags.has('graph') || flags.has('topo-order') ? topological(inTime) : inTime;
  let commits = await chosen(work, history, parsed);
  if (paths.length > 0)
    commits = flags.has('follow')
      ? await following(work, commits, paths[0] ?? '')
      : await touching(work, commits, paths);
  const all = commits;
  commits = commits.slice(Number(lastValue(parsed, 'skip') ?? 0));
  const count = lastValue(parsed, 'count');
  if (count !== undefined) commits = commits.slice(0, Number(count));
  if (flags.has('reverse')) commits = [...commits].reverse();

  return { history, all, commits, paths };
}

/** The commits that the options let through. */
async function chosen(
  work: Work,
  commits: readonly Entry[],
  parsed: ReturnType<typeof readOptions>,
): Promise<readonly Entry[]> {
  const { flags } = parsed;
  const expressions = (name: string): readonly RegExp[] =>
    (parsed.values.get(name) ?? []).map(
      (text) => new RegExp(flags.has('extended') ? text : basic(text), flags.has('ignore-case') ? 'im' : 'm'),
    );
  const [authors, greps] = [expressions('author'), expressions('grep')];
  const now = Math.floor(work.io.machine.kernel.now() / 1000);
  const [since, until] = ['since', 'until'].map((name) => {
    const text = lastValue(parsed, name);
    return text === undefined ? undefined : momentOf(text, now);
  });
  let kept = commits.filter(({ commit }) => {
    const { author, committer, message, parent } = commit;
    if (flags.has('no-merges') && parent.length > 1) return false;
    if (flags.has('merges') && parent.length < 2) return false;
    if (authors.length > 0 && !authors.some((one) => one.test(`${author.name} <${author.email}>`))) return false;
    if (greps.length > 0 && greps.some((one) => one.test(message)) === flags.has('invert-grep')) return false;
    return (
      (since === undefined || committer.timestamp >= since) && (until === undefined || committer.timestamp <= until)
    );
  });
  if (flags.has('first-parent')) {
    const parents = new Map(commits.map(({ oid, commit }) => [oid, commit.parent[0]]));
    const main = new Set<string>();
    for (let oid = commits[0]?.oid; oid !== undefined; oid = parents.get(oid)) main.add(oid);
    kept = kept.filter(({ oid }) => main.has(oid));
  }
  const text = lastValue(parsed, 'pickaxe');
  const regex = lastValue(parsed, 'pickaxe-regex');
  if (text === undefined && regex === undefined) return kept;
  const counted = (bytes: Uint8Array): number => new TextDecoder().decode(bytes).split(text ?? '').length;
  const found: Entry[] = [];
  for (const entry of kept) {
    if (entry.commit.parent.length > 1) continue;
    const [before, after] = [await readTree(work, entry.commit.parent[0]), await readTree(work, entry.oid)];
    const changes = await changesBetween(work, before, after, []);
    const touched = changes.some((change) =>
      regex === undefined
        ? counted(change.oldBytes) !== counted(change.newBytes)
        : patchOf(change, (_, line) => line, 0)
            .split('\n')
            .some((line) => /^[+-](?![+-]{2} )/.test(line) && new RegExp(regex).test(line.slice(1))),
    );
    if (touched) found.push(entry);
  }
  return found;
}

/** A basic regular expression: `+ ? | ( ) {` stand for themselves unless a backslash is before them. */
function basic(text: string): string {
  return text.replace(/\\?[+?|(){}]/g, (sign) => (sign.length === 2 ? sign.slice(1) : `\\${sign}`));
}

/** Seconds since 1970 of `2026-03-01`, `2 days ago`, `yesterday`. */
function momentOf(text: string, now: number): number {
  const units: Readonly<Record<string, number>> = {
    second: 1,
    minute: 60,
    hour: 3600,
    day: 86400,
    week: 604800,
    month: 2629746,
    year: 31556952,
  };
  const [, count, unit] = /^(\d+)[ .](second|minute|hour|day|week|month|year)s?(?:[ .]ago)?$/.exec(text.trim()) ?? [];
  if (count !== undefined) return now - Number(count) * (units[unit ?? ''] ?? 0);
  if (text === 'yesterday') return now - 86400;
  if (text === 'now') return now;
  const [, year, month, day, hours = '0', minutes = '0', seconds = '0'] =
    /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?/.exec(text) ?? [];
  if (year === undefined) throw failed(`git log: the date '${text}' is not part of this sandbox`);
  return (
    secondsOf(Number(year), Number(month), Number(day)) + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  );
}

/** The history as a drawing: a parent that is not shown stands for the next of its ancestors that is. */
function graphOf(
  history: readonly Entry[],
  all: readonly Entry[],
  shown: readonly Entry[],
  texts: readonly string[],
  { paint, shape }: Look,
  most: number,
): string {
  const parents = new Map(history.map(({ oid, commit }) => [oid, commit.parent]));
  const visible = new Set(all.map(({ oid }) => oid));
  const drawn = (oid: string): readonly string[] =>
    visible.has(oid) ? [oid] : (parents.get(oid) ?? []).slice(0, 1).flatMap(drawn);
  const drawing = drawGraph(
    shown.map(({ oid, commit }, at) => ({
      oid,
      parents: [...new Set(commit.parent.slice(0, most).flatMap(drawn))],
      text: texts[at] ?? '',
    })),
    shape === 'block',
    paint,
  );
  return shape === 'separated' ? drawing.replace(/\n$/, '') : drawing;
}

/** `git show`: a commit with its patch; a file of a commit (`HEAD:path`). */
export async function show(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('show', args, forms);
  const look = lookOf(work, parsed);
  const asked = (parsed.paths ?? []).map((one) => pathInWork(work, one));
  const flags = details.some((flag) => parsed.flags.has(flag)) ? parsed.flags : new Set([...parsed.flags, 'patch']);
  for (const name of parsed.words.length === 0 ? ['HEAD'] : parsed.words) {
    const [ref = '', path] = name.includes(':') ? name.split(':') : [name];
    if (name === 'HEAD' && (await resolve(work, name)) === undefined) throw await noCommits(work);
    const oid = await mustResolve(work, ref);
    if (path !== undefined) {
      const file = (await readTree(work, oid)).get(path);
      if (file === undefined) throw fatal(`path '${path}' does not exist in '${ref}'`);
      work.io.stdout((await git.readBlob({ ...work, oid: file.oid })).blob);
      continue;
    }
    work.io.stdout(await tagText(work, name, look));
    const entry = await git.readCommit({ ...work, oid });
    const text = await showCommit(work, entry, look, { ...parsed, flags }, await decorations(work), asked);
    work.io.stdout(look.shape === 'separated' && !text.endsWith('\n') ? `${text}\n` : text);
  }
  return 0;
}

/** What an annotated tag says of itself; '' for any other name. */
async function tagText(work: Work, name: string, look: Look): Promise<string> {
  const oid = await git.resolveRef({ ...work, ref: `refs/tags/${name}` }).catch(() => undefined);
  const read = oid === undefined ? undefined : await git.readObject({ ...work, oid, format: 'parsed' });
  if (oid === undefined || read?.type !== 'tag') return '';
  const { tag } = await git.readTag({ ...work, oid });
  const who = tag.tagger === undefined ? '' : `Tagger: ${tag.tagger.name} <${tag.tagger.email}>\n`;
  const date = tag.tagger === undefined ? '' : `Date:   ${look.date(tag.tagger)}\n`;
  return `${look.paint('33', `tag ${tag.tag}`)}\n${who}${date}\n${tag.message.trimEnd()}\n\n`;
}

async function noCommits(work: Work): Promise<GitStop> {
  return fatal(`your current branch '${await currentBranch(work)}' does not have any commits yet`);
}

/** What a `log` is asked for: `a`, `a..b`, `^a`, and paths. */
async function rangeOf(
  work: Work,
  words: readonly string[],
  behind: readonly string[] | undefined,
  flags: ReadonlySet<string>,
) {
  const starts: string[] = [];
  const hidden: string[] = [];
  const paths: string[] = [];
  for (const word of words) {
    if (word.includes('...')) {
      const [left, right] = await Promise.all(word.split('...').map((name) => mustResolve(work, name || 'HEAD')));
      starts.push(left ?? '', right ?? '');
      hidden.push(...(await mergeBases(work, left ?? '', right ?? '')));
      continue;
    }
    const [from, to] = word.includes('..') ? word.split('..') : [undefined, word];
    const oid = await resolve(work, to?.replace(/^\^/, '') || 'HEAD');
    if (
      oid === undefined &&
      behind === undefined &&
      work.io.machine.files.exists(`${work.dir}/${pathInWork(work, word)}`)
    ) {
      paths.push(pathInWork(work, word));
      continue;
    }
    if (word.startsWith('^')) hidden.push(await mustResolve(work, word.slice(1)));
    else starts.push(oid ?? (await mustResolve(work, to || 'HEAD')));
    if (from !== undefined) hidden.push(await mustResolve(work, from || 'HEAD'));
  }
  const kinds = flags.has('all')
    ? ['heads', 'remotes', 'tags']
    : ['branches', 'tags'].filter((one) => flags.has(one)).map((one) => (one === 'branches' ? 'heads' : one));
  for (const { ref, oid } of kinds.length === 0 ? [] : await allRefs(work))
    if (kinds.some((kind) => ref.startsWith(`refs/${kind}/`))) starts.push(oid);
  if (flags.has('all')) {
    const head = await resolve(work, 'HEAD');
    if (head !== undefined) starts.push(head);
  }
  if (starts.length === 0) {
    const head = await resolve(work, 'HEAD');
    if (head === undefined) throw await noCommits(work);
    starts.push(head);
  }
  return { starts, hidden, paths: [...paths, ...(behind ?? []).map((path) => pathInWork(work, path))] };
}

/** Commits reached from `starts` and not from `hidden`: newest first, those of one time in the order in which they are met. */
async function reachable(work: Work, starts: readonly string[], hidden: readonly string[]): Promise<readonly Entry[]> {
  const seen = new Set<string>();
  for (const ref of hidden) for (const { oid } of await git.log({ ...work, ref })) seen.add(oid);
  const queue: Entry[] = [];
  const ordered: Entry[] = [];
  const meet = async (oid: string): Promise<void> => {
    if (seen.has(oid)) return;
    seen.add(oid);
    const entry = await git.readCommit({ ...work, oid });
    const later = queue.findIndex(({ commit }) => commit.committer.timestamp < entry.commit.committer.timestamp);
    queue.splice(later < 0 ? queue.length : later, 0, entry);
  };
  for (const oid of starts) await meet(oid);
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    ordered.push(next);
    for (const parent of next.commit.parent) await meet(parent);
  }
  return ordered;
}

async function touching(work: Work, commits: readonly Entry[], paths: readonly string[]): Promise<readonly Entry[]> {
  const kept: Entry[] = [];
  for (const entry of commits) {
    const changed = differences(await readTree(work, entry.commit.parent[0]), await readTree(work, entry.oid));
    if (changed.some((path) => matches(path, paths))) kept.push(entry);
  }
  return kept;
}

/** `--follow`: the commits that changed one file, under the names that it had. */
async function following(work: Work, commits: readonly Entry[], path: string): Promise<readonly Entry[]> {
  const kept: Entry[] = [];
  let name = path;
  for (const entry of commits) {
    const [before, after] = [await readTree(work, entry.commit.parent[0]), await readTree(work, entry.oid)];
    const change = (await changesBetween(work, before, after, [])).find((one) => one.path === name);
    if (change === undefined) continue;
    kept.push(entry);
    name = change.from ?? name;
  }
  return kept;
}

interface NamedRef {
  readonly ref: string;
  readonly oid: string;
}

/** Every branch, tag and remote branch. */
export async function allRefs(work: Work): Promise<readonly NamedRef[]> {
  const refs: NamedRef[] = [];
  for (const kind of ['heads', 'remotes', 'tags']) {
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
async function decorations(work: Work): Promise<ReadonlyMap<string, readonly string[]>> {
  const branch = await currentBranch(work);
  const head = await resolve(work, 'HEAD');
  const names = new Map<string, string[]>();
  const put = (oid: string, name: string): void => void names.set(oid, [...(names.get(oid) ?? []), name]);
  if (head !== undefined) put(head, branch === undefined ? 'HEAD' : `HEAD -> ${branch}`);
  const refs = [...(await allRefs(work))].reverse();
  for (const { ref, oid } of refs.filter(({ ref }) => ref.startsWith('refs/tags/')))
    put(oid, `tag: ${ref.slice('refs/tags/'.length)}`);
  for (const { ref, oid } of refs.filter(({ ref }) => ref.startsWith('refs/remotes/')))
    put(oid, ref.slice('refs/remotes/'.length));
  for (const { ref, oid } of refs.filter(({ ref }) => ref.startsWith('refs/heads/') && ref !== `refs/heads/${branch}`))
    put(oid, ref.slice('refs/heads/'.length));
  return names;
}

/** A commit with as much of its changes as is asked for. */
async function showCommit(
  work: Work,
  entry: Entry,
  look: Look,
  { flags }: ReturnType<typeof readOptions>,
  names: ReadonlyMap<string, readonly string[]>,
  paths: readonly string[],
): Promise<string> {
  const text = commitText(entry, look, names.get(entry.oid) ?? []);
  const { oid, commit } = entry;
  if (!details.some((flag) => flags.has(flag)) || flags.has('no-patch') || commit.parent.length > 1) return text;
  const changes = await changesBetween(work, await readTree(work, commit.parent[0]), await readTree(work, oid), paths);
  const shown = shownAs(changes, flags, look.paint);
  return `${text}${look.shape === 'line' || look.format === '' || shown === '' ? '' : '\n'}${shown}`;
}
