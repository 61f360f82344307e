import type { DayProgress, DayState } from '../progress/contract.ts';

type Days = Readonly<Record<string, Pick<DayProgress, 'state' | 'at'>>>;

/** The state shown for a day: `new` until something happened. */
export function stateOf(days: Days, id: string): DayState {
  return days[id]?.state ?? 'new';
}

/** How many of the written days are done, learned included. */
export function doneCount(days: Days, written: readonly string[]): number {
  return written.filter((id) => ['done', 'learned'].includes(stateOf(days, id))).length;
}

/**
 * Where the learner goes on: the day begun last that is not done, else the first written day after the last one done,
 * else the first new one. Undefined when nothing happened yet or when every written day is done.
 * @param written ids of the days that can be opened, in the order of the course.
 */
export function nextDay(days: Days, written: readonly string[]): string | undefined {
  const touched = written.filter((id) => stateOf(days, id) !== 'new');
  if (touched.length === 0) return undefined;
  const started = touched.filter((id) => stateOf(days, id) === 'started');
  const latest = started.toSorted((a, b) => (days[b]?.at ?? 0) - (days[a]?.at ?? 0))[0];
  if (latest !== undefined) return latest;
  const after = written.slice(written.indexOf(touched.at(-1) ?? '') + 1)[0];
  return after ?? written.find((id) => stateOf(days, id) === 'new');
}
