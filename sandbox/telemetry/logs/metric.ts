// Metric queries: numbers from lines. Loki's documentation, "Metric queries".
import { createLabels, type Labels, labelsKey } from '../labels.ts';
import { meanOf, quantileOf, sumOf, varianceOf } from '../promql/sums.ts';
import { compare, labelFilter } from './filters.ts';
import { ERROR, fail, type Line, type Stage } from './line.ts';
import { type LogQuery, readLogQuery, runPipeline } from './pipeline.ts';
import { absent, QueryProblem } from './problem.ts';
import type { LogStream } from './store.ts';
import { child, listed, type TreeNode } from './tree.ts';
import { parseBytes, parseFloatText, parseSeconds } from './values.ts';

/** One number with its labels, at the moment that is asked for. */
export interface LogSample {
  readonly labels: Labels;
  readonly value: number;
}

type Value = number | readonly LogSample[];

/** What a metric query is, ready to be asked at any moment (ms since 1970). */
export type Metric = (streams: readonly LogStream[], at: number) => Value;

/** Reads a metric expression. @throws QueryProblem */
export function readMetric(node: TreeNode): Metric {
  switch (node.name) {
    case 'Expr':
    case 'MetricExpr': {
      const inner = node.children.filter(({ name }) => name !== 'LineComment');
      if (inner.length !== 1 || inner[0] === undefined) return absent(node.text);
      return readMetric(inner[0]);
    }
    case 'LiteralExpr': {
      const value = Number(node.text.replaceAll(/\s/g, ''));
      return () => value;
    }
    case 'VectorExpr': {
      const value = Number(child(node, 'Number')?.text ?? Number.NaN);
      return () => [{ labels: [], value }];
    }
    case 'RangeAggregationExpr':
      return readRangeAggregation(node);
    case 'VectorAggregationExpr':
      return readVectorAggregation(node);
    case 'BinOpExpr':
      return readBinary(node);
    default:
      return absent(node.text);
  }
}

interface Grouping {
  readonly names: ReadonlySet<string>;
  readonly without: boolean;
}

function readGrouping(node: TreeNode): Grouping | undefined {
  const grouping = child(node, 'Grouping');
  if (grouping === undefined) return undefined;
  const names = listed(grouping, 'Labels', 'Identifier').map(({ text }) => text);
  return { names: new Set(names), without: child(grouping, 'Without') !== undefined };
}

function regroup(labels: Labels, grouping: Grouping | undefined): Labels {
  return grouping === undefined ? labels : labels.filter(([name]) => grouping.names.has(name) !== grouping.without);
}

interface Sample {
  readonly at: number;
  readonly value: number;
}

type Fold = (samples: readonly Sample[], seconds: number, parameter: number) => number;

const valuesOf = (samples: readonly Sample[]): readonly number[] => samples.map(({ value }) => value);
const total = (samples: readonly Sample[]): number => sumOf(valuesOf(samples), 0, samples.length);
const least = (values: readonly number[]): number => values.reduce((a, b) => (b < a || Number.isNaN(a) ? b : a));
const most = (values: readonly number[]): number => values.reduce((a, b) => (b > a || Number.isNaN(a) ? b : a));

/** Of lines: each counts one, or its bytes. */
const overLines: Readonly<Record<string, Fold>> = {
  count_over_time: (samples) => samples.length,
  rate: (samples, seconds) => samples.length / seconds,
  bytes_over_time: total,
  bytes_rate: (samples, seconds) => total(samples) / seconds,
};

/** Of numbers that `unwrap` has found. */
const overNumbers: Readonly<Record<string, Fold>> = {
  rate: (samples, seconds) => total(samples) / seconds,
  sum_over_time: total,
  avg_over_time: (samples) => meanOf(valuesOf(samples), 0, samples.length),
  min_over_time: (samples) => least(valuesOf(samples)),
  max_over_time: (samples) => most(valuesOf(samples)),
  first_over_time: (samples) => samples[0]?.value ?? Number.NaN,
  last_over_time: (samples) => samples.at(-1)?.value ?? Number.NaN,
  stdvar_over_time: (samples) => varianceOf(valuesOf(samples), 0, samples.length),
  stddev_over_time: (samples) => Math.sqrt(varianceOf(valuesOf(samples), 0, samples.length)),
  quantile_over_time: (samples, _, parameter) => quantileOf(parameter, valuesOf(samples)),
};

const groupable = 'avg first last max min quantile stddev stdvar'.split(' ').map((name) => `${name}_over_time`);

