// When people come.
import { exponential, happens } from './core/chance.ts';
import type { ArrivalSpec, Surge } from './scenario.ts';
import type { Source, State } from './state.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * The moment of the next arrival of a source after now, or undefined when there is none before `horizon`. Rates that change are
 * followed by thinning (Lewis and Shedler 1979), a minute at a time under the highest rate of that minute.
 */
export function nextArrival(w: State, source: Source, horizon: number): number | undefined {
  const { spec, stream } = source;
  if (spec.pattern === 'trace') return spec.times[source.next++];
  if (source.factor <= 0) return undefined;
  if (spec.pattern === 'constant') return w.now + 1000 / (spec.rate * source.factor);
  if (spec.pattern === 'poisson') return w.now + exponential(w.streams, stream, 1000 / (spec.rate * source.factor));
  if (spec.pattern !== 'profile') return undefined;
  let at = w.now;
  while (at < horizon) {
    const end = (Math.floor((w.start + at) / MINUTE) + 1) * MINUTE - w.start;
    const highest = highestRate(spec, w.start, at, end) * source.factor;
    const gap = highest > 0 ? exponential(w.streams, stream, 1000 / highest) : MINUTE;
    if (at + gap >= end) {
      at = end;
      continue;
    }
    at += gap;
    if (happens(w.streams, stream, (rateAt(spec, w.start, at) * source.factor) / highest)) return at;
  }
  return undefined;
}

type Profile = Extract<ArrivalSpec, { pattern: 'profile' }>;

/** Arrivals a second, `at` ms after the beginning of a world that begins at `start`. */
export function rateAt(spec: Profile, start: number, at: number): number {
  let rate = baseAt(spec, start + at);
  for (const surge of spec.surges ?? []) rate *= surgeAt(surge, at);
  return rate;
}

function baseAt({ hours, days }: Profile, epoch: number): number {
  const hour = (epoch % DAY) / 3_600_000;
  const from = Math.floor(hour);
  const low = hours[from] ?? 0;
  const high = hours[(from + 1) % 24] ?? 0;
  // 1 January 1970 was a Thursday; days count from Monday.
  const day = (Math.floor(epoch / DAY) + 3) % 7;
  return (low + (high - low) * (hour - from)) * (days?.[day] ?? 1);
}

function surgeAt({ at, factor, rise, hold, fall }: Surge, now: number): number {
  const since = now - at;
  if (since < 0 || since >= rise + hold + fall) return 1;
  if (since < rise) return 1 + ((factor - 1) * since) / rise;
  if (since < rise + hold) return factor;
  return 1 + ((factor - 1) * (rise + hold + fall - since)) / fall;
}

/** No rate between two moments of one minute is higher: each factor is made of straight lines, so it is highest at an end or a corner. */
function highestRate(spec: Profile, start: number, from: number, to: number): number {
  let rate = Math.max(baseAt(spec, start + from), baseAt(spec, start + to - 0.001));
  for (const surge of spec.surges ?? []) {
    let most = Math.max(surgeAt(surge, from), surgeAt(surge, to - 0.001));
    for (const corner of [surge.at, surge.at + surge.rise, surge.at + surge.rise + surge.hold])
      if (corner >= from && corner <= to) most = Math.max(most, surgeAt(surge, corner));
    rate *= most;
  }
  return rate;
}
