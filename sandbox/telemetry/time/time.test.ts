import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarTime, daysInMonth, formatTime, midnight, parseTime } from './calendar.ts';
import { formatDuration, parseDuration } from './duration.ts';

const anyTime = fc.integer({ min: -2_000_000_000_000, max: 5_000_000_000_000 });

describe('the calendar', () => {
  test('agrees with the language on every moment', () => {
    fc.assert(
      fc.property(anyTime, (ms) => {
        const date = new Date(ms);
        expect(calendarTime(ms)).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
          weekday: date.getUTCDay(),
          minute: date.getUTCHours() * 60 + date.getUTCMinutes(),
        });
        expect(formatTime(ms)).toBe(date.toISOString().replace('.000Z', 'Z'));
        expect(parseTime(date.toISOString())).toBe(ms);
        expect(midnight(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())).toBe(
          Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()),
        );
      }),
    );
  });

  test('knows how long months are', () => {
    expect([2, 12, 4].map((month) => daysInMonth(2028, month))).toEqual([29, 31, 30]);
  });

  test('reads zones and fractions, and refuses days that do not exist', () => {
    expect(parseTime('2026-03-02T10:00:00.5+01:00')).toBe(Date.UTC(2026, 2, 2, 9, 0, 0, 500));
    for (const wrong of ['2026-02-29T00:00:00Z', '2026-03-02', '2026-13-01T00:00:00Z', '2026-03-02T24:00:00Z'])
      expect(parseTime(wrong)).toBeUndefined();
  });
});

describe('durations', () => {
  test.each([
    ['1h30m', 5_400_000],
    ['1w', 604_800_000],
    ['8d', 691_200_000],
    ['1500ms', 1500],
    ['0', 0],
  ])('%s is %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test('are refused where Prometheus refuses them', () => {
    for (const text of ['', '5', '1m1h', '-1s', '1.5h', 'abc', '99999999999y'])
      expect(parseDuration(text)).toBeUndefined();
  });

  test('are read back as they were written', () => {
    fc.assert(
      fc.property(fc.nat(100_000_000_000), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms);
      }),
    );
    expect([86_400_000, 90_000_000, 604_800_000, 1500].map(formatDuration)).toEqual(['1d', '25h', '1w', '1s500ms']);
  });
});
