// A request that calls other services: one after the other, through a pool of connections, each with its timeout and retries.
import { schedule } from './core/agenda.ts';
import { createRequest } from './requests.ts';
import type { CallSpec } from './scenario.ts';
import { type Instance, kinds, type Pool, type Request, type Service, type State } from './state.ts';
import { finish, send } from './station.ts';

function specOf(w: State, r: Request): CallSpec | undefined {
  return (w.services[r.service] as Service).routes[r.route]?.calls?.[r.call];
}

function serviceNamed(w: State, name: string): Service {
  return w.services.find((service) => service.name === name) as Service;
}

/** Begins the next call of a request, or answers it when there is none left. */
export function callNext(w: State, r: Request): void {
  const call = specOf(w, r);
  if (call === undefined) {
    finish(w, r);
    return;
  }
  const pool = poolOf(w, r, call);
  if (call.pool !== undefined && pool.used >= call.pool) {
    r.state = 'pooling';
    pool.waiting.push(r.id);
    return;
  }
  pool.used++;
  dial(w, r, call);
}

function poolOf(w: State, r: Request, call: CallSpec): Pool {
  const { pools } = w.instances[r.instance] as Instance;
  const callee = serviceNamed(w, call.to).id;
  pools[callee] ??= { used: 0, waiting: [] };
  return pools[callee];
}

function dial(w: State, r: Request, call: CallSpec): void {
  r.state = 'calling';
  const to = serviceNamed(w, call.to);
  const route = call.route === undefined ? 0 : to.routeNames.indexOf(call.route);
  const child = createRequest(w, to.id, route, r.user, r.userGeneration);
  child.asker = 1;
  child.owner = r.id;
  child.ownerGeneration = r.generation;
  if (call.timeout !== undefined) schedule(w.agenda, w.now + call.timeout, kinds.timeout, child.id, child.generation);
  send(w, child);
}

/** A call of `r` has its answer. */
export function callAnswered(w: State, r: Request, code: number): void {
  const call = specOf(w, r) as CallSpec;
  const good = code > 0 && code < 400;
  if (!good && r.attempt < (call.retries ?? 0)) {
    r.attempt++;
    schedule(w.agenda, w.now + (call.pause ?? 0), kinds.callAgain, r.id, r.generation);
    return;
  }
  hangUp(w, poolOf(w, r, call), call);
  if (good) {
    r.call++;
    r.attempt = 0;
    callNext(w, r);
    return;
  }
  r.code = code === 504 ? 504 : code < 500 && code > 0 && code !== 429 ? code : 502;
  finish(w, r);
}

export function callAgain(w: State, r: Request): void {
  dial(w, r, specOf(w, r) as CallSpec);
}

/** Gives a connection back; the one who has waited longest gets it. */
function hangUp(w: State, pool: Pool, call: CallSpec): void {
  const next = pool.waiting.shift();
  if (next === undefined) pool.used--;
  else dial(w, w.requests[next] as Request, call);
}
