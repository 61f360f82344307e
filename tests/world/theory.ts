// Exact formulas of queueing theory, for comparison only: nothing of the world is used here.
// Erlang B and C: A. K. Erlang 1917; M/G/1: Pollaczek 1930, Khinchine 1932; M/M/c+M (Erlang A): Palm 1957. Rates per second.

export interface Expected {
  readonly wait: number;
  readonly waited: number;
  readonly inSystem: number;
  readonly refused: number;
  readonly abandoned: number;
  readonly utilisation: number;
}

/**
 * M/M/c with at most `room` waiting, each of whom leaves at rate `theta`: the birth–death chain, summed until nothing is left to add.
 * `wait` is that of those who are served: by Little's law for the queue without those who give up when theta is 0.
 */
export function birthDeath(lambda: number, mu: number, c: number, room = 1e9, theta = 0): Expected {
  const chances: number[] = [1];
  for (let n = 1; n <= c + room && n < 20_000; n++) {
    const out = Math.min(n, c) * mu + Math.max(0, n - c) * theta;
    const next = ((chances[n - 1] as number) * lambda) / out;
    chances.push(next);
    if (n > c && next < 1e-16 * Math.max(...chances.slice(0, c + 1))) break;
  }
  const total = chances.reduce((sum, p) => sum + p, 0);
  const sum = (of: (n: number) => number): number => chances.reduce((all, p, n) => all + (p / total) * of(n), 0);
  const refused = chances.length - 1 === c + room ? (chances[c + room] as number) / total : 0;
  const queue = sum((n) => Math.max(0, n - c));
  const abandoned = (theta * queue) / lambda;
  const busy = sum((n) => Math.min(n, c));
  const taken = lambda * (1 - refused);
  return {
    wait: queue / taken,
    waited: sum((n) => (n >= c && n < c + room ? 1 : 0)) / (1 - refused),
    inSystem: queue + busy,
    refused,
    abandoned,
    utilisation: busy / c,
  };
}

/** M/G/1, with the service time's mean in seconds and its coefficient of variation. */
export function pollaczekKhinchine(lambda: number, mean: number, cv: number): Expected {
  const rho = lambda * mean;
  const wait = (lambda * mean * mean * (1 + cv * cv)) / (2 * (1 - rho));
  return { wait, waited: rho, inSystem: lambda * (wait + mean), refused: 0, abandoned: 0, utilisation: rho };
}

/**
 * One of `k` M/1 queues that Poisson arrivals are dealt to in turn: E_k/M/1. An arrival finds the server busy with probability sigma,
 * the root of sigma = A(mu (1 - sigma)) for the Laplace transform A of the Erlang gaps (GI/M/1: Kendall 1953).
 */
export function dealtInTurn(lambda: number, mu: number, k: number): Expected {
  let sigma = 0.5;
  for (let n = 0; n < 10_000; n++) sigma = (lambda / (lambda + mu * (1 - sigma))) ** k;
  const wait = sigma / (mu * (1 - sigma));
  return {
    wait,
    waited: sigma,
    inSystem: lambda * (wait + 1 / mu),
    refused: 0,
    abandoned: 0,
    utilisation: lambda / (k * mu),
  };
}

/**
 * M/D/c with a service of 1 s. In order of arrival every c-th request meets the same server, so each server is E_c/D/1, whose mean wait is
 * Spitzer's sum over n of E[(n - Gamma(nc, lambda))+] / n (1956); the Gamma's chances are those of Poisson counts.
 */
export function deterministicService(lambda: number, c: number): Pick<Expected, 'wait' | 'inSystem' | 'utilisation'> {
  /** P(N >= k) of a Poisson count. */
  const atLeast = (mean: number, k: number): number => {
    let below = 0;
    let term = Math.exp(-mean);
    for (let j = 0; j < k; j++) {
      below += term;
      term *= mean / (j + 1);
    }
    return Math.max(0, 1 - below);
  };
  let wait = 0;
  // e^-600 is still a number; the terms have long vanished by then.
  for (let n = 1; n * lambda < 600; n++)
    wait += atLeast(n * lambda, n * c) - (c / lambda) * atLeast(n * lambda, n * c + 1);
  return { wait, inSystem: lambda * (wait + 1), utilisation: lambda / c };
}
