import { diffArrays } from 'diff';
import { readText, zone } from '../../forge/git/index.ts';
import { readTree, type TreeFile } from '../../forge/index.ts';
import { reachableFrom } from './history.ts';
import { ignoredRevs, likeLines } from './ignored-revs.ts';
import { fatal, GitStop, lastValue, type OptionTable, readOptions, UsageStop } from './options.ts';
import { changesBetween } from './patch.ts';
import { isInTree, pathInWork } from './pathspec.ts';
import { dateForm, type Entry } from './pretty.ts';
import { mustResolve, resolve } from './revisions.ts';
import type { Work } from './work.ts';

const options: OptionTable = {
  '-L': { as: 'lines', value: true },
  '-l': { as: 'long' },
  '-f': { as: 'show-name' },
  '--show-name': { as: 'show-name' },
  '-n': { as: 'show-number' },
  '--show-number': { as: 'show-number' },
  '--root': { as: 'root' },
  '--date': { as: 'date', value: true },
  '-s': { as: 'short' },
  '-t': { as: 'raw-time' },
  '-c': { as: 'tabs' },
  '-e': { as: 'email' },
  '--show-email': { as: 'email' },
  '-M': { as: 'moved' },
  '-C': { as: 'copied' },
  '--minimal': { as: 'minimal' },
  '--progress': { as: 'progress' },
  '--no-progress': { as: 'no-progress' },
  '--no-color': { as: 'no-color' },
  '-w': { as: 'ignore-space' },
  '--ignore-rev': { as: 'ignore', value: true },
  '--ignore-revs-file': { as: 'ignore-file', value: true },
  '-p': { as: 'porcelain' },
  '--porcelain': { as: 'porcelain' },
  '--line-porcelain': { as: 'line-porcelain' },
};

/** `git annotate`: `git blame` in an older form. */
export const annotate = (work: Work, args: readonly string[]): Promise<number> => blame(work, ['-c', ...args]);

/** `git blame`: which commit gave each line of a file its present form. */
export async function blame(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('blame', args, options);
  const words = [...parsed.words, ...(parsed.paths ?? [])];
  // `FILE REVISION` is understood too, where only one of them can be the file.
  const isTurned = parsed.paths === undefined && words.length === 2 && isInTree(work, words[0] ?? '');
  const [revision, name] = words.length > 1 ? (isTurned ? [...words].reverse() : words) : [undefined, words[0]];
  if (name === undefined) throw new UsageStop('blame');
  const path = pathInWork(work, name);
  if (revision === undefined && (await resolve(work, 'HEAD')) === undefined) throw fatal('no such ref: HEAD');
  const start = await mustResolve(work, revision ?? 'HEAD');
  const last = (await readTree(work, start)).get(path);
  if (last === undefined) throw fatal(`no such path '${path}' in ${revision ?? 'HEAD'}`);
  const committed = linesOf(new TextDecoder().decode(await readText(work, last)));
  const { files } = work.io.machine;
  const inWork = revision === undefined && files.exists(`${work.dir}/${path}`);
  const shown = inWork ? linesOf(files.readText(`${work.dir}/${path}`)) : committed;
  const lines: (Line | undefined)[] = shown.map(() => undefined);
  const bare = parsed.flags.has('ignore-space') ? (line: string) => line.replaceAll(/\s/g, '') : undefined;
  const ignored = await ignoredRevs(work, parsed);
  const owners = await ownersOf(work, { path, start, text: committed, bare, ignored });
  for (const [mine, theirs] of sameLines(committed, shown)) lines[theirs] = owners[mine];
  const [from, to] = rangeOf(lastValue(parsed, 'lines'), shown, path);
  const chosen = lines.slice(from - 1, to);
  const who = (line: Line | undefined): string =>
    line === undefined
      ? 'Not Committed Yet'
      : parsed.flags.has('email')
        ? `<${line.entry.commit.author.email}>`
        : line.entry.commit.author.name;
  const width = Math.max(0, ...chosen.map((line) => who(line).length));
  const digits = String(to).length;
  if (parsed.flags.has('porcelain') || parsed.flags.has('line-porcelain')) {
    const texts = chosen.map((line, at) => ({ line, text: shown[from - 1 + at] ?? '', number: from + at }));
    work.io.stdout(porcelain(texts, parsed.flags.has('line-porcelain')));
    return 0;
  }
  const names = chosen.map((line) => line?.path ?? path);
  const named = parsed.flags.has('show-name') || names.some((name) => name !== path);
  const nameWidth = Math.max(...names.map((name) => name.length));
  const numberWidth = String(Math.max(...chosen.map((line, at) => line?.number ?? from + at))).length;
  const date = parsed.flags.has('raw-time') ? 'raw' : (lastValue(parsed, 'date') ?? 'iso');
  const when = dateForm(date, Math.floor(work.io.machine.kernel.now() / 1000));
  const dates = chosen.map((line) => when(line?.entry.commit.author ?? momentNow(work)));
  const dateWidth = Math.max(...dates.map((text) => text.length));
  const length = parsed.flags.has('long') ? 40 : (work.abbrev ?? 7) + 1;
  for (const [at, line] of chosen.entries()) {
    const root = line !== undefined && line.entry.commit.parent.length === 0 && !parsed.flags.has('root');
    const oid = line?.entry.oid ?? '0'.repeat(40);
    const name = named ? ` ${(names[at] ?? '').padEnd(nameWidth)}` : '';
    const own = parsed.flags.has('show-number') ? ` ${String(line?.number ?? from + at).padStart(numberWidth)}` : '';
    const id = `${root ? `^${oid.slice(0, length - 1)}` : oid.slice(0, length)}${name}${own}`;
    if (parsed.flags.has('tabs')) {
      const facts = [who(line).padStart(10), (dates[at] ?? '').padStart(10), `${from + at})${shown[from - 1 + at]}`];
      work.io.stdout(`${oid.slice(0, length)}\t(${facts.join('\t')}\n`);
      continue;
    }
    const number = String(from + at).padStart(digits);
    const author = parsed.flags.has('short')
      ? `${number})`
      : `(${who(line).padEnd(width)} ${(dates[at] ?? '').padEnd(dateWidth)} ${number})`;
    work.io.stdout(`${id} ${author} ${shown[from - 1 + at]}\n`);
  }
  return 0;
}

