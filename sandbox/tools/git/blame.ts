// Which commit each line of a file came from.
import { diffArrays } from 'diff';
import { readTree, type TreeFile } from '../../forge/index.ts';
import { calendar, type Person, zone } from './dates.ts';
import { commitData } from './history.ts';
import { fatal, lastValue, type OptionTable, readOptions } from './options.ts';
import { bytesOf, mustResolve, pathInWork, readText, type Work } from './work.ts';

const options: OptionTable = {
  '-L': { as: 'lines', value: true },
  '-s': { as: 'suppress' },
  '-e': { as: 'email' },
  '-l': { as: 'long' },
  '-w': { as: 'ignore-space' },
  '--date': { as: 'date', value: true },
};

/** A line still to be explained: where it stands in the file of the commit that is looked at, and in the end. */
interface Open {
  readonly here: number;
  readonly line: number;
}

/** `git blame`: each line with the commit that brought it. */
export async function blame(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('blame', args, options);
  const named = [...parsed.words, ...(parsed.paths ?? [])];
  const file = named.at(-1);
  if (file === undefined) throw fatal('no path given');
  const start = named.length > 1 ? await mustResolve(work, named[0] ?? '') : await mustResolve(work, 'HEAD');
  const path = pathInWork(work, file);
  const committed = (await readTree(work, start)).get(path);
  if (committed === undefined) throw fatal(`no such path '${path}' in ${named.length > 1 ? named[0] : 'HEAD'}`);
  const text = await linesOf(work, committed);
  const now =
    named.length > 1 || !work.io.machine.files.exists(`${work.dir}/${path}`) ? text : split(bytesOf(work, path));
  const owners = Array<string | undefined>(now.length).fill(undefined);
  await explain(work, start, path, matched(text, now), owners);
  const [from, to] = rangeOf(lastValue(parsed, 'lines'), now);
  work.io.stdout(await shown(work, now, owners, from, to, parsed.flags));
  return 0;
}

async function linesOf(work: Work, file: TreeFile | undefined): Promise<readonly string[]> {
  return split(await readText(work, file));
}

function split(bytes: Uint8Array): readonly string[] {
  const text = new TextDecoder().decode(bytes);
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** Lines of the newer text that the older one has. */
function matched(older: readonly string[], newer: readonly string[]): readonly Open[] {
  const found: Open[] = [];
  let [here, line] = [0, 0];
  for (const { added, removed, count = 0 } of diffArrays([...older], [...newer])) {
    if (added) line += count;
    else if (removed) here += count;
    else for (let step = 0; step < count; step++) found.push({ here: here++, line: line++ });
  }
  return found;
}

/** Gives each open line to the oldest commit that had it: parents take what they have, in order. */
async function explain(
  work: Work,
  start: string,
  path: string,
  open: readonly Open[],
  owners: (string | undefined)[],
): Promise<void> {
  const queue: { oid: string; open: readonly Open[] }[] = [{ oid: start, open }];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { oid } = next;
    let left = next.open;
    const text = await linesOf(work, (await readTree(work, oid)).get(path));
    for (const parent of (await commitData(work, oid)).parent) {
      const file = (await readTree(work, parent)).get(path);
      if (file === undefined) continue;
      const there = new Map(matched(await linesOf(work, file), text).map((one) => [one.line, one.here]));
      const passed = left.flatMap(({ here, line }) => {
        const before = there.get(here);
        return before === undefined ? [] : [{ here: before, line }];
      });
      const gone = new Set(passed.map(({ line }) => line));
      left = left.filter(({ line }) => !gone.has(line));
      if (passed.length > 0) queue.push({ oid: parent, open: passed });
    }
    for (const { line } of left) owners[line] = oid;
  }
}

function rangeOf(asked: string | undefined, lines: readonly string[]): readonly [number, number] {
  if (asked === undefined) return [1, lines.length];
  const [, first = '1', sign = '', second] = /^(\d*),?([+-]?)(\d+)?$/.exec(asked) ?? [];
  const from = Number(first || 1);
  if (from > lines.length) throw fatal(`file has only ${lines.length} lines`);
  const to = second === undefined ? lines.length : sign === '+' ? from + Number(second) - 1 : Number(second);
  return [from, Math.min(to, lines.length)];
}

async function shown(
  work: Work,
  lines: readonly string[],
  owners: readonly (string | undefined)[],
  from: number,
  to: number,
  flags: ReadonlySet<string>,
): Promise<string> {
  const people = new Map<string, { readonly person: Person; readonly isRoot: boolean }>();
  for (const oid of new Set(owners)) {
    const data = oid === undefined ? undefined : await commitData(work, oid);
    if (data !== undefined && oid !== undefined)
      people.set(oid, { person: data.author, isRoot: data.parent.length === 0 });
  }
  const nobody = {
    name: 'Not Committed Yet',
    email: 'not.committed.yet',
    timestamp: Math.floor(work.io.machine.kernel.now() / 1000),
    timezoneOffset: 0,
  };
  const rows = lines.slice(from - 1, to).map((text, index) => {
    const oid = owners[from - 1 + index];
    const { person, isRoot } = (oid === undefined ? undefined : people.get(oid)) ?? { person: nobody, isRoot: false };
    const length = flags.has('long') ? 40 : 8;
    const id = oid === undefined ? '0'.repeat(length) : isRoot ? `^${oid.slice(0, length - 1)}` : oid.slice(0, length);
    return {
      id,
      who: flags.has('email') ? `<${person.email}>` : person.name,
      when: timeOf(person),
      number: from + index,
      text,
    };
  });
  const widthWho = Math.max(...rows.map(({ who }) => who.length));
  const widthNumber = String(to).length;
  return rows
    .map(({ id, who, when, number, text }) => {
      const place = String(number).padStart(widthNumber);
      return flags.has('suppress')
        ? `${id} ${place}) ${text}\n`
        : `${id} (${who.padEnd(widthWho)} ${when} ${place}) ${text}\n`;
    })
    .join('');
}

function timeOf({ timestamp, timezoneOffset }: Person): string {
  const { year, month, day, time } = calendar(timestamp - timezoneOffset * 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${time} ${zone(timezoneOffset)}`;
}
