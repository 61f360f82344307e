import { act, type Unknown } from './act.ts';
import { nextArrival } from './arrivals.ts';
import { callAgain, callAnswered, callNext } from './calls.ts';
import { CONTROL, control, reconcile } from './capacity.ts';
import { schedule, takeFirst } from './core/agenda.ts';
import { createState } from './create.ts';
import { beginFigures, closeMinute, type Figures, figuresOf, refreshGauges } from './figures.ts';
import type { Hooks, WorldEvent } from './hooks.ts';
import { crash, healthDefaults, lookAfter, restart, started, stop } from './instances.ts';
import { answered, ask, setOut } from './journeys.ts';
import { giveBack } from './ledger.ts';
import { read, type Series } from './metrics.ts';
import type { Intervention, Scenario } from './scenario.ts';
import { restore, snapshotOf, type WorldSnapshot } from './snapshot.ts';
import {
  endings,
  type Instance,
  type InstanceState,
  kinds,
  type Minute,
  notes,
  type Request,
  type Service,
  type Source,
  type State,
  type User,
} from './state.ts';
import { deliver, giveUp, worked } from './station.ts';

/** A running world. Times are ms since 1970-01-01 UTC. */
export interface World {
  now(): number;
  /** Lets everything happen that happens up to and at `at`. A time that has passed changes nothing. */
  runUntil(at: number): void;
  /** The moment of the next thing that will happen. */
  next(): number | undefined;
  /** Does something now. @returns what it named that does not exist; nothing was done then. */
  act(intervention: Intervention): Unknown | undefined;
  figures(): Figures;
  /** Requests that are at a service or on their way. */
  inside(): number;
  /** The minutes that are over, from the first. */
  minutes(): readonly Minute[];
  /** What happened to instances, capacity and faults, from the first. */
  events(): readonly WorldEvent[];
  instances(): readonly InstanceView[];
  /** All series so far; a series keeps its place, new ones come at the end. */
  series(): readonly Series[];
  /** The present value of each series, by its place; NaN where an instance does not answer. The array is used again by the next call. */
  scrape(): Float64Array;
  snapshot(): WorldSnapshot;
}

export interface InstanceView {
  readonly name: string;
  readonly service: string;
  readonly host: string;
  readonly version: string;
  readonly state: InstanceState;
  /** The balancer sends requests to it. */
  readonly listed: boolean;
  readonly working: number;
  readonly waiting: number;
}

/**
 * A world from its first moment, or from a snapshot. The same scenario, seed, interventions and answers of `hooks.serve` give the same
 * world, byte for byte, however its time is cut into pieces.
 */
export function createWorld(
  from: { readonly scenario: Scenario; readonly seed: string } | WorldSnapshot,
  hooks: Hooks = {},
): World {
  const w = 'state' in from ? restore(from, hooks) : createState(from.scenario, from.seed, hooks);
  let out = new Float64Array(256);
  const answers = (id: number): boolean => {
    const state = w.instances[id]?.state;
    return state === 'up' || state === 'draining';
  };
  return {
    now: () => w.start + w.now,
    runUntil: (at) => runUntil(w, at - w.start),
    next: () => (w.agenda.size === 0 ? undefined : w.start + (w.agenda.at[0] as number)),
    act(intervention) {
      const unknown = act(w, intervention);
      deliverNotes(w);
      return unknown;
    },
    figures: () => figuresOf(w),
    inside: () => w.requests.length - w.freeRequests.length,
    minutes: () => w.minutes,
    events: () => w.events,
    instances: () =>
      w.instances
        .filter(({ service }) => !w.services[service]?.spec.external)
        .map(({ name, service, host, version, state, listed, inside, line }) => ({
          name,
          service: (w.services[service] as Service).name,
          host,
          version,
          state,
          listed,
          working: inside.length,
          waiting: line.length,
        })),
    series: () => w.metrics.series,
    scrape() {
      refreshGauges(w);
      const { length } = w.metrics.series;
      if (out.length < length) out = new Float64Array(length * 2);
      read(w.metrics, out, answers);
      return out.subarray(0, length);
    },
    snapshot: () => snapshotOf(w),
  };
}

