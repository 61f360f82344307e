// People: they set out, go from step to step, try again, give up, call Support.
import { schedule } from './core/agenda.ts';
import { happens, sample, uniform } from './core/chance.ts';
import { count } from './core/spread.ts';
import { tellEvent } from './instances.ts';
import { keepOf } from './ledger.ts';
import { createRequest } from './requests.ts';
import { type Journey, kinds, type Source, type State, type User } from './state.ts';
import { send } from './station.ts';

/** Somebody sets out. */
export function setOut(w: State, source: Source): void {
  const journey = w.journeys[source.journey] as Journey;
  const user = takeRecord(w);
  user.source = source.id;
  user.journey = source.journey;
  user.step = 0;
  user.attempt = 0;
  user.came = w.now;
  user.charges = 0;
  user.held = 0;
  user.called = 0;
  user.number = ++w.people;
  user.town = w.townWeights.length === 0 ? -1 : drawTown(w, journey.stream);
  journey.started++;
  journey.present++;
  takeStep(w, user, journey);
}

function drawTown(w: State, stream: number): number {
  const at = uniform(w.streams, stream) * (w.townWeights.at(-1) ?? 0);
  return w.townWeights.findIndex((upTo) => at < upTo);
}

function takeRecord(w: State): User {
  const id = w.freeUsers.pop();
  if (id !== undefined) return w.users[id] as User;
  const fresh: User = {
    id: w.users.length,
    generation: 0,
    source: 0,
    journey: 0,
    step: 0,
    attempt: 0,
    town: -1,
    came: 0.5,
    asked: 0.5,
    charges: 0,
    held: 0,
    heldAt: 0.5,
    called: 0,
    number: 0,
  };
  w.users.push(fresh);
  return fresh;
}

function takeStep(w: State, user: User, journey: Journey): void {
  const step = journey.spec.steps[user.step];
  if (step === undefined || !happens(w.streams, journey.stream, step.share ?? 1)) {
    if (step === undefined) journey.finished++;
    else journey.stopped++;
    end(w, user, journey);
    return;
  }
  if (step.think === undefined) ask(w, user);
  else schedule(w.agenda, w.now + sample(w.streams, journey.stream, step.think), kinds.step, user.id, user.generation);
}

/** Somebody asks for the present step, for the first time or again. */
export function ask(w: State, user: User): void {
  const journey = w.journeys[user.journey] as Journey;
  const to = journey.steps[user.step] as Journey['steps'][number];
  journey.attempts++;
  w.minute.asked++;
  user.asked = w.now;
  const r = createRequest(w, to.service, to.route, user.id, user.generation);
  r.asker = 0;
  r.owner = user.id;
  r.ownerGeneration = user.generation;
  const { timeout } = journey.spec;
  if (timeout !== undefined) schedule(w.agenda, w.now + timeout, kinds.timeout, r.id, r.generation);
  send(w, r);
}

/** Somebody has an answer, or waits no longer for one (499, 504). */
export function answered(w: State, user: User, code: number): void {
  const journey = w.journeys[user.journey] as Journey;
  const { spec } = journey;
  const took = w.now - user.asked;
  const good = code > 0 && code < 400;
  count(w.minute.times, took);
  if (good) w.minute.answered++;
  else w.minute.failed++;
  if (spec.support !== undefined && good && took > spec.support.slow)
    callSupport(w, user, journey, spec.support.ofSlow, 'slow');
  if (good) {
    user.step++;
    user.attempt = 0;
    takeStep(w, user, journey);
    return;
  }
  if (code === 499) {
    journey.abandoned++;
    if (spec.support !== undefined) callSupport(w, user, journey, spec.support.ofAbandoned, 'abandoned');
    end(w, user, journey);
    return;
  }
  if (code === 409) {
    journey.soldOut++;
    end(w, user, journey);
    return;
  }
  if (spec.retries !== undefined && user.attempt < spec.retries.times) {
    user.attempt++;
    const pause = sample(w.streams, journey.stream, spec.retries.pause);
    schedule(w.agenda, w.now + pause, kinds.step, user.id, user.generation);
    return;
  }
  journey.failed++;
  if (spec.support !== undefined) callSupport(w, user, journey, spec.support.ofFailed, 'failed');
  end(w, user, journey);
}

/** With this probability somebody calls, once a journey. */
function callSupport(
  w: State,
  user: User,
  journey: Journey,
  share: number,
  reason: 'slow' | 'failed' | 'abandoned',
): void {
  if (user.called === 1 || !happens(w.streams, journey.stream, share)) return;
  user.called = 1;
  w.minute.support++;
  w.ledger.support[reason]++;
  tellEvent(w, 'SupportCalled', { reason, town: w.towns[user.town] ?? '' });
}

function end(w: State, user: User, journey: Journey): void {
  const price = w.scenario.seats?.price ?? 0;
  if (user.charges > 0) w.ledger.refundsDue += user.charges * price;
  if (user.held === 1) schedule(w.agenda, Math.max(w.now, user.heldAt + keepOf(w)), kinds.release, 0, 0);
  journey.present--;
  user.held = 0;
  user.charges = 0;
  user.generation++;
  w.freeUsers.push(user.id);
}