function readRangeAggregation(node: TreeNode): Metric {
  const op = child(node, 'RangeOp')?.text ?? '';
  const range = child(node, 'LogRangeExpr');
  if (range === undefined) return absent(node.text);
  const query = readLogQuery(range);
  const unwrap = readUnwrap(range);
  const isAbsent = op === 'absent_over_time';
  const folds = unwrap === undefined ? overLines : overNumbers;
  const fold = Object.hasOwn(folds, op) ? folds[op] : undefined;
  if (fold === undefined && !isAbsent) {
    if (unwrap !== undefined && Object.hasOwn(overLines, op))
      throw new QueryProblem(`parse error : invalid aggregation ${op} with unwrap`);
    if (unwrap === undefined && Object.hasOwn(overNumbers, op))
      throw new QueryProblem(`parse error : invalid aggregation ${op} without unwrap`);
    return absent(op);
  }
  const grouping = readGrouping(node);
  if (grouping !== undefined && !groupable.includes(op))
    throw new QueryProblem(`parse error : grouping not allowed for ${op} aggregation`);
  const seconds = secondsOf(child(range, 'Range'), 'Duration');
  const offset = secondsOf(child(range, 'OffsetExpr') ?? child(node, 'LateOffset'), 'Duration', 0);
  const parameter = Number(child(node, 'Number')?.text ?? Number.NaN);
  const isBytes = op.startsWith('bytes');
  const encoder = new TextEncoder();
  const measure = unwrap ?? ((line: Line) => (isBytes ? encoder.encode(line.text).length : 1));
  return (streams, at) => {
    const to = at - offset * 1000;
    const found = new Map<string, { readonly labels: Labels; readonly samples: Sample[] }>();
    for (const line of runPipeline(query, streams, to - seconds * 1000, to)) {
      const value = measure(line);
      if (value === undefined) continue;
      refuseErrors(line);
      const labels = regroup(
        [...line.labels].sort(([a], [b]) => (a < b ? -1 : 1)),
        grouping,
      );
      const key = labelsKey(labels);
      const series = found.get(key) ?? { labels, samples: [] };
      series.samples.push({ at: line.at, value });
      found.set(key, series);
    }
    if (isAbsent) return found.size > 0 ? [] : [{ labels: equalities(query), value: 1 }];
    return sorted(
      [...found.values()].map(({ labels, samples }) => ({
        labels,
        // Streams that became one series lie behind each other.
        value: (fold as Fold)(
          samples.sort((a, b) => a.at - b.at),
          seconds,
          parameter,
        ),
      })),
    );
  };
}

function equalities({ matchers }: LogQuery): Labels {
  return createLabels(matchers.filter(({ op }) => op === '=').map(({ name, value }) => [name, value]));
}

/** A line that could not be read must not fall silently out of a number. */
function refuseErrors({ labels }: Line): void {
  const error = labels.get(ERROR);
  if (error === undefined) return;
  const series = [...labels].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}="${value}"`);
  throw new QueryProblem(
    `pipeline error: '${error}' for series: '{${series.join(', ')}}'.\n` +
      'Use a label filter to intentionally skip this error. (e.g | __error__!="' +
      `${error}").\nTo skip all potential errors you can match empty errors.(e.g __error__="")\n` +
      'The label filter can also be specified after unwrap. (e.g | unwrap latency | __error__="" )\n',
  );
}

type Unwrap = (line: Line) => number | undefined;

/** `| unwrap took`, `| unwrap duration(took) | __error__=""` */
function readUnwrap(range: TreeNode): Unwrap | undefined {
  let node = child(range, 'UnwrapExpr');
  if (node === undefined) return undefined;
  const filters: Stage[] = [];
  for (let inner = child(node, 'UnwrapExpr'); inner !== undefined; inner = child(node, 'UnwrapExpr')) {
    const filter = child(node, 'LabelFilter');
    if (filter !== undefined) filters.unshift(labelFilter(filter));
    node = inner;
  }
  const name = child(node, 'Identifier')?.text ?? '';
  const conversion = child(node, 'ConvOp')?.text ?? '';
  const conversions: Readonly<Record<string, (text: string) => number | undefined>> = {
    '': parseFloatText,
    duration: (text) => parseSeconds(text),
    duration_seconds: (text) => parseSeconds(text),
    bytes: parseBytes,
  };
  const read = Object.hasOwn(conversions, conversion) ? conversions[conversion] : undefined;
  if (read === undefined) return absent(`${conversion}()`);
  return (line) => {
    const text = line.labels.get(name) ?? '';
    if (text === '') return undefined;
    const value = read(text);
    if (value === undefined) fail(line, 'SampleExtractionErr');
    const isKept = filters.every((filter) => filter(line));
    if (value !== undefined) line.labels.delete(name);
    return isKept ? (value ?? 0) : undefined;
  };
}

