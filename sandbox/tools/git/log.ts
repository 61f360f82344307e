import git from 'isomorphic-git';
import { readTree } from '../../forge/index.ts';
import { shownAs } from './diff.ts';
import { failed, fatal, type GitStop, lastValue, type OptionTable, readOptions } from './options.ts';
import { changesBetween } from './patch.ts';
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

const options: OptionTable = {
  ...forms,
  '-n': { as: 'count', value: true },
  '-#': { as: 'count', value: true },
  '--max-count': { as: 'count', value: true },
  '--all': { as: 'all' },
  '--reverse': { as: 'reverse' },
  '--graph': { as: 'graph' },
  '--no-merges': { as: 'no-merges' },
  '--author': { as: 'author', value: true },
  '--grep': { as: 'grep', value: true },
};

/** `git log`: commits, newest first. */
export async function log(work: Work, args: readonly string[]): Promise<number> {
  const { io } = work;
  const parsed = readOptions('log', args, options);
  const { starts, hidden, paths } = await rangeOf(work, parsed.words, parsed.paths, parsed.flags.has('all'));
  let commits = await reachable(work, starts, hidden);
  if (parsed.flags.has('graph') && commits.some(({ commit }) => commit.parent.length > 1)) {
    throw failed("git log: '--graph' of a history with merges is not part of this sandbox");
  }
  if (paths.length > 0) commits = await touching(work, commits, paths);
  if (parsed.flags.has('no-merges')) commits = commits.filter(({ commit }) => commit.parent.length < 2);
  const author = lastValue(parsed, 'author');
  if (author !== undefined)
    commits = commits.filter(({ commit }) => `${commit.author.name} <${commit.author.email}>`.includes(author));
  const grep = lastValue(parsed, 'grep');
  if (grep !== undefined) commits = commits.filter(({ commit }) => commit.message.includes(grep));
  const count = lastValue(parsed, 'count');
  if (count !== undefined) commits = commits.slice(0, Number(count));
  if (parsed.flags.has('reverse')) commits = [...commits].reverse();

  const names = await decorations(work);
  const look = lookOf(work, parsed);
  const shown: string[] = [];
  for (const one of commits) shown.push(await showCommit(work, one, look, parsed, names, paths));
  const text = shown.join(look.shape === 'block' || look.shape === 'separated' ? '\n' : '');
  io.stdout(parsed.flags.has('graph') ? withGraph(text, look) : text);
  return 0;
}

/** A straight history as `--graph` draws it: a star at each commit, a line beside what belongs to it. */
function withGraph(text: string, { shape, paint }: Look): string {
  const first = paint('33', 'commit ').replace('\x1b[m', '');
  const starts = (line: string): boolean => shape !== 'block' || line.startsWith(first);
  const lines = text.split('\n');
  const last = lines.findLastIndex(starts);
  const bar = paint('31', '|');
  const drawn = lines.map((line, at) => {
    if (line === '' && at === lines.length - 1) return '';
    return `${starts(line) ? '*' : at > last ? ' ' : bar} ${line}`;
  });
  return drawn.join('\n');
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
async function rangeOf(work: Work, words: readonly string[], behind: readonly string[] | undefined, all: boolean) {
  const starts: string[] = [];
  const hidden: string[] = [];
  const paths: string[] = [];
  for (const word of words) {
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
  if (all) {
    for (const ref of await allRefs(work)) starts.push(ref.oid);
  }
  if (starts.length === 0) {
    const head = await resolve(work, 'HEAD');
    if (head === undefined) throw await noCommits(work);
    starts.push(head);
  }
  return { starts, hidden, paths: [...paths, ...(behind ?? []).map((path) => pathInWork(work, path))] };
}

/** Commits reached from `starts` and not from `hidden`: newest first, a commit never before its children. */
async function reachable(work: Work, starts: readonly string[], hidden: readonly string[]): Promise<readonly Entry[]> {
  const without = new Set<string>();
  for (const ref of hidden) for (const { oid } of await git.log({ ...work, ref })) without.add(oid);
  const found = new Map<string, Entry>();
  const queue = [...starts];
  for (let oid = queue.pop(); oid !== undefined; oid = queue.pop()) {
    if (found.has(oid) || without.has(oid)) continue;
    const entry = await git.readCommit({ ...work, oid });
    found.set(oid, entry);
    queue.push(...entry.commit.parent);
  }
  return inOrder(found);
}

function inOrder(found: ReadonlyMap<string, Entry>): readonly Entry[] {
  const children = new Map<string, number>();
  for (const { commit } of found.values())
    for (const parent of commit.parent) children.set(parent, (children.get(parent) ?? 0) + 1);
  const ready = [...found.values()].filter(({ oid }) => !children.has(oid));
  const ordered: Entry[] = [];
  for (;;) {
    ready.sort((a, b) => b.commit.committer.timestamp - a.commit.committer.timestamp);
    const next = ready.shift();
    if (next === undefined) return ordered;
    ordered.push(next);
    for (const parent of next.commit.parent) {
      const left = (children.get(parent) ?? 0) - 1;
      children.set(parent, left);
      const entry = found.get(parent);
      if (left === 0 && entry !== undefined) ready.push(entry);
    }
  }
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

/** Every branch, tag and remote branch. */
export async function allRefs(work: Work): Promise<readonly NamedRef[]> {
  const refs: NamedRef[] = [];
  for (const kind of ['heads', 'remotes', 'tags']) {
    for (const name of await git.listRefs({ ...work, filepath: `refs/${kind}` })) {
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
