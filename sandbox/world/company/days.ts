import type { Scenario } from '../scenario.ts';
import { buyers, shop } from './shop.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Monday 2 March 2026, 00:00 UTC. */
const MONDAY = 1_772_409_600_000;

const night = [1.2, 0.8, 0.5, 0.4, 0.5, 1];
const week = [...night, 2, 4, 5.5, 6, 6, 5.5, 5, 5, 5.5, 6, 6.5, 7, 6.5, 5.5, 4.5, 3.5, 2.5, 1.8];
const friday = [...night, 2, 3.5, 4.5, 5, 5, 5, 5, 5.5, 6.5, 11, 26, 40, 26, 11, 5.5, 4, 3, 2];
const saturday = [...night, 2, 4, 10, 22, 31, 36, 22, 11, 6, 5, 5, 4.5, 4.5, 4, 3.5, 3, 2.5, 2];

const sunday = [...night, 1, 1.5, 2.5, 3.5, 4, 4.5, 5, 5, 5, 5.5, 6, 8, 18, 31, 36, 18, 8, 3];

const slower = [
  { kind: 'slow', at: 'seats', factor: 5 },
  { kind: 'slow', at: 'payments', factor: 3.2 },
] as const;

const fewErrors = { kind: 'errors', at: 'seats', share: 0.003 } as const;

/** It takes the program 5 ms to find that out. */
const noSuchPage = {
  'GET /admin': { path: '/admin', code: 404, time: { distribution: 'deterministic', mean: 5 } },
} as const;

const { seats } = shop.services;
const { 'POST /payments': payment } = seats.routes;
/** Somebody let `seats` ask `payments` 49 times again, at once. */
const impatient = {
  ...seats,
  routes: {
    ...seats.routes,
    'POST /payments': { ...payment, calls: payment.calls.map((call) => ({ ...call, retries: 49, pause: 10 })) },
  },
};

