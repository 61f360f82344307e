import type { Agenda } from './core/agenda.ts';
import type { Streams } from './core/chance.ts';
import type { Spread } from './core/spread.ts';
import type { Hooks, WorldEvent } from './hooks.ts';
import type { MetricStore } from './metrics.ts';
import type {
  ArrivalSpec,
  BalancerPolicy,
  CapacityRule,
  JourneySpec,
  RouteSpec,
  Scenario,
  ServiceSpec,
} from './scenario.ts';

/** What can happen next. The two numbers of an entry are written behind each: an id and the generation it must still have. */
export const kinds = {
  arrive: 0, // source, generation
  worked: 1, // request, generation
  leave: 2, // request, generation: patience is over
  timeout: 3, // request, generation: whoever asked waits no longer
  step: 4, // user, generation
  deliver: 5, // request, generation: the network has let it through
  callAgain: 6, // request, generation
  started: 7, // instance, generation
  restart: 8, // instance, generation
  health: 9, // service
  control: 10, // service
  scheduled: 11, // index in the scenario's schedule
  release: 12, // a seat that was kept for somebody who is gone
  minute: 13,
  warm: 14,
  source: 15, // source, generation: its next arrival is to be found
} as const;

/** What one part tells another once the present event is done: kind and three numbers, written behind each. */
export const notes = {
  answerPerson: 0, // user, generation, code
  answerRequest: 1, // request, generation, code
  worked: 2, // request, generation, -
  drained: 3, // instance, generation, -
  ended: 4, // instance, generation, which of `endings`
} as const;

/** Notes that are not read yet: so many words, four a note. */
export interface Outbox {
  size: number;
  words: Int32Array;
}

export function createOutbox(): Outbox {
  return { size: 0, words: new Int32Array(64) };
}

export function leaveNote({ outbox }: State, note: number, id: number, generation: number, code: number): void {
  const at = outbox.size;
  if (at === outbox.words.length) {
    const wider = new Int32Array(at * 2);
    wider.set(outbox.words);
    outbox.words = wider;
  }
  const { words } = outbox;
  words[at] = note;
  words[at + 1] = id;
  words[at + 2] = generation;
  words[at + 3] = code;
  outbox.size = at + 4;
}

/** Why a process ended by itself. */
export const endings = ['it crashed', 'out of memory'] as const;

export type RequestState = 'free' | 'travelling' | 'waiting' | 'working' | 'calling' | 'pooling';

/** One request at one service. Records are used again; `generation` tells an entry of the agenda whether it is still the same one. */
export interface Request {
  readonly id: number;
  generation: number;
  state: RequestState;
  service: number;
  route: number;
  /** Where it is being worked on or waits, or -1. */
  instance: number;
  /** Who asked: 0 a person, 1 another request. Nobody listens any more when `gone` is 1. */
  asker: 0 | 1;
  owner: number;
  ownerGeneration: number;
  gone: 0 | 1;
  /** The person behind it all. */
  user: number;
  userGeneration: number;
  arrived: number;
  /** When the instance got it. */
  reached: number;
  began: number;
  code: number;
  call: number;
  attempt: number;
  /** It has given its place back. */
  away: 0 | 1;
  next: number;
  previous: number;
}

/** Requests in order, by ids; -1 is none. */
export interface Line {
  head: number;
  tail: number;
  length: number;
}

export type InstanceState = 'starting' | 'up' | 'hung' | 'draining' | 'crashed' | 'stopped';

export interface Pool {
  used: number;
  waiting: number[];
}

export interface Instance {
  readonly id: number;
  readonly service: number;
  readonly name: string;
  generation: number;
  state: InstanceState;
  host: string;
  version: string;
  /** Whether the balancer should have it once it is healthy, and whether it has. */
  wanted: boolean;
  listed: boolean;
  readonly line: Line;
  readonly inside: Line;
  /** Those that have given their place back while they call. */
  readonly away: Line;
  misses: number;
  memory: number;
  cpu: number;
  slow: number;
  crashes: number;
  since: number;
  pools: Record<number, Pool>;
  /** Where its numbers stand in the metrics: by route × 1000 + code, and by route. */
  codes: Record<number, number>;
  durations: Record<number, number>;
  /** Of its gauges, in the order in which they are read; the version that is told, and where. */
  gauges: number[];
  told: string;
  info: number;
}

export interface Stats {
  /** Requests that were inside when the figures began. */
  insideBefore: number;
  received: number;
  answered: number;
  failed: number;
  refused: number;
  abandoned: number;
  timedOut: number;
  dropped: number;
  /** Those that had to wait before their work began. */
  waited: number;
  mostWaiting: number;
  /** Integrals over time: requests inside, waiting, being worked on, and places; ms. */
  inside: number;
  waiting: number;
  busy: number;
  places: number;
  touched: number;
  /** Sum of the times that those who left have been inside since the figures began. */
  stayed: number;
  readonly wait: Spread;
  readonly response: Spread;
}

