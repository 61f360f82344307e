// People who call. While anything changes each of their requests really runs the program that serves; in quiet times a sample does.
import type { Kernel } from '../../kernel/index.ts';
import type { HttpRequest, HttpResponse, NetworkFailure } from '../../machine/index.ts';
import { exponentialOf } from '../../world/core/exact.ts';
import type { Ledger, Outcome } from './ledger.ts';
import type { Buyers, RequestPlan } from './scenario.ts';

/**
 * Sampling. For a minute after anything changed (a deploy, a service that started or ended, somebody on a host) every request runs.
 * Then the first twelve of each minute do, after ten quiet minutes the first four; each of the others has the outcome of one of the
 * last 32 that ran for the same path since the last change, drawn by chance: the share of failures and the latencies are the program's own, measured on fewer
 * requests. What a request that was not run would have changed in the program's memory is not changed.
 */
const MINUTE = 60_000;
const ATTENTION = MINUTE;
const QUIET = 10 * MINUTE;
const SAMPLES = { attentive: 12, quiet: 4 } as const;
const SAMPLE_MEMORY = 32;

export interface BuyersSurroundings {
  readonly kernel: Kernel;
  readonly ledger: Ledger;
  /** When anything last changed. */
  changedAt(): number;
  /** Schedules what itself leaves nothing to wait for. */
  scheduleQuietly(delay: number, action: () => void): void;
  /** Told how each request ended, those too that did not run. */
  onEnded(outcome: Outcome): void;
  /** Sends a request that really runs. */
  send(host: string, port: number, request: HttpRequest): Promise<HttpResponse | NetworkFailure>;
}

export function startBuyers(buyers: Buyers, index: number, surroundings: BuyersSurroundings): void {
  const { kernel, ledger, scheduleQuietly } = surroundings;
  const chance = kernel.random(`buyers/${index}`);
  // Apart from when people come and for what: how many requests run depends on what is done, and who comes does not.
  const likeness = kernel.random(`buyers/${index}/likeness`);
  const total = buyers.requests.reduce((sum, { weight }) => sum + weight, 0);
  const seen = new Map<RequestPlan, Outcome[]>();
  let period = -1;
  let ran = 0;
  let knownSince = surroundings.changedAt();

  /** Outcomes of a path since the last change: what answered before it is no sample of what answers now. */
  function outcomesOf(plan: RequestPlan): Outcome[] {
    if (knownSince !== surroundings.changedAt()) {
      knownSince = surroundings.changedAt();
      seen.clear();
    }
    const outcomes = seen.get(plan) ?? [];
    seen.set(plan, outcomes);
    return outcomes;
  }

  /** Whole ms, so that no digit depends on who computes it. */
  const wait = (): number => Math.round((exponentialOf(chance.integer(1, 2 ** 32)) * 1000) / buyers.rate);

  function choose(): RequestPlan {
    let left = chance.next() * total;
    for (const plan of buyers.requests) {
      left -= plan.weight;
      if (left < 0) return plan;
    }
    return buyers.requests[0] as RequestPlan;
  }

  /** Whether this one runs the program. */
  function runs(known: readonly Outcome[], now: number): boolean {
    const since = now - surroundings.changedAt();
    if (since < ATTENTION || known.length === 0) return true;
    const minute = Math.floor(now / MINUTE);
    if (minute !== period) {
      period = minute;
      ran = 0;
    }
    ran += 1;
    return ran <= (since < QUIET ? SAMPLES.attentive : SAMPLES.quiet);
  }

  function call(): void {
    const at = kernel.now();
    const number = ledger.arrive(at);
    const plan = choose();
    const known = outcomesOf(plan);
    if (runs(known, at)) send(plan, at, number, known);
    else {
      const like = known[likeness.integer(0, known.length - 1)] as Outcome;
      ledger.end(number, like);
      surroundings.onEnded(like);
    }
    scheduleQuietly(wait(), call);
  }

  function send(plan: RequestPlan, at: number, number: number, known: Outcome[]): void {
    const { method, target } = plan;
    const body = new TextEncoder().encode(plan.body);
    const host = buyers.port === 80 ? buyers.host : `${buyers.host}:${buyers.port}`;
    const type: Record<string, string> =
      plan.body === '' ? {} : { 'content-type': 'application/json', 'content-length': String(body.length) };
    const headers = { host, 'user-agent': 'Mozilla/5.0', accept: '*/*', ...type };
    let isOver = false;
    const end = (answer: HttpResponse | NetworkFailure): void => {
      if (isOver) return;
      isOver = true;
      cancel();
      const status = typeof answer === 'string' ? 0 : answer.status;
      const fate: Outcome['fate'] = status === 0 ? 'dropped' : status >= 500 ? 'failed' : 'served';
      const outcome = { fate, status, latency: kernel.now() - at };
      ledger.end(number, outcome);
      surroundings.onEnded(outcome);
      known.push(outcome);
      if (known.length > SAMPLE_MEMORY) known.shift();
    };
    const cancel = kernel.schedule(buyers.patience, () => end('ETIMEDOUT'));
    void surroundings.send(buyers.host, buyers.port, { method, target, headers, body }).then(end);
  }

  scheduleQuietly(wait(), call);
}
