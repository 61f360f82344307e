import type { Distribution } from './core/chance.ts';

/**
 * A world as data. Times are ms of simulated time, rates are per second, memory is MB, probabilities are 0…1, money is in units.
 * Everything that is optional has the default that stands beside it.
 */
export interface Scenario {
  readonly name: string;
  /** The moment at which it begins, ms since 1970-01-01 UTC (0): hours and days of the week follow from it. */
  readonly start?: number;
  /** How long it lasts (24 h). */
  readonly length?: number;
  /** Figures begin to count only after this time (0), so that the beginning, when all is empty, does not blur them. */
  readonly warmup?: number;
  readonly services: Readonly<Record<string, ServiceSpec>>;
  readonly hosts?: Readonly<Record<string, HostSpec>>;
  readonly journeys: Readonly<Record<string, JourneySpec>>;
  readonly arrivals: readonly ArrivalSpec[];
  /** Rules that change the number of instances, by service. */
  readonly capacity?: Readonly<Record<string, CapacityRule>>;
  readonly seats?: SeatSpec;
  /** Where people come from: name → weight. */
  readonly towns?: Readonly<Record<string, number>>;
  /** What happens to the world, `at` ms after it begins. */
  readonly schedule?: readonly { readonly at: number; readonly act: Intervention }[];
  readonly prices?: Prices;
  /** Upper bounds of the buckets of duration histograms, in seconds, ascending; +Inf is added. */
  readonly buckets?: readonly number[];
}

export interface HostSpec {
  /** ms that its clock is ahead (0). */
  readonly skew?: number;
}

export interface ServiceSpec {
  /** 1. */
  readonly instances?: number;
  /** Requests that one instance works on at the same time (1); 0 means without limit. */
  readonly concurrency?: number;
  /** How many may wait (no limit), and where: in one line before all instances, or in each instance ('balancer'). */
  readonly queue?: { readonly limit?: number; readonly at?: 'balancer' | 'instance' };
  /** The work of a request whose route names no other. */
  readonly time: Distribution;
  readonly routes?: Readonly<Record<string, RouteSpec>>;
  /** Whether a request keeps its place while it calls other services (true), as with a thread a request; false: as in Node's event loop. */
  readonly blocking?: boolean;
  /** Share of the work that is on the processor (1); what a request waits for another service never is. */
  readonly cpu?: number;
  /** 'round-robin'. */
  readonly balancer?: BalancerPolicy;
  /** How the balancer learns that an instance does not answer (every 5 s, out after 2 failures). */
  readonly health?: { readonly interval: number; readonly failures: number };
  /** From the start of an instance until it can answer (0). */
  readonly startup?: number;
  /** A crashed instance starts again after `delay`, doubled at each crash up to `most`, from the beginning after `reset` of health. */
  readonly restart?: { readonly delay: number; readonly most: number; readonly reset: number };
  /** MB: when it starts, what each request leaks, and where the system ends the process. */
  readonly memory?: { readonly base: number; readonly leak: number; readonly limit: number };
  /** Requests a second that are taken, the rest is answered 429; without queue. */
  readonly rateLimit?: number;
  /** Share of requests answered 503 although nothing is wrong with them (0). */
  readonly errorRate?: number;
  /** Somebody else's: has no instances that we pay, start or see. */
  readonly external?: boolean;
  readonly version?: string;
  /** What is different in a version: the world's stand-in for programs that it does not run. */
  readonly versions?: Readonly<Record<string, VersionSpec>>;
  /** Hosts of the instances, in turn. */
  readonly hosts?: readonly string[];
  /** Units for an hour of one instance (0) and for each request (0); GB for each answer (0). */
  readonly price?: { readonly hour?: number; readonly call?: number; readonly gbPerAnswer?: number };
}

export type BalancerPolicy = 'round-robin' | 'least-connections';

export interface VersionSpec {
  /** Multiplies the work (1). */
  readonly slow?: number;
  /** Share of answers that are 500 (0), only for people of these towns when some are named. */
  readonly errors?: number;
  readonly towns?: readonly string[];
  /** MB leaked a request, instead of the service's. */
  readonly leak?: number;
  /** It ends when it starts. */
  readonly broken?: boolean;
}

export interface RouteSpec {
  readonly time?: Distribution;
  /** What it calls, one after the other, after its own work. */
  readonly calls?: readonly CallSpec[];
  /** What a good answer does: take a seat, sell the seat that was taken, or take the money for one. */
  readonly effect?: 'hold' | 'pay' | 'charge';
  /** It writes to the disk: fails when that is full. */
  readonly writes?: boolean;
  /** It checks signed times: fails when the host's clock is wrong by more than 5 minutes. */
  readonly signed?: boolean;
  /** What it answers when nothing is wrong (200): 404 where there is no such page. */
  readonly code?: number;
  /** What the program is asked, with {town} and {user} filled in. */
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
}

export interface CallSpec {
  readonly to: string;
  readonly route?: string;
  /** No answer after this time is a failure (never). */
  readonly timeout?: number;
  /** More attempts after a failure (0), and the pause before each (0). */
  readonly retries?: number;
  readonly pause?: number;
  /** Connections of one instance to that service (no limit); who finds none waits for one. */
  readonly pool?: number;
}

