// Aggregations: many elements of a vector to one for each group of labels, or to the few that rank first.
import { createLabels, getLabel, type Labels, labelsKey, NAME, partialKey } from '../labels.ts';
import { warnOfQuantile } from './annotations.ts';
import type { Aggregate } from './ast.ts';
import { ExecutionError } from './errors.ts';
import { formatPlain } from './format-number.ts';
import { createSeries, type Frame, hasPoints, isPresent, pointAt, put, type Series } from './frame.ts';
import { meanOf, quantileOf, sumOf } from './sums.ts';

interface Group {
  readonly labels: Labels;
  readonly members: Series[];
}

/** @param parameter the series of the number before the vector, where the operator has one */
export function aggregate(
  expr: Aggregate,
  input: readonly Series[],
  parameter: Series | undefined,
  frame: Frame,
): Series[] {
  if (expr.op === 'topk' || expr.op === 'bottomk') return rank(expr, input, parameter as Series, frame);
  if (expr.op === 'quantile' && parameter !== undefined) {
    const at = expr.parameter?.from ?? expr.from;
    const values = [...parameter.values];
    // Prometheus tells of the extremes only.
    const told = [values.find((value) => Number.isNaN(value)), Math.max(...values), Math.min(...values)];
    for (const value of told) if (value !== undefined) warnOfQuantile(frame.notes, value, at);
  }
  return groups(expr, input)
    .map(({ labels, members }) => {
      const out = createSeries(
        frame,
        labels,
        members.some(({ dropName }) => dropName),
      );
      for (let i = 0; i < frame.count; i++) {
        const values = members.filter((series) => isPresent(series, i)).map((series) => pointAt(series, i));
        if (values.length > 0) put(out, i, reduce(expr, values, parameter === undefined ? 0 : pointAt(parameter, i)));
      }
      return out;
    })
    .filter(hasPoints);
}

function groups({ grouping, without }: Pick<Aggregate, 'grouping' | 'without'>, input: readonly Series[]): Group[] {
  const names = new Set(without ? [NAME, ...grouping] : grouping);
  const out = new Map<string, Group>();
  for (const series of input) {
    const key = partialKey(series.labels, names, !without);
    const group = out.get(key);
    if (group !== undefined) group.members.push(series);
    else out.set(key, { labels: series.labels.filter(([name]) => names.has(name) !== without), members: [series] });
  }
  return [...out.values()];
}

function reduce({ op }: Aggregate, values: readonly number[], parameter: number): number {
  switch (op) {
    case 'sum':
      return sumOf(values, 0, values.length);
    case 'avg':
      return meanOf(values, 0, values.length);
    case 'count':
      return values.length;
    case 'group':
      return 1;
    case 'min':
      return values.reduce((best, value) => (best > value || Number.isNaN(best) ? value : best));
    case 'max':
      return values.reduce((best, value) => (best < value || Number.isNaN(best) ? value : best));
    case 'quantile':
      return quantileOf(parameter, values);
    case 'stddev':
      return Math.sqrt(variance(values));
    default:
      return variance(values);
  }
}

/** Of the population, by Welford's method without compensation, as Prometheus has it for groups. */
function variance(values: readonly number[]): number {
  if (!Number.isFinite(values[0])) return Number.NaN;
  let mean = values[0] as number;
  let squares = 0;
  values.forEach((value, i) => {
    if (i === 0) return;
    const delta = value - mean;
    mean += delta / (i + 1);
    squares += delta * (value - mean);
  });
  return squares / values.length;
}

function rank(expr: Aggregate, input: readonly Series[], parameter: Series, frame: Frame): Series[] {
  const wanted = [...parameter.values];
  if (!wanted.some((value) => value >= 1 || Number.isNaN(value))) return [];
  if (wanted.some((value) => Number.isNaN(value))) throw new ExecutionError('Parameter value is NaN');
  const least = Math.min(...wanted);
  const most = Math.max(...wanted);
  if (least <= -(2 ** 63)) throw new ExecutionError(`Scalar value ${goNumber(least)} underflows int64`);
  if (most >= 2 ** 63) throw new ExecutionError(`Scalar value ${goNumber(most)} overflows int64`);
  const sign = expr.op === 'topk' ? -1 : 1;
  const out = new Map<Series, Series>();
  for (const { members } of groups(expr, input)) {
    for (let i = 0; i < frame.count; i++) {
      const ranked = members
        .filter((series) => isPresent(series, i))
        .sort((a, b) => compareNaNLast(pointAt(a, i), pointAt(b, i), sign))
        .slice(0, Math.max(0, Math.trunc(wanted[i] as number)));
      for (const series of ranked) {
        const kept = out.get(series) ?? createSeries(frame, series.labels, series.dropName);
        out.set(series, kept);
        put(kept, i, pointAt(series, i));
      }
    }
  }
  return [...out.values()];
}

export function compareNaNLast(a: number, b: number, sign: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a === b ? 0 : a < b ? -sign : sign;
}

/** As Go's %v prints a float64. */
function goNumber(value: number): string {
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const power = Number(exponent);
  return power < 21 ? formatPlain(value) : `${mantissa}e+${String(power).padStart(2, '0')}`;
}

/** How many elements have each value, which becomes a label. */
export function countValues(expr: Aggregate, label: string, input: readonly Series[], frame: Frame): Series[] {
  const grouping = expr.without ? expr.grouping : [...expr.grouping, label];
  const names = new Set(expr.without ? [NAME, ...grouping] : grouping);
  const out = new Map<string, Series>();
  for (const series of input) {
    for (let i = 0; i < frame.count; i++) {
      if (!isPresent(series, i)) continue;
      const labels = createLabels([...series.labels, [label, formatPlain(pointAt(series, i))]]).filter(
        ([name]) => names.has(name) !== expr.without,
      );
      const key = labelsKey(labels);
      const counted = out.get(key) ?? createSeries(frame, labels, false);
      out.set(key, counted);
      put(counted, i, isPresent(counted, i) ? pointAt(counted, i) + 1 : 1);
    }
  }
  return [...out.values()];
}

/** For `sort_by_label`: numbers inside of texts by their value. */
export function compareByLabels(a: Labels, b: Labels, names: readonly string[]): number {
  for (const name of names) {
    const order = naturally(getLabel(a, name), getLabel(b, name));
    if (order !== 0) return order;
  }
  return 0;
}

function naturally(a: string, b: string): number {
  const parts = (text: string): readonly string[] => text.match(/\d+|\D+/g) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i] as string, right[i] as string];
    const numbers = /^\d/.test(x) && /^\d/.test(y);
    if (numbers && Number(x) !== Number(y)) return Number(x) - Number(y);
    if (x !== y && !(numbers && Number(x) === Number(y))) return x < y ? -1 : 1;
  }
  return left.length - right.length;
}
