import type { Hooks, WorldEvent } from '../hooks.ts';
import type { CapacityRule, Scenario } from '../scenario.ts';
import type { Minute } from '../state.ts';
import { createWorld, type World } from '../world.ts';
import { type CompanyDay, companyDays } from './days.ts';

/** A day of the shop lived through to its end, and what it cost. */
export interface Replay {
  readonly day: CompanyDay;
  readonly seed: string;
  readonly minutes: readonly Minute[];
  /** What happened to instances and capacity, and each call to Support. */
  readonly events: readonly WorldEvent[];
  readonly summary: {
    readonly asked: number;
    readonly failed: number;
    /** Share of the minutes with requests whose 95th percentile stayed under 800 ms. */
    readonly minutesInTime: number;
    readonly supportCalls: number;
    readonly cost: number;
    readonly seatsSold: number;
  };
}

/** How long a p95 may be, ms. */
const IN_TIME = 800;

export interface ReplayOptions extends Pick<Hooks, 'serve' | 'failed'> {
  readonly capacity?: Readonly<Record<string, CapacityRule>>;
  readonly seed?: string;
  /** Nothing is lived through after this moment, ms since 1970; without it, the day to its end. */
  readonly until?: number;
  /** Looks at the world at each multiple of `interval` ms from the first moment to the last. */
  readonly watch?: { readonly interval: number; look(world: World): void };
}

/** Lives through a day with the given rules in the place of its own. The same day, rules and seed give the same replay. */
export function replayDay(
  day: CompanyDay,
  { capacity, seed = '1', until, serve, failed, watch }: ReplayOptions,
): Replay {
  const own: Scenario & { readonly start: number; readonly length: number } = companyDays[day];
  const scenario = { ...own, ...(capacity === undefined ? {} : { capacity }) };
  const world = createWorld({ scenario, seed }, { serve, failed });
  const end = endOf(day, until);
  if (watch !== undefined)
    for (let at = scenario.start; at <= end; at += watch.interval) {
      world.runUntil(at);
      watch.look(world);
    }
  world.runUntil(end);
  const { support, cost, seats } = world.figures();
  const minutes = world.minutes();
  const busy = minutes.filter(({ asked }) => asked > 0);
  const sum = (of: (minute: Minute) => number): number => minutes.reduce((all, minute) => all + of(minute), 0);
  return {
    day,
    seed,
    minutes,
    events: world.events(),
    summary: {
      asked: sum(({ asked }) => asked),
      failed: sum(({ failed }) => failed),
      minutesInTime: busy.length === 0 ? 1 : busy.filter(({ p95 }) => p95 < IN_TIME).length / busy.length,
      supportCalls: support.slow + support.failed + support.abandoned,
      cost: cost.total,
      seatsSold: seats.sold,
    },
  };
}

/** The last moment of a day that is lived through until then, ms since 1970. */
export function endOf(day: CompanyDay, until = Number.POSITIVE_INFINITY): number {
  const { start, length } = companyDays[day];
  return Math.min(start + length, until);
}

/** Services of the shop that a rule can be written for. */
export function servicesOf(day: CompanyDay): readonly string[] {
  return Object.entries(companyDays[day].services).flatMap(([name, spec]) => ('external' in spec ? [] : [name]));
}
