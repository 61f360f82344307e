// Functions of a range of samples: what `rate(x[5m])` and its kin compute for one series at one moment.
import type { Samples } from '../store/store.ts';
import { addTo, meanOf, quantileOf, type Sum, sumOf, varianceOf } from './sums.ts';

/** Samples from–to (excluded) of a series, which lie in the range (start, end] in ms. */
export interface Window {
  readonly samples: Samples;
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  /** The moment of evaluation in ms. */
  readonly time: number;
  /** Values of the scalar arguments, in their order. */
  readonly scalars: readonly number[];
}

/** A value, or undefined where there are too few samples. */
export type RangeFunction = (window: Window) => number | undefined;

const valueAt = ({ samples }: Window, i: number): number => samples.values[i] as number;
const timeAt = ({ samples }: Window, i: number): number => samples.times[i] as number;

function slice({ samples, from, to }: Window): Float64Array {
  return samples.values.subarray(from, to);
}

/**
 * The change over the range: between first and last sample, carried on to the ends of the range where samples come as close to
 * them as they come to each other, and by half of that distance else; a counter is not carried below zero.
 * Prometheus, promql/functions.go, extrapolatedRate.
 */
function extrapolated(
  window: Window,
  { counter, perSecond }: { counter: boolean; perSecond: boolean },
): number | undefined {
  const { from, to, start, end } = window;
  if (to - from < 2) return undefined;
  const first = valueAt(window, from);
  let change = valueAt(window, to - 1) - first;
  if (counter) {
    for (let i = from + 1; i < to; i++) {
      const before = valueAt(window, i - 1);
      if (valueAt(window, i) < before) change += before;
    }
  }
  const sampled = (timeAt(window, to - 1) - timeAt(window, from)) / 1000;
  const between = sampled / (to - from - 1);
  const threshold = between * 1.1;
  let toStart = (timeAt(window, from) - start) / 1000;
  let toEnd = (end - timeAt(window, to - 1)) / 1000;
  if (toStart >= threshold) toStart = between / 2;
  if (counter && change > 0 && first >= 0) toStart = Math.min(toStart, sampled * (first / change));
  if (toEnd >= threshold) toEnd = between / 2;
  let factor = (sampled + toStart + toEnd) / sampled;
  if (perSecond) factor /= (end - start) / 1000;
  return change * factor;
}

/** From the last two samples only. */
function instant(window: Window, counter: boolean): number | undefined {
  const { from, to } = window;
  if (to - from < 2) return undefined;
  const last = valueAt(window, to - 1);
  const before = valueAt(window, to - 2);
  const change = counter && last < before ? last : last - before;
  return counter ? change / ((timeAt(window, to - 1) - timeAt(window, to - 2)) / 1000) : change;
}

/** Least squares through the samples: slope per second, and value at a moment in ms. */
function regression(window: Window, at: number): { readonly slope: number; readonly intercept: number } {
  const { from, to } = window;
  const first = valueAt(window, from);
  if (slice(window).every((value) => value === first)) {
    return Number.isFinite(first) || Number.isNaN(first)
      ? { slope: 0, intercept: first }
      : { slope: Number.NaN, intercept: Number.NaN };
  }
  const sums: Record<'x' | 'y' | 'xy' | 'xx', Sum> = {
    x: { sum: 0, lost: 0 },
    y: { sum: 0, lost: 0 },
    xy: { sum: 0, lost: 0 },
    xx: { sum: 0, lost: 0 },
  };
  for (let i = from; i < to; i++) {
    const x = (timeAt(window, i) - at) / 1000;
    const y = valueAt(window, i);
    addTo(sums.x, x);
    addTo(sums.y, y);
    addTo(sums.xy, x * y);
    addTo(sums.xx, x * x);
  }
  const count = to - from;
  const [x, y, xy, xx] = [sums.x, sums.y, sums.xy, sums.xx].map(({ sum, lost }) => sum + lost) as [
    number,
    number,
    number,
    number,
  ];
  const slope = (xy - (x * y) / count) / (xx - (x * x) / count);
  return { slope, intercept: y / count - (slope * x) / count };
}

/** Index of the first sample that no other one beats; NaN is beaten by everything. */
function best(window: Window, beats: (a: number, b: number) => boolean): number {
  let found = window.from;
  for (let i = window.from; i < window.to; i++) {
    if (beats(valueAt(window, i), valueAt(window, found)) || Number.isNaN(valueAt(window, found))) found = i;
  }
  return found;
}

function countPairs(window: Window, counts: (now: number, before: number) => boolean): number {
  let count = 0;
  for (let i = window.from + 1; i < window.to; i++) if (counts(valueAt(window, i), valueAt(window, i - 1))) count++;
  return count;
}

const differs = (a: number, b: number): boolean => a !== b && !(Number.isNaN(a) && Number.isNaN(b));

export const rangeFunctions: ReadonlyMap<string, RangeFunction> = new Map<string, RangeFunction>([
  ['rate', (window) => extrapolated(window, { counter: true, perSecond: true })],
  ['increase', (window) => extrapolated(window, { counter: true, perSecond: false })],
  ['delta', (window) => extrapolated(window, { counter: false, perSecond: false })],
  ['irate', (window) => instant(window, true)],
  ['idelta', (window) => instant(window, false)],
  [
    'deriv',
    (window) => (window.to - window.from < 2 ? undefined : regression(window, timeAt(window, window.from)).slope),
  ],
  [
    'predict_linear',
    (window) => {
      if (window.to - window.from < 2) return undefined;
      const { slope, intercept } = regression(window, window.time);
      return slope * (window.scalars[0] as number) + intercept;
    },
  ],
  ['changes', (window) => countPairs(window, differs)],
  ['resets', (window) => countPairs(window, (now, before) => now < before)],
  ['avg_over_time', ({ samples, from, to }) => meanOf(samples.values, from, to)],
  ['sum_over_time', ({ samples, from, to }) => sumOf(samples.values, from, to)],
  ['count_over_time', ({ from, to }) => to - from],
  [
    'min_over_time',
    (window) =>
      valueAt(
        window,
        best(window, (a, b) => a < b),
      ),
  ],
  [
    'max_over_time',
    (window) =>
      valueAt(
        window,
        best(window, (a, b) => a > b),
      ),
  ],
  ['first_over_time', (window) => valueAt(window, window.from)],
  ['last_over_time', (window) => valueAt(window, window.to - 1)],
  ['present_over_time', () => 1],
  ['absent_over_time', () => 1],
  ['stdvar_over_time', ({ samples, from, to }) => varianceOf(samples.values, from, to)],
  ['stddev_over_time', ({ samples, from, to }) => Math.sqrt(varianceOf(samples.values, from, to))],
  ['quantile_over_time', (window) => quantileOf(window.scalars[0] as number, slice(window))],
  [
    'mad_over_time',
    (window) => {
      const values = slice(window);
      if (values.some((value) => Number.isNaN(value))) return Number.NaN;
      const median = quantileOf(0.5, values);
      return quantileOf(
        0.5,
        values.map((value) => Math.abs(value - median)),
      );
    },
  ],
  ['ts_of_first_over_time', (window) => timeAt(window, window.from) / 1000],
  ['ts_of_last_over_time', (window) => timeAt(window, window.to - 1) / 1000],
  [
    'ts_of_max_over_time',
    (window) =>
      timeAt(
        window,
        best(window, (a, b) => a >= b),
      ) / 1000,
  ],
  [
    'ts_of_min_over_time',
    (window) =>
      timeAt(
        window,
        best(window, (a, b) => a <= b),
      ) / 1000,
  ],
]);
