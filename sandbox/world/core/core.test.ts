import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../kernel/index.ts';
import { createAgenda, schedule, takeFirst } from './agenda.ts';
import { createStreams, uniform } from './chance.ts';
import { exp, exponentialOf, ln } from './exact.ts';
import { count, createSpread, quantile } from './spread.ts';

test('logarithm and exponential agree with those of the engine to the last digits', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (x) => {
      expect(Math.abs(ln(x) - Math.log(x))).toBeLessThanOrEqual(4e-16 * Math.max(1, Math.abs(Math.log(x))) + 1e-300);
    }),
  );
  fc.assert(
    fc.property(fc.double({ min: -40, max: 40, noNaN: true }), (x) => {
      expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-14);
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 32 }), (k) => {
      expect(exponentialOf(k)).toBeCloseTo(-Math.log(k / 2 ** 32), 13);
    }),
  );
});

test('a stream gives the numbers of the kernel under its name, whatever other streams there are', () => {
  const random = createRandom('seed/world/b');
  const streams = createStreams('seed', ['a', 'b', 'c']);
  for (let n = 0; n < 1000; n++) {
    uniform(streams, 0);
    expect(uniform(streams, 1)).toBe(random.next());
  }
});

test('the agenda gives back by time, and equal times in the order in which they were scheduled', () => {
  const times = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 3000 });
  fc.assert(
    fc.property(times, (all) => {
      const agenda = createAgenda(4);
      for (const [index, at] of all.entries()) schedule(agenda, at, 1, index, 0);
      const out = all.map(() => agenda.one[takeFirst(agenda)]);
      const sorted = [...all.keys()].sort((a, b) => (all[a] as number) - (all[b] as number) || a - b);
      expect(out).toEqual(sorted);
    }),
    { numRuns: 50 },
  );
});

test('a percentile is at most 0.8 % above the time that really has that rank', () => {
  const times = fc.array(fc.double({ min: 0.001, max: 100_000, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(times, fc.double({ min: 0, max: 1, noNaN: true }), (all, q) => {
      const spread = createSpread();
      for (const ms of all) count(spread, ms);
      const sorted = [...all].sort((a, b) => a - b);
      const exact = sorted[Math.max(0, Math.ceil(q * all.length) - 1)] as number;
      const got = quantile(spread, q);
      expect(got).toBeGreaterThanOrEqual(exact);
      expect(got).toBeLessThanOrEqual(exact * 1.008 + 0.001);
    }),
  );
});
