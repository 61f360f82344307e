// Where two texts differ, as hunks with lines around them.
import { diffBetween, linesOf } from '../../forge/git/index.ts';

/** What stands around a difference. */
export interface Frame {
  /** Lines on each side. */
  readonly context: number;
  /** Lines more that may lie between two hunks before they are one (`--inter-hunk-context`). */
  readonly between?: number;
  /** Whether the function around a difference is shown as a whole (`-W`). */
  readonly whole?: boolean;
}

interface Difference {
  readonly from: number;
  readonly removed: number;
  readonly to: number;
  readonly added: number;
}

export interface Unified {
  /** Numbers of the first lines, from 1, and how many they are. */
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** With their signs. */
  lines: string[];
}

/** What differs between two texts, with lines around it; what stands closer together than those is one hunk (xdl_emit_diff in git's xemit.c). */
export function unified(before: string, after: string, frame: Frame): Unified[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const { context, whole = false } = frame;
  const groups: Difference[][] = [];
  for (const change of diffBetween(old, now)) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && isNear(old, last, change, frame)) groups.at(-1)?.push(change);
    else groups.push([change]);
  }
  return groups.map((changes) => {
    const [first, last] = [changes[0], changes.at(-1)];
    const [from, to] = [first?.from ?? 0, first?.to ?? 0];
    const lead = Math.min(Math.max(context, whole ? from - functionStart(old, from) : 0), from, to);
    const [oldLast, newLast] = [(last?.from ?? 0) + (last?.removed ?? 0), (last?.to ?? 0) + (last?.added ?? 0)];
    const tail = Math.max(context, whole ? functionEnd(old, oldLast) - oldLast : 0);
    const oldEnd = Math.min(old.length, oldLast + tail);
    const newEnd = Math.min(now.length, newLast + tail);
    const lines: string[] = [];
    const put = (sign: string, line: string | undefined): void => {
      const text = line ?? '';
      lines.push(`${sign}${text.replace(/\n$/, '')}`);
      if (!text.endsWith('\n')) lines.push('\\ No newline at end of file');
    };
    let at = from - lead;
    for (const change of changes) {
      for (; at < change.from; at++) put(' ', old[at]);
      for (; at < change.from + change.removed; at++) put('-', old[at]);
      for (let line = change.to; line < change.to + change.added; line++) put('+', now[line]);
    }
    for (; at < oldEnd; at++) put(' ', old[at]);
    return {
      oldStart: from - lead + 1,
      oldLines: oldEnd - from + lead,
      newStart: to - lead + 1,
      newLines: newEnd - to + lead,
      lines,
    };
  });
}

const isFunction = (line: string | undefined): boolean => /^[A-Za-z_$]/.test(line ?? '');
const isEmpty = (line: string | undefined): boolean => /^\s*$/.test(line ?? '');

/** The line with which the function around a line begins, and what stands right above it. */
function functionStart(lines: readonly string[], at: number): number {
  let start = at;
  while (start > 0 && !isFunction(lines[start])) start -= 1;
  while (start > 0 && !isEmpty(lines[start - 1]) && !isFunction(lines[start - 1])) start -= 1;
  return start;
}

/** The line behind the function around a line. */
function functionEnd(lines: readonly string[], at: number): number {
  let end = at;
  while (end < lines.length && !isFunction(lines[end])) end += 1;
  while (end > 0 && isEmpty(lines[end - 1])) end -= 1;
  return end;
}

/** Whether two differences are one hunk. */
function isNear(
  lines: readonly string[],
  last: Difference,
  next: Difference,
  { context, between = 0, whole = false }: Frame,
): boolean {
  const end = last.from + last.removed;
  if (next.from - end <= 2 * context + between) return true;
  if (!whole) return false;
  const reach = Math.max(end + context, functionEnd(lines, end));
  return next.from - context <= reach || !lines.slice(reach + 1, next.from + 1).some(isFunction);
}
