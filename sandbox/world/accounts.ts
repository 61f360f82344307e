// What is counted of requests as they happen: integrals over time, and the metrics of the balancer and of each instance.
import type { Finished } from './hooks.ts';
import { add, addSeries, observe } from './metrics.ts';
import type { Instance, Request, Service, State } from './state.ts';

/** Brings a service's integrals up to now; before any number in them changes. */
export function touch(w: State, s: Service): void {
  const { stats } = s;
  const passed = w.now - stats.touched;
  if (passed === 0) return;
  stats.touched = w.now;
  stats.inside += s.inside * passed;
  stats.waiting += s.waiting * passed;
  stats.busy += s.busy * passed;
  stats.places += s.places * passed;
  s.paid += s.paying * passed;
}

/** What the balancer counts of an answer. */
export function countAnswer(w: State, s: Service, code: number, ms: number): void {
  const { metrics } = w;
  let index = s.codes[code];
  if (index === undefined) {
    const labels = { service: s.name, code: String(code) };
    index = addSeries(metrics, { name: 'lb_requests_total', labels, type: 'counter', instance: -1 });
    s.codes[code] = index;
  }
  add(metrics, index, 1);
  observe(metrics, s.duration, ms / 1000);
}

/** What an instance counts of an answer of its own. */
export function tell(w: State, s: Service, r: Request, i: Instance): void {
  const { metrics } = w;
  const key = r.route * 1000 + r.code;
  const index = i.codes[key] ?? newCode(w, s, r, i, key);
  add(metrics, index, 1);
  observe(metrics, i.durations[r.route] as number, (w.now - r.reached) / 1000);
  const { finished, failed } = w.hooks;
  if (finished === undefined && (failed === undefined || r.code < 500)) return;
  const told = finishedOf(w, s, r, i);
  finished?.(told);
  if (r.code >= 500) failed?.(told);
}

function finishedOf(w: State, s: Service, r: Request, i: Instance): Finished {
  return {
    at: w.start + w.now + (w.skews[i.host] ?? 0),
    service: s.name,
    instance: i.name,
    version: i.version,
    route: s.routeNames[r.route] ?? '',
    code: r.code,
    ms: w.now - r.reached,
    town: w.towns[w.users[r.user]?.town ?? -1] ?? '',
    user: w.users[r.user]?.number ?? 0,
  };
}

function newCode(w: State, s: Service, r: Request, i: Instance, key: number): number {
  const labels = { service: s.name, instance: i.name, route: s.routeNames[r.route] ?? '', code: String(r.code) };
  const index = addSeries(w.metrics, { name: 'http_requests_total', labels, type: 'counter', instance: i.id });
  i.codes[key] = index;
  return index;
}
