// The life of an instance: starting, up, in and out of the balancer's list, draining, crashed and started again, stopped.

import { touch } from './accounts.ts';
import { schedule } from './core/agenda.ts';
import { createLine } from './line.ts';
import { addHistogram, forget } from './metrics.ts';
import { endings, type Instance, kinds, type Service, type State } from './state.ts';
import { drop, refill } from './station.ts';

export const healthDefaults = { interval: 5000, failures: 2 };
const restartDefaults = { delay: 1000, most: 300_000, reset: 600_000 };

/** Adds to what has happened. */
export function tellEvent(w: State, type: string, fields: Readonly<Record<string, string | number>>): void {
  const event = { at: w.start + w.now, type, ...fields };
  w.events.push(event);
  w.hooks.happened?.(event);
}

/** How an instance that is to be is made; `at once` at the very beginning of a world. */
export interface Wanted {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly host?: string | undefined;
  readonly rotate?: boolean | undefined;
  readonly atOnce?: boolean;
}

/** Starts a new instance, or one of that name that has stopped. */
export function startInstance(w: State, s: Service, wanted: Wanted = {}): Instance {
  const name = wanted.name ?? nextName(w, s);
  const known = w.instances.find((other) => other.service === s.id && other.name === name);
  const i = known ?? createInstance(w, s, name);
  const hosts = s.spec.hosts ?? [];
  i.host = wanted.host ?? (known === undefined ? (hosts[i.id % Math.max(1, hosts.length)] ?? i.name) : i.host);
  i.version = wanted.version ?? s.version;
  i.wanted = wanted.rotate ?? true;
  i.crashes = 0;
  s.instances.push(i.id);
  touch(w, s);
  if (!s.spec.external) s.paying++;
  launch(w, s, i, wanted.atOnce ? 0 : (s.spec.startup ?? 0));
  return i;
}

/** The first number that no running instance has. */
function nextName(w: State, s: Service): string {
  const taken = new Set(s.instances.map((id) => w.instances[id]?.name));
  let number = 1;
  while (taken.has(`${s.name}-${number}`)) number++;
  return `${s.name}-${number}`;
}

function createInstance(w: State, s: Service, name: string): Instance {
  const id = w.instances.length;
  const i: Instance = {
    id,
    service: s.id,
    name,
    generation: 0,
    state: 'stopped',
    host: name,
    version: '',
    wanted: true,
    listed: false,
    line: createLine(),
    inside: createLine(),
    away: createLine(),
    misses: 0,
    memory: 0,
    cpu: 0.5,
    slow: 1,
    crashes: 0,
    since: 0.5,
    pools: {},
    codes: {},
    durations: {},
    gauges: [],
    told: '',
    info: -1,
  };
  if (!s.spec.external)
    for (const [route, routeName] of s.routeNames.entries())
      i.durations[route] = addHistogram(
        w.metrics,
        'http_request_duration_seconds',
        { service: s.name, instance: name, route: routeName },
        id,
      );
  w.instances.push(i);
  return i;
}

/** Begins a process: it can answer after `delay` ms. */
function launch(w: State, s: Service, i: Instance, delay: number): void {
  i.generation++;
  i.state = 'starting';
  i.cpu = 0;
  i.memory = s.spec.memory?.base ?? 0;
  i.pools = {};
  forget(w.metrics, i.id);
  if (delay === 0) started(w, i);
  else schedule(w.agenda, w.now + delay, kinds.started, i.id, i.generation);
}

/** A process is ready: the balancer gets it at once if it should. */
export function started(w: State, i: Instance): void {
  const s = w.services[i.service] as Service;
  if (w.faults.includes(`host-down ${i.host}`)) {
    crash(w, i, 'host down');
    return;
  }
  if (s.spec.versions?.[i.version]?.broken) {
    crash(w, i, endings[0]);
    return;
  }
  i.state = 'up';
  i.misses = 0;
  i.since = w.now;
  if (!s.spec.external) tellEvent(w, 'InstanceStarted', { service: s.name, instance: i.name, version: i.version });
  if (i.wanted) list(w, s, i);
}

/** The balancer has an instance that is up, perhaps still from before it crashed. */
function list(w: State, s: Service, i: Instance): void {
  touch(w, s);
  if (!i.listed) s.list.push(i.id);
  i.listed = true;
  countPlaces(w, s);
  refill(w, s, i);
}

