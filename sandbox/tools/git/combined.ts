// The difference of a file from several others at once (`diff --cc`): what git shows of a conflict and of a merge (combine-diff.c).
import { hunksBetween, linesOf, short } from '../../forge/git/index.ts';
import { quotedPath } from './pathspec.ts';
import type { Work } from './work.ts';

/** A line of the result; the last one of all only carries the lines that were lost at the end. */
interface Line {
  readonly text: string;
  /** Parents that do not have it, as bits. */
  added: number;
  /** Lines that stood before it, and in which parents. */
  lost: { readonly text: string; parents: number }[];
  shown: boolean;
  /** Shown as context only: what was lost before it is not. */
  quiet: boolean;
  /** Its number in each parent. */
  readonly numbers: number[];
}

export interface Combined {
  readonly path: string;
  readonly parents: readonly { readonly oid: string; readonly mode: string; readonly text: string }[];
  readonly result: { readonly oid: string; readonly mode: string; readonly text: string };
}

const CONTEXT = 3;

/** The text of a combined diff; '' when the result is that of one parent everywhere (and it is no conflict). */
export function combinedPatch(
  work: Pick<Work, 'abbrev'>,
  { path, parents, result }: Combined,
  paint: (code: string, text: string) => string,
  always = false,
): string {
  const all = (1 << parents.length) - 1;
  const lines = numbered(parents, result.text);
  mark(lines, all);
  const body = hunks(lines, parents.length, paint);
  if (body === '' && !always) return '';
  const modes = parents.map(({ mode }) => mode);
  const modeLine = modes.some((mode) => mode !== result.mode) ? [`mode ${modes.join(',')}..${result.mode}`] : [];
  const head = [
    `diff --cc ${quotedPath(path)}`,
    `index ${parents.map(({ oid }) => short(work, oid)).join(',')}..${short(work, result.oid)}`,
    ...modeLine,
    // Of a file of the working tree both names are told, though nothing in it is new.
    ...(body === '' && !/^0+$/.test(result.oid)
      ? []
      : [`--- ${quotedPath(`a/${path}`)}`, `+++ ${quotedPath(`b/${path}`)}`]),
  ];
  return `${head.map((line) => `${paint('1', line)}\n`).join('')}${body}`;
}

function numbered(parents: Combined['parents'], text: string): Line[] {
  const lines: Line[] = [...linesOf(text), ''].map((line) => ({
    text: line.replace(/\n$/, ''),
    added: 0,
    lost: [],
    shown: false,
    quiet: false,
    numbers: [],
  }));
  const after = linesOf(text);
  for (const [at, parent] of parents.entries()) {
    const bit = 1 << at;
    const before = linesOf(parent.text);
    for (const { from, removed, to, added } of hunksBetween(before, after)) {
      for (let line = to; line < to + added; line++) {
        const one = lines[line];
        if (one !== undefined) one.added |= bit;
      }
      const holder = lines[to];
      const gone = before.slice(from, from + removed).map((line) => ({ text: line.replace(/\n$/, ''), parents: bit }));
      if (holder !== undefined && gone.length > 0) holder.lost = coalesced(holder.lost, gone, bit);
    }
    let number = 1;
    for (const line of lines) {
      line.numbers.push(number);
      number += line.lost.filter((one) => one.parents & bit).length + (line.added & bit ? 0 : 1);
    }
  }
  return lines;
}

/** Lines that several parents lost in one place stand there once. */
function coalesced(base: Line['lost'], more: Line['lost'], bit: number): Line['lost'] {
  if (base.length === 0) return more;
  const table = Array.from({ length: base.length + 1 }, () => new Array<number>(more.length + 1).fill(0));
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0;
  for (let i = 1; i <= base.length; i++)
    for (let j = 1; j <= more.length; j++) {
      const row = table[i] ?? [];
      row[j] = base[i - 1]?.text === more[j - 1]?.text ? at(i - 1, j - 1) + 1 : Math.max(at(i, j - 1), at(i - 1, j));
    }
  const joined: Line['lost'] = [];
  let [i, j] = [base.length, more.length];
  while (i > 0 || j > 0) {
    const [old, fresh] = [base[i - 1], more[j - 1]];
    if (i > 0 && j > 0 && old !== undefined && old.text === fresh?.text) {
      joined.unshift({ ...old, parents: old.parents | bit });
      i--;
      j--;
    } else if (fresh !== undefined && j > 0 && (i === 0 || at(i, j - 1) >= at(i - 1, j))) {
      joined.unshift(fresh);
      j--;
    } else {
      if (old !== undefined) joined.unshift(old);
      i--;
    }
  }
  return joined;
}

