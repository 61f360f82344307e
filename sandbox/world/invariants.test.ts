import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWorld, type Intervention, type Scenario, type World } from './index.ts';

/** A small world in which everything that there is happens: calls, pools, retries, patience, timeouts, leaks, rules, faults. */
const everything: Scenario = {
  name: 'everything',
  start: 1_772_442_000_000,
  warmup: 2000,
  services: {
    web: {
      instances: 2,
      concurrency: 3,
      queue: { limit: 20 },
      time: { distribution: 'exponential', mean: 100 },
      routes: {
        'GET /trips': {},
        'POST /holds': { effect: 'hold', writes: true },
        'POST /payments': {
          effect: 'pay',
          signed: true,
          calls: [{ to: 'payments', timeout: 900, retries: 1, pause: 100, pool: 2 }, { to: 'mail' }],
        },
      },
      startup: 2000,
      restart: { delay: 500, most: 4000, reset: 10_000 },
      memory: { base: 100, leak: 0.5, limit: 160 },
      versions: { '1.1.0': { errors: 0.5, towns: ['Alba'] }, '1.2.0': { broken: true }, '1.3.0': { slow: 3, leak: 5 } },
      price: { hour: 1, gbPerAnswer: 0.001 },
    },
    mail: {
      instances: 1,
      concurrency: 2,
      queue: { limit: 5, at: 'instance' },
      blocking: false,
      balancer: 'least-connections',
      time: { distribution: 'lognormal', mean: 150, cv: 1 },
      errorRate: 0.01,
      health: { interval: 1000, failures: 2 },
    },
    payments: {
      external: true,
      rateLimit: 5,
      errorRate: 0.05,
      time: { distribution: 'deterministic', mean: 400 },
      routes: { charge: { effect: 'charge' } },
      price: { call: 0.01 },
    },
  },
  hosts: { 'web-1': {}, 'web-2': { skew: 10 } },
  journeys: {
    buy: {
      steps: [
        { service: 'web', route: 'GET /trips' },
        { service: 'web', route: 'POST /holds', share: 0.8, think: { distribution: 'exponential', mean: 500 } },
        { service: 'web', route: 'POST /payments', share: 0.9, think: { distribution: 'exponential', mean: 1000 } },
      ],
      patience: { distribution: 'exponential', mean: 2000 },
      timeout: 4000,
      retries: { times: 1, pause: { distribution: 'exponential', mean: 300 } },
      support: { slow: 1000, ofSlow: 0.1, ofFailed: 0.3, ofAbandoned: 0.3 },
    },
  },
  arrivals: [{ journey: 'buy', pattern: 'poisson', rate: 15 }],
  seats: { total: 60, price: 9, keep: 3000 },
  towns: { Alba: 3, Puerto: 1 },
  capacity: { web: { min: 1, max: 4, load: { target: 0.6, cooldownUp: 5000, cooldownDown: 5000 } } },
};

const instance = fc.constantFrom('web-1', 'web-2', 'web-3', 'mail-1', 'no-such');
const service = fc.constantFrom('web', 'mail', 'payments');
const fault = fc.oneof(
  fc.record({ kind: fc.constant('slow' as const), at: fc.oneof(service, instance), factor: fc.constantFrom(0.5, 5) }),
  fc.record({ kind: fc.constant('errors' as const), at: service, share: fc.constantFrom(0.2, 1) }),
  fc.record({ kind: fc.constant('network-loss' as const), at: service, share: fc.constantFrom(0.1, 0.9) }),
  fc.record({ kind: fc.constantFrom('hang' as const, 'disk-full' as const, 'host-down' as const), at: instance }),
  fc.record({ kind: fc.constant('expired-certificate' as const), at: service }),
  fc.record({ kind: fc.constant('clock-skew' as const), at: instance, ms: fc.constant(400_000) }),
);
const version = fc.constantFrom('1.0.0', '1.1.0', '1.2.0', '1.3.0');
const own = fc.constantFrom('web', 'mail');
const intervention: fc.Arbitrary<Intervention> = fc.oneof(
  fc.record({ do: fc.constantFrom('drain' as const, 'stop' as const, 'kill' as const), instance }),
  fc.record({ do: fc.constant('rotate' as const), instance, into: fc.boolean() }),
  fc.record({ do: fc.constant('set-capacity' as const), service: own, instances: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ do: fc.constant('deploy' as const), service: own, version }),
  fc.record({ do: fc.constant('start' as const), service: own, version, rotate: fc.boolean() }),
  fc.record({ do: fc.constant('traffic' as const), source: fc.constant('buy'), factor: fc.constantFrom(0, 1, 4) }),
  fc.record({ do: fc.constantFrom('break' as const, 'mend' as const), fault }),
);
const sequence = fc.array(fc.record({ after: fc.integer({ min: 0, max: 3000 }), act: intervention }), { maxLength: 5 });

const END = (everything.start ?? 0) + 12_000;

function expectConserved(world: World): void {
  const { services, journeys, seats, money } = world.figures();
  for (const [name, s] of Object.entries(services)) {
    const out = s.served + s.failed + s.refused + s.abandoned + s.timedOut + s.dropped;
    expect(out + s.insideNow, `requests at ${name}`).toBe(s.arrived + s.insideBefore);
    expect(s.waitingNow + s.inServiceNow).toBeLessThanOrEqual(s.insideNow);
    if (s.arrived > 0) expect((s.arrivalRate * s.meanStay) / 1000).toBeCloseTo(s.meanInSystem, 9);
  }
  for (const j of Object.values(journeys))
    expect(j.finished + j.failed + j.abandoned + j.stopped + j.soldOut + j.present).toBe(j.started);
  expect(seats.free + seats.held + seats.sold).toBe(60);
  expect(money.earned).toBe(9 * seats.sold);
  expect(money.charged).toBe(money.earned + money.refundsDue + money.pending);
}

test('whatever is done to a world, every request, person, seat and unit is accounted for, and a snapshot taken and restored at each step changes nothing', () => {
  fc.assert(
    fc.property(fc.string(), sequence, (seed, steps) => {
      const world = createWorld({ scenario: everything, seed });
      let other = createWorld({ scenario: everything, seed });
      const go = (at: number): void => {
        world.runUntil(at);
        other.runUntil((other.now() + at) / 2);
        other = createWorld(JSON.parse(JSON.stringify(other.snapshot())));
        other.runUntil(at);
      };
      for (const { after, act } of steps) {
        go(world.now() + after);
        expect(other.act(act)).toEqual(world.act(act));
      }
      go(Math.max(END, world.now()));
      expectConserved(world);
      expect(JSON.stringify(other.series())).toBe(JSON.stringify(world.series()));
      expect([...other.scrape()].join()).toBe([...world.scrape()].join());
      expect(JSON.stringify(other.snapshot())).toBe(JSON.stringify(world.snapshot()));
    }),
    { numRuns: 1000 },
  );
}, 60_000);

test('another seed gives another world', () => {
  const after = (seed: string): string => {
    const world = createWorld({ scenario: everything, seed });
    world.runUntil(END);
    return JSON.stringify(world.figures());
  };
  expect(after('a')).toBe(after('a'));
  expect(after('a')).not.toBe(after('b'));
});
