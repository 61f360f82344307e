// What can be counted: figures of the whole run, of each minute, and the gauges that a scraper reads.

import { touch } from './accounts.ts';
import { clear, meanOf, quantile, type Spread } from './core/spread.ts';
import { createStats } from './create.ts';
import { add, addSeries, type MetricStore, type Series } from './metrics.ts';
import type { Instance, Journey, Service, State } from './state.ts';

/** Times in ms; percentiles are right within 0.8 %. */
export interface Times {
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** What became of the requests of one service since the figures began: `arrived` + `insideBefore` = the six ways out + `insideNow`. */
export interface ServiceFigures {
  readonly arrived: number;
  readonly served: number;
  readonly failed: number;
  readonly refused: number;
  readonly abandoned: number;
  readonly timedOut: number;
  readonly dropped: number;
  readonly waitingNow: number;
  readonly inServiceNow: number;
  /** All that are there: waiting, in service, and away on calls of their own. */
  readonly insideNow: number;
  /** Those that were there when the figures began. */
  readonly insideBefore: number;
  /** From arrival until the work began, of those whose work began. */
  readonly wait: Times;
  /** From arrival to the answer, of those who got one. */
  readonly response: Times;
  /** Share of those whose work began that had to wait. */
  readonly waitedShare: number;
  /** Share of places in use; undefined for a service without a number of places. */
  readonly utilisation?: number;
  readonly meanInSystem: number;
  readonly meanInQueue: number;
  readonly mostInQueue: number;
  /** Little's law: arrivals a second × mean stay in seconds, where the stay is that of all since the figures began, those still inside up to now. */
  readonly arrivalRate: number;
  readonly meanStay: number;
  readonly instances: number;
  readonly instanceHours: number;
  readonly cost: number;
}

export interface Figures {
  readonly at: number;
  /** ms that the figures span. */
  readonly span: number;
  readonly events: number;
  readonly services: Readonly<Record<string, ServiceFigures>>;
  readonly journeys: Readonly<Record<string, Omit<Journey, 'name' | 'spec' | 'steps' | 'stream'>>>;
  readonly seats: { readonly free: number; readonly held: number; readonly sold: number };
  /** `pending`: charged to people who have no seat for it yet, and are still here. */
  readonly money: {
    readonly charged: number;
    readonly earned: number;
    readonly refundsDue: number;
    readonly pending: number;
  };
  readonly support: { readonly slow: number; readonly failed: number; readonly abandoned: number };
  readonly cost: {
    readonly instances: number;
    readonly calls: number;
    readonly traffic: number;
    readonly support: number;
    readonly total: number;
  };
}

export function figuresOf(w: State): Figures {
  const span = w.now - w.warmedAt;
  const byName = <T extends { readonly name: string }, R>(all: readonly T[], of: (one: T) => R): Record<string, R> =>
    Object.fromEntries(all.map((one) => [one.name, of(one)]));
  return {
    at: w.start + w.now,
    span,
    events: w.happened,
    services: byName(w.services, (s) => serviceFigures(w, s, span)),
    journeys: byName(w.journeys, ({ name: _, spec: _1, steps: _2, stream: _3, ...counts }) => counts),
    seats: { free: w.ledger.free, held: w.ledger.held, sold: w.ledger.sold },
    money: {
      charged: w.ledger.charged,
      earned: w.ledger.earned,
      refundsDue: w.ledger.refundsDue,
      pending: pendingOf(w),
    },
    support: { ...w.ledger.support },
    cost: costOf(w),
  };
}

function serviceFigures(w: State, s: Service, span: number): ServiceFigures {
  touch(w, s);
  const { stats } = s;
  const inside = w.requests.filter((r) => r.state !== 'free' && r.state !== 'travelling' && r.service === s.id);
  const stayed = inside.reduce((sum, r) => sum + w.now - Math.max(r.arrived, w.warmedAt), stats.stayed);
  const over = (sum: number): number => (span === 0 ? 0 : sum / span);
  return {
    arrived: stats.received,
    served: stats.answered,
    failed: stats.failed,
    refused: stats.refused,
    abandoned: stats.abandoned,
    timedOut: stats.timedOut,
    dropped: stats.dropped,
    waitingNow: s.waiting,
    inServiceNow: s.busy,
    insideNow: s.inside,
    insideBefore: stats.insideBefore,
    wait: timesOf(stats.wait),
    response: timesOf(stats.response),
    waitedShare: stats.wait.count === 0 ? 0 : stats.waited / stats.wait.count,
    ...(s.concurrency < 1e9 ? { utilisation: stats.places === 0 ? 0 : stats.busy / stats.places } : {}),
    meanInSystem: over(stats.inside),
    meanInQueue: over(stats.waiting),
    mostInQueue: stats.mostWaiting,
    arrivalRate: over(stats.received) * 1000,
    meanStay: stats.received === 0 ? 0 : stayed / stats.received,
    instances: s.spec.external ? 0 : s.instances.length,
    instanceHours: s.paid / 3_600_000,
    cost: instanceCost(s) + callCost(s) + trafficCost(w, s),
  };
}

function pendingOf(w: State): number {
  return w.users.reduce((sum, { charges }) => sum + charges, 0) * (w.scenario.seats?.price ?? 0);
}

function timesOf(spread: Spread): Times {
  return {
    mean: meanOf(spread),
    p50: quantile(spread, 0.5),
    p90: quantile(spread, 0.9),
    p95: quantile(spread, 0.95),
    p99: quantile(spread, 0.99),
    max: spread.max,
  };
}

const instanceCost = ({ paid, spec }: Service): number => (paid / 3_600_000) * (spec.price?.hour ?? 0);
const callCost = ({ calls, spec }: Service): number => calls * (spec.price?.call ?? 0);
const trafficCost = (w: State, { gigabytes }: Service): number => gigabytes * (w.scenario.prices?.gb ?? 0);

/** Units spent since the world began, by what they were spent on. */
function costOf(w: State): Figures['cost'] {
  for (const s of w.services) touch(w, s);
  const sum = (of: (s: Service) => number): number => w.services.reduce((total, s) => total + of(s), 0);
  const { slow, failed, abandoned } = w.ledger.support;
  const instances = sum(instanceCost);
  const calls = sum(callCost);
  const traffic = sum((s) => trafficCost(w, s));
  const support = (slow + failed + abandoned) * (w.scenario.prices?.supportCall ?? 0);
  return { instances, calls, traffic, support, total: instances + calls + traffic + support };
}

/** Closes a minute. */
export function closeMinute(w: State): void {
  const { minute } = w;
  const cost = costOf(w).total;
  const services = Object.fromEntries(
    w.services
      .filter(({ spec }) => !spec.external)
      .map((s) => {
        const places = s.stats.places - (minute.places[s.id] ?? 0);
        const busy = s.stats.busy - (minute.busy[s.id] ?? 0);
        minute.places[s.id] = s.stats.places;
        minute.busy[s.id] = s.stats.busy;
        return [
          s.name,
          { instances: s.instances.length, waiting: s.waiting, utilisation: places > 0 ? busy / places : 0 },
        ];
      }),
  );
  w.minutes.push({
    at: w.start + w.now - 60_000,
    asked: minute.asked,
    answered: minute.answered,
    failed: minute.failed,
    p50: quantile(minute.times, 0.5),
    p95: quantile(minute.times, 0.95),
    p99: quantile(minute.times, 0.99),
    support: minute.support,
    cost: cost - minute.cost,
    services,
  });
  minute.asked = minute.answered = minute.failed = minute.support = 0;
  minute.cost = cost;
  clear(minute.times);
}

/** Figures begin anew: what came before was the beginning, when all was empty. Money, seats and metrics go on. */
export function beginFigures(w: State): void {
  w.warmedAt = w.now;
  for (const s of w.services) {
    touch(w, s);
    s.stats = createStats(w.now, s.inside);
    s.seenBusy = s.seenPlaces = 0;
    s.seenAt = w.now;
    w.minute.busy[s.id] = w.minute.places[s.id] = 0;
  }
}

/** Brings what is not counted as it happens up to now, before a scraper reads. */
export function refreshGauges(w: State): void {
  for (const s of w.services) {
    if (s.spec.external) continue;
    const labels = { service: s.name };
    gauge(w, 'lb_queue_length', labels, s.waiting);
    gauge(w, 'lb_instances_listed', labels, s.list.length);
    gauge(w, 'service_instances', labels, s.instances.length);
    gauge(w, 'service_places', labels, s.places);
  }
  for (const i of w.instances) {
    const s = w.services[i.service] as Service;
    if (!s.spec.external) refreshInstance(w, s, i);
  }
  const { ledger } = w;
  gauge(w, 'seats_sold_total', {}, ledger.sold, 'counter');
  gauge(w, 'seats_held', {}, ledger.held);
  gauge(w, 'seats_free', {}, ledger.free);
  gauge(w, 'payments_charged_units_total', {}, ledger.charged, 'counter');
  gauge(w, 'payments_refunds_due_units', {}, ledger.refundsDue);
  for (const [reason, calls] of Object.entries(ledger.support))
    gauge(w, 'support_calls_total', { reason }, calls, 'counter');
  const { total: _, ...costs } = costOf(w);
  for (const [kind, units] of Object.entries(costs)) gauge(w, 'cost_units_total', { kind }, units, 'counter');
  for (const j of w.journeys) {
    const outcomes = { finished: j.finished, failed: j.failed, abandoned: j.abandoned, sold_out: j.soldOut };
    for (const [outcome, people] of Object.entries(outcomes))
      gauge(w, 'journeys_total', { journey: j.name, outcome }, people, 'counter');
  }
}

/** There are many instances, and each is read every 15 s: where its series stand is looked up once. */
function refreshInstance(w: State, s: Service, i: Instance): void {
  const { metrics } = w;
  const { gauges } = i;
  if (gauges.length === 0) {
    const labels = { service: s.name, instance: i.name };
    gauges.push(
      placeOf(w, 'http_requests_in_progress', labels, 'gauge', i.id),
      placeOf(w, 'http_requests_queued', labels, 'gauge', i.id),
      placeOf(w, 'process_cpu_seconds_total', labels, 'counter', i.id),
      placeOf(w, 'process_resident_memory_bytes', labels, 'gauge', i.id),
      placeOf(w, 'process_start_time_seconds', labels, 'gauge', i.id),
    );
  }
  set(metrics, gauges[0] as number, i.inside.length);
  set(metrics, gauges[1] as number, i.line.length);
  set(metrics, gauges[2] as number, i.cpu / 1000);
  set(metrics, gauges[3] as number, i.memory * 1_048_576);
  set(metrics, gauges[4] as number, (w.start + i.since) / 1000);
  if (i.info < 0 || i.told !== i.version) {
    i.told = i.version;
    i.info = placeOf(w, 'app_info', { service: s.name, instance: i.name, version: i.version }, 'gauge', i.id);
  }
  set(metrics, i.info, 1);
}

function gauge(
  w: State,
  name: string,
  labels: Readonly<Record<string, string>>,
  value: number,
  type: Series['type'] = 'gauge',
): void {
  set(w.metrics, placeOf(w, name, labels, type, -1), value);
}

/** Where a gauge stands in the metrics; a new one comes at the end. */
function placeOf(
  w: State,
  name: string,
  labels: Readonly<Record<string, string>>,
  type: Series['type'],
  instance: number,
): number {
  const key = `${name} ${Object.values(labels).join(' ')}`;
  w.gauges[key] ??= addSeries(w.metrics, { name, labels, type, instance });
  return w.gauges[key];
}

function set(metrics: MetricStore, index: number, value: number): void {
  add(metrics, index, value - (metrics.values[index] as number));
}