/** Days of the shop that lessons run, by name. The numbers in them are requests a second at the beginning of each hour. */
export const companyDays = {
  /** Everybody goes home for the weekend: 40 requests a second at 17:00. */
  'friday-1700': { name: 'friday-1700', start: MONDAY + 4 * DAY, length: DAY, arrivals: [buyers(friday)], ...shop },
  'normal-monday': { name: 'normal-monday', start: MONDAY, length: DAY, arrivals: [buyers(week)], ...shop },
  /** From 21:00 on Tuesday to 06:00. */
  'quiet-night': {
    name: 'quiet-night',
    start: MONDAY + DAY + 21 * HOUR,
    length: 9 * HOUR,
    arrivals: [buyers(week)],
    ...shop,
  },
  /** A Wednesday on which the payment provider takes 25 times as long from 10:00 to 12:00. */
  'slow-payment': {
    name: 'slow-payment',
    start: MONDAY + 2 * DAY,
    length: DAY,
    arrivals: [buyers(week)],
    schedule: [
      { at: 10 * HOUR, act: { do: 'break', fault: { kind: 'slow', at: 'payments', factor: 25 } } },
      { at: 12 * HOUR, act: { do: 'mend', fault: { kind: 'slow', at: 'payments', factor: 25 } } },
    ],
    ...shop,
  },
  /** The market in Puerto: another peak, at another hour. */
  'unseen-saturday': {
    name: 'unseen-saturday',
    start: MONDAY + 5 * DAY,
    length: DAY,
    arrivals: [buyers(saturday)],
    ...shop,
  },
  /** Those who were at the market go home: one more peak, when Friday's and Saturday's are long over. */
  'unseen-sunday': {
    name: 'unseen-sunday',
    start: MONDAY + 6 * DAY,
    length: DAY,
    arrivals: [buyers(sunday)],
    ...shop,
  },
  /** A Thursday on which tickets for the holidays are sold from 12:00, as announced: 20 times the buyers within 90 seconds. */
  presale: {
    name: 'presale',
    start: MONDAY + 3 * DAY,
    length: DAY,
    arrivals: [
      buyers(week, { surges: [{ at: 12 * HOUR, factor: 20, rise: 90_000, hold: 5 * 60_000, fall: 20 * 60_000 }] }),
    ],
    ...shop,
  },
  /** The Monday after, on which version 1.2.0 is deployed at 11:00 and taken back 40 minutes later: it fails for one town. */
  'bad-deploy': {
    name: 'bad-deploy',
    start: MONDAY + 7 * DAY,
    length: DAY,
    arrivals: [buyers(week)],
    ...shop,
    services: {
      ...shop.services,
      seats: { ...shop.services.seats, versions: { '1.2.0': { errors: 0.9, towns: ['Molinos'] } } },
    },
    schedule: [
      { at: 11 * HOUR, act: { do: 'deploy', service: 'seats', version: '1.2.0' } },
      { at: 11 * HOUR + 40 * MINUTE, act: { do: 'deploy', service: 'seats', version: shop.services.seats.version } },
    ],
  },
  /**
   * From 21:00 on the Tuesday after to 06:00: from 02:00 on the payment provider's certificate is out of date, and each payment fails at once.
   * `payments` then has most of the answers, for `seats` asks again and again.
   */
  'night-refusals': {
    name: 'night-refusals',
    start: MONDAY + 8 * DAY + 21 * HOUR,
    length: 9 * HOUR,
    arrivals: [buyers(week)],
    schedule: [{ at: 5 * HOUR, act: { do: 'break', fault: { kind: 'expired-certificate', at: 'payments' } } }],
    ...shop,
    services: { ...shop.services, seats: impatient },
  },
  /** From 09:00 to 11:00 on a Thursday: from 10:00 on the payment provider takes 10 times as long. Few wait, and the mean stays under half a second. */
  'half-slow-payment': {
    name: 'half-slow-payment',
    start: MONDAY + 10 * DAY + 9 * HOUR,
    length: 2 * HOUR,
    arrivals: [buyers(week)],
    schedule: [{ at: HOUR, act: { do: 'break', fault: { kind: 'slow', at: 'payments', factor: 10 } } }],
    ...shop,
  },
  /**
   * From 13:30 to 17:00 on the Friday after, with room for everybody. Until 13:45 a program looks for a page that is not there, 25 times for
   * each request of a buyer, and three answers in a thousand are errors. From 14:00 to 15:00 everything is slower: the mean is 0.5 s, and one
   * in a hundred waits longer than 2 s. Until 15:25 it is payments alone: two or three in a hundred of `seats` wait as long, and twice as many
   * of the answers of both. From 16:00 on three answers in a thousand are errors again, which is many in a crowd.
   */
  'busy-friday': {
    name: 'busy-friday',
    start: MONDAY + 11 * DAY + 13.5 * HOUR,
    length: 3.5 * HOUR,
    arrivals: [buyers(friday), { journey: 'probe', pattern: 'poisson', rate: 150 }],
    ...shop,
    services: { ...shop.services, seats: { ...seats, instances: 12, routes: { ...seats.routes, ...noSuchPage } } },
    journeys: { ...shop.journeys, probe: { steps: [{ service: 'seats', route: 'GET /admin' }] } },
    schedule: [
      { at: 0, act: { do: 'break', fault: fewErrors } },
      { at: 15 * MINUTE, act: { do: 'traffic', source: 'probe', factor: 0 } },
      { at: 15 * MINUTE, act: { do: 'mend', fault: fewErrors } },
      ...slower.map((fault) => ({ at: 0.5 * HOUR, act: { do: 'break' as const, fault } })),
      { at: 1.5 * HOUR, act: { do: 'mend', fault: slower[0] } },
      { at: 1.5 * HOUR, act: { do: 'break', fault: { ...slower[1], factor: 5 } } },
      { at: 1.5 * HOUR + 25 * MINUTE, act: { do: 'mend', fault: slower[1] } },
      { at: 2.5 * HOUR, act: { do: 'break', fault: fewErrors } },
    ],
  },
} as const satisfies Readonly<Record<string, Scenario>>;

export type CompanyDay = keyof typeof companyDays;
