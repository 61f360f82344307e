// Which lines differ between two texts, as git's merge finds them: the histogram algorithm (xdiff/xhistogram.c) and the sliding
// of groups that follows it (xdl_change_compact in xdiff/xdiffi.c).
import { diffArrays } from 'diff';

/** Lines `from` to `from + removed` of the older text became lines `to` to `to + added` of the newer one; counted from 0. */
export interface Hunk {
  readonly from: number;
  readonly removed: number;
  readonly to: number;
  readonly added: number;
}

/** Lines with their line ends, so that a missing one at the end counts as a difference. */
export function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

interface Side {
  readonly lines: readonly string[];
  readonly changed: boolean[];
}

/** Which lines differ, as `git diff` shows it: the shortest script, its groups slid to where the indentation breaks best. */
export function diffBetween(before: readonly string[], after: readonly string[]): readonly Hunk[] {
  const one: Side = { lines: before, changed: before.map(() => false) };
  const two: Side = { lines: after, changed: after.map(() => false) };
  myers(one, two, [0, before.length], [0, after.length]);
  compact(one, two, true);
  compact(two, one, true);
  return hunksOf(one, two);
}

export function hunksBetween(before: readonly string[], after: readonly string[]): readonly Hunk[] {
  const one: Side = { lines: before, changed: before.map(() => false) };
  const two: Side = { lines: after, changed: after.map(() => false) };
  histogram(one, two, [0, before.length], [0, after.length]);
  compact(one, two);
  compact(two, one);
  return hunksOf(one, two);
}

function hunksOf(one: Side, two: Side): readonly Hunk[] {
  const hunks: Hunk[] = [];
  for (let [i, j] = [0, 0]; i < one.lines.length || j < two.lines.length; i++, j++) {
    const [from, to] = [i, j];
    while (one.changed[i]) i++;
    while (two.changed[j]) j++;
    if (i > from || j > to) hunks.push({ from, removed: i - from, to, added: j - to });
  }
  return hunks;
}

/** From and up to (without) a line. */
type Span = readonly [start: number, end: number];

/** A line that stands more often than this gives no good anchor. */
const LONGEST_CHAIN = 64;

function histogram(one: Side, two: Side, [start1, end1]: Span, [start2, end2]: Span): void {
  if (start1 === end1 || start2 === end2) {
    one.changed.fill(true, start1, end1);
    two.changed.fill(true, start2, end2);
    return;
  }
  const found = longestRareRun(one.lines, two.lines, [start1, end1], [start2, end2]);
  if (found === 'too common') {
    myers(one, two, [start1, end1], [start2, end2]);
    return;
  }
  if (found === undefined) {
    one.changed.fill(true, start1, end1);
    two.changed.fill(true, start2, end2);
    return;
  }
  histogram(one, two, [start1, found.at1], [start2, found.at2]);
  histogram(one, two, [found.at1 + found.length, end1], [found.at2 + found.length, end2]);
}

interface Run {
  readonly at1: number;
  readonly at2: number;
  readonly length: number;
}

/** The longest run of equal lines around the rarest line of the older text (try_lcs and find_lcs). */
function longestRareRun(
  a: readonly string[],
  b: readonly string[],
  [start1, end1]: Span,
  [start2, end2]: Span,
): Run | 'too common' | undefined {
  const places = new Map<string, number[]>();
  for (let at = start1; at < end1; at++) {
    const line = a[at] ?? '';
    const known = places.get(line);
    if (known === undefined) places.set(line, [at]);
    else known.push(at);
  }
  const count = (at: number): number => Math.min(places.get(a[at] ?? '')?.length ?? 0, 0x7fffffff);
  let rarest = LONGEST_CHAIN + 1;
  let common = false;
  let best: Run | undefined;
  for (let at = start2; at < end2; ) {
    let next = at + 1;
    const chain = places.get(b[at] ?? '') ?? [];
    if (chain.length > 0) common = true;
    if (chain.length > 0 && chain.length <= rarest) {
      let covered = -1;
      for (const place of chain) {
        if (place <= covered) continue;
        let [as, bs, ae, be, rare] = [place, at, place, at, chain.length];
        while (start1 < as && start2 < bs && a[as - 1] === b[bs - 1]) {
          as--;
          bs--;
          if (rare > 1) rare = Math.min(rare, count(as));
        }
        while (ae < end1 - 1 && be < end2 - 1 && a[ae + 1] === b[be + 1]) {
          ae++;
          be++;
          if (rare > 1) rare = Math.min(rare, count(ae));
        }
        next = Math.max(next, be + 1);
        if ((best === undefined ? 0 : best.length - 1) < ae - as || rare < rarest) {
          best = { at1: as, at2: bs, length: ae - as + 1 };
          rarest = rare;
        }
        covered = ae;
      }
    }
    at = next;
  }
  return common && rarest > LONGEST_CHAIN ? 'too common' : best;
}

