// The learner's days of learning as weeks, and a streak that forgives. Pure: what time it is comes from outside.

import { calendarDay } from '../progress/calendar-day.ts';
import type { ProgressEvent } from '../progress/contract.ts';

/** A record as the learner's progress has it: ms since 1970, and what happened. */
export interface Happening {
  readonly at: number;
  readonly event: ProgressEvent;
}

export interface CalendarDay {
  /** Days since 1970, as `calendarDay` counts. */
  readonly day: number;
  /** `learned`: a step, a day or an item of a review was done. `rest`: not, and that is fine. `ahead`: not here yet. */
  readonly kind: 'learned' | 'rest' | 'ahead';
  /** Steps and items done on it. */
  readonly done: number;
}

export interface Week {
  /** Its Monday. */
  readonly monday: number;
  readonly days: readonly CalendarDay[];
  readonly learned: number;
  /** `full`: the goal is reached. `frozen`: it is not, and a freeze bridges it. `short`: neither. `open`: not over, goal not reached. */
  readonly kind: 'full' | 'frozen' | 'short' | 'open';
}

export interface Calendar {
  readonly weeks: readonly Week[];
  /** Days learned in the current week. */
  readonly thisWeek: number;
  /** Full weeks in a row up to now, bridged ones not counted. */
  readonly streak: number;
  /** The longest such row ever. */
  readonly best: number;
  /** Freezes that are left for the row of now. */
  readonly freezes: number;
  /** All days on which something was learned: never less than before. */
  readonly total: number;
}

/** Days a week that are the goal: the other two are for rest. */
export const WEEK_GOAL = 5;
/** Short weeks that a row of weeks survives. */
const FREEZES = 2;
const MOST_WEEKS = 520;

/** @param now ms since 1970. Records of the future, of a clock that was set back, count when their day comes. */
export function calendarOf(records: readonly Happening[], now: number): Calendar {
  const today = calendarDay(now);
  const done = new Map<number, number>();
  for (const { at, event } of records) {
    if (!isLearning(event) || !Number.isFinite(at)) continue;
    const day = calendarDay(at);
    if (day <= today && day > today - MOST_WEEKS * 7) done.set(day, (done.get(day) ?? 0) + 1);
  }
  const first = mondayOf(Math.min(today, ...done.keys()));
  const bare: Omit<Week, 'kind'>[] = [];
  for (let monday = first; monday <= today; monday += 7) {
    const days = Array.from({ length: 7 }, (_, index): CalendarDay => {
      const day = monday + index;
      const count = done.get(day) ?? 0;
      return { day, done: count, kind: count > 0 ? 'learned' : day > today ? 'ahead' : 'rest' };
    });
    bare.push({ monday, days, learned: days.filter(({ kind }) => kind === 'learned').length });
  }
  const rows = bare.map((_, index) => rowUpTo(bare, index));
  const current = rows.at(-1) ?? { streak: 0, frozen: [] };
  const frozen = new Set(current.frozen);
  const weeks = bare.map((week, index): Week => {
    if (week.learned >= WEEK_GOAL) return { ...week, kind: 'full' };
    if (index === bare.length - 1) return { ...week, kind: 'open' };
    return { ...week, kind: frozen.has(index) ? 'frozen' : 'short' };
  });
  return {
    weeks,
    thisWeek: bare.at(-1)?.learned ?? 0,
    streak: current.streak,
    best: Math.max(0, ...rows.map(({ streak }) => streak)),
    freezes: FREEZES - current.frozen.length,
    total: done.size,
  };
}

/** The row of full weeks that ends with a week, which need not be over; short ones between them are bridged while freezes last. */
function rowUpTo(weeks: readonly Pick<Week, 'learned'>[], last: number): { streak: number; frozen: readonly number[] } {
  let streak = 0;
  let frozen: readonly number[] = [];
  let bridged: readonly number[] = [];
  for (let index = last; index >= 0; index--) {
    if ((weeks[index]?.learned ?? 0) >= WEEK_GOAL) {
      streak += 1;
      // Only what lies between full weeks, or between the last one and now, costs a freeze.
      frozen = bridged;
    } else if (index !== last) {
      bridged = [...bridged, index];
      if (bridged.length > FREEZES) break;
    }
  }
  return { streak, frozen };
}

function isLearning({ type }: ProgressEvent): boolean {
  return type === 'StepPassed' || type === 'DayPassed' || type === 'ItemReviewed';
}

/** The first of January 1970 was a Thursday. */
function mondayOf(day: number): number {
  return day - ((((day + 3) % 7) + 7) % 7);
}