/** A hunk whose last line is there only for what was lost before it has that line as context already. */
const tail = (lines: readonly Line[], begin: number, end: number): number =>
  begin + 1 <= end && lines[end - 1]?.added === 0 ? end - 1 : end;

/** Decides which lines are shown: those where the result is like none of the parents, and some around them. */
function mark(lines: readonly Line[], all: number): void {
  const count = lines.length;
  const isShown = (at: number): boolean => lines[at]?.shown === true;
  for (const line of lines) line.shown = line.added !== 0 || line.lost.length > 0;
  for (let at = 0; at < count; ) {
    while (at < count && !isShown(at)) at++;
    if (at >= count) break;
    const begin = at;
    let end = at + 1;
    for (; end < count; end++) {
      if (isShown(end)) continue;
      let ahead = Math.min(tail(lines, begin, end) + CONTEXT, count);
      let goesOn = false;
      while (ahead > 0 && end <= --ahead)
        if (isShown(ahead)) {
          goesOn = true;
          break;
        }
      if (!goesOn) break;
      end = ahead;
    }
    const kinds = new Set<number>();
    for (const line of lines.slice(begin, end)) {
      if (line.added !== 0) kinds.add(line.added);
      for (const { parents } of line.lost) kinds.add(parents);
    }
    if (kinds.size < 2 && !kinds.has(all)) for (const line of lines.slice(begin, end)) line.shown = false;
    at = end;
  }
  giveContext(lines);
}

function giveContext(lines: readonly Line[]): void {
  const count = lines.length;
  const next = (from: number, shown: boolean): number => {
    let at = from;
    while (at < count && lines[at]?.shown !== shown) at++;
    return at;
  };
  const show = (from: number, to: number, quiet = false): void => {
    for (const line of lines.slice(Math.max(from, 0), to)) {
      if (quiet && !line.shown) line.quiet = true;
      line.shown = true;
    }
  };
  for (let at = next(0, true); at < count; ) {
    show(at - CONTEXT, at, true);
    for (;;) {
      const gap = next(at, false);
      if (gap >= count) return;
      const more = next(gap, true);
      const end = tail(lines, at, gap);
      if (more < end + CONTEXT) {
        show(end, more);
        at = more;
        continue;
      }
      show(end, Math.min(end + CONTEXT, count));
      at = more;
      break;
    }
  }
}

function hunks(lines: readonly Line[], parents: number, paint: (code: string, text: string) => string): string {
  const count = lines.length - 1;
  const out: string[] = [];
  for (let at = 0; at <= count; ) {
    let comment = '';
    while (at <= count && !lines[at]?.shown) {
      if (/^[A-Za-z_$]/.test(lines[at]?.text ?? '')) comment = lines[at]?.text ?? '';
      at++;
    }
    if (at > count) break;
    let end = at + 1;
    while (end <= count && lines[end]?.shown) end++;
    const length = end > count ? count - at : end - at;
    const ranges = Array.from({ length: parents }, (_, parent) => {
      const start = lines[at]?.numbers[parent] ?? 0;
      const last = lines[count];
      const stop =
        lines[end]?.numbers[parent] ??
        (last?.numbers[parent] ?? 0) + (last?.lost.filter((one) => one.parents & (1 << parent)).length ?? 0);
      return ` -${start},${stop - start}`;
    });
    const mark = '@'.repeat(parents + 1);
    // Git leaves out the last letter of the comment.
    const about = comment.slice(0, 40).trimEnd().slice(0, -1);
    out.push(paint('36', `${mark}${ranges.join('')} +${at + 1},${length} ${mark}`) + (about === '' ? '' : ` ${about}`));
    for (; at < end; at++) {
      const line = lines[at];
      if (line === undefined) break;
      const signs = (bits: number, sign: string): string =>
        Array.from({ length: parents }, (_, parent) => (bits & (1 << parent) ? sign : ' ')).join('');
      if (!line.quiet) for (const one of line.lost) out.push(paint('31', `${signs(one.parents, '-')}${one.text}`));
      if (at === count) continue;
      const text = `${signs(line.added, '+')}${line.text}`;
      out.push(line.added === 0 ? text : paint('32', text));
    }
  }
  return out.map((line) => `${line}\n`).join('');
}
