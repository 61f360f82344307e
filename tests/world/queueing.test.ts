import { describe, expect, test } from 'vitest';
import { createWorld, type Distribution, type Scenario } from '../../sandbox/world/index.ts';
import { birthDeath, dealtInTurn, deterministicService, type Expected, pollaczekKhinchine } from './theory.ts';

const SEEDS = 20;
/** People in each run; as many again, a tenth, come before the figures begin. */
const PEOPLE = 20_000;

interface Case {
  readonly name: string;
  readonly lambda: number;
  readonly time: Distribution;
  readonly instances?: number;
  readonly concurrency: number;
  readonly room?: number;
  readonly patience?: number;
  /** Each instance has a line of its own. */
  readonly dealt?: boolean;
  /** Figures for which there is a formula. */
  readonly expected: Partial<Expected>;
}

const exponential = (mean: number): Distribution => ({ distribution: 'exponential', mean: mean * 1000 });
const mmc = (lambda: number, c: number, instances = 1): Case => ({
  name: `M/M/${c} with a = ${lambda}${instances > 1 ? `, in ${instances} instances` : ''}`,
  lambda,
  time: exponential(1),
  instances,
  concurrency: c / instances,
  expected: birthDeath(lambda, 1, c),
});

const cases: readonly Case[] = [
  mmc(0.5, 1),
  mmc(0.8, 1),
  mmc(1, 2),
  mmc(2, 3, 3),
  mmc(4, 5),
  mmc(8, 10, 5),
  mmc(9, 10),
  mmc(20, 25, 25),
  mmc(45, 50),
  ...[
    [0.9, 1, 4],
    [3, 2, 5],
    [8, 10, 0],
    [12, 10, 20],
  ].map(([lambda, c, room]): Case => {
    const [l, servers, k] = [lambda, c, room] as [number, number, number];
    return {
      name: `M/M/${servers}/${servers + k} with a = ${l}`,
      lambda: l,
      time: exponential(1),
      concurrency: servers,
      room: k,
      expected: birthDeath(l, 1, servers, k),
    };
  }),
  ...[0.5, 0.8].map(
    (rho): Case => ({
      name: `M/D/1 with a load of ${rho}`,
      lambda: rho,
      time: { distribution: 'deterministic', mean: 1000 },
      concurrency: 1,
      expected: pollaczekKhinchine(rho, 1, 0),
    }),
  ),
  ...[
    [2.4, 3],
    [8, 10],
  ].map(([lambda, c]): Case => {
    const [l, servers] = [lambda, c] as [number, number];
    return {
      name: `M/D/${servers} with a = ${l}`,
      lambda: l,
      time: { distribution: 'deterministic', mean: 1000 },
      concurrency: servers,
      expected: deterministicService(l, servers),
    };
  }),
  {
    name: 'M/G/1, lognormal with cv 1.5',
    lambda: 0.6,
    time: { distribution: 'lognormal', mean: 1000, cv: 1.5 },
    concurrency: 1,
    expected: pollaczekKhinchine(0.6, 1, 1.5),
  },
  ...[2, 4].map(
    (k): Case => ({
      name: `round robin to ${k} M/1 queues with a load of 0.8`,
      lambda: 0.8 * k,
      time: exponential(1),
      instances: k,
      concurrency: 1,
      dealt: true,
      expected: dealtInTurn(0.8 * k, 1, k),
    }),
  ),
  ...[
    [9, 10, 2],
    [12, 10, 1],
    [30, 25, 4],
  ].map(([lambda, c, patience]): Case => {
    const [l, servers, mean] = [lambda, c, patience] as [number, number, number];
    return {
      name: `M/M/${servers}+M with a = ${l} and a mean patience of ${mean}`,
      lambda: l,
      time: exponential(1),
      concurrency: servers,
      patience: mean,
      expected: birthDeath(l, 1, servers, 1e9, 1 / mean),
    };
  }),
];

function scenarioOf({ lambda, time, instances, concurrency, room, patience, dealt }: Case): Scenario {
  const length = (PEOPLE / lambda) * 1000;
  return {
    name: 'queue',
    warmup: length / 10,
    length: length * 1.1,
    services: {
      desk: {
        instances: instances ?? 1,
        concurrency,
        time,
        queue: { ...(room === undefined ? {} : { limit: room }), at: dealt ? 'instance' : 'balancer' },
      },
    },
    journeys: {
      visit: { steps: [{ service: 'desk' }], ...(patience === undefined ? {} : { patience: exponential(patience) }) },
    },
    arrivals: [{ journey: 'visit', pattern: 'poisson', rate: lambda }],
  };
}

function runOf(scenario: Scenario, seed: string): Expected & { readonly little: number } {
  const world = createWorld({ scenario, seed });
  world.runUntil(scenario.length ?? 0);
  const desk = world.figures().services.desk;
  if (desk === undefined) throw new Error('no desk');
  const { arrivalRate, meanStay, meanInSystem } = desk;
  return {
    wait: desk.wait.mean / 1000,
    waited: desk.waitedShare,
    inSystem: meanInSystem,
    refused: desk.refused / desk.arrived,
    abandoned: desk.abandoned / desk.arrived,
    utilisation: desk.utilisation ?? 0,
    little: (arrivalRate * meanStay) / 1000 / meanInSystem,
  };
}

/** Mean of the seeds and its standard error. */
function estimate(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}

describe('what the world measures agrees with the exact formulas, over 20 seeds, within 2 % or three standard errors', () => {
  test.each(cases)('$name', (given) => {
    const runs = Array.from({ length: SEEDS }, (_, seed) => runOf(scenarioOf(given), `${seed}`));
    for (const { little } of runs) expect(little).toBeCloseTo(1, 9);
    const measured = ['inSystem', 'refused', 'abandoned', 'utilisation'] as const;
    // The mean wait of those who are served has no such short formula when some give up.
    for (const figure of given.patience === undefined ? ([...measured, 'wait', 'waited'] as const) : measured) {
      const { mean, error } = estimate(runs.map((run) => run[figure]));
      const exact = given.expected[figure];
      if (exact === undefined) continue;
      const allowed = Math.max(0.02 * exact, 3 * error);
      expect(Math.abs(mean - exact), `${figure}: ${mean}, exactly ${exact}`).toBeLessThanOrEqual(allowed);
    }
  });
});

test('the formulas give the published table of Erlang C and of the mean wait', () => {
  const table = [
    [0.5, 1, 0.5, 1],
    [1, 2, 0.333333, 0.333333],
    [2, 3, 0.444444, 0.444444],
    [4, 5, 0.554113, 0.554113],
    [8, 10, 0.40918, 0.20459],
    [9, 10, 0.668732, 0.668732],
    [20, 25, 0.209103, 0.041821],
    [45, 50, 0.363864, 0.072773],
  ] as const;
  for (const [a, c, waited, wait] of table) {
    const { waited: p, wait: w } = birthDeath(a, 1, c);
    expect([p, w].map((value) => value.toFixed(5))).toEqual([waited, wait].map((value) => value.toFixed(5)));
  }
  const erlangB = [0.333333, 0.2, 0.210526, 0.199067, 0.121661, 0.167963, 0.050222, 0.054104];
  for (const [index, [a, c]] of table.entries())
    expect(birthDeath(a, 1, c, 0).refused).toBeCloseTo(erlangB[index] as number, 6);
});
