// What happens to a request at a service: it finds a place or waits for one, is worked on, and is answered.

import { countAnswer, tell, touch } from './accounts.ts';
import { asked } from './asked.ts';
import { pick, takeToken } from './balancer.ts';
import { schedule } from './core/agenda.ts';
import { happens, sample } from './core/chance.ts';
import { count } from './core/spread.ts';
import { settle } from './ledger.ts';
import { append, removeFrom } from './line.ts';
import { endRequest, note } from './requests.ts';
import { type Instance, kinds, leaveNote, notes, type Request, type Service, type State } from './state.ts';

/** Sends a request on its way: at once, or as late as a network that loses packets lets it through (RTO 200 ms, doubled; RFC 6298). */
export function send(w: State, r: Request): void {
  const s = w.services[r.service] as Service;
  if (s.loss === 0) {
    receive(w, r);
    return;
  }
  let delay = 0;
  for (let sent = 0; r.code !== 0 && happens(w.streams, s.stream, s.loss); sent++) {
    delay += 200 * 2 ** sent;
    if (sent === 5) r.code = 0;
  }
  if (delay === 0) receive(w, r);
  else schedule(w.agenda, w.now + delay, kinds.deliver, r.id, r.generation);
}

/** The network has brought a request to its service, or found no way. */
export function deliver(w: State, r: Request): void {
  if (r.code === 0) endRequest(w, r, 0);
  else receive(w, r);
}

/** A request is at the service's door. */
function receive(w: State, r: Request): void {
  const s = w.services[r.service] as Service;
  touch(w, s);
  r.arrived = w.now;
  s.stats.received++;
  s.calls++;
  s.inside++;
  if (s.expired) {
    refuse(w, s, r, 0);
    return;
  }
  if (s.spec.rateLimit !== undefined && !takeToken(w, s, s.spec.rateLimit)) {
    refuse(w, s, r, 429);
    return;
  }
  const i = pick(w, s);
  if (i !== undefined) {
    place(w, s, r, i);
    return;
  }
  if (!s.shared || s.list.length === 0 || s.waiting >= s.limit) {
    refuse(w, s, r, 503);
    return;
  }
  wait(w, s, r, undefined);
}

function place(w: State, s: Service, r: Request, i: Instance): void {
  r.reached = w.now;
  // The balancer still believes in it, but nothing listens there.
  if (i.state !== 'up' && i.state !== 'hung') {
    drop(w, s, r);
    return;
  }
  if (i.inside.length < s.concurrency) begin(w, s, r, i);
  else wait(w, s, r, i);
}

function wait(w: State, s: Service, r: Request, i: Instance | undefined): void {
  r.state = 'waiting';
  s.waiting++;
  if (s.waiting > s.stats.mostWaiting) s.stats.mostWaiting = s.waiting;
  r.instance = i === undefined ? -1 : i.id;
  append(w.requests, i === undefined ? s.line : i.line, r);
  if (r.asker !== 0) return;
  const user = w.users[r.user];
  const journey = user === undefined ? undefined : w.journeys[user.journey];
  if (journey?.spec.patience === undefined) return;
  const patience = sample(w.streams, journey.stream, journey.spec.patience);
  schedule(w.agenda, w.now + patience, kinds.leave, r.id, r.generation);
}

function begin(w: State, s: Service, r: Request, i: Instance): void {
  append(w.requests, i.inside, r);
  r.state = 'working';
  r.instance = i.id;
  r.began = w.now;
  s.busy++;
  const waited = w.now - r.arrived;
  count(s.stats.wait, waited);
  if (waited > 0) s.stats.waited++;
  if (i.state === 'hung') return;
  const work = workOf(w, s, r, i);
  if (work >= 0) schedule(w.agenda, w.now + work, kinds.worked, r.id, r.generation);
}

/** How long the work takes, ms, or -1 when it never ends; what it will answer is in `r.code`. */
function workOf(w: State, s: Service, r: Request, i: Instance): number {
  const route = s.routes[r.route] as (typeof s.routes)[number];
  const answer = w.hooks.serve?.(asked(w, s, r, i));
  let slow = i.slow * s.slow;
  if (route.code !== undefined) r.code = route.code;
  if (answer === undefined) {
    const version = s.spec.versions === undefined ? undefined : s.spec.versions[i.version];
    if (version !== undefined) {
      slow *= version.slow ?? 1;
      const town = version.towns === undefined ? undefined : w.towns[w.users[r.user]?.town ?? -1];
      if (version.errors !== undefined && (town === undefined || version.towns?.includes(town)))
        if (happens(w.streams, s.stream, version.errors)) r.code = 500;
    }
    if (s.spec.errorRate !== undefined && happens(w.streams, s.stream, s.spec.errorRate)) r.code = 503;
  } else {
    r.code = answer.status;
    if (answer.failed === 'hang') i.state = 'hung';
    if (answer.failed === 'crash') leaveNote(w, notes.ended, i.id, i.generation, 0);
    if (answer.failed !== undefined) return -1;
  }
  if (s.errors > 0 && happens(w.streams, s.stream, s.errors)) r.code = 500;
  if (w.faults.length > 0 && route.writes && (broken(w, i.name) || broken(w, i.host))) r.code = 500;
  if (route.signed && Math.abs(w.skews[i.host] ?? 0) > 300_000) r.code = 401;
  return slow * (sample(w.streams, s.stream, route.time ?? s.spec.time) + (answer?.cost ?? 0));
}

