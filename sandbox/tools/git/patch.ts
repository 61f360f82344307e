import { readText, renamed, short } from '../../forge/git/index.ts';
import type { TreeFile, TreeFiles } from '../../forge/index.ts';
import { type Frame, unified } from './hunks.ts';
import { matches, quotedPath } from './pathspec.ts';
import { config } from './sources.ts';
import { wordLines } from './words-diff.ts';
import type { Work } from './work.ts';
import { attributesOf, differences } from './work-tree.ts';

export type PlainKind = 'A' | 'D' | 'M' | 'T';

/** Whether a file came, went, changed, or is of another type now: a symbolic link, a repository within. What can be executed is a file too. */
export function kindOf(before: TreeFile | undefined, after: TreeFile | undefined): PlainKind {
  if (before === undefined) return 'A';
  if (after === undefined) return 'D';
  return before.mode.slice(0, 3) === after.mode.slice(0, 3) ? 'M' : 'T';
}

/** One file that differs between two states. */
export interface Change {
  readonly path: string;
  readonly kind: 'R' | PlainKind;
  /** The old name of a file that was renamed. */
  readonly from?: string;
  /** How much of a renamed file stayed, in per cent. */
  readonly alike?: number;
  readonly before: TreeFile | undefined;
  readonly after: TreeFile | undefined;
  readonly oldBytes: Uint8Array;
  readonly newBytes: Uint8Array;
  /** Not shown as text, whatever it holds. */
  readonly isBinary?: boolean;
  /** White space that does not count when lines are compared. */
  readonly spaces?: RegExp;
  /** Hunks in which only empty lines come and go do not count. */
  readonly blank?: true;
  /** Two files that have nothing to do with each other (`--no-index`). */
  readonly isPair?: true;
  /** In conflict, and here against the own side. */
  readonly isUnmerged?: true;
  /** Letters of the ids, where they are not seven. */
  readonly abbrev?: number;
  /** Shown backwards (`-R`): the sides keep the names that they had. */
  readonly isReversed?: true;
}

/**
 * What differs between two trees. `bytesAfter` reads the newer side when it is not an object yet (the working tree); `detect` is the
 * share in per cent that has to stay for a file to be a renamed one.
 */
export async function changesBetween(
  work: Work,
  before: TreeFiles,
  after: TreeFiles,
  asked: readonly string[],
  bytesAfter?: (path: string) => Promise<Uint8Array>,
  detect: number | false = config(work, 'diff.renames') === 'false' ? false : 50,
): Promise<readonly Change[]> {
  const pairs =
    detect === false ? new Map<string, never>() : await renamed(before, after, (file) => readText(work, file), detect);
  const old = new Set([...pairs.values()].map(({ from }) => from));
  const paths = differences(before, after).filter((path) => matches(path, asked) && !old.has(path));
  return Promise.all(
    paths.map(async (path) => {
      const pair = pairs.get(path);
      const from = pair?.from;
      const [was, is] = [before.get(from ?? path), after.get(path)];
      // A folder, where only the entries of trees are compared, has no text.
      const text = (file: TreeFile | undefined) => (file?.mode === '040000' ? new Uint8Array() : readText(work, file));
      return {
        path,
        ...(pair === undefined ? {} : { from: pair.from, alike: Math.floor((pair.score * 100) / 60_000) }),
        kind: from !== undefined ? 'R' : kindOf(was, is),
        ...(work.abbrev !== undefined && { abbrev: work.abbrev }),
        before: was,
        after: is,
        isBinary: attributesOf(work, path).get('diff') === 'unset',
        oldBytes: await text(was),
        newBytes: is !== undefined && bytesAfter !== undefined ? await bytesAfter(path) : await text(is),
      } satisfies Change;
    }),
  );
}

type Paint = (code: string, text: string) => string;

const shownAsBinary = (change: Change): boolean =>
  change.isBinary === true || looksBinary(change.oldBytes) || looksBinary(change.newBytes);

/** Git takes a file with a NUL in its first 8000 bytes for binary. */
function looksBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8000).includes(0);
}

function hunksOf(change: Change, frame: Frame) {
  const { before, hunks } = allHunks(change, frame);
  const counting = ({ lines }: (typeof hunks)[number]): boolean => lines.some((line) => /^[+-]./.test(line));
  return { before, hunks: change.blank ? hunks.filter(counting) : hunks };
}