export interface Service {
  readonly id: number;
  readonly name: string;
  readonly spec: ServiceSpec;
  readonly routes: readonly RouteSpec[];
  readonly routeNames: readonly string[];
  readonly concurrency: number;
  readonly limit: number;
  readonly shared: boolean;
  /** Stream of chance of its own. */
  readonly stream: number;
  instances: number[];
  /** Ids of the instances that the balancer sends requests to. */
  list: number[];
  turn: number;
  policy: BalancerPolicy;
  readonly line: Line;
  inside: number;
  waiting: number;
  busy: number;
  places: number;
  target: number;
  version: string;
  /** A deploy is under way: instances of other versions are being replaced. */
  replacing: boolean;
  rule: CapacityRule | undefined;
  changed: number;
  /** The integrals at the last look of the capacity rule. */
  seenBusy: number;
  seenPlaces: number;
  seenAt: number;
  /** Its last four readings of the load. */
  loads: number[];
  tokens: number;
  tokensAt: number;
  slow: number;
  errors: number;
  loss: number;
  expired: boolean;
  stats: Stats;
  /** Where its numbers stand in the metrics: requests by code, durations. */
  codes: Record<number, number>;
  duration: number;
  /** What costs: instances that are paid for now, their time so far (ms), requests, GB. */
  paying: number;
  paid: number;
  calls: number;
  gigabytes: number;
}

export interface User {
  readonly id: number;
  generation: number;
  source: number;
  journey: number;
  step: number;
  attempt: number;
  town: number;
  /** When the person set out, and when the present attempt began. */
  came: number;
  asked: number;
  charges: number;
  held: 0 | 1;
  heldAt: number;
  called: 0 | 1;
  number: number;
}

export interface Source {
  readonly id: number;
  readonly name: string;
  readonly spec: ArrivalSpec;
  readonly journey: number;
  readonly stream: number;
  factor: number;
  /** How many of a trace have come. */
  next: number;
  generation: number;
}

export interface Journey {
  readonly name: string;
  readonly spec: JourneySpec;
  readonly steps: readonly { readonly service: number; readonly route: number }[];
  readonly stream: number;
  started: number;
  finished: number;
  failed: number;
  abandoned: number;
  stopped: number;
  soldOut: number;
  attempts: number;
  present: number;
}

/** Seats, money and calls. */
export interface Ledger {
  free: number;
  held: number;
  sold: number;
  charged: number;
  earned: number;
  /** Charged, and no seat for it. */
  refundsDue: number;
  support: { slow: number; failed: number; abandoned: number };
}

/** One minute as those who asked saw it, and as the services were. */
export interface Minute {
  readonly at: number;
  readonly asked: number;
  readonly answered: number;
  readonly failed: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly support: number;
  readonly cost: number;
  readonly services: Readonly<
    Record<string, { readonly instances: number; readonly waiting: number; readonly utilisation: number }>
  >;
}

/** The whole state of a world: plain data; `restore.ts` says how it is written down. Times are ms after `start`. */
export interface State {
  readonly scenario: Scenario;
  readonly seed: string;
  readonly start: number;
  now: number;
  happened: number;
  readonly agenda: Agenda;
  readonly streams: Streams;
  readonly services: Service[];
  readonly instances: Instance[];
  readonly requests: Request[];
  readonly freeRequests: number[];
  readonly users: User[];
  readonly freeUsers: number[];
  readonly journeys: Journey[];
  readonly sources: Source[];
  readonly towns: readonly string[];
  /** Their weights, each with those before it. */
  readonly townWeights: readonly number[];
  readonly ledger: Ledger;
  /** Faults of hosts and instances that are not a number of a service: `disk-full web-1`. */
  faults: string[];
  skews: Record<string, number>;
  readonly metrics: MetricStore;
  readonly events: WorldEvent[];
  readonly minutes: Minute[];
  /** The minute that is not over yet. */
  readonly minute: {
    asked: number;
    answered: number;
    failed: number;
    support: number;
    /** Cost, and each service's integrals, when it began. */
    cost: number;
    busy: number[];
    places: number[];
    readonly times: Spread;
  };
  /** Where the figures of the whole company stand in the metrics, by name. */
  readonly gauges: Record<string, number>;
  warmedAt: number;
  people: number;
  /** Notes for other parts; empty between events, and no part of a snapshot. */
  readonly outbox: Outbox;
  /** What the world asks of others; no part of a snapshot. */
  readonly hooks: Hooks;
}
