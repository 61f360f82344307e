// Which commit a bisection tries next (bisect.c): the one that halves what is left.
import { ancestry, type CommitData, commitData } from '../../forge/git/index.ts';
import type { Work } from './work.ts';

export interface Choice {
  readonly oid: string;
  /** How many commits would be left after it. */
  readonly left: number;
  readonly steps: number;
}

/** The commits that may be the first bad one: newest first, the bad one itself among them. */
export async function suspects(work: Work, bad: string, good: readonly string[]): Promise<readonly string[]> {
  const known = await ancestry(work, ...good);
  const found: string[] = [];
  const queue = [{ oid: bad, time: 0 }];
  const seen = new Set([bad]);
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (known.has(next.oid)) continue;
    found.push(next.oid);
    for (const oid of (await commitData(work, next.oid)).parent) {
      if (seen.has(oid)) continue;
      seen.add(oid);
      const time = (await commitData(work, oid)).committer.timestamp;
      const later = queue.findIndex((one) => one.time < time);
      queue.splice(later < 0 ? queue.length : later, 0, { oid, time });
    }
  }
  return found;
}

/** @returns the commits that may be it, the bad one last, when only skipped ones are left. */
export async function choose(
  work: Work,
  list: readonly string[],
  skipped: ReadonlySet<string>,
  bad: string,
): Promise<Choice | readonly string[]> {
  const oldestFirst = [...list].reverse();
  const data = new Map<string, CommitData>();
  for (const oid of list) data.set(oid, await commitData(work, oid));
  const weights = await weigh(work, oldestFirst, data, skipped.size === 0);
  const count = list.length;
  const distance = (oid: string): number => Math.min(weights.of(oid), count - weights.of(oid));
  let oid = weights.half;
  let counted = oid;
  if (skipped.size > 0) {
    const sorted = [...oldestFirst].sort((a, b) => distance(b) - distance(a) || (a < b ? -1 : 1));
    const open = sorted.filter((one) => !skipped.has(one));
    if (open.length === 0 || (open.length === 1 && open[0] === bad && list.length > 1))
      return [...sorted.filter((one) => one !== bad), bad];
    counted = sorted[0];
    oid = skipped.has(sorted[0] ?? '') ? skipAway(open, bad) : open[0];
  }
  oid ??= oldestFirst.reduce((best, one) => (distance(one) > distance(best) ? one : best));
  return { oid, left: count - weights.of(counted ?? oid) - 1, steps: stepsFor(count) };
}

/** How many suspects each commit has behind it, itself included; `half` is the first that halves them. */
async function weigh(
  work: Work,
  oldestFirst: readonly string[],
  data: ReadonlyMap<string, CommitData>,
  stopAtHalf: boolean,
): Promise<{ readonly of: (oid: string) => number; readonly half: string | undefined }> {
  const inside = new Set(oldestFirst);
  const weights = new Map<string, number>();
  for (const oid of oldestFirst) {
    let weight = 0;
    for (const one of await ancestry(work, oid)) if (inside.has(one)) weight++;
    weights.set(oid, weight);
  }
  const of = (oid: string): number => weights.get(oid) ?? 0;
  const parents = (oid: string): number => (data.get(oid)?.parent ?? []).filter((one) => inside.has(one)).length;
  const halves = (oid: string): boolean => Math.abs(2 * of(oid) - oldestFirst.length) <= 1;
  // Merges are looked at first; a commit without a suspect before it is never taken for the half.
  const half =
    oldestFirst.find((oid) => parents(oid) > 1 && halves(oid)) ??
    oldestFirst.find((oid) => parents(oid) === 1 && halves(oid));
  return { of, half: stopAtHalf ? half : undefined };
}

/** Away from what was skipped, with git's own numbers that only look random. */
function skipAway(open: readonly string[], bad: string): string | undefined {
  const count = open.length;
  const number = Math.floor((Math.imul(count, 1103515245) + 12345) / 65536) & 32767;
  const root = (value: number): number => Math.floor(Math.sqrt(value));
  const at = Math.floor((Math.floor((count * number) / 32768) * root(number)) / root(32768));
  if (open[at] !== bad) return open[at];
  return open[at - 1] ?? open[0];
}

/** An estimate of how often one must still try. */
function stepsFor(all: number): number {
  if (all < 3) return 0;
  const log = 31 - Math.clz32(all);
  const power = 2 ** log;
  return power < 3 * (all - power) ? log : log - 1;
}
