// Functions of instant vectors and scalars.
import {
  compareLabels,
  createLabels,
  getLabel,
  isLabelName,
  type Labels,
  NAME,
  partialKey,
  withLabel,
} from '../labels.ts';
import { compileRegex, expandTemplate, findMatch, RegexError } from '../regex/index.ts';
import { compareByLabels, compareNaNLast } from './aggregate.ts';
import { informOfMonotonicity, warn, warnOfQuantile } from './annotations.ts';
import type { Call, Expr, Selector } from './ast.ts';
import { type Civil, civilOf, daysInMonth } from './civil.ts';
import { ExecutionError } from './errors.ts';
import {
  constant,
  createSeries,
  type Frame,
  hasPoints,
  isPresent,
  pointAt,
  put,
  type Series,
  timeOf,
} from './frame.ts';
import { type Bucket, bucketFraction, bucketQuantile } from './histogram.ts';
import { mergeSeries } from './merge.ts';
import { parseFloat64 } from './text.ts';

type Evaluate = (expr: Expr, frame: Frame) => Series[];
type Latest = (expr: Selector, frame: Frame, value: (time: number, value: number) => number) => Series[];

const simple: ReadonlyMap<string, (value: number) => number> = new Map<string, (value: number) => number>([
  ['abs', Math.abs],
  ['ceil', Math.ceil],
  ['floor', Math.floor],
  ['exp', Math.exp],
  ['sqrt', Math.sqrt],
  ['ln', Math.log],
  ['log2', Math.log2],
  ['log10', Math.log10],
  ['sin', Math.sin],
  ['cos', Math.cos],
  ['tan', Math.tan],
  ['asin', Math.asin],
  ['acos', Math.acos],
  ['atan', Math.atan],
  ['sinh', Math.sinh],
  ['cosh', Math.cosh],
  ['tanh', Math.tanh],
  ['asinh', Math.asinh],
  ['acosh', Math.acosh],
  ['atanh', Math.atanh],
  ['rad', (value) => (value * Math.PI) / 180],
  ['deg', (value) => (value * 180) / Math.PI],
  ['sgn', (value) => (value < 0 ? -1 : value > 0 ? 1 : value)],
]);

const calendar: ReadonlyMap<string, (civil: Civil) => number> = new Map<string, (civil: Civil) => number>([
  ['year', ({ year }) => year],
  ['month', ({ month }) => month],
  ['day_of_month', ({ day }) => day],
  ['day_of_week', ({ weekday }) => weekday],
  ['day_of_year', ({ yearday }) => yearday],
  ['hour', ({ hour }) => hour],
  ['minute', ({ minute }) => minute],
  ['days_in_month', ({ year, month }) => daysInMonth(year, month)],
]);

/** The last moment that Go's clock reaches, which NaN and whatever does not fit in 64 bits become where Prometheus runs on x86. */
const beyond: Civil = {
  year: 292_277_026_596,
  month: 12,
  day: 4,
  hour: 15,
  minute: 30,
  second: 8,
  weekday: 0,
  yearday: 339,
};

/** Functions of native histograms only: floats give nothing. */
const ofNative = new Set(['histogram_avg', 'histogram_count', 'histogram_sum', 'histogram_stddev', 'histogram_stdvar']);

