import { diffArrays } from 'diff';
import { readText, zone } from '../../forge/git/index.ts';
import { readTree } from '../../forge/index.ts';
import { calendar } from './dates.ts';
import { reachableFrom } from './log.ts';
import { fatal, lastValue, type OptionTable, readOptions } from './options.ts';
import type { Entry } from './pretty.ts';
import { mustResolve, pathInWork, type Work } from './work.ts';

const options: OptionTable = {
  '-L': { as: 'lines', value: true },
  '-s': { as: 'short' },
  '-e': { as: 'email' },
  '-w': { as: 'ignore-space' },
  '-p': { as: 'porcelain' },
  '--porcelain': { as: 'porcelain' },
  '--line-porcelain': { as: 'line-porcelain' },
};

/** `git blame`: which commit gave each line of a file its present form. */
export async function blame(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('blame', args, options);
  const words = [...parsed.words, ...(parsed.paths ?? [])];
  const [revision, name] = words.length > 1 ? words : [undefined, words[0]];
  if (name === undefined) throw fatal('usage: git blame [<options>] [<rev>] [--] <file>');
  const path = pathInWork(work, name);
  const start = await mustResolve(work, revision ?? 'HEAD');
  const last = (await readTree(work, start)).get(path);
  if (last === undefined) throw fatal(`no such path '${path}' in ${revision ?? 'HEAD'}`);
  const committed = linesOf(new TextDecoder().decode(await readText(work, last)));
  const { files } = work.io.machine;
  const inWork = revision === undefined && files.exists(`${work.dir}/${path}`);
  const shown = inWork ? linesOf(files.readText(`${work.dir}/${path}`)) : committed;
  const lines: (Line | undefined)[] = shown.map(() => undefined);
  const owners = await ownersOf(work, path, start, committed);
  for (const [mine, theirs] of sameLines(committed, shown)) lines[theirs] = owners[mine];
  const [from, to] = rangeOf(lastValue(parsed, 'lines'), shown.length, path);
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
    work.io.stdout(porcelain(texts, path, parsed.flags.has('line-porcelain')));
    return 0;
  }
  for (const [at, line] of chosen.entries()) {
    const root = line !== undefined && line.entry.commit.parent.length === 0;
    const id = line === undefined ? '00000000' : root ? `^${line.entry.oid.slice(0, 7)}` : line.entry.oid.slice(0, 8);
    const number = String(from + at).padStart(digits);
    const author = parsed.flags.has('short')
      ? `${number})`
      : `(${who(line).padEnd(width)} ${stamp(work, line)} ${number})`;
    work.io.stdout(`${id} ${author} ${shown[from - 1 + at]}\n`);
  }
  return 0;
}

interface Line {
  readonly entry: Entry;
  /** Its number in that commit, from 1. */
  readonly number: number;
}

/** `--porcelain`: the commit's facts with its first line, or with each ("THE PORCELAIN FORMAT" of git-blame). */
function porcelain(
  lines: readonly { readonly line: Line | undefined; readonly text: string; readonly number: number }[],
  path: string,
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
      const facts = line !== undefined && (each || !told.has(oid)) ? factsOf(line.entry, path) : '';
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

/** The commit of each line: a line passes to the first parent that has it too. */
async function ownersOf(work: Work, path: string, start: string, text: string[]): Promise<readonly Line[]> {
  const history = await reachableFrom(work, [start], undefined, false);
  const owners: (Line | undefined)[] = text.map(() => undefined);
  const suspects = new Map<string, Map<number, number>>([[start, new Map(text.map((_, at) => [at, at]))]]);
  const textAt = async (oid: string): Promise<string[]> => {
    const file = (await readTree(work, oid)).get(path);
    return file === undefined ? [] : linesOf(new TextDecoder().decode(await readText(work, file)));
  };
  for (const entry of history) {
    const held = suspects.get(entry.oid);
    if (held === undefined) continue;
    const own = await textAt(entry.oid);
    for (const parent of entry.commit.parent) {
      const passed = suspects.get(parent) ?? new Map<number, number>();
      for (const [theirs, mine] of sameLines(await textAt(parent), own)) {
        const final = held.get(mine);
        if (final === undefined) continue;
        passed.set(theirs, final);
        held.delete(mine);
      }
      suspects.set(parent, passed);
    }
    for (const [own, final] of held) owners[final] = { entry, number: own + 1 };
  }
  return owners.flatMap((one) => (one === undefined ? [] : [one]));
}

/** `2,4`, `2,+3`, `2` → first and last line. */
function rangeOf(asked: string | undefined, count: number, path: string): readonly [number, number] {
  if (asked === undefined) return [1, count];
  const [, first = '1', plus, second] = /^(\d*)(?:,(\+?)(\d*))?$/.exec(asked) ?? [];
  const from = Number(first || 1);
  if (from > count) throw fatal(`file ${path} has only ${count} line${count === 1 ? '' : 's'}`);
  const to = second === undefined || second === '' ? count : plus === '+' ? from + Number(second) - 1 : Number(second);
  return [from, Math.min(to, count)];
}

function stamp({ io }: Work, line: Line | undefined): string {
  const { timestamp, timezoneOffset } = line?.entry.commit.author ?? {
    timestamp: Math.floor(io.machine.kernel.now() / 1000),
    timezoneOffset: 0,
  };
  const { year, month, day, time } = calendar(timestamp - timezoneOffset * 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${time} ${zone(timezoneOffset)}`;
}
