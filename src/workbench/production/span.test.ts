import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextFriday, spanOf, widths } from './span.ts';

const MONDAY = Date.UTC(2026, 2, 2, 9);

test('the next Friday at 17:00', () => {
  expect(new Date(nextFriday(MONDAY)).toISOString()).toBe('2026-03-06T17:00:00.000Z');
  expect(new Date(nextFriday(Date.UTC(2026, 2, 6, 16, 59))).toISOString()).toBe('2026-03-06T17:00:00.000Z');
  expect(new Date(nextFriday(Date.UTC(2026, 2, 6, 17))).toISOString()).toBe('2026-03-13T17:00:00.000Z');
});

test('any stretch has at most 241 values on a grid that does not move with the cursor', () => {
  const known = { from: MONDAY, until: MONDAY + 86_400_000 };
  const width = fc.constantFrom<number | 'all'>(...widths, 'all');
  fc.assert(
    fc.property(width, fc.integer({ min: 0, max: 86_400_000 }), (chosen, passed) => {
      const { start, end, step, axis } = spanOf(chosen, MONDAY + passed, known);
      expect(Math.floor((end - start) / step) + 1).toBeLessThanOrEqual(241);
      expect([end, start <= end, axis[0] <= end && end <= axis[1]]).toEqual([MONDAY + passed, true, true]);
      if (start < end) expect(start % step).toBe(0);
    }),
  );
});
