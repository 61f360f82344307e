import type { Labels } from '../labels.ts';
import type { Store } from '../store/store.ts';
import type { Annotations } from './annotations.ts';
import { ExecutionError } from './errors.ts';

/** The moments at which an expression is evaluated, and what it needs for that. */
export interface Frame {
  readonly store: Store;
  readonly text: string;
  readonly start: number;
  readonly step: number;
  /** How many moments: `start + i * step` for i below this. */
  readonly count: number;
  /** Of the whole query, for `@ start()` and `@ end()`. */
  readonly query: { readonly start: number; readonly end: number; readonly isRange: boolean };
  readonly lookback: number;
  /** Step of a subquery that names none. */
  readonly interval: number;
  readonly budget: Budget;
  readonly notes: Annotations;
}

/** What a query may take before it is refused. */
export interface Budget {
  /** Points held at once. */
  readonly maxSamples: number;
  /** Stored samples that functions look at. */
  readonly maxTouched: number;
  held: number;
  touched: number;
}

/** One series with a value at some of the frame's moments. */
export interface Series {
  readonly labels: Labels;
  /** The metric's name goes when the query ends; until then `label_replace` and grouping can still see it. */
  readonly dropName: boolean;
  readonly values: Float64Array;
  readonly present: Uint8Array;
}

const tooMany = 'query processing would load too many samples into memory in query execution';

export function hold(frame: Frame, points: number): void {
  frame.budget.held += points;
  if (frame.budget.held > frame.budget.maxSamples) throw new ExecutionError(tooMany);
}

export function touch(frame: Frame, samples: number): void {
  frame.budget.touched += samples;
  if (frame.budget.touched > frame.budget.maxTouched) throw new ExecutionError(tooMany);
}

/** A series without points yet. */
export function createSeries(frame: Frame, labels: Labels, dropName: boolean): Series {
  hold(frame, frame.count);
  return { labels, dropName, values: new Float64Array(frame.count), present: new Uint8Array(frame.count) };
}

export function put(series: Series, i: number, value: number): void {
  series.values[i] = value;
  series.present[i] = 1;
}

export function isPresent(series: Series, i: number): boolean {
  return series.present[i] === 1;
}

export function pointAt(series: Series, i: number): number {
  return series.values[i] as number;
}

export function hasPoints(series: Series): boolean {
  return series.present.includes(1);
}

/** One value without labels at every moment: what a scalar is. */
export function constant(frame: Frame, value: (time: number, i: number) => number): Series {
  const series = createSeries(frame, [], false);
  for (let i = 0; i < frame.count; i++) put(series, i, value(frame.start + i * frame.step, i));
  return series;
}

export function timeOf(frame: Frame, i: number): number {
  return frame.start + i * frame.step;
}

/** The moment a selector looks at when the expression is evaluated at moment i. */
export function refTime(
  frame: Frame,
  { offset, at }: { readonly offset: number; readonly at?: number | 'start' | 'end' },
  i: number,
): number {
  const time = at === undefined ? timeOf(frame, i) : typeof at === 'number' ? at : frame.query[at];
  return time - offset;
}