interface Line {
  readonly entry: Entry;
  /** Its number in that commit, from 1. */
  readonly number: number;
  /** The name of the file then. */
  readonly path: string;
}

/** `--porcelain`: the commit's facts with its first line, or with each ("THE PORCELAIN FORMAT" of git-blame). */
function porcelain(
  lines: readonly { readonly line: Line | undefined; readonly text: string; readonly number: number }[],
  each: boolean,
): string {
  const told = new Set<string>();
  return lines
    .map(({ line, text, number }, at) => {
      const oid = line?.entry.oid ?? '0'.repeat(40);
      const before = lines[at - 1];
      const isFollowing = before !== undefined && (before.line?.entry.oid ?? '0'.repeat(40)) === oid;
      let size = 1;
      while (lines[at + size] !== undefined && (lines[at + size]?.line?.entry.oid ?? '0'.repeat(40)) === oid) size += 1;
      const head = `${oid} ${line?.number ?? number} ${number}${isFollowing ? '' : ` ${size}`}\n`;
      const facts = line !== undefined && (each || !told.has(oid)) ? factsOf(line.entry, line.path) : '';
      told.add(oid);
      return `${head}${facts}\t${text}\n`;
    })
    .join('');
}

function factsOf({ commit }: Entry, path: string): string {
  const { author, committer, message, parent } = commit;
  const person = (role: string, { name, email, timestamp, timezoneOffset }: typeof author): string =>
    `${role} ${name}\n${role}-mail <${email}>\n${role}-time ${timestamp}\n${role}-tz ${zone(timezoneOffset)}\n`;
  const end = parent[0] === undefined ? 'boundary\n' : `previous ${parent[0]} ${path}\n`;
  return `${person('author', author)}${person('committer', committer)}summary ${message.split('\n')[0]}\n${end}filename ${path}\n`;
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** Lines that both texts have: number before, number after. */
function sameLines(before: string[], after: string[]): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  let [old, now] = [0, 0];
  for (const { added, removed, count = 0 } of diffArrays(before, after)) {
    if (added) now += count;
    else if (removed) old += count;
    else for (let step = 0; step < count; step++) pairs.push([old++, now++]);
  }
  return pairs;
}