function runUntil(w: State, end: number): void {
  const { agenda } = w;
  while (agenda.size > 0) {
    const at = agenda.at[0] as number;
    if (at > end) break;
    const slot = takeFirst(agenda);
    w.now = at;
    w.happened++;
    happen(w, agenda.kind[slot] as number, agenda.one[slot] as number, agenda.two[slot] as number);
    if (w.outbox.size > 0) deliverNotes(w);
  }
  if (end > w.now) w.now = end;
}

function happen(w: State, kind: number, one: number, two: number): void {
  switch (kind) {
    case kinds.arrive:
    case kinds.source: {
      const source = w.sources[one] as Source;
      if (source.generation !== two) return;
      if (kind === kinds.arrive) setOut(w, source);
      awaitArrival(w, source);
      return;
    }
    case kinds.worked:
    case kinds.leave:
    case kinds.timeout:
    case kinds.deliver:
    case kinds.callAgain: {
      const r = w.requests[one] as Request;
      if (r.generation === two) happenTo(w, kind, r);
      return;
    }
    case kinds.step: {
      const user = w.users[one] as User;
      if (user.generation === two) ask(w, user);
      return;
    }
    case kinds.started:
    case kinds.restart: {
      const i = w.instances[one] as Instance;
      if (i.generation !== two) return;
      if (kind === kinds.started) started(w, i);
      else restart(w, i);
      reconcile(w, w.services[i.service] as Service);
      return;
    }
    default:
      tick(w, kind, one);
  }
}

function happenTo(w: State, kind: number, r: Request): void {
  if (kind === kinds.worked) worked(w, r);
  else if (kind === kinds.leave) {
    if (r.state === 'waiting') giveUp(w, r, 499);
  } else if (kind === kinds.timeout) giveUp(w, r, 504);
  else if (kind === kinds.deliver) deliver(w, r);
  else callAgain(w, r);
}

/** What happens by the clock. */
function tick(w: State, kind: number, one: number): void {
  const s = w.services[one] as Service;
  switch (kind) {
    case kinds.health:
      lookAfter(w, s);
      schedule(w.agenda, w.now + (s.spec.health ?? healthDefaults).interval, kinds.health, one, 0);
      return;
    case kinds.control:
      control(w, s);
      schedule(w.agenda, w.now + CONTROL, kinds.control, one, 0);
      return;
    case kinds.scheduled: {
      const given = w.scenario.schedule?.[one];
      if (given !== undefined) act(w, given.act);
      return;
    }
    case kinds.release:
      giveBack(w);
      return;
    case kinds.minute:
      closeMinute(w);
      schedule(w.agenda, w.now + 60_000, kinds.minute, 0, 0);
      return;
    case kinds.warm:
      beginFigures(w);
      return;
  }
}

/** Finds the next arrival of a source: within the hour, or looks again then. */
function awaitArrival(w: State, source: Source): void {
  const horizon = w.now + 3_600_000;
  const at = nextArrival(w, source, horizon);
  if (at !== undefined) schedule(w.agenda, at, kinds.arrive, source.id, source.generation);
  else if (source.spec.pattern === 'profile' && source.factor > 0)
    schedule(w.agenda, horizon, kinds.source, source.id, source.generation);
}

/** Tells each part what others have noted for it, in order, until there is nothing left to tell. */
function deliverNotes(w: State): void {
  const { outbox } = w;
  for (let at = 0; at < outbox.size; at += 4) {
    // What is done with a note may leave others, for which there may be need of more words.
    const { words } = outbox;
    const note = words[at];
    const id = words[at + 1] as number;
    const generation = words[at + 2] as number;
    const code = words[at + 3] as number;
    switch (note) {
      case notes.answerPerson: {
        const user = w.users[id] as User;
        if (user.generation === generation) answered(w, user, code);
        break;
      }
      case notes.answerRequest:
      case notes.worked: {
        const r = w.requests[id] as Request;
        if (r.generation !== generation) break;
        if (note === notes.worked) callNext(w, r);
        else callAnswered(w, r, code);
        break;
      }
      default: {
        const i = w.instances[id] as Instance;
        if (i.generation !== generation) break;
        if (note === notes.ended) crash(w, i, endings[code] as string);
        else if (i.state === 'draining') stop(w, i);
        reconcile(w, w.services[i.service] as Service);
      }
    }
  }
  outbox.size = 0;
}