function unlist(w: State, s: Service, i: Instance): void {
  if (!i.listed) return;
  touch(w, s);
  i.listed = false;
  s.list = s.list.filter((id) => id !== i.id);
  if (s.turn >= s.list.length) s.turn = 0;
  countPlaces(w, s);
}

function countPlaces(w: State, s: Service): void {
  const able = s.list.filter((id) => w.instances[id]?.state === 'up').length;
  s.places = s.concurrency >= 1e9 ? 0 : able * s.concurrency;
}

/** The balancer is told to send requests to an instance, or not to. */
export function rotate(w: State, i: Instance, into: boolean): void {
  const s = w.services[i.service] as Service;
  i.wanted = into;
  if (!into) unlist(w, s, i);
  else if (i.state === 'up') list(w, s, i);
}

/** An instance stops taking requests; it ends when it has none left. */
export function drain(w: State, i: Instance): void {
  const s = w.services[i.service] as Service;
  if (i.state !== 'up') {
    stop(w, i);
    return;
  }
  i.state = 'draining';
  tellEvent(w, 'InstanceDraining', { service: s.name, instance: i.name, version: i.version });
  unlist(w, s, i);
  refill(w, s, i);
}

/** An instance ends, and nobody starts it again. */
export function stop(w: State, i: Instance): void {
  if (i.state === 'stopped') return;
  const s = w.services[i.service] as Service;
  unlist(w, s, i);
  lose(w, s, i);
  i.state = 'stopped';
  s.instances = s.instances.filter((id) => id !== i.id);
  touch(w, s);
  if (!s.spec.external) s.paying--;
  tellEvent(w, 'InstanceStopped', { service: s.name, instance: i.name, version: i.version });
}

/** A process ends by itself or is killed: what it had is lost, the balancer does not know yet, and it is started again later. */
export function crash(w: State, i: Instance, reason: string): void {
  const s = w.services[i.service] as Service;
  if (i.state === 'stopped' || i.state === 'crashed') return;
  if (i.state === 'draining') {
    stop(w, i);
    return;
  }
  const { delay, most, reset } = s.spec.restart ?? restartDefaults;
  if (i.state !== 'starting' && w.now - i.since >= reset) i.crashes = 0;
  i.state = 'crashed';
  lose(w, s, i);
  countPlaces(w, s);
  tellEvent(w, 'InstanceCrashed', { service: s.name, instance: i.name, version: i.version, reason });
  const pause = Math.min(most, delay * 2 ** Math.min(i.crashes, 30));
  i.crashes++;
  schedule(w.agenda, w.now + pause, kinds.restart, i.id, i.generation);
}

export function restart(w: State, i: Instance): void {
  const s = w.services[i.service] as Service;
  if (w.faults.includes(`host-down ${i.host}`)) {
    schedule(w.agenda, w.now + (s.spec.restart ?? restartDefaults).delay, kinds.restart, i.id, i.generation);
    return;
  }
  launch(w, s, i, s.spec.startup ?? 0);
}

/** What an instance was doing is lost. */
function lose(w: State, s: Service, i: Instance): void {
  i.generation++;
  touch(w, s);
  for (const line of [i.inside, i.line, i.away])
    while (line.length > 0) drop(w, s, w.requests[line.head] as State['requests'][number]);
}

/** The balancer asks each instance whether it answers. */
export function lookAfter(w: State, s: Service): void {
  const { failures } = s.spec.health ?? healthDefaults;
  for (const id of s.instances) {
    const i = w.instances[id] as Instance;
    if (i.state === 'up') {
      i.misses = 0;
      if (i.wanted && !i.listed) list(w, s, i);
      continue;
    }
    const mayTakeItsTime = i.state === 'draining' || (i.state === 'starting' && !i.listed);
    if (mayTakeItsTime || ++i.misses < failures) continue;
    if (i.listed) {
      unlist(w, s, i);
      tellEvent(w, 'InstanceUnhealthy', { service: s.name, instance: i.name, version: i.version });
    }
    if (i.state === 'hung') crash(w, i, 'health check failed');
  }
  if (s.shared && s.list.length === 0) refuseWaiting(w, s);
}

/** Nobody is there who could serve those who wait. */
function refuseWaiting(w: State, s: Service): void {
  while (s.line.length > 0) drop(w, s, w.requests[s.line.head] as State['requests'][number]);
}