export function callFunction(expr: Call, frame: Frame, evaluate: Evaluate, latest: Latest): Series[] {
  const { name, args } = expr;
  const vector = (i: number): Series[] => evaluate(args[i] as Expr, frame);
  const scalar = (i: number): Series => vector(i)[0] as Series;
  const text = (i: number): string => {
    const arg = args[i];
    return arg?.kind === 'string' ? arg.value : '';
  };
  const element = simple.get(name);
  if (element !== undefined) return mapValues(vector(0), frame, element);
  const field = calendar.get(name);
  if (field !== undefined) {
    const of = (seconds: number): number => field(Math.abs(seconds) < 2 ** 63 ? civilOf(Math.trunc(seconds)) : beyond);
    return args.length === 0
      ? [constant(frame, (time) => of(Math.floor(time / 1000)))]
      : mapValues(vector(0), frame, of);
  }
  if (ofNative.has(name)) {
    vector(0);
    return [];
  }
  switch (name) {
    case 'time':
      return [constant(frame, (time) => time / 1000)];
    case 'pi':
      return [constant(frame, () => Math.PI)];
    case 'vector':
      return vector(0);
    case 'scalar':
      return [onlyOne(vector(0), frame)];
    case 'timestamp': {
      const [arg] = args;
      if (arg?.kind === 'selector') {
        return latest(arg, frame, (time) => time / 1000).map((series) => ({ ...series, dropName: true }));
      }
      return mapValues(vector(0), frame, (_, i) => timeOf(frame, i) / 1000);
    }
    case 'clamp':
    case 'clamp_min':
    case 'clamp_max': {
      const input = vector(0);
      const low = name === 'clamp_max' ? undefined : scalar(1);
      const high = name === 'clamp_min' ? undefined : scalar(name === 'clamp' ? 2 : 1);
      return clamp(input, low, high, frame);
    }
    case 'round': {
      const input = vector(0);
      const nearest = args.length > 1 ? scalar(1) : constant(frame, () => 1);
      return mapValues(input, frame, (value, i) => {
        const inverse = 1 / pointAt(nearest, i);
        return Math.floor(value * inverse + 0.5) / inverse;
      });
    }
    case 'absent': {
      const input = vector(0);
      const series = createSeries(frame, labelsOfAbsent(args[0] as Expr), true);
      for (let i = 0; i < frame.count; i++) if (!input.some((one) => isPresent(one, i))) put(series, i, 1);
      return hasPoints(series) ? [series] : [];
    }
    case 'sort':
    case 'sort_desc':
    case 'sort_by_label':
    case 'sort_by_label_desc':
      return sort(
        expr,
        vector(0),
        args.slice(1).map((_, i) => text(i + 1)),
        frame,
      );
    case 'label_replace':
      return labelReplace(vector, text, frame);
    case 'label_join':
      return labelJoin(
        vector,
        args.map((_, i) => text(i)),
        frame,
      );
    case 'histogram_quantile': {
      const quantile = scalar(0);
      for (const value of new Set(quantile.values)) warnOfQuantile(frame.notes, value, (args[0] as Expr).from);
      return ofBuckets(vector(1), args[1] as Expr, frame, (buckets, i, metric) => {
        const { value, raised } = bucketQuantile(pointAt(quantile, i), buckets);
        if (raised !== undefined) {
          informOfMonotonicity(frame.notes, metric, (args[1] as Expr).from, timeOf(frame, i), raised);
        }
        return value;
      });
    }
    case 'histogram_fraction': {
      const [low, high] = [scalar(0), scalar(1)];
      return ofBuckets(vector(2), args[2] as Expr, frame, (buckets, i) =>
        bucketFraction(pointAt(low, i), pointAt(high, i), buckets),
      );
    }
    default:
      throw new ExecutionError(`${name}() is not part of this sandbox`);
  }
}

function mapValues(input: readonly Series[], frame: Frame, change: (value: number, i: number) => number): Series[] {
  return input.map((series) => {
    const out = createSeries(frame, series.labels, true);
    for (let i = 0; i < frame.count; i++) if (isPresent(series, i)) put(out, i, change(pointAt(series, i), i));
    return out;
  });
}

/** Go's math.Max and math.Min: an infinity wins over NaN. */
const larger = (a: number, b: number): number =>
  a === Number.POSITIVE_INFINITY || b === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : Math.max(a, b);
const smaller = (a: number, b: number): number =>
  a === Number.NEGATIVE_INFINITY || b === Number.NEGATIVE_INFINITY ? Number.NEGATIVE_INFINITY : Math.min(a, b);

function clamp(input: readonly Series[], low: Series | undefined, high: Series | undefined, frame: Frame): Series[] {
  return input
    .map((series) => {
      const out = createSeries(frame, series.labels, true);
      for (let i = 0; i < frame.count; i++) {
        const least = low === undefined ? Number.NEGATIVE_INFINITY : pointAt(low, i);
        const most = high === undefined ? Number.POSITIVE_INFINITY : pointAt(high, i);
        if (isPresent(series, i) && !(most < least)) put(out, i, larger(least, smaller(most, pointAt(series, i))));
      }
      return out;
    })
    .filter(hasPoints);
}

/** The value of a vector's only element; NaN where there is none or more than one. */
function onlyOne(input: readonly Series[], frame: Frame): Series {
  return constant(frame, (_, i) => {
    const there = input.filter((series) => isPresent(series, i));
    return there.length === 1 ? pointAt(there[0] as Series, i) : Number.NaN;
  });
}

