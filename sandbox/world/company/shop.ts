import type { ArrivalSpec, Scenario } from '../scenario.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Ventarela's shop: buyers search for a coach, hold a seat and pay; `seats` answers them, `payments` is somebody else's. */
export const shop = {
  services: {
    seats: {
      instances: 1,
      concurrency: 1,
      blocking: false,
      balancer: 'least-connections',
      queue: { at: 'instance', limit: 200 },
      startup: 45 * SECOND,
      time: { distribution: 'lognormal', mean: 80, cv: 0.4 },
      routes: {
        'GET /trips': { path: '/trips?from={town}' },
        'POST /holds': { method: 'POST', path: '/holds', effect: 'hold', writes: true },
        'POST /payments': {
          method: 'POST',
          path: '/payments',
          effect: 'pay',
          writes: true,
          signed: true,
          calls: [{ to: 'payments', timeout: 8 * SECOND, retries: 1, pause: 500, pool: 50 }],
        },
      },
      memory: { base: 90, leak: 0, limit: 512 },
      version: '1.1.0',
      hosts: ['web-1', 'web-2', 'web-3', 'web-4', 'web-5', 'web-6'],
      price: { hour: 0.6, gbPerAnswer: 0.00002 },
    },
    payments: {
      external: true,
      rateLimit: 20,
      errorRate: 0.005,
      time: { distribution: 'lognormal', mean: 320, cv: 0.5 },
      routes: { charge: { effect: 'charge' } },
      price: { call: 0.00001 },
    },
  },
  hosts: { 'web-1': {}, 'web-2': {}, 'web-3': {}, 'web-4': {}, 'web-5': {}, 'web-6': {} },
  journeys: {
    buy: {
      steps: [
        { service: 'seats', route: 'GET /trips' },
        {
          service: 'seats',
          route: 'GET /trips',
          share: 0.6,
          think: { distribution: 'exponential', mean: 20 * SECOND },
        },
        {
          service: 'seats',
          route: 'POST /holds',
          share: 0.4,
          think: { distribution: 'exponential', mean: 30 * SECOND },
        },
        {
          service: 'seats',
          route: 'POST /payments',
          share: 0.85,
          think: { distribution: 'exponential', mean: 60 * SECOND },
        },
      ],
      patience: { distribution: 'lognormal', mean: 12 * SECOND, cv: 0.6 },
      timeout: 20 * SECOND,
      retries: { times: 1, pause: { distribution: 'exponential', mean: 4 * SECOND } },
      support: { slow: 5 * SECOND, ofSlow: 0.001, ofFailed: 0.01, ofAbandoned: 0.002 },
    },
  },
  towns: { Alba: 5, Puerto: 4, Molinos: 2, Sierra: 1 },
  seats: { total: 200_000, price: 9, keep: 10 * MINUTE },
  prices: { gb: 0.05, supportCall: 0 },
} as const satisfies Omit<Scenario, 'name' | 'arrivals'>;

/** Requests that an average buyer makes when all goes well, by the shares above. */
const REQUESTS_A_BUYER = 1 + 0.6 * (1 + 0.4 * (1 + 0.85));

/** Buyers by the hour of the day, given as the requests a second that they make. */
export function buyers(requestsBySecond: readonly number[], more: Pick<Profile, 'surges'> = {}): ArrivalSpec {
  if (requestsBySecond.length !== 24) throw new RangeError('a day has 24 hours');
  const hours = requestsBySecond.map((requests) => requests / REQUESTS_A_BUYER);
  return { journey: 'buy', pattern: 'profile', hours, ...more };
}

type Profile = Extract<ArrivalSpec, { readonly pattern: 'profile' }>;
