// Functions over a range of samples, at each moment of a frame; the range may be a subquery's results.
import { getLabel, type Labels, NAME } from '../labels.ts';
import { countSamples, createSamples, readSamples, type Samples } from '../store/store.ts';
import { inform, warnOfQuantile } from './annotations.ts';
import type { Call, Expr, RangeSelector, Selector, Subquery } from './ast.ts';
import { labelsOfAbsent } from './call.ts';
import {
  createSeries,
  type Frame,
  hasPoints,
  hold,
  isPresent,
  pointAt,
  put,
  refTime,
  type Series,
  timeOf,
  touch,
} from './frame.ts';
import { select } from './matchers.ts';
import type { RangeFunction } from './over-time.ts';

export type Evaluate = (expr: Expr, frame: Frame) => Series[];

/** Samples of one series that a range function may look at. */
interface Source {
  readonly labels: Labels;
  readonly dropName: boolean;
  readonly samples: Samples;
}

const keepsName = new Set(['first_over_time', 'last_over_time']);
const ofCounters = new Set(['rate', 'increase']);

export function overRange(expr: Call, apply: RangeFunction, frame: Frame, evaluate: Evaluate): Series[] {
  const range = expr.args.find((arg) => arg.kind === 'range' || arg.kind === 'subquery') as RangeSelector | Subquery;
  const scalars = expr.args.filter((arg) => arg !== range).map((arg) => evaluate(arg, frame)[0] as Series);
  const moment = range.kind === 'range' ? (range.of as Selector) : range;
  const out: Series[] = [];
  for (const source of sourcesOf(range, frame, evaluate)) {
    const { samples, labels } = source;
    const series = createSeries(frame, labels, source.dropName || !keepsName.has(expr.name));
    let from = 0;
    let to = 0;
    for (let i = 0; i < frame.count; i++) {
      const end = refTime(frame, moment, i);
      const start = end - range.range;
      while (to < samples.count && (samples.times[to] as number) <= end) to++;
      while (from < to && (samples.times[from] as number) <= start) from++;
      if (from === to) continue;
      const given = scalars.map((scalar) => pointAt(scalar, i));
      if (expr.name === 'quantile_over_time')
        warnOfQuantile(frame.notes, given[0] as number, (expr.args[0] as Expr).from);
      const value = apply({ samples, from, to, start, end, time: timeOf(frame, i), scalars: given });
      if (value !== undefined) put(series, i, value);
    }
    if (!hasPoints(series)) continue;
    out.push(series);
    if (ofCounters.has(expr.name)) tellOfNonCounter(labels, range, frame);
  }
  return expr.name === 'absent_over_time' ? absentOf(out, range, frame) : out;
}

function tellOfNonCounter(labels: Labels, range: Expr, frame: Frame): void {
  const name = getLabel(labels, NAME);
  if (name === '' || /_(total|sum|count|bucket)$/.test(name)) return;
  const message = `metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "${name}"`;
  inform(frame.notes, message, range.from);
}

function absentOf(found: readonly Series[], range: RangeSelector | Subquery, frame: Frame): Series[] {
  const labels = range.kind === 'range' ? labelsOfAbsent(range.of) : [];
  const series = createSeries(frame, labels, true);
  for (let i = 0; i < frame.count; i++) if (!found.some((one) => isPresent(one, i))) put(series, i, 1);
  return hasPoints(series) ? [series] : [];
}

function* sourcesOf(range: RangeSelector | Subquery, frame: Frame, evaluate: Evaluate): Generator<Source> {
  const moment = range.kind === 'range' ? (range.of as Selector) : range;
  const firstEnd = refTime(frame, moment, 0);
  const lastEnd = refTime(frame, moment, frame.count - 1);
  const after = firstEnd - range.range;
  if (range.kind === 'subquery') {
    yield* fromSubquery(range, after, lastEnd, frame, evaluate);
    return;
  }
  const found = select(frame.store, (range.of as Selector).matchers);
  // How often a sample is looked at: by every window that it lies in.
  const share = Math.max(1, (frame.count * range.range) / (lastEnd - after));
  touch(frame, share * found.reduce((sum, series) => sum + countSamples(series, after, lastEnd), 0));
  const samples = createSamples();
  for (const series of found) {
    readSamples(series, after, lastEnd, samples);
    if (samples.count > 0) yield { labels: series.labels, dropName: false, samples };
  }
}

function* fromSubquery(
  expr: Subquery,
  after: number,
  end: number,
  frame: Frame,
  evaluate: Evaluate,
): Generator<Source> {
  const inner = subqueryFrame(expr, after, end, frame);
  const samples = createSamples();
  const share = Math.max(1, (frame.count * expr.range) / (end - after));
  for (const series of evaluate(expr.of, inner)) {
    collect(series, inner, samples);
    touch(frame, share * samples.count);
    if (samples.count > 0) yield { labels: series.labels, dropName: series.dropName, samples };
  }
}

/** A subquery is evaluated at multiples of its step, whatever the moments of what is around it. */
function subqueryFrame(expr: Subquery, after: number, end: number, frame: Frame): Frame {
  const step = expr.step ?? frame.interval;
  const start = (Math.floor(after / step) + 1) * step;
  return { ...frame, start, step, count: Math.max(0, Math.floor((end - start) / step) + 1) };
}

function collect(series: Series, frame: Frame, out: Samples): void {
  if (out.times.length < frame.count) {
    out.times = new Float64Array(frame.count);
    out.values = new Float64Array(frame.count);
  }
  out.count = 0;
  for (let i = 0; i < frame.count; i++) {
    if (!isPresent(series, i)) continue;
    out.times[out.count] = timeOf(frame, i);
    out.values[out.count++] = pointAt(series, i);
  }
}

/** One series of a range vector: what `x[5m]` is at a moment. */
export interface RangeResult {
  readonly labels: Labels;
  readonly dropName: boolean;
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** The samples themselves, for an instant query whose result is a range vector. */
export function rangeVector(expr: RangeSelector | Subquery, frame: Frame, evaluate: Evaluate): RangeResult[] {
  const out: RangeResult[] = [];
  for (const { labels, dropName, samples } of sourcesOf(expr, frame, evaluate)) {
    hold(frame, samples.count);
    const { times, values, count } = samples;
    out.push({ labels, dropName, times: [...times.subarray(0, count)], values: [...values.subarray(0, count)] });
  }
  return out;
}