/** The commit of each line: a line passes to the first parent that has it too, under the name that the file had there. */
interface Asked {
  readonly path: string;
  readonly start: string;
  readonly text: readonly string[];
  /** What of a line counts when two are compared. */
  readonly bare: ((line: string) => string) | undefined;
  readonly ignored: ReadonlySet<string>;
}

async function ownersOf(work: Work, { path, start, text, bare, ignored }: Asked): Promise<readonly Line[]> {
  const history = await reachableFrom(work, [start], undefined, false);
  const owners: (Line | undefined)[] = text.map(() => undefined);
  const whole = new Map(text.map((_, at) => [at, at]));
  // Commit → name → line there → line at last.
  const suspects = new Map([[start, new Map([[path, whole]])]]);
  const textAt = async (file: TreeFile): Promise<string[]> => {
    const lines = linesOf(new TextDecoder().decode(await readText(work, file)));
    return bare === undefined ? lines : lines.map(bare);
  };
  for (const entry of history) {
    for (const [name, held] of suspects.get(entry.oid) ?? []) {
      const tree = await readTree(work, entry.oid);
      const file = tree.get(name);
      const own = file === undefined ? [] : await textAt(file);
      for (const parent of entry.commit.parent) {
        const before = await readTree(work, parent);
        const old = before.has(name)
          ? name
          : (await changesBetween(work, before, tree, [])).find((change) => change.path === name)?.from;
        const oldFile = before.get(old ?? '');
        if (old === undefined || oldFile === undefined) continue;
        const names = suspects.get(parent) ?? new Map<string, Map<number, number>>();
        const passed = names.get(old) ?? new Map<number, number>();
        const same =
          oldFile.oid === file?.oid ? own.map((_, at) => [at, at] as const) : sameLines(await textAt(oldFile), own);
        const like = ignored.has(entry.oid) && oldFile.oid !== file?.oid ? likeLines(await textAt(oldFile), own) : [];
        for (const [theirs, mine] of [...same, ...like]) {
          const final = held.get(mine);
          if (final === undefined) continue;
          passed.set(theirs, final);
          held.delete(mine);
        }
        suspects.set(parent, names.set(old, passed));
      }
      for (const [at, final] of held) owners[final] = { entry, number: at + 1, path: name };
    }
  }
  return owners.flatMap((one) => (one === undefined ? [] : [one]));
}

/** `2,4`, `2,+3`, `2`, `/words/,+1` → first and last line. */
function rangeOf(given: string | undefined, lines: readonly string[], path: string): readonly [number, number] {
  const count = lines.length;
  const find = (pattern: string, after: number): string => {
    const at = lines.findIndex((line, number) => number >= after && new RegExp(pattern).test(line));
    if (at < 0) throw fatal(`-L parameter '${pattern}' starting at line ${after + 1}: No match`);
    return String(at + 1);
  };
  const begun = given?.replace(/^\/((?:[^/\\]|\\.)*)\//, (_, pattern: string) => find(pattern, 0));
  const asked = begun?.replace(
    /,\/((?:[^/\\]|\\.)*)\/$/,
    (_, pattern: string) => `,${find(pattern, Number.parseInt(begun, 10))}`,
  );
  if (asked === undefined) return [1, count];
  const [whole, first = '1', plus, second] = /^(\d*)(?:,([+-]?)(\d*))?$/.exec(asked) ?? [];
  if (whole === undefined) throw new GitStop('usage: git blame [<options>] [<rev-opts>] [<rev>] [--] <file>', 129);
  const from = Number(first || 1);
  if (from > count) throw fatal(`file ${path} has only ${count} line${count === 1 ? '' : 's'}`);
  const to = second === undefined || second === '' ? count : plus === '+' ? from + Number(second) - 1 : Number(second);
  if (plus === '-') return [Math.max(1, from - Number(second) + 1), from];
  return [from, Math.min(to, count)];
}

const momentNow = ({ io }: Work) => ({
  name: '',
  email: '',
  timestamp: Math.floor(io.machine.kernel.now() / 1000),
  timezoneOffset: 0,
});
