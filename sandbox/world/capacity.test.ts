import { describe, expect, test } from 'vitest';
import { wantedBy } from './capacity.ts';
import { type CapacityRule, createWorld, type Scenario } from './index.ts';

describe('what a rule asks for', () => {
  const rule: CapacityRule = { min: 1, max: 6, load: { target: 0.6 } };
  test.each([
    // load, instances now, wanted: the autoscaler's ceil(now × load / target), which leaves a tenth alone
    [0.6, 2, 2],
    [0.65, 2, 2],
    [0.67, 2, 3],
    [0.3, 4, 2],
    [0.3, 3, 2],
    [0, 5, 1],
    [2, 3, 6],
  ])('a load of %d on %d instances wants %d', (load, now, wanted) => {
    expect(wantedBy(rule, 0, load, now)).toBe(wanted);
  });

  test('a timetable holds from its first minute to the one before its last, also over midnight', () => {
    const hours = (from: number, to: number): CapacityRule => ({ min: 1, max: 6, hours: [{ from, to, instances: 4 }] });
    const at = (given: CapacityRule, minute: number): number => wantedBy(given, minute, 0, 1);
    expect([899, 900, 1139, 1140].map((minute) => at(hours(900, 1140), minute))).toEqual([1, 4, 4, 1]);
    expect([1379, 1380, 0, 119, 120].map((minute) => at(hours(1380, 120), minute))).toEqual([1, 4, 4, 4, 1]);
  });

  test('the load can ask for more than the timetable, nothing for more than the maximum', () => {
    const both: CapacityRule = { min: 1, max: 6, hours: [{ from: 0, to: 1440, instances: 2 }], load: { target: 0.5 } };
    expect([0, 0.9, 1.9].map((load) => wantedBy(both, 0, load, 2))).toEqual([2, 4, 6]);
  });
});

describe('in a world', () => {
  const scenario = (rule: CapacityRule, rate: number): Scenario => ({
    name: 'rule',
    services: {
      web: {
        concurrency: 1,
        startup: 20_000,
        time: { distribution: 'deterministic', mean: 100 },
        queue: { limit: 100 },
      },
    },
    journeys: { visit: { steps: [{ service: 'web' }] } },
    arrivals: [{ journey: 'visit', pattern: 'constant', rate }],
    capacity: { web: rule },
  });

  test('the load comes to its target, one step a cooldown, and goes back when the people are gone', () => {
    const load = { target: 0.5, cooldownUp: 60_000, cooldownDown: 120_000 };
    const world = createWorld({ scenario: scenario({ min: 1, max: 8, load }, 20), seed: '' });
    world.runUntil(30 * 60_000);
    world.act({ do: 'traffic', source: 'visit', factor: 0 });
    world.runUntil(60 * 60_000);
    const scaled = world.events().filter(({ type }) => type.startsWith('Scaled'));
    // 20 requests a second of 100 ms are 2 places in use: 4 instances make it a load of one half.
    expect(world.minutes()[29]?.services.web).toMatchObject({ instances: 4, waiting: 0 });
    expect(world.minutes().at(-1)?.services.web).toMatchObject({ instances: 1 });
    for (const [n, { at, type }] of scaled.entries()) {
      const since = at - (scaled[n - 1]?.at ?? -1e9);
      expect(since).toBeGreaterThanOrEqual(type === 'ScaledUp' ? 60_000 : 120_000);
    }
  });

  test('an instance serves only after its start-up, and is paid for from its start', () => {
    const world = createWorld({
      scenario: scenario({ min: 1, max: 4, hours: [{ from: 10, to: 20, instances: 3 }] }, 1),
      seed: '',
    });
    world.runUntil(3_600_000);
    const types = world.events().map(({ at, type }) => `${at / 1000} ${type}`);
    // The rule looks every 15 s; the first look at or after minute 10 is at 600 s.
    expect(types).toEqual([
      '0 InstanceStarted',
      '600 ScaledUp',
      '620 InstanceStarted',
      '620 InstanceStarted',
      '1200 ScaledDown',
      '1200 InstanceDraining',
      '1200 InstanceDraining',
      '1200 InstanceStopped',
      '1200 InstanceStopped',
    ]);
    expect(world.figures().services.web?.instanceHours).toBeCloseTo(1 + (2 * 600) / 3600, 6);
  });
});
