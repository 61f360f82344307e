import { compareLabels, type Labels, withoutName } from '../labels.ts';
import type { Store } from '../store/store.ts';
import { createAnnotations, infosOf, warningsOf } from './annotations.ts';
import type { Expr, RangeSelector, Subquery, ValueType } from './ast.ts';
import { withoutParens } from './ast.ts';
import { typeOf } from './check.ts';
import { ExecutionError, ParseError } from './errors.ts';
import { evaluate } from './evaluate.ts';
import { type Frame, hasPoints, isPresent, pointAt, type Series, timeOf } from './frame.ts';
import { mergeSeries } from './merge.ts';
import { rangeVector } from './range.ts';
import { type ParseOptions, parseExpr } from './read.ts';

/** Time in ms of simulated time. */
export interface Point {
  readonly time: number;
  readonly value: number;
}

export type QueryValue =
  | { readonly type: 'scalar'; readonly time: number; readonly value: number }
  | { readonly type: 'string'; readonly time: number; readonly value: string }
  | { readonly type: 'vector'; readonly time: number; readonly samples: readonly Sample[] }
  | { readonly type: 'matrix'; readonly series: readonly SeriesPoints[] };

export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

export interface SeriesPoints {
  readonly labels: Labels;
  readonly points: readonly Point[];
}

/** What a query gave, or what is wrong with it, in Prometheus' words and with the kinds of error of its API. */
export type QueryResult =
  | {
      readonly ok: true;
      readonly value: QueryValue;
      readonly warnings: readonly string[];
      readonly infos: readonly string[];
    }
  | { readonly ok: false; readonly errorType: 'bad_data' | 'execution'; readonly message: string };

export interface QueryOptions extends ParseOptions {
  /** How old the newest sample may be, in ms; 5 minutes. */
  readonly lookback?: number;
  /** Step of a subquery that names none, in ms: the evaluation interval; 1 minute. */
  readonly interval?: number;
  /** Points held at once; Prometheus' own default is 50 million, a worker's memory is smaller. */
  readonly maxSamples?: number;
  /** The text that an expression was read from, for the places in messages. */
  readonly text?: string;
  /** Stored samples that are looked at, each as often as it is. */
  readonly maxTouched?: number;
}

const MAX_POINTS = 11_000;

/** An expression at one moment, in ms. */
export function query(store: Store, expression: string | Expr, at: number, options: QueryOptions = {}): QueryResult {
  return answer(store, expression, { start: at, end: at, step: 0 }, options);
}

/** An expression at every step from start to end, all in ms. */
export function queryRange(
  store: Store,
  expression: string | Expr,
  span: { readonly start: number; readonly end: number; readonly step: number },
  options: QueryOptions = {},
): QueryResult {
  const bad = (message: string): QueryResult => ({ ok: false, errorType: 'bad_data', message });
  if (span.end < span.start) return bad('invalid parameter "end": end timestamp must not be before start time');
  if (!(span.step > 0)) {
    return bad(
      'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
    );
  }
  if ((span.end - span.start) / span.step > MAX_POINTS) {
    return bad(
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    );
  }
  return answer(store, expression, span, options);
}

interface Moments {
  readonly start: number;
  readonly end: number;
  /** 0 for an instant query. */
  readonly step: number;
}

function answer(store: Store, expression: string | Expr, moments: Moments, options: QueryOptions): QueryResult {
  const { start, end, step } = moments;
  const text = typeof expression === 'string' ? expression : (options.text ?? '');
  const notes = createAnnotations(text);
  const frame: Frame = {
    store,
    text,
    start,
    step: step || 1,
    count: step === 0 ? 1 : Math.floor((end - start) / step) + 1,
    query: { start, end, isRange: step !== 0 },
    lookback: options.lookback ?? 300_000,
    interval: options.interval ?? 60_000,
    budget: {
      maxSamples: options.maxSamples ?? 10_000_000,
      maxTouched: options.maxTouched ?? 200_000_000,
      held: 0,
      touched: 0,
    },
    notes,
  };
  try {
    const expr = typeof expression === 'string' ? parseExpr(expression, options) : expression;
    const value = run(expr, typeOf(expr), frame);
    return { ok: true, value, warnings: warningsOf(notes), infos: infosOf(notes) };
  } catch (error) {
    if (error instanceof ParseError) {
      return { ok: false, errorType: 'bad_data', message: `invalid parameter "query": ${error.message}` };
    }
    if (error instanceof ExecutionError) return { ok: false, errorType: 'execution', message: error.message };
    throw error;
  }
}

function run(expr: Expr, type: ValueType, frame: Frame): QueryValue {
  const time = frame.start;
  const bare = withoutParens(expr);
  if (frame.query.isRange && (type === 'matrix' || type === 'string')) {
    const name = type === 'matrix' ? 'range vector' : 'string';
    throw new ParseError(
      `invalid expression type "${name}" for range query, must be Scalar or instant Vector`,
      0,
      frame.text,
    );
  }
  if (type === 'string') return { type, time, value: bare.kind === 'string' ? bare.value : '' };
  if (type === 'matrix') {
    const found = rangeVector(bare as RangeSelector | Subquery, frame, evaluate).map(
      ({ labels, dropName, times, values }) => ({
        labels: dropName ? withoutName(labels) : labels,
        points: times.map((at, i) => ({ time: at, value: values[i] as number })),
      }),
    );
    return { type, series: found.sort((a, b) => compareLabels(a.labels, b.labels)) };
  }
  const evaluated = evaluate(expr, frame).filter(hasPoints);
  if (type === 'scalar' && !frame.query.isRange) return { type, time, value: pointAt(evaluated[0] as Series, 0) };
  const named = evaluated.map((series) =>
    series.dropName ? { ...series, labels: withoutName(series.labels) } : series,
  );
  const merged = mergeSeries(named, frame);
  if (!frame.query.isRange) {
    return {
      type: 'vector',
      time,
      samples: merged.map((series) => ({ labels: series.labels, value: pointAt(series, 0) })),
    };
  }
  const series = merged.map((one) => ({ labels: one.labels, points: pointsOf(one, frame) }));
  return { type: 'matrix', series: series.sort((a, b) => compareLabels(a.labels, b.labels)) };
}

function pointsOf(series: Series, frame: Frame): Point[] {
  const points: Point[] = [];
  for (let i = 0; i < frame.count; i++) {
    if (isPresent(series, i)) points.push({ time: timeOf(frame, i), value: pointAt(series, i) });
  }
  return points;
}
