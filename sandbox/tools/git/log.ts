import git, { type ReadCommitResult } from 'isomorphic-git';
import { readTree } from '../../forge/index.ts';
import { calendar, dateOf, type Person, zone } from './commit.ts';
import { shownAs } from './diff.ts';
import { failed, fatal, lastValue, type OptionTable, painter, readOptions } from './options.ts';
import { changesBetween } from './patch.ts';
import { currentBranch, differences, matches, mustResolve, pathInWork, resolve, short, type Work } from './work.ts';

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
};

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
  const shown: string[] = [];
  for (const one of commits) shown.push(await showCommit(work, one, parsed, names, paths));
  const separate = isOneLine(parsed) || lastValue(parsed, 'format') !== undefined ? '' : '\n';
  const text = shown.join(separate);
  io.stdout(parsed.flags.has('graph') ? withGraph(text, parsed) : text);
  return 0;
}

/** A straight history as `--graph` draws it. */
function withGraph(text: string, parsed: ReturnType<typeof readOptions>): string {
  const oneLine = isOneLine(parsed);
  const lines = text.split('\n').slice(0, -1);
  return (
    lines.map((line) => `${oneLine || line.startsWith('commit ') ? '* ' : '| '}${line}`.trimEnd()).join('\n') +
    (lines.length > 0 ? '\n' : '')
  );
}

type Entry = Pick<ReadCommitResult, 'oid' | 'commit'>;

/** `git show`: a commit with its patch; a file of a commit (`HEAD:path`). */
export async function show(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('show', args, forms);
  for (const name of parsed.words.length === 0 ? ['HEAD'] : parsed.words) {
    const [ref = '', path] = name.includes(':') ? name.split(':') : [name];
    const oid = await mustResolve(work, ref);
    if (path !== undefined) {
      const file = (await readTree(work, oid)).get(path);
      if (file === undefined) throw fatal(`path '${path}' does not exist in '${ref}'`);
      work.io.stdout((await git.readBlob({ ...work, oid: file.oid })).blob);
      continue;
    }
    const entry = await git.readCommit({ ...work, oid });
    const asked = (parsed.paths ?? []).map((one) => pathInWork(work, one));
    const flags = ['stat', 'name-only', 'name-status', 'shortstat'].some((flag) => parsed.flags.has(flag))
      ? parsed.flags
      : new Set([...parsed.flags, 'patch']);
    work.io.stdout(await showCommit(work, entry, { ...parsed, flags }, await decorations(work), asked));
  }
  return 0;
}

function isOneLine(parsed: ReturnType<typeof readOptions>): boolean {
  return parsed.flags.has('oneline') || lastValue(parsed, 'format') === 'oneline';
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
    if (head === undefined)
      throw fatal(`your current branch '${await currentBranch(work)}' does not have any commits yet`);
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

async function showCommit(
  work: Work,
  { oid, commit }: Entry,
  parsed: ReturnType<typeof readOptions>,
  names: ReadonlyMap<string, readonly string[]>,
  paths: readonly string[],
): Promise<string> {
  const paint = parsed.flags.has('no-color') ? (_: string, text: string) => text : painter(work.io);
  const decorate = parsed.flags.has('decorate') || (work.io.isTerminal && !parsed.flags.has('no-decorate'));
  const named = names.get(oid) ?? [];
  const suffix = decorate && named.length > 0 ? paint('33', ` (${named.join(', ')})`) : '';
  const author = personOf(commit.author);
  const format = lastValue(parsed, 'format');
  const indented = commit.message
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');

  let text: string;
  if (isOneLine(parsed)) text = `${paint('33', short(oid))}${suffix} ${commit.message.split('\n')[0]}\n`;
  else if (format !== undefined && !['medium', 'short', 'full'].includes(format))
    text = `${fillIn(format, oid, commit, named)}\n`;
  else {
    const merge = commit.parent.length > 1 ? `Merge: ${commit.parent.map(short).join(' ')}\n` : '';
    const date =
      format === 'short' || format === 'full'
        ? ''
        : `Date:   ${dateOf(author).replace(/^(\w+ \w+) (\d) /, '$1 $2 ')}\n`;
    const committer = format === 'full' ? `Commit: ${commit.committer.name} <${commit.committer.email}>\n` : '';
    text = `${paint('33', `commit ${oid}`)}${suffix}\n${merge}Author: ${author.name} <${author.email}>\n${committer}${date}\n${indented}\n`;
  }
  const flags = parsed.flags;
  if (
    !['stat', 'patch', 'name-only', 'name-status', 'shortstat'].some((flag) => flags.has(flag)) ||
    commit.parent.length > 1
  )
    return text;
  const changes = await changesBetween(work, await readTree(work, commit.parent[0]), await readTree(work, oid), paths);
  const details = shownAs(changes, flags, paint);
  return `${text}${isOneLine(parsed) || details === '' ? '' : '\n'}${details}`;
}

function personOf({ name, email, timestamp, timezoneOffset }: Person): Person {
  return { name, email, timestamp, timezoneOffset };
}

/** The placeholders of `--format`. */
function fillIn(format: string, oid: string, commit: Entry['commit'], names: readonly string[]): string {
  const [subject = '', , ...body] = commit.message.trimEnd().split('\n');
  const iso = (person: Person): string => {
    const { year, month, day, time } = calendar(person.timestamp - person.timezoneOffset * 60);
    return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')} ${time} ${zone(person.timezoneOffset)}`;
  };
  const values: Readonly<Record<string, () => string>> = {
    H: () => oid,
    h: () => short(oid),
    T: () => commit.tree,
    P: () => commit.parent.join(' '),
    p: () => commit.parent.map(short).join(' '),
    an: () => commit.author.name,
    ae: () => commit.author.email,
    ad: () => dateOf(commit.author),
    ai: () => iso(commit.author),
    as: () => iso(commit.author).slice(0, 10),
    at: () => String(commit.author.timestamp),
    cn: () => commit.committer.name,
    ce: () => commit.committer.email,
    cd: () => dateOf(commit.committer),
    ci: () => iso(commit.committer),
    cs: () => iso(commit.committer).slice(0, 10),
    ct: () => String(commit.committer.timestamp),
    s: () => subject,
    b: () => (body.length === 0 ? '' : `${body.join('\n')}\n`),
    B: () => commit.message,
    d: () => (names.length === 0 ? '' : ` (${names.join(', ')})`),
    D: () => names.join(', '),
    n: () => '\n',
    '%': () => '%',
  };
  return format.replace(/^t?format:/, '').replaceAll(/%([aAcC][a-zA-Z]|[A-Za-z%])/g, (mark, name: string) => {
    const value = Object.hasOwn(values, name)
      ? values[name]?.()
      : Object.hasOwn(values, name[0] ?? '')
        ? `${values[name[0] ?? '']?.()}${name.slice(1)}`
        : undefined;
    if (value === undefined) throw failed(`git log: '${mark}' is not part of this sandbox`);
    return value;
  });
}
