import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarDay } from '../progress/calendar-day.ts';
import { calendarOf, type Happening } from './calendar.ts';
import { csvOf } from './csv.ts';
import { skillsOf } from './skills.ts';
import { timeSpent } from './time.ts';

/** Noon of a day of March 2026 in the device's own time; the second is a Monday. */
const march = (day: number, hour = 12): number => new Date(2026, 2, day, hour).getTime();
const step = (at: number): Happening => ({ at, event: { type: 'StepPassed', day: 'd01', step: 'd01-s1' } });
const week = (monday: number, days: number): Happening[] =>
  Array.from({ length: days }, (_, index) => step(march(monday + index)));

test('a week runs from Monday to Sunday; days without learning are rest, those to come are ahead', () => {
  const { weeks, thisWeek, total } = calendarOf([step(march(2)), step(march(2, 15)), step(march(4))], march(5));
  expect(weeks.length).toBe(1);
  expect(weeks[0]?.days.map(({ kind }) => kind)).toEqual([
    'learned',
    'rest',
    'learned',
    'rest',
    'ahead',
    'ahead',
    'ahead',
  ]);
  expect(weeks[0]?.monday).toBe(calendarDay(march(2)));
  expect({ thisWeek, total }).toEqual({ thisWeek: 2, total: 2 });
});

test('five days of a week make it full, and the week that is open breaks nothing', () => {
  const records = [...week(2, 5), ...week(9, 7), step(march(16))];
  expect(calendarOf(records, march(16))).toMatchObject({ streak: 2, best: 2, freezes: 2, thisWeek: 1 });
  expect(calendarOf(records, march(16)).weeks.map(({ kind }) => kind)).toEqual(['full', 'full', 'open']);
});

test('two short weeks are bridged, a third one ends the row, and the best row stays', () => {
  const first = [...week(2, 5), ...week(9, 5)];
  expect(calendarOf(first, march(16 + 7))).toMatchObject({ streak: 2, freezes: 1 });
  expect(calendarOf(first, march(16 + 14))).toMatchObject({ streak: 2, freezes: 0 });
  expect(calendarOf(first, march(16 + 14)).weeks.map(({ kind }) => kind)).toEqual([
    'full',
    'full',
    'frozen',
    'frozen',
    'open',
  ]);
  expect(calendarOf(first, march(16 + 21))).toMatchObject({ streak: 0, best: 2, total: 10 });
});

test('nothing is taken away: the best row and the days learned never shrink as time goes on', () => {
  const records = fc.array(fc.integer({ min: 1, max: 90 }).map((day) => step(march(day))));
  fc.assert(
    fc.property(records, fc.integer({ min: 91, max: 120 }), fc.nat(60), (some, now, later) => {
      const before = calendarOf(some, march(now));
      const after = calendarOf(some, march(now + later));
      expect(after.best).toBeGreaterThanOrEqual(before.best);
      expect(after.total).toBe(before.total);
      expect(before.streak).toBeLessThanOrEqual(before.best);
    }),
  );
});

test('times that are none, or far away, do no harm', () => {
  const records = [Number.NaN, Number.POSITIVE_INFINITY, -1e300, 1e300, march(3)].map(step);
  expect(calendarOf(records, march(5))).toMatchObject({ total: 1, thisWeek: 1 });
  expect(Object.values(timeSpent(records)).every(Number.isFinite)).toBe(true);
  expect(csvOf(records).split('\r\n').length).toBe(3);
});

test('time spent is what lies between records; a pause counts for a minute', () => {
  const at = (minutes: number, day = 'd01'): Happening => ({
    at: march(2) + minutes * 60_000,
    event: { type: 'CheckPassed', day, check: 'x' },
  });
  expect(timeSpent([at(0), at(10), at(14, 'd02'), at(200, 'd02')])).toEqual({ d01: 14 * 60_000, d02: 2 * 60_000 });
});

test('skills count the published days about each stage, in the order of the loop', () => {
  const written = [
    { id: 'd01', stages: ['plan', 'code'] },
    { id: 'd02', stages: ['code'] },
    { id: 'd03', stages: ['build'] },
  ];
  const days = { d01: { state: 'learned' }, d02: { state: 'done' } } as const;
  expect(skillsOf(written, ['plan', 'code', 'test'], days)).toEqual([
    { stage: 'plan', days: 1, done: 1, learned: 1 },
    { stage: 'code', days: 2, done: 2, learned: 1 },
    { stage: 'test', days: 0, done: 0, learned: 0 },
  ]);
});

test('the table quotes what it must and lets no cell become a formula', () => {
  const at = Date.UTC(2026, 2, 2);
  const csv = csvOf([
    { at, event: { type: 'CheckPassed', day: '=1+1', check: 'a,"b"' } },
    { at, event: { type: 'QuestionAnswered', day: 'd01', question: 'd01-q1', choices: [0, 2], right: true } },
    { at, event: { type: 'WorkKept', day: 'd01', step: 's', work: '{}' } },
  ]);
  expect(csv).toBe(
    'time,day,event,what,value\r\n' +
      '2026-03-02T00:00:00.000Z,\'=1+1,CheckPassed,"a,""b""",\r\n' +
      '2026-03-02T00:00:00.000Z,d01,QuestionAnswered,d01-q1,0 2 true\r\n',
  );
});