function allHunks({ oldBytes, newBytes, spaces }: Change, frame: Frame) {
  const [before = '', after = ''] = [oldBytes, newBytes].map((bytes) => new TextDecoder().decode(bytes));
  if (spaces === undefined) return { before, hunks: unified(before, after, frame) };
  const bare = (text: string): string =>
    text
      .split('\n')
      .map((line) => line.replaceAll(spaces, ''))
      .join('\n');
  const hunks = unified(bare(before), bare(after), frame);
  const [old, now] = [before.split('\n'), after.split('\n')];
  for (const hunk of hunks) {
    let [left, right] = [hunk.oldStart - 1, hunk.newStart - 1];
    hunk.lines = hunk.lines.map((line) => {
      if (line.startsWith('\\')) return line;
      if (line.startsWith('-')) return `-${old[left++]}`;
      if (line.startsWith(' ')) left += 1;
      return `${line[0]}${now[right++]}`;
    });
  }
  return { before, hunks };
}

/** Lines added and taken away, or undefined for a binary file. */
export function counts(change: Change): { readonly added: number; readonly removed: number } | undefined {
  if (shownAsBinary(change)) return undefined;
  const lines = hunksOf(change, { context: 0 }).hunks.flatMap((hunk) => hunk.lines);
  return {
    added: lines.filter((line) => line.startsWith('+')).length,
    removed: lines.filter((line) => line.startsWith('-')).length,
  };
}

/** `git diff`'s text for one file. */
export function patchOf(change: Change, paint: Paint, context = 3, flags: ReadonlySet<string> = new Set()): string {
  // Of another type now: one file goes, another comes.
  if (change.kind === 'T') {
    const none = new Uint8Array();
    const gone: Change = { ...change, kind: 'D', after: undefined, newBytes: none };
    const come: Change = { ...change, kind: 'A', before: undefined, oldBytes: none };
    return [gone, come].map((one) => patchOf(one, paint, context, flags)).join('');
  }
  const inColour = flags.has('color-words');
  const porcelain = flags.has('word-porcelain');
  const byWord = inColour || porcelain || flags.has('word-diff') || flags.has('word-regex');
  const named = (side: string, plain: string): string =>
    [...flags].findLast((flag) => flag.startsWith(`${side}-prefix=`))?.slice(side.length + 8) ?? plain;
  const usual = [named('src', 'a/'), named('dst', 'b/')] as const;
  const [a, b] = flags.has('no-prefix') ? ['', ''] : change.isReversed ? [usual[1], usual[0]] : usual;
  const id = (oid: string): string =>
    flags.has('full-index') ? oid.padEnd(40, '0') : short(change, oid.padEnd(40, '0'));
  const { path, kind, before, after } = change;
  const bold = (text: string): string => paint('1', text);
  const head = [`diff --git ${quotedPath(`${a}${change.from ?? path}`)} ${quotedPath(`${b}${path}`)}`];
  if (change.from !== undefined && change.isPair !== true) {
    head.push(
      `similarity index ${change.alike ?? 100}%`,
      `rename from ${quotedPath(change.from)}`,
      `rename to ${quotedPath(path)}`,
    );
  }
  if (kind === 'A') head.push(`new file mode ${after?.mode}`);
  else if (kind === 'D') head.push(`deleted file mode ${before?.mode}`);
  else if (before?.mode !== after?.mode) head.push(`old mode ${before?.mode}`, `new mode ${after?.mode}`);
  if (before?.oid === after?.oid) return `${head.map(bold).join('\n')}\n`;
  const sameMode = kind !== 'A' && kind !== 'D' && before?.mode === after?.mode ? ` ${after?.mode}` : '';
  head.push(`index ${id(before?.oid ?? '')}..${id(after?.oid ?? '')}${sameMode}`);
  const [from, to] = [
    kind === 'A' ? '/dev/null' : quotedPath(`${a}${change.from ?? path}`),
    kind === 'D' ? '/dev/null' : quotedPath(`${b}${path}`),
  ];
  if (shownAsBinary(change) && !flags.has('text'))
    return `${head.map(bold).join('\n')}\nBinary files ${from} and ${to} differ\n`;

  const { before: text, hunks } = hunksOf(change, frameOf(flags, context));
  // A tab tells patch(1) where a name with spaces ends.
  const ended = (name: string): string => (name.includes(' ') && !name.startsWith('"') ? `${name}\t` : name);
  if (hunks.length > 0) head.push(`--- ${ended(from)}`, `+++ ${ended(to)}`);
  const oldLines = text.split('\n');
  // Git ends every line with it, the white ones too.
  const reset = paint('0', '') === '' ? '' : '\x1b[m';
  const body = hunks.flatMap((hunk) => [
    paint('36', `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`) +
      headingOf(oldLines, hunk.oldStart),
    ...(byWord
      ? wordLines(hunk.lines, paint, porcelain ? 'porcelain' : inColour ? 'bare' : 'plain', wordOf(flags))
      : hunk.lines
    ).map((line) =>
      byWord
        ? line
        : line.startsWith('+')
          ? paint('32', '+') + (line === '+' ? '' : paint('32', line.slice(1)))
          : line.startsWith('-')
            ? paint('31', line)
            : line + reset,
    ),
  ]);
  return `${[...head.map(bold), ...body].join('\n')}\n`;
}