function broken(w: State, place: string): boolean {
  return w.faults.includes(`disk-full ${place}`);
}

/** The work of a request is done: it calls what it has to call, or is answered. */
export function worked(w: State, r: Request): void {
  const s = w.services[r.service] as Service;
  const i = w.instances[r.instance] as Instance;
  if (i.state === 'hung') return; // it will never answer
  i.cpu += (w.now - r.began) * (s.spec.cpu ?? 1);
  if (r.code >= 400 || (s.routes[r.route]?.calls?.length ?? 0) === 0) {
    finish(w, r);
    return;
  }
  leaveNote(w, notes.worked, r.id, r.generation, 0);
  r.state = 'calling';
  if (s.spec.blocking !== false) return;
  touch(w, s);
  removeFrom(w.requests, i.inside, r);
  append(w.requests, i.away, r);
  r.away = 1;
  s.busy--;
  refill(w, s, i);
}

/** Takes a request out of the instance that has it. */
function takeOut(w: State, s: Service, i: Instance, r: Request): void {
  removeFrom(w.requests, r.away === 1 ? i.away : i.inside, r);
  if (r.away === 0) s.busy--;
}

/** An instance answers. */
export function finish(w: State, r: Request): void {
  const s = w.services[r.service] as Service;
  const i = w.instances[r.instance] as Instance;
  const route = s.routes[r.route] as (typeof s.routes)[number];
  if (route.effect !== undefined && r.code < 400) r.code = settle(w, r, route.effect);
  touch(w, s);
  takeOut(w, s, i, r);
  const { stats } = s;
  if (r.gone === 1) stats.timedOut++;
  else {
    if (r.code < 500 && r.code !== 0) stats.answered++;
    else stats.failed++;
    count(stats.response, w.now - r.arrived);
    countAnswer(w, s, r.code, w.now - r.arrived);
  }
  if (!s.spec.external) tell(w, s, r, i);
  s.gigabytes += s.spec.price?.gbPerAnswer ?? 0;
  leave(w, s, r, r.code);
  const leak = s.spec.versions?.[i.version]?.leak ?? s.spec.memory?.leak ?? 0;
  if (leak > 0 && s.spec.memory !== undefined) {
    i.memory += leak;
    if (i.memory > s.spec.memory.limit) leaveNote(w, notes.ended, i.id, i.generation, 1);
  }
  refill(w, s, i);
}

/** Gives the places that are free in an instance to those who wait. */
export function refill(w: State, s: Service, i: Instance): void {
  const line = s.shared ? s.line : i.line;
  const takes = s.shared ? i.state === 'up' && i.listed : i.state === 'up' || i.state === 'draining';
  while (takes && line.length > 0 && i.inside.length < s.concurrency) {
    const r = w.requests[line.head] as Request;
    touch(w, s);
    removeFrom(w.requests, line, r);
    s.waiting--;
    if (s.shared) r.reached = w.now;
    begin(w, s, r, i);
  }
  if (i.state === 'draining' && i.inside.length + i.line.length + i.away.length === 0)
    leaveNote(w, notes.drained, i.id, i.generation, 0);
}

/** The balancer says no. */
function refuse(w: State, s: Service, r: Request, code: number): void {
  s.stats.refused++;
  countAnswer(w, s, code, 0);
  leave(w, s, r, code);
}

/** A request that was waiting, worked on or on its way when its instance went. */
export function drop(w: State, s: Service, r: Request): void {
  touch(w, s);
  const i = w.instances[r.instance];
  if (r.state === 'waiting') {
    removeFrom(w.requests, i === undefined ? s.line : i.line, r);
    s.waiting--;
  } else if (i !== undefined) {
    takeOut(w, s, i, r);
  }
  s.stats.dropped++;
  if (r.gone === 0) countAnswer(w, s, 502, w.now - r.arrived);
  leave(w, s, r, 502);
}

/** Somebody who waits in a line gives up (499), or has waited long enough for an answer (504); work that has begun goes on for nobody. */
export function giveUp(w: State, r: Request, code: 499 | 504): void {
  const s = w.services[r.service] as Service;
  if (r.state === 'waiting') {
    touch(w, s);
    const i = w.instances[r.instance];
    removeFrom(w.requests, i === undefined ? s.line : i.line, r);
    s.waiting--;
    if (code === 499) s.stats.abandoned++;
    else s.stats.timedOut++;
    countAnswer(w, s, 499, w.now - r.arrived);
    leave(w, s, r, code);
    if (i?.state === 'draining') refill(w, s, i);
  } else if (code === 504) {
    if (r.state === 'travelling') {
      endRequest(w, r, code);
      return;
    }
    countAnswer(w, s, 499, w.now - r.arrived);
    r.gone = 1;
    note(w, r, code);
  }
}

function leave(w: State, s: Service, r: Request, code: number): void {
  s.inside--;
  s.stats.stayed += w.now - Math.max(r.arrived, w.warmedAt);
  endRequest(w, r, code);
}
