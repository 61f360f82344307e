import { DAY_START } from './kernel.ts';

const DAY = 24 * 60 * 60 * 1000;

/**
 * Nine in the morning on which a day of the course begins: day 1 on Monday 2 March 2026, day 2 on the Tuesday, day 6 on the Monday after,
 * for nobody at the company works at the weekend. A micro-incident begins on the morning after its day.
 * @param id `d06`, `d06-i1`; anything else is the first day, or the morning after `before`
 * @param before the moment at which the day ended that this one goes on from, ms since 1970
 */
export function morningOf(id: string, before?: number): number {
  const [, number, incident] = /^d(\d\d)(-i\d)?$/.exec(id) ?? [];
  const weekdays = number === undefined ? 0 : Number(number) - 1 + (incident === undefined ? 0 : 1);
  const morning = DAY_START + (Math.floor(weekdays / 5) * 7 + (weekdays % 5)) * DAY;
  return before === undefined ? morning : Math.max(morning, morningAfter(before));
}

/** Nine o'clock of the day after. */
function morningAfter(now: number): number {
  return DAY_START + (Math.floor((now - DAY_START) / DAY) + 1) * DAY;
}