function myers(one: Side, two: Side, [start1, end1]: Span, [start2, end2]: Span): void {
  let [at1, at2] = [start1, start2];
  for (const part of diffArrays([...one.lines.slice(start1, end1)], [...two.lines.slice(start2, end2)])) {
    const { length } = part.value;
    if (part.removed) one.changed.fill(true, at1, at1 + length);
    if (part.added) two.changed.fill(true, at2, at2 + length);
    if (!part.added) at1 += length;
    if (!part.removed) at2 += length;
  }
}

/** A run of changed lines, perhaps empty. */
interface Group {
  start: number;
  end: number;
}

function firstGroup({ changed }: Side): Group {
  const group = { start: 0, end: 0 };
  while (changed[group.end]) group.end++;
  return group;
}

function toNext({ lines, changed }: Side, group: Group): boolean {
  if (group.end === lines.length) return false;
  group.start = group.end + 1;
  group.end = group.start;
  while (changed[group.end]) group.end++;
  return true;
}

function toPrevious({ changed }: Side, group: Group): void {
  group.end = group.start - 1;
  group.start = group.end;
  while (changed[group.start - 1]) group.start--;
}

function slideUp({ lines, changed }: Side, group: Group): boolean {
  if (group.start === 0 || lines[group.start - 1] !== lines[group.end - 1]) return false;
  changed[--group.start] = true;
  changed[--group.end] = false;
  while (changed[group.start - 1]) group.start--;
  return true;
}

function slideDown({ lines, changed }: Side, group: Group): boolean {
  if (group.end >= lines.length || lines[group.start] !== lines[group.end]) return false;
  changed[group.start++] = false;
  changed[group.end++] = true;
  while (changed[group.end]) group.end++;
  return true;
}

/** Moves each group of changed lines as far down as it goes, or to where the other side has one too. */
function compact(side: Side, other: Side, byIndent = false): void {
  const [group, beside] = [firstGroup(side), firstGroup(other)];
  do {
    if (group.end === group.start) continue;
    let earliest: number;
    let matching: number;
    let size: number;
    do {
      size = group.end - group.start;
      matching = -1;
      while (slideUp(side, group)) toPrevious(other, beside);
      earliest = group.end;
      if (beside.end > beside.start) matching = group.end;
      while (slideDown(side, group)) {
        toNext(other, beside);
        if (beside.end > beside.start) matching = group.end;
      }
    } while (size !== group.end - group.start);
    if (group.end !== earliest && matching !== -1)
      while (beside.end === beside.start) {
        slideUp(side, group);
        toPrevious(other, beside);
      }
    else if (group.end !== earliest && byIndent) {
      const best = bestEnd(side.lines, group, earliest);
      while (group.end > best && slideUp(side, group)) toPrevious(other, beside);
    }
  } while (toNext(side, group) && toNextOf(other, beside));
}

/** Where a group that can be slid had best end: XDF_INDENT_HEURISTIC in xdiff/xdiffi.c. */
function bestEnd(lines: readonly string[], { start, end }: Group, earliest: number): number {
  const size = end - start;
  let best: { readonly at: number; readonly indent: number; readonly penalty: number } | undefined;
  for (let at = Math.max(earliest, end - size - 1, end - 100); at <= end; at++) {
    const [below, above] = [splitAt(lines, at), splitAt(lines, at - size)];
    const score = { at, indent: below.indent + above.indent, penalty: below.penalty + above.penalty };
    if (best === undefined || 60 * Math.sign(score.indent - best.indent) + score.penalty - best.penalty <= 0)
      best = score;
  }
  return best?.at ?? end;
}

/** How ill a break before a line reads (measure_split and score_add_split). */
function splitAt(lines: readonly string[], at: number): { readonly indent: number; readonly penalty: number } {
  const around = (step: 1 | -1): readonly [indent: number, blank: number] => {
    let blank = 0;
    for (let line = at + step; line >= 0 && line < lines.length; line += step) {
      const indent = indentOf(lines[line] ?? '');
      if (indent !== -1) return [indent, blank];
      blank += 1;
      if (blank === 20) return [0, blank];
    }
    return [-1, blank];
  };
  const own = at >= lines.length ? -1 : indentOf(lines[at] ?? '');
  const [[before, blankBefore], [after, blankAfter]] = [around(-1), around(1)];
  const post = own === -1 ? 1 + blankAfter : 0;
  const blank = blankBefore + post;
  const indent = own === -1 ? after : own;
  let penalty = -30 * blank + 6 * post;
  if (before === -1 && blankBefore === 0) penalty += 1;
  if (at >= lines.length) penalty += 21;
  if (indent !== -1 && before !== -1) {
    if (indent > before) penalty += blank > 0 ? 10 : -4;
    else if (indent < before) penalty += blank > 0 ? 17 : after !== -1 && after > indent ? 24 : 23;
  }
  return { indent, penalty };
}

/** Columns before the first sign of a line; -1 when there is none. */
function indentOf(line: string): number {
  let columns = 0;
  for (const sign of line) {
    if (!/\s/.test(sign)) return columns;
    if (sign === ' ') columns += 1;
    else if (sign === '\t') columns += 8 - (columns % 8);
    if (columns >= 200) return 200;
  }
  return -1;
}

const toNextOf = (side: Side, group: Group): boolean => {
  toNext(side, group);
  return true;
};