function frameOf(flags: ReadonlySet<string>, context: number): Frame {
  const between = [...flags].findLast((flag) => flag.startsWith('inter-hunk='))?.slice('inter-hunk='.length);
  return { context, between: Number(between ?? 0), whole: flags.has('function-context') };
}

/** What `--word-diff-regex` or `--color-words=REGEX` takes for a word. */
function wordOf(flags: ReadonlySet<string>): RegExp | undefined {
  const given = [...flags].find((flag) => /^(word-regex|color-words)=/.test(flag));
  return given === undefined ? undefined : new RegExp(given.slice(given.indexOf('=') + 1), 'g');
}

/** A count of 1 is left out; an empty side begins at the line before. */
function range(start: number, lines: number): string {
  return lines === 1 ? `${start}` : `${lines === 0 && start > 0 ? start - 1 : start},${lines}`;
}

/** What git shows behind `@@`: the last line above the hunk that begins like a name. */
function headingOf(lines: readonly string[], start: number): string {
  for (let at = start - 2; at >= 0; at--) {
    const line = lines[at] ?? '';
    if (/^[A-Za-z_$]/.test(line)) return ` ${line.slice(0, 80).trimEnd()}`;
  }
  return '';
}

/** `--stat`: a line a file and the sum; `width` columns. The shares of name and graph are those of show_stats in git's diff.c. */
export function statOf(changes: readonly Change[], paint: Paint, width = 80, compact = false): string {
  if (changes.length === 0) return '';
  const rows = changes.map((change) => ({
    change,
    name: nameOf(change) + (compact ? modeOf(change) : ''),
    count: counts(change),
  }));
  const most = Math.max(...rows.map(({ count }) => (count === undefined ? 0 : count.added + count.removed)));
  const countWidth = Math.max(String(most).length, rows.some(({ count }) => count === undefined) ? 3 : 1);
  const longest = Math.max(...rows.map(({ name }) => name.length));
  const [nameWidth, graphWidth] = shares(
    longest,
    most,
    width - countWidth - 6,
    Math.floor((width * 3) / 8) - countWidth - 6,
  );
  const lines = rows.map(({ change, name: whole, count }) => {
    const name = ` ${shortened(whole, nameWidth).padEnd(nameWidth)} | `;
    if (count === undefined)
      return `${name}${'Bin'.padStart(countWidth)} ${change.oldBytes.length} -> ${change.newBytes.length} bytes`;
    const total = count.added + count.removed;
    const [plus, minus] = graphWidth <= most ? scaled(count, graphWidth, most) : [count.added, count.removed];
    const bar = paint('32', '+'.repeat(plus)) + paint('31', '-'.repeat(minus));
    const row = `${name}${String(total).padStart(countWidth)}${total === 0 ? '' : ` ${bar}`}`;
    // Git leaves out the end of the line.
    return change.isUnmerged ? `${name}Unmerged${row}` : row;
  });
  return `${[...lines, sumOf(changes)].join('\n')}\n`;
}