export interface JourneySpec {
  readonly steps: readonly StepSpec[];
  /** How long a person waits in a queue before giving up (for ever). */
  readonly patience?: Distribution;
  /** How long a person waits for an answer in all (for ever). */
  readonly timeout?: number;
  /** More attempts at a step that failed (0), and the pause before each. */
  readonly retries?: { readonly times: number; readonly pause: Distribution };
  /** Who calls Support: the share of those whose answer took longer than `slow` ms, of those that failed for good, of those that gave up. */
  readonly support?: {
    readonly slow: number;
    readonly ofSlow: number;
    readonly ofFailed: number;
    readonly ofAbandoned: number;
  };
}

export interface StepSpec {
  readonly service: string;
  /** One of the service's routes. */
  readonly route?: string;
  /** The pause before this step (none). */
  readonly think?: Distribution;
  /** Share of people that go on to this step (1). */
  readonly share?: number;
}

/** People who set out on a journey. */
export type ArrivalSpec = {
  readonly journey: string;
  /** The stream of chance is named after it (the journey's name). */
  readonly name?: string;
} & (
  | { readonly pattern: 'constant' | 'poisson'; readonly rate: number }
  /** 24 rates, each at the beginning of its hour, straight lines between; times a factor for each day from Monday; times surges. */
  | {
      readonly pattern: 'profile';
      readonly hours: readonly number[];
      readonly days?: readonly number[];
      readonly surges?: readonly Surge[];
    }
  /** Moments of arrival, ms after the beginning, ascending. */
  | { readonly pattern: 'trace'; readonly times: readonly number[] }
);

/** From `at` (ms after the beginning) the rate climbs to `factor` times itself within `rise` ms, stays for `hold` and comes back in `fall`. */
export interface Surge {
  readonly at: number;
  readonly factor: number;
  readonly rise: number;
  readonly hold: number;
  readonly fall: number;
}

export interface SeatSpec {
  readonly total: number;
  /** Units that a seat costs. */
  readonly price: number;
  /** How long a seat is kept for somebody who has not paid (10 min). */
  readonly keep?: number;
}

export interface Prices {
  readonly gb?: number;
  readonly supportCall?: number;
}

/** How many instances a service has: never outside min…max. `hours` come first, `load` can ask for more than they do. */
export interface CapacityRule {
  readonly min: number;
  readonly max: number;
  /** From this minute of the day to that one (0…1440, over midnight when `from` > `to`), at least so many. */
  readonly hours?: readonly { readonly from: number; readonly to: number; readonly instances: number }[];
  /** Enough instances that the share of places in use, over the last minute, comes to `target`. */
  readonly load?: {
    readonly target: number;
    /** ms after a change before the next one up (60 s) and down (300 s). */
    readonly cooldownUp?: number;
    readonly cooldownDown?: number;
  };
}

/** What a learner, a platform or a scenario does to the world. `instance` is a name such as `web-1`. */
export type Intervention =
  | { readonly do: 'set-capacity'; readonly service: string; readonly instances: number }
  | { readonly do: 'set-rule'; readonly service: string; readonly rule?: CapacityRule }
  /** One instance more; its name is the next free one when none is given. */
  | {
      readonly do: 'start';
      readonly service: string;
      readonly instance?: string;
      readonly version?: string;
      readonly host?: string;
      /** Whether the balancer sends requests to it as soon as it is healthy (true). */
      readonly rotate?: boolean;
    }
  /** Takes no more requests, finishes those it has, then ends. */
  | { readonly do: 'drain'; readonly instance: string }
  /** Ends at once and stays so; what it was doing is lost. */
  | { readonly do: 'stop'; readonly instance: string }
  /** The process ends at once; it is restarted as after a crash. */
  | { readonly do: 'kill'; readonly instance: string }
  /** In or out of the balancer's list. */
  | { readonly do: 'rotate'; readonly instance: string; readonly into: boolean }
  /** Replaces every instance by one of this version, one at a time, a new one up before an old one goes. */
  | { readonly do: 'deploy'; readonly service: string; readonly version: string }
  | { readonly do: 'balance'; readonly service: string; readonly policy: BalancerPolicy }
  /** Multiplies the arrivals of a source. */
  | { readonly do: 'traffic'; readonly source: string; readonly factor: number }
  | { readonly do: 'break'; readonly fault: Fault }
  /** Ends a fault of the same kind at the same place. */
  | { readonly do: 'mend'; readonly fault: Fault };

/** Something that is broken. */
export type Fault =
  /** Work takes `factor` times as long, in an instance or a whole service. */
  | { readonly kind: 'slow'; readonly at: string; readonly factor: number }
  /** A share of answers of a service is 500. */
  | { readonly kind: 'errors'; readonly at: string; readonly share: number }
  /** An instance takes requests and never answers. */
  | { readonly kind: 'hang'; readonly at: string }
  /** A share of packets to a service is lost: sent again after 200 ms, 400 ms, …; gone after 5 times. */
  | { readonly kind: 'network-loss'; readonly at: string; readonly share: number }
  /** No connection to a service can be made. */
  | { readonly kind: 'expired-certificate'; readonly at: string }
  /** What runs on a host ends, and nothing starts there. */
  | { readonly kind: 'host-down'; readonly at: string }
  | { readonly kind: 'disk-full'; readonly at: string }
  /** A host's clock is ahead by `ms`. */
  | { readonly kind: 'clock-skew'; readonly at: string; readonly ms: number };
