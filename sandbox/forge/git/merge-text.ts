// Three-way merge of texts, as git does it (xdiff/xmerge.c at level "zealous"): the same hunks, the same conflict markers.
import { type Hunk, hunksBetween, linesOf } from './line-diff.ts';

export interface MergeText {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  readonly labels: { readonly ours: string; readonly theirs: string; readonly base: string };
  /** Which side wins where both changed the same lines. */
  readonly favor?: 'ours' | 'theirs' | 'union' | undefined;
  /** merge.conflictStyle */
  readonly style?: 'merge' | 'diff3' | undefined;
  /** Letters of a marker; a merge of merge bases uses longer ones. */
  readonly markerSize?: number;
}

/** A stretch that differs. Who changed it: 1 ours, 2 theirs, 0 both and differently, 3 union, 4 both and alike. */
interface Part {
  mode: 0 | 1 | 2 | 3 | 4;
  i0: number;
  chg0: number;
  i1: number;
  chg1: number;
  i2: number;
  chg2: number;
}

export function mergeText(texts: MergeText): { readonly text: string; readonly conflicts: number } {
  const [base, ours, theirs] = [linesOf(texts.base), linesOf(texts.ours), linesOf(texts.theirs)];
  const [mine, other] = [hunksBetween(base, ours), hunksBetween(base, theirs)];
  if (mine.length === 0) return { text: texts.theirs, conflicts: 0 };
  if (other.length === 0) return { text: texts.ours, conflicts: 0 };
  const joined = join({ base, ours, theirs }, mine, other);
  const parts = texts.style === 'diff3' ? joined : simplified(refined(joined, ours, theirs));
  const wins = texts.favor === undefined ? 0 : ({ ours: 1, theirs: 2, union: 3 } as const)[texts.favor];
  for (const part of parts) if (part.mode === 0) part.mode = wins;
  return {
    text: render(texts, { base, ours, theirs }, parts),
    conflicts: parts.filter(({ mode }) => mode === 0).length,
  };
}

interface Sides {
  readonly base: readonly string[];
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

function join({ base, ours, theirs }: Sides, mine: readonly Hunk[], other: readonly Hunk[]): Part[] {
  const parts: Part[] = [];
  const put = (part: Part): void => {
    const last = parts.at(-1);
    if (last === undefined || (part.i1 > last.i1 + last.chg1 && part.i2 > last.i2 + last.chg2)) {
      parts.push(part);
      return;
    }
    if (part.mode !== last.mode) last.mode = 0;
    last.chg0 = part.i0 + part.chg0 - last.i0;
    last.chg1 = part.i1 + part.chg1 - last.i1;
    last.chg2 = part.i2 + part.chg2 - last.i2;
  };
  const onlyOurs = ({ from, removed, to, added }: Hunk, shift: number): void =>
    put({ mode: 1, i0: from, chg0: removed, i1: to, chg1: added, i2: from + shift, chg2: removed });
  const onlyTheirs = ({ from, removed, to, added }: Hunk, shift: number): void =>
    put({ mode: 2, i0: from, chg0: removed, i1: from + shift, chg1: removed, i2: to, chg2: added });
  let [at, by] = [0, 0];
  for (let [x, y] = [mine[at], other[by]]; x !== undefined || y !== undefined; [x, y] = [mine[at], other[by]]) {
    if (x !== undefined && (y === undefined || x.from + x.removed < y.from)) {
      onlyOurs(x, y === undefined ? theirs.length - base.length : y.to - y.from);
      at++;
      continue;
    }
    if (y !== undefined && (x === undefined || y.from + y.removed < x.from)) {
      onlyTheirs(y, x === undefined ? ours.length - base.length : x.to - x.from);
      by++;
      continue;
    }
    if (x === undefined || y === undefined) break;
    if (!isSame(x, y, ours, theirs)) put(conflict(x, y));
    const [end1, end2] = [x.from + x.removed, y.from + y.removed];
    if (end1 >= end2) by++;
    if (end2 >= end1) at++;
  }
  return parts;
}

function isSame(x: Hunk, y: Hunk, ours: readonly string[], theirs: readonly string[]): boolean {
  if (x.from !== y.from || x.removed !== y.removed || x.added !== y.added) return false;
  return Array.from({ length: x.added }).every((_, line) => ours[x.to + line] === theirs[y.to + line]);
}

function conflict(x: Hunk, y: Hunk): Part {
  const off = x.from - y.from;
  const end = off + x.removed - y.removed;
  const i0 = x.from - Math.max(off, 0);
  const i1 = x.to - Math.max(off, 0);
  const i2 = y.to + Math.min(off, 0);
  const more = Math.max(-end, 0);
  return {
    mode: 0,
    i0,
    chg0: x.from + x.removed - i0 + more,
    i1,
    chg1: x.to + x.added - i1 + more,
    i2,
    chg2: y.to + y.added - i2 + Math.max(end, 0),
  };
}

/** Takes out of a conflict what both sides have in common (xdl_refine_conflicts). */
function refined(parts: readonly Part[], ours: readonly string[], theirs: readonly string[]): Part[] {
  return parts.flatMap((part) => {
    const { i1, chg1, i2, chg2 } = part;
    if (part.mode !== 0 || chg1 === 0 || chg2 === 0) return [part];
    const hunks = hunksBetween(ours.slice(i1, i1 + chg1), theirs.slice(i2, i2 + chg2));
    if (hunks.length === 0) return [{ ...part, mode: 4 as const }];
    return hunks.map(({ from, removed, to, added }) => ({
      ...part,
      i1: i1 + from,
      chg1: removed,
      i2: i2 + to,
      chg2: added,
    }));
  });
}

/** Conflicts with at most this many lines between them are shown as one. */
const SMALL_GAP = 3;

function simplified(parts: readonly Part[]): Part[] {
  const kept: Part[] = [];
  for (const part of parts) {
    const last = kept.at(-1);
    if (last?.mode === 0 && part.mode === 0 && part.i1 - (last.i1 + last.chg1) <= SMALL_GAP) {
      last.chg1 = part.i1 + part.chg1 - last.i1;
      last.chg2 = part.i2 + part.chg2 - last.i2;
    } else kept.push(part);
  }
  return kept;
}

function render({ labels, style, markerSize = 7 }: MergeText, sides: Sides, parts: readonly Part[]): string {
  const { base, ours, theirs } = sides;
  const ended = (lines: readonly string[]): string => lines.join('').replace(/([^\n])$/, '$1\n');
  const marker = (letter: string, label = ''): string =>
    `${letter.repeat(markerSize)}${label === '' ? '' : ` ${label}`}\n`;
  const out: string[] = [];
  let at = 0;
  for (const { mode, i0, chg0, i1, chg1, i2, chg2 } of parts) {
    if (mode === 4) continue;
    out.push(...ours.slice(at, i1));
    const [mine, other] = [ours.slice(i1, i1 + chg1), theirs.slice(i2, i2 + chg2)];
    if (mode === 0) {
      out.push(marker('<', labels.ours), ended(mine));
      if (style === 'diff3') out.push(marker('|', labels.base), ended(base.slice(i0, i0 + chg0)));
      out.push(marker('='), ended(other), marker('>', labels.theirs));
    } else {
      if (mode === 3) out.push(ended(mine));
      else if (mode === 1) out.push(...mine);
      if (mode !== 1) out.push(...other);
    }
    at = i1 + chg1;
  }
  out.push(...ours.slice(at));
  return out.join('');
}