/** What `--compact-summary` puts behind a name. */
function modeOf({ kind, before, after }: Change): string {
  if (kind === 'D') return ' (gone)';
  const [was, is] = [before?.mode, after?.mode];
  if (kind === 'A') return is === '100755' ? ' (new +x)' : is === '120000' ? ' (new +l)' : ' (new)';
  return was === is ? '' : is === '100755' ? ' (mode +x)' : is === '100644' ? ' (mode -x)' : '';
}

/** Columns of the names and of the graph: both as they are when there is room, else the graph first gives way, down to `least`. */
function shares(name: number, graph: number, room: number, least: number): [number, number] {
  if (name + graph <= room) return [name, graph];
  const smaller = Math.min(graph, Math.max(6, least));
  return name > room - smaller ? [room - smaller, smaller] : [name, room - name];
}

/** A long name loses its beginning, up to a `/` when there is one. */
function shortened(name: string, width: number): string {
  if (name.length <= width) return name;
  const end = name.slice(name.length - (width - 3));
  return `...${end.includes('/') ? end.slice(end.indexOf('/')) : end}`;
}

export function nameOf({ path, from }: Change): string {
  return from === undefined ? quotedPath(path) : renameText(from, path);
}

/** `src/{old.js => new.js}`: what two names share stands outside the braces (pprint_rename in git's diff.c). */
export function renameText(from: string, to: string): string {
  if (quotedPath(from) !== from || quotedPath(to) !== to) return `${quotedPath(from)} => ${quotedPath(to)}`;
  let start = 0;
  for (let at = 0; at < Math.min(from.length, to.length) && from[at] === to[at]; at++)
    if (from[at] === '/') start = at + 1;
  let end = 0;
  const room = start > 0 ? start - 1 : 0;
  for (let back = 1; from.length - back >= room && to.length - back >= room; back++) {
    if (from.at(-back) !== to.at(-back)) break;
    if (from.at(-back) === '/') end = back;
  }
  const middle = (name: string): string => name.slice(start, Math.max(start, name.length - end));
  if (start + end === 0) return `${from} => ${to}`;
  return `${from.slice(0, start)}{${middle(from)} => ${middle(to)}}${end === 0 ? '' : from.slice(-end)}`;
}

function scaled({ added, removed }: { added: number; removed: number }, width: number, most: number): [number, number] {
  const at = (count: number): number => (count === 0 ? 0 : 1 + Math.floor((count * (width - 1)) / most));
  const both = at(added + removed);
  const total = both < 2 && added > 0 && removed > 0 ? 2 : both;
  return added < removed ? [at(added), total - at(added)] : [total - at(removed), at(removed)];
}

/** ` 2 files changed, 3 insertions(+), 1 deletion(-)` */
export function sumOf(changes: readonly Change[]): string {
  const all = changes.map((change) => counts(change) ?? { added: 0, removed: 0 });
  const added = all.reduce((sum, count) => sum + count.added, 0);
  const removed = all.reduce((sum, count) => sum + count.removed, 0);
  const parts = [` ${changes.length} file${changes.length === 1 ? '' : 's'} changed`];
  if (added > 0 || removed === 0) parts.push(`${added} insertion${added === 1 ? '' : 's'}(+)`);
  if (removed > 0 || added === 0) parts.push(`${removed} deletion${removed === 1 ? '' : 's'}(-)`);
  return parts.join(', ');
}

/** ` create mode 100644 path` and the like, sorted by path. */
export function modeLines(changes: readonly Change[]): string {
  return changes
    .map(({ kind, path, from, alike = 100, before, after }) => {
      const changed = before !== undefined && after !== undefined && before.mode !== after.mode;
      const mode = changed ? ` mode change ${before.mode} => ${after.mode}` : '';
      if (from !== undefined) return ` rename ${renameText(from, path)} (${alike}%)\n${mode === '' ? '' : `${mode}\n`}`;
      if (kind === 'A') return ` create mode ${after?.mode} ${quotedPath(path)}\n`;
      if (kind === 'D') return ` delete mode ${before?.mode} ${quotedPath(path)}\n`;
      return mode === '' ? '' : `${mode} ${quotedPath(path)}\n`;
    })
    .join('');
}
