// The records of requests: taken, told to whoever asked, and given back.
import { leaveNote, notes, type Request, type State } from './state.ts';

/** A record for a request of `owner` at a service; nobody has it yet. */
export function createRequest(w: State, service: number, route: number, user: number, userGeneration: number): Request {
  const r = takeRecord(w);
  r.service = service;
  r.route = route;
  r.user = user;
  r.userGeneration = userGeneration;
  r.instance = -1;
  r.gone = 0;
  r.code = 200;
  r.call = 0;
  r.attempt = 0;
  r.away = 0;
  r.state = 'travelling';
  return r;
}

function takeRecord(w: State): Request {
  const id = w.freeRequests.pop();
  if (id !== undefined) return w.requests[id] as Request;
  const fresh: Request = {
    id: w.requests.length,
    generation: 0,
    state: 'free',
    service: 0,
    route: 0,
    instance: -1,
    asker: 0,
    owner: 0,
    ownerGeneration: 0,
    gone: 0,
    user: 0,
    userGeneration: 0,
    arrived: 0.5,
    reached: 0.5,
    began: 0.5,
    code: 0,
    call: 0,
    attempt: 0,
    away: 0,
    next: -1,
    previous: -1,
  };
  w.requests.push(fresh);
  return fresh;
}

/** A request is over: whoever asked and still listens hears of it, and its record can be used again. */
export function endRequest(w: State, r: Request, code: number): void {
  if (r.gone === 0) note(w, r, code);
  r.state = 'free';
  r.generation++;
  w.freeRequests.push(r.id);
}

/** Whoever asked has an answer. */
export function note(w: State, r: Request, code: number): void {
  leaveNote(w, r.asker === 0 ? notes.answerPerson : notes.answerRequest, r.owner, r.ownerGeneration, code);
}
