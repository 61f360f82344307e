// The fields of a scenario file and of capacity.yaml. docs/world.md describes each; a test holds both together.
import * as z from 'zod/mini';
import { byName, duration, moment, name, number, share, timeOfDay, whole } from './fields.ts';

/** A shape that takes no other fields. */
const fields = z.strictObject;
const optional = z.optional;

const mean = duration('0.001ms', '1d');

const time = z.discriminatedUnion('distribution', [
  fields({ distribution: z.literal('exponential'), mean }),
  fields({ distribution: z.literal('deterministic'), mean }),
  fields({ distribution: z.literal('lognormal'), mean, cv: number(0, 20) }),
]);

export const capacityRule = fields({
  min: whole(1, 100),
  max: whole(1, 100),
  hours: optional(z.array(fields({ from: timeOfDay, to: timeOfDay, instances: whole(1, 100) })).check(z.maxLength(48))),
  load: optional(
    fields({
      target: share(0.01, 1),
      cooldownUp: optional(duration('0s', '1h')),
      cooldownDown: optional(duration('0s', '6h')),
    }),
  ),
});

const call = fields({
  to: name,
  route: optional(z.string()),
  timeout: optional(duration('1ms', '1h')),
  retries: optional(whole(0, 10)),
  pause: optional(duration('0ms', '1h')),
  pool: optional(whole(1, 10_000)),
});

const service = fields({
  serviceTime: time,
  instances: optional(whole(1, 1000)),
  concurrency: optional(whole(1, 100_000)),
  queueLimit: optional(whole(0, 10_000_000)),
  queueAt: optional(z.enum(['balancer', 'instance'])),
  balancer: optional(z.enum(['round-robin', 'least-connections'])),
  blocking: optional(z.boolean()),
  cpu: optional(share(0, 1)),
  startup: optional(duration('0s', '1h')),
  health: optional(fields({ interval: duration('100ms', '1h'), failures: whole(1, 100) })),
  restart: optional(fields({ delay: duration('1ms', '1h'), most: duration('1ms', '1d'), reset: duration('0s', '1d') })),
  memory: optional(fields({ base: number(0, 1e6), leak: number(0, 1e4), limit: number(1, 1e6) })),
  external: optional(z.boolean()),
  rateLimit: optional(number(0.001, 1e6)),
  errorRate: optional(share(0, 1)),
  price: optional(
    fields({ hour: optional(number(0, 1e6)), call: optional(number(0, 1e6)), gbPerAnswer: optional(number(0, 1000)) }),
  ),
  routes: optional(
    z.record(
      z.string(),
      fields({ serviceTime: optional(time), calls: optional(z.array(call).check(z.maxLength(20))) }),
    ),
  ),
});

const retries = fields({ times: whole(0, 20), pause: time });
const support = fields({
  slow: duration('1ms', '1d'),
  ofSlow: share(0, 1),
  ofFailed: share(0, 1),
  ofAbandoned: share(0, 1),
});
const people = {
  patience: optional(time),
  timeout: optional(duration('1ms', '1d')),
  retries: optional(retries),
  support: optional(support),
};

const journey = fields({
  ...people,
  steps: z
    .array(fields({ service: name, route: optional(z.string()), think: optional(time), share: optional(share(0, 1)) }))
    .check(z.minLength(1), z.maxLength(50)),
});

const rate = number(0.000001, 10_000);
const whose = { to: optional(name), journey: optional(name), name: optional(name), ...people };
const surge = fields({
  at: duration('0s', '31d'),
  factor: number(0, 1000),
  rise: duration('0s', '31d'),
  hold: duration('0s', '31d'),
  fall: duration('0s', '31d'),
});
const arrival = z.discriminatedUnion('pattern', [
  fields({ pattern: z.literal('poisson'), rate, ...whose }),
  fields({ pattern: z.literal('constant'), rate, ...whose }),
  fields({
    pattern: z.literal('profile'),
    hours: z.array(number(0, 10_000)).check(z.length(24)),
    days: optional(z.array(number(0, 1000)).check(z.length(7))),
    surges: optional(z.array(surge).check(z.maxLength(50))),
    ...whose,
  }),
  fields({
    pattern: z.literal('trace'),
    times: z.array(duration('0s', '31d')).check(z.maxLength(1_000_000)),
    ...whose,
  }),
]);

const when = { at: duration('0s', '31d'), for: optional(duration('1ms', '31d')), on: name };
const fault = z.discriminatedUnion('kind', [
  fields({ kind: z.literal('slow'), factor: number(0.001, 10_000), ...when }),
  fields({ kind: z.literal('errors'), share: share(0, 1), ...when }),
  fields({ kind: z.literal('network-loss'), share: share(0, 1), ...when }),
  fields({ kind: z.literal('hang'), ...when }),
  fields({ kind: z.literal('kill'), ...when }),
  fields({ kind: z.literal('expired-certificate'), ...when }),
]);

/** A scenario file. */
export const scenarioFile = fields({
  name: optional(name),
  start: optional(moment),
  until: optional(duration('1s', '31d')),
  warmup: optional(duration('0s', '31d')),
  services: byName(service),
  arrivals: z.array(arrival).check(z.minLength(1), z.maxLength(100)),
  journeys: optional(byName(journey)),
  capacity: optional(byName(capacityRule)),
  faults: optional(z.array(fault).check(z.maxLength(1000))),
  prices: optional(fields({ gb: optional(number(0, 1e6)), supportCall: optional(number(0, 1e6)) })),
});

/** capacity.yaml: a rule for each service. */
export const capacityFile = byName(capacityRule);

export type ScenarioFile = z.output<typeof scenarioFile>;
