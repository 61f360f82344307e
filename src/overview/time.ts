// How long somebody was at it, told from the moments of their records. Pure.
import type { Happening } from './calendar.ts';

/** A longer silence is a pause: ms. */
const PAUSE = 15 * 60_000;
/** What one record alone stands for: ms. */
const LEAST = 60_000;

/**
 * Time spent on each day of the course, ms: from each record to the next one where no longer pause lies between, a minute for
 * the last before a pause. It is less than the truth for who reads long without answering anything.
 */
export function timeSpent(records: readonly Happening[]): Readonly<Record<string, number>> {
  const sorted = records.filter(({ at }) => Number.isFinite(at)).toSorted((a, b) => a.at - b.at);
  const spent = new Map<string, number>();
  sorted.forEach(({ at, event }, index) => {
    const gap = (sorted[index + 1]?.at ?? Number.POSITIVE_INFINITY) - at;
    spent.set(event.day, (spent.get(event.day) ?? 0) + (gap <= PAUSE ? gap : LEAST));
  });
  return Object.fromEntries(spent);
}
