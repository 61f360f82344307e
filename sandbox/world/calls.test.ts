import { describe, expect, test } from 'vitest';
import { type CallSpec, createWorld, type Scenario, type ServiceSpec, type World } from './index.ts';

const second = 1000;

/** `shop` works 10 ms and then calls `bank`, which works 100 ms; somebody buys every 50 ms. */
function scenarioWith(
  call: Partial<CallSpec>,
  bank: Partial<ServiceSpec> = {},
  shop: Partial<ServiceSpec> = {},
): Scenario {
  return {
    name: 'calls',
    services: {
      shop: {
        concurrency: 10,
        time: { distribution: 'deterministic', mean: 10 },
        routes: { 'POST /payments': { effect: 'pay', calls: [{ to: 'bank', ...call }] } },
        ...shop,
      },
      bank: {
        external: true,
        time: { distribution: 'deterministic', mean: 100 },
        routes: { charge: { effect: 'charge' } },
        ...bank,
      },
    },
    journeys: { buy: { steps: [{ service: 'shop' }] } },
    arrivals: [{ journey: 'buy', pattern: 'constant', rate: 20 }],
    seats: { total: 10_000, price: 9 },
  };
}

function worldAfter(seconds: number, scenario: Scenario): World {
  const world = createWorld({ scenario, seed: '1' });
  world.runUntil(seconds * second);
  return world;
}

function figuresAt(world: World, service: 'shop' | 'bank') {
  const figures = world.figures().services[service];
  if (figures === undefined) throw new Error(service);
  return figures;
}

const codesOf = (world: World): Readonly<Record<string, number>> => {
  const values = world.scrape();
  return Object.fromEntries(
    world
      .series()
      .flatMap(({ name, labels }, index) =>
        name === 'lb_requests_total' && labels.service === 'shop' ? [[labels.code, values[index]]] : [],
      ),
  );
};

describe('a request that calls another service', () => {
  test('takes its own work and the call, and keeps its place meanwhile', () => {
    const shop = figuresAt(worldAfter(100, scenarioWith({})), 'shop');
    expect(shop.response.mean).toBeCloseTo(110, 6);
    // 20 a second × 110 ms on 10 places.
    expect(shop.utilisation).toBeCloseTo(0.22, 2);
  });

  test('gives its place back when the service does not block', () => {
    const shop = figuresAt(worldAfter(100, scenarioWith({}, {}, { blocking: false, concurrency: 1 })), 'shop');
    expect(shop.response.mean).toBeCloseTo(110, 6);
    expect(shop.utilisation).toBeCloseTo(0.2, 2);
    expect(shop.meanInSystem).toBeCloseTo(2.2, 1);
  });

  test('waits for a connection of the pool: two of them let 20 through in each second, one only 10', () => {
    const served = (pool: number): number =>
      figuresAt(worldAfter(100, scenarioWith({ pool }, {}, { blocking: false })), 'bank').served;
    expect(served(2)).toBeGreaterThan(1990);
    expect(served(1)).toBe(999);
  });

  test('fails with 504 when the call takes too long, though the bank goes on, and the money is owed back', () => {
    const world = worldAfter(100, scenarioWith({ timeout: 50 }));
    const { money } = world.figures();
    expect(codesOf(world)).toEqual({ 504: 1998 });
    expect(money.earned).toBe(0);
    expect(money.charged).toBe(money.refundsDue);
    expect(money.charged).toBeGreaterThan(9 * 1990);
  });

  test('tries again as often as it may, with a pause, and fails with 502', () => {
    const world = worldAfter(100, scenarioWith({ retries: 2, pause: 40 }, { errorRate: 1 }));
    expect(figuresAt(world, 'bank').arrived / figuresAt(world, 'shop').arrived).toBeCloseTo(3, 1);
    expect(figuresAt(world, 'shop').response.mean).toBeCloseTo(10 + 3 * 100 + 2 * 40, 6);
    expect(Object.keys(codesOf(world))).toEqual(['502']);
  });

  test('hears 429 of a bank that takes 5 a second', () => {
    const world = worldAfter(100, scenarioWith({}, { rateLimit: 5 }));
    const bank = figuresAt(world, 'bank');
    // The bucket is full at the beginning.
    expect(bank.served + bank.insideNow).toBe(5 * 100 + 5 - 1);
    expect(bank.refused).toBe(bank.arrived - bank.served - bank.insideNow);
  });
});

test('somebody pays only for a seat that is still kept, and what is kept too long is free again', () => {
  const base = scenarioWith({});
  const world = worldAfter(600, {
    ...base,
    services: {
      ...base.services,
      shop: {
        ...(base.services.shop as ServiceSpec),
        routes: { 'POST /holds': { effect: 'hold' }, 'POST /payments': { effect: 'pay', calls: [{ to: 'bank' }] } },
      },
    },
    journeys: {
      buy: {
        steps: [
          { service: 'shop', route: 'POST /holds' },
          {
            service: 'shop',
            route: 'POST /payments',
            share: 0.5,
            think: { distribution: 'exponential', mean: 20_000 },
          },
        ],
      },
    },
    seats: { total: 600, price: 9, keep: 30_000 },
  });
  const { seats, money, journeys } = world.figures();
  // Half never come back, and of the others those who think less than 30 s pay in time: 1 − e^−1.5; all seats are soon gone.
  expect(seats.sold).toBeGreaterThan(500);
  expect(seats.free + seats.held + seats.sold).toBe(600);
  expect(journeys.buy?.soldOut).toBeGreaterThan(5000);
  expect(money.earned).toBe(seats.sold * 9);
  expect(money.charged).toBe(money.earned + money.refundsDue + money.pending);
});