function secondsOf(node: TreeNode | undefined, name: string, otherwise?: number): number {
  const text = node === undefined ? undefined : child(node, name)?.text;
  const seconds = text === undefined ? otherwise : parseSeconds(text, true);
  if (seconds === undefined) throw new QueryProblem(`parse error : not a valid duration string: "${text ?? ''}"`);
  return seconds;
}

const overVectors: Readonly<Record<string, (values: readonly number[]) => number>> = {
  sum: (values) => sumOf(values, 0, values.length),
  avg: (values) => meanOf(values, 0, values.length),
  min: least,
  max: most,
  count: (values) => values.length,
  stdvar: (values) => varianceOf(values, 0, values.length),
  stddev: (values) => Math.sqrt(varianceOf(values, 0, values.length)),
};

function readVectorAggregation(node: TreeNode): Metric {
  const op = child(node, 'VectorOp')?.text ?? '';
  const inner = child(node, 'MetricExpr');
  if (inner === undefined) return absent(node.text);
  const metric = readMetric(inner);
  const vector: (streams: readonly LogStream[], at: number) => readonly LogSample[] = (streams, at) => {
    const value = metric(streams, at);
    return typeof value === 'number' ? [] : value;
  };
  const grouping = readGrouping(node) ?? { names: new Set<string>(), without: false };
  if (op === 'sort' || op === 'sort_desc')
    return (streams, at) => vector(streams, at).toSorted((a, b) => ranked(a.value, b.value, op === 'sort' ? 1 : -1));
  if (op === 'topk' || op === 'bottomk') {
    const most = Number(child(node, 'Number')?.text ?? Number.NaN);
    if (!Number.isInteger(most) || most < 1)
      throw new QueryProblem(
        `parse error : invalid parameter (must be greater than 0) ${op}(${child(node, 'Number')?.text ?? ''}`,
      );
    const sign = op === 'topk' ? -1 : 1;
    return (streams, at) =>
      groupsOf(vector(streams, at), grouping).flatMap(({ members }) =>
        members.toSorted((a, b) => ranked(a.value, b.value, sign)).slice(0, most),
      );
  }
  const fold = Object.hasOwn(overVectors, op) ? overVectors[op] : undefined;
  if (fold === undefined) return absent(op);
  return (streams, at) =>
    sorted(
      groupsOf(vector(streams, at), grouping).map(({ labels, members }) => ({
        labels,
        value: fold(members.map(({ value }) => value)),
      })),
    );
}

/** Order of two values; what is no number comes last in both directions. */
function ranked(a: number, b: number, sign: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a === b ? 0 : sign * (a < b ? -1 : 1);
}

