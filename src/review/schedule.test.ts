import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarDay } from '../progress/calendar-day.ts';
import type { ProgressEvent } from '../progress/contract.ts';
import { foldDays } from '../progress/fold.ts';
import { dueOn, newlyLearned, type ReviewItem, schedule, sitting } from './schedule.ts';

const DAY = 86_400_000;
/** Noon, so that a day later is the next calendar day in every time zone. */
const noon = (day: number): number => day * DAY + new Date(day * DAY).getTimezoneOffset() * 60_000 + DAY / 2;
const items: readonly ReviewItem[] = [
  { id: 'd01-r1', day: 'd01', minutes: 1 },
  { id: 'd01-r2', day: 'd01', minutes: 1 },
  { id: 'd01-i1', day: 'd01', minutes: 3 },
];
const passed = (at: number) => ({ at, event: { type: 'DayPassed', day: 'd01' } as const });
const seen = (at: number) => ({ at, event: { type: 'HintShown', day: 'd01', step: 'd01-s1', hint: 4 } as const });
const reviewed = (at: number, item: string, rating: number) => ({
  at,
  event: { type: 'ItemReviewed', day: 'd01', item, seed: 's', rating } as const,
});
const dueOf = (records: readonly { at: number; event: ProgressEvent }[], id = 'd01-r1'): number | undefined =>
  schedule(items, foldDays(records)).find((item) => item.id === id)?.due;

test('a day that was not passed leaves nothing to review', () => {
  expect(schedule(items, foldDays([seen(noon(10))]))).toEqual([]);
});

test('the first review comes after the three days that FSRS gives a good answer, and right answers move it further each time', () => {
  const records: { at: number; event: ProgressEvent }[] = [passed(noon(100))];
  const gaps: number[] = [];
  let last = 100;
  for (let time = 0; time < 4; time++) {
    const due = dueOf(records) ?? 0;
    gaps.push(due - last);
    last = due;
    records.push(reviewed(noon(due), 'd01-r1', 3));
  }
  // As FSRS-6 has them with its published weights, retention 0.9 and no short-term steps.
  expect(gaps[0]).toBe(3);
  expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
  expect(gaps[3]).toBeGreaterThan(30);
});

test('with the solution in sight, before or after the pass, the day is due again the next day', () => {
  expect(dueOf([seen(noon(99)), passed(noon(100))])).toBe(101);
  expect(dueOf([passed(noon(100)), seen(noon(101))])).toBe(102);
  expect(dueOf([passed(noon(100)), seen(noon(101)), reviewed(noon(102), 'd01-r1', 3)])).toBeGreaterThan(102);
});

test('what was forgotten comes back sooner than what was known', () => {
  const forgotten = dueOf([passed(noon(100)), reviewed(noon(103), 'd01-r1', 1)]) ?? 0;
  const hard = dueOf([passed(noon(100)), reviewed(noon(103), 'd01-r1', 2)]) ?? 0;
  const known = dueOf([passed(noon(100)), reviewed(noon(103), 'd01-r1', 3)]) ?? 0;
  expect(forgotten).toBeLessThan(hard);
  expect(hard).toBeLessThan(known);
});

test('what is due lies still: another item is not moved by it, and it waits as long as it must', () => {
  const records = [passed(noon(100)), reviewed(noon(103), 'd01-r1', 3)];
  expect(dueOf(records, 'd01-r2')).toBe(103);
  const due = dueOn(200, schedule(items, foldDays(records)));
  expect(due.map(({ id, times }) => [id, times])).toEqual([
    ['d01-i1', 0],
    ['d01-r2', 0],
    ['d01-r1', 1],
  ]);
});

test('one sitting is three items and four minutes at most, and always one item', () => {
  const one = (id: string, minutes: number) => ({ id, day: 'd01', minutes, due: 1, times: 0 });
  const idsOf = (minutes: readonly number[]) => sitting(minutes.map((m, index) => one(String(index), m))).length;
  expect(idsOf([1, 1, 1, 1])).toBe(3);
  expect(sitting([one('a', 3), one('b', 3), one('c', 1)]).map(({ id }) => id)).toEqual(['a', 'c']);
  expect(idsOf([9])).toBe(1);
  expect(idsOf([])).toBe(0);
});

test('a day is learned when every item of it was right in a review on a later day; what is learned stays so', () => {
  const all = items.map(({ id }) => reviewed(noon(103), id, 3));
  const learnt = (records: readonly { at: number; event: ProgressEvent }[]) => newlyLearned(items, foldDays(records));
  expect(learnt([passed(noon(100)), ...all.slice(1)])).toEqual([]);
  expect(learnt([passed(noon(100)), ...all.map((one) => ({ ...one, at: noon(100) + 60_000 }))])).toEqual([]);
  expect(learnt([passed(noon(100)), ...all.slice(1), reviewed(noon(104), 'd01-r1', 1)])).toEqual([]);
  expect(learnt([passed(noon(100)), ...all])).toEqual(['d01']);
  const records = [passed(noon(100)), ...all, { at: noon(103), event: { type: 'DayLearned', day: 'd01' } as const }];
  expect(foldDays(records).d01?.state).toBe('learned');
  expect(foldDays([...records, passed(noon(110))]).d01?.state).toBe('learned');
  expect(newlyLearned([...items, { id: 'd01-r3', day: 'd01', minutes: 1 }], foldDays(records))).toEqual([]);
});

test('records of a version before reviews, in any order and with any times, are scheduled all the same', () => {
  const at = fc.oneof(fc.integer(), fc.double(), fc.constant(noon(100)));
  const record = fc.oneof(
    at.map(passed),
    at.map(seen),
    fc
      .tuple(at, fc.constantFrom('d01-r1', '__proto__', 'x'), fc.oneof(fc.integer(), fc.double()))
      .map((one) => reviewed(...one)),
  );
  fc.assert(
    fc.property(fc.array(record), (records) => {
      const first = schedule(items, foldDays(records));
      expect(schedule(items, foldDays(records))).toEqual(first);
      for (const { due } of first) expect(Number.isFinite(due)).toBe(true);
    }),
  );
  expect(dueOf([passed(noon(100))])).toBe(103);
});

test('a calendar day is the one of the device', () => {
  const late = new Date(2026, 2, 4, 23, 59).getTime();
  expect(calendarDay(late + 2 * 60_000) - calendarDay(late)).toBe(1);
  expect(calendarDay(late) - calendarDay(new Date(2026, 2, 4, 0, 1).getTime())).toBe(0);
});
