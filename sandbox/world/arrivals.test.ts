import { describe, expect, test } from 'vitest';
import { rateAt } from './arrivals.ts';
import { type ArrivalSpec, companyDays, createWorld } from './index.ts';

const HOUR = 3_600_000;

/** How many set out in each hour. */
function byHour(arrivals: ArrivalSpec, hours: number, start = 0): readonly number[] {
  const world = createWorld({
    scenario: {
      name: 'arrivals',
      start,
      services: { web: { concurrency: 0, time: { distribution: 'deterministic', mean: 0.001 } } },
      journeys: { visit: { steps: [{ service: 'web' }] } },
      arrivals: [arrivals],
    },
    seed: '1',
  });
  let before = 0;
  return Array.from({ length: hours }, (_, hour) => {
    world.runUntil(start + (hour + 1) * HOUR);
    const now = world.figures().journeys.visit?.started ?? 0;
    const came = now - before;
    before = now;
    return came;
  });
}

/** Within four standard deviations of a Poisson count. */
function expectAbout(counts: readonly number[], expected: readonly number[]): void {
  for (const [index, count] of counts.entries()) {
    const mean = expected[index] as number;
    expect(Math.abs(count - mean), `hour ${index}: ${count}, expected ${mean}`).toBeLessThanOrEqual(
      4 * Math.sqrt(mean),
    );
  }
}

const hours = Array.from({ length: 24 }, (_, hour) => (hour % 6) / 2);

describe('people come', () => {
  test('at equal distances, when the pattern is constant', () => {
    expect(byHour({ journey: 'visit', pattern: 'constant', rate: 0.5 }, 2)).toEqual([1800, 1800]);
  });

  test('at random, when it is a Poisson process', () => {
    expectAbout(byHour({ journey: 'visit', pattern: 'poisson', rate: 2 }, 5), [7200, 7200, 7200, 7200, 7200]);
  });

  test('by the hour of a profile, with straight lines between', () => {
    const area = hours.map((rate, hour) => ((rate + (hours[(hour + 1) % 24] as number)) / 2) * 3600);
    expectAbout(byHour({ journey: 'visit', pattern: 'profile', hours }, 24), area);
  });

  test('by the day of the week: 1 January 1970 was a Thursday', () => {
    const days = [0, 0, 0, 1, 0, 2, 0];
    const flat = Array.from({ length: 24 }, () => 0.1);
    const counts = byHour({ journey: 'visit', pattern: 'profile', hours: flat, days }, 72);
    const perDay = [0, 1, 2].map((day) => counts.slice(day * 24, day * 24 + 24).reduce((sum, one) => sum + one, 0));
    expectAbout(perDay, [8640, 0, 17_280]);
  });

  test('twenty times as many within 90 seconds of an announced sale', () => {
    const surges = [{ at: HOUR, factor: 20, rise: 90_000, hold: 600_000, fall: 300_000 }];
    const spec = { journey: 'visit', pattern: 'profile', hours: Array.from({ length: 24 }, () => 1), surges } as const;
    expect([0, 45_000, 90_000, 690_000, 840_000, 990_000].map((after) => rateAt(spec, 0, HOUR + after))).toEqual([
      1, 10.5, 20, 20, 10.5, 1,
    ]);
    // Triangles and the plateau: 19 × (45 + 600 + 150) more than the 3600.
    expectAbout(byHour(spec, 3), [3600, 3600 + 19 * 795, 3600]);
  });

  test('at the moments of a trace, whatever the seed', () => {
    expect(byHour({ journey: 'visit', pattern: 'trace', times: [0, 1, 1, HOUR, HOUR + 1] }, 3)).toEqual([4, 1, 0]);
  });

  test('on Friday with 40 requests a second at 17:00', () => {
    const { arrivals, start } = companyDays['friday-1700'];
    const [buyers] = arrivals;
    if (buyers?.pattern !== 'profile') throw new Error('no profile');
    // 1 + 0.6 × (1 + 0.4 × (1 + 0.85)) requests a buyer.
    expect(rateAt(buyers, start, 17 * HOUR) * 2.044).toBeCloseTo(40, 9);
  });
});