function groupsOf(
  samples: readonly LogSample[],
  grouping: Grouping,
): readonly { readonly labels: Labels; readonly members: readonly LogSample[] }[] {
  const groups = new Map<string, { readonly labels: Labels; readonly members: LogSample[] }>();
  for (const sample of samples) {
    const labels = regroup(sample.labels, grouping);
    const key = labelsKey(labels);
    const group = groups.get(key) ?? { labels, members: [] };
    group.members.push(sample);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function sorted(samples: readonly LogSample[]): readonly LogSample[] {
  return samples.toSorted((a, b) => (labelsKey(a.labels) < labelsKey(b.labels) ? -1 : 1));
}

/** Loki's order of binding, loosest first; `^` is the only one that binds from the right. */
const binding: readonly (readonly string[])[] = [
  ['or'],
  ['and', 'unless'],
  ['==', '!=', '>', '>=', '<', '<='],
  ['+', '-'],
  ['*', '/', '%'],
  ['^'],
];

interface Operator {
  readonly op: string;
  readonly isBool: boolean;
  readonly on: Grouping | undefined;
}

/** The grammar nests operators as they come: they are laid out in a row and bound anew. */
function readBinary(node: TreeNode): Metric {
  const operands: Metric[] = [];
  const operators: Operator[] = [];
  const lay = (one: TreeNode): void => {
    const parts = one.children.filter(({ name }) => name !== 'BinOpModifier');
    const [left, op, right] = parts;
    if (left === undefined || op === undefined || right === undefined) absent(one.text);
    else {
      layOperand(left);
      operators.push(readOperator(op, child(one, 'BinOpModifier')));
      layOperand(right);
    }
  };
  const layOperand = (one: TreeNode): void => {
    const inner = bareBinary(one);
    if (inner === undefined) operands.push(readMetric(one));
    else lay(inner);
  };
  lay(node);
  return bind(operands, operators);
}

/** A binary expression that is not in brackets. */
function bareBinary(node: TreeNode): TreeNode | undefined {
  if (node.text.startsWith('(') && node.children[0]?.text !== node.text) return undefined;
  if (node.name === 'BinOpExpr') return node;
  const [only, ...others] = node.children;
  return (node.name === 'Expr' || node.name === 'MetricExpr') && only !== undefined && others.length === 0
    ? bareBinary(only)
    : undefined;
}

function readOperator({ text: op }: TreeNode, modifier: TreeNode | undefined): Operator {
  const isBool = modifier !== undefined && child(modifier, 'Bool') !== undefined;
  if (modifier !== undefined && /group_(?:left|right)/.test(modifier.text)) absent('group_left');
  const [, kind, list = ''] = /\b(on|ignoring)\s*\(([^)]*)\)/.exec(modifier?.text ?? '') ?? [];
  const names = new Set(list.split(',').map((name) => name.trim()));
  return { op, isBool, on: kind === undefined ? undefined : { names, without: kind === 'ignoring' } };
}

function bind(operands: readonly Metric[], operators: readonly Operator[]): Metric {
  const [only] = operands;
  if (operators.length === 0) return only as Metric;
  for (const level of binding) {
    const isOfLevel = ({ op }: Operator): boolean => level.includes(op);
    const at = level.includes('^') ? operators.findIndex(isOfLevel) : operators.findLastIndex(isOfLevel);
    if (at < 0) continue;
    const left = bind(operands.slice(0, at + 1), operators.slice(0, at));
    const right = bind(operands.slice(at + 1), operators.slice(at + 1));
    const operator = operators[at] as Operator;
    return (streams, moment) => apply(operator, left(streams, moment), right(streams, moment));
  }
  return absent(operators[0]?.op ?? '');
}

function apply(operator: Operator, left: Value, right: Value): Value {
  const { op, isBool } = operator;
  const isSet = op === 'and' || op === 'or' || op === 'unless';
  if (isSet && (typeof left === 'number' || typeof right === 'number'))
    throw new QueryProblem(
      `parse error : unexpected literal for ${typeof left === 'number' ? 'left' : 'right'} leg of logical/set binary operation (${op})`,
    );
  const isComparison = binding[2]?.includes(op) === true;
  const calculate = (a: number, b: number): number => (isComparison ? Number(compare(op, a, b)) : arithmetic(op, a, b));
  if (typeof left === 'number' && typeof right === 'number') return calculate(left, right);
  if (typeof left === 'number' || typeof right === 'number') {
    const vector = typeof left === 'number' ? (right as readonly LogSample[]) : left;
    return vector.flatMap(({ labels, value }) => {
      const result = typeof left === 'number' ? calculate(left, value) : calculate(value, right as number);
      if (!isComparison || isBool) return [{ labels, value: result }];
      return result === 1 ? [{ labels, value }] : [];
    });
  }
  const keyOf = ({ labels }: LogSample): string => labelsKey(regroup(labels, operator.on));
  const others = new Map(right.map((sample) => [keyOf(sample), sample]));
  if (op === 'and') return left.filter((sample) => others.has(keyOf(sample)));
  if (op === 'unless') return left.filter((sample) => !others.has(keyOf(sample)));
  if (op === 'or') {
    const own = new Set(left.map(keyOf));
    return [...left, ...right.filter((sample) => !own.has(keyOf(sample)))];
  }
  if (others.size < right.length)
    throw new QueryProblem(
      'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)',
    );
  const seen = new Set<string>();
  return left.flatMap((sample) => {
    const key = keyOf(sample);
    const other = others.get(key);
    if (other === undefined) return [];
    if (seen.has(key))
      throw new QueryProblem(
        'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)',
      );
    seen.add(key);
    const result = calculate(sample.value, other.value);
    const labels = regroup(sample.labels, operator.on);
    if (!isComparison || isBool) return [{ labels, value: result }];
    return result === 1 ? [{ labels, value: sample.value }] : [];
  });
}

function arithmetic(op: string, a: number, b: number): number {
  if (op === '+') return a + b;
  if (op === '-') return a - b;
  if (op === '*') return a * b;
  // Where Prometheus says infinity, Loki says that it is no number.
  if (op === '/') return b === 0 ? Number.NaN : a / b;
  if (op === '%') return a % b;
  return a ** b;
}