/** `absent(x{job="a"})` has the labels that the selector asks for by equality, once. */
export function labelsOfAbsent(expr: Expr): Labels {
  if (expr.kind !== 'selector') return [];
  const labels = new Map<string, string>();
  const seen = new Set<string>();
  for (const { name, kind, value } of expr.matchers) {
    if (name === NAME) continue;
    if (kind === '=' && !seen.has(name)) labels.set(name, value);
    else labels.delete(name);
    if (kind === '=') seen.add(name);
  }
  return createLabels(labels);
}

function sort({ name, from }: Call, input: readonly Series[], labels: readonly string[], frame: Frame): Series[] {
  if (frame.query.isRange) {
    warn(frame.notes, 'sort is ineffective for range queries since results are always ordered by labels', from);
    return [...input];
  }
  const sign = name.endsWith('_desc') ? -1 : 1;
  if (labels.length === 0) return [...input].sort((a, b) => compareNaNLast(pointAt(a, 0), pointAt(b, 0), sign));
  return [...input].sort(
    (a, b) => sign * (compareByLabels(a.labels, b.labels, labels) || compareLabels(a.labels, b.labels)),
  );
}

function labelReplace(vector: (i: number) => Series[], text: (i: number) => string, frame: Frame): Series[] {
  const [target, replacement, source, pattern] = [text(1), text(2), text(3), text(4)];
  const regex = (() => {
    try {
      return compileRegex(pattern);
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      throw new ExecutionError(`invalid regular expression in label_replace(): ${pattern}`);
    }
  })();
  if (!isLabelName(target)) throw new ExecutionError(`invalid destination label name in label_replace(): ${target}`);
  const changed = vector(0).map((series) => {
    const value = getLabel(series.labels, source);
    const match = findMatch(regex, value);
    if (match === undefined) return series;
    return relabelled(series, target, expandTemplate(regex, replacement, value, match));
  });
  return mergeSeries(changed, frame);
}

function relabelled(series: Series, name: string, value: string): Series {
  return {
    ...series,
    labels: withLabel(series.labels, name, value),
    dropName: name === NAME ? false : series.dropName,
  };
}

function labelJoin(vector: (i: number) => Series[], texts: readonly string[], frame: Frame): Series[] {
  const [, target = '', separator = '', ...sources] = texts;
  const bad = sources.find((source) => !isLabelName(source));
  if (bad !== undefined) throw new ExecutionError(`invalid source label name in label_join(): ${bad}`);
  if (!isLabelName(target)) throw new ExecutionError(`invalid destination label name in label_join(): ${target}`);
  const changed = vector(0).map((series) =>
    relabelled(series, target, sources.map((source) => getLabel(series.labels, source)).join(separator)),
  );
  return mergeSeries(changed, frame);
}

const bucketLabel = new Set(['le']);

/** Gathers series that differ in `le` only, and computes one value of each such histogram. */
function ofBuckets(
  input: readonly Series[],
  arg: Expr,
  frame: Frame,
  value: (buckets: readonly Bucket[], i: number, metric: string) => number,
): Series[] {
  const histograms = new Map<string, { labels: Labels; buckets: { bound: number; series: Series }[] }>();
  for (const series of input) {
    const le = getLabel(series.labels, 'le');
    const metric = getLabel(series.labels, NAME);
    const bound = parseFloat64(le);
    if (bound === undefined) {
      const of = metric === '' ? '' : ` for metric name "${metric}"`;
      if (hasPoints(series)) {
        warn(frame.notes, `bucket label "le" is missing or has a malformed value of "${le}"${of}`, arg.from);
      }
      continue;
    }
    const key = partialKey(series.labels, bucketLabel, false);
    const known = histograms.get(key);
    if (known !== undefined) known.buckets.push({ bound, series });
    else {
      const labels = series.labels.filter(([name]) => name !== 'le');
      histograms.set(key, { labels, buckets: [{ bound, series }] });
    }
  }
  return [...histograms.values()].map(({ labels, buckets }) => {
    const out = createSeries(frame, labels, true);
    const metric = getLabel(labels, NAME);
    for (let i = 0; i < frame.count; i++) {
      const there = buckets
        .filter(({ series }) => isPresent(series, i))
        .map(({ bound, series }) => ({ bound, count: pointAt(series, i) }));
      if (there.length > 0) put(out, i, value(there, i, metric));
    }
    return out;
  });
}
