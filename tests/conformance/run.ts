// Runs a script of Prometheus' tests against ours, each query also in the variants in which Prometheus' own runner asks it.
import { compareLabels, formatLabels, type Labels, labelsKey } from '../../sandbox/telemetry/labels.ts';
import { childrenOf, type Expr, selectorsOf } from '../../sandbox/telemetry/promql/ast.ts';
import { ParseError } from '../../sandbox/telemetry/promql/errors.ts';
import { matchesAll } from '../../sandbox/telemetry/promql/matchers.ts';
import { type QueryResult, type QueryValue, query, queryRange } from '../../sandbox/telemetry/promql/query.ts';
import { parseExpr } from '../../sandbox/telemetry/promql/read.ts';
import { parseNumber } from '../../sandbox/telemetry/promql/text.ts';
import { compileRegex, findMatch } from '../../sandbox/telemetry/regex/index.ts';
import {
  NotationError,
  type NotedValue,
  parseSeriesLabels,
  parseSeriesLine,
} from '../../sandbox/telemetry/rules/series-notation.ts';
import { append, createStore, type Store } from '../../sandbox/telemetry/store/store.ts';
import { type Evaluation, type Expectation, type Expected, readScript } from './script.ts';

export interface Outcome {
  readonly line: number;
  readonly expression: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped. */
  readonly reason?: string;
}

interface State {
  /** Points of each series by time, from which the store is built after each load. */
  readonly points: Map<string, { readonly labels: Labels; readonly at: Map<number, NotedValue> }>;
  readonly native: Labels[];
  /** Series whose samples say when their counter began, which is experimental. */
  readonly started: Labels[];
  store: Store;
}

export function runScript(text: string): readonly Outcome[] {
  let state: State = { points: new Map(), native: [], started: [], store: createStore() };
  const out: Outcome[] = [];
  for (const command of readScript(text)) {
    if (command.kind === 'clear') state = { points: new Map(), native: [], started: [], store: createStore() };
    else if (command.kind === 'load') load(state, command);
    else out.push({ line: command.line, expression: command.expression, ...outcomeOf(command, state) });
  }
  return out;
}

function load(state: State, command: { step: number; nhcb: boolean; series: readonly string[] }): void {
  for (const line of command.series) {
    if (/^\S+@st\s/.test(line)) {
      state.started.push(parseSeriesLabels(line.replace(/@st\s.*/, '')));
      continue;
    }
    try {
      const { labels, values } = parseSeriesLine(line);
      const key = labelsKey(labels);
      const known = state.points.get(key) ?? { labels, at: new Map<number, NotedValue>() };
      state.points.set(key, known);
      values.forEach((value, i) => {
        if (value !== undefined) known.at.set(i * command.step, value);
      });
      if (command.nhcb) state.native.push(nativeOf(labels));
    } catch (error) {
      if (!(error instanceof NotationError && error.isNative)) throw error;
      state.native.push(parseSeriesLabels(line));
    }
  }
  state.store = createStore();
  for (const { labels, at } of state.points.values()) {
    for (const [time, value] of [...at].sort(([a], [b]) => a - b)) {
      if (value !== undefined) append(state.store, labels, time, value);
    }
  }
}

/** The native histogram that is loaded beside a classic one's series. */
function nativeOf(labels: Labels): Labels {
  const named = labels.map(
    ([name, value]) => [name, name === '__name__' ? value.replace(/_bucket$/, '') : value] as const,
  );
  return named.filter(([name]) => name !== 'le');
}

type Result = Pick<Outcome, 'result' | 'reason'>;
const failed = (reason: string): Result => ({ result: 'failed', reason });
const skipped = (reason: string): Result => ({ result: 'skipped', reason });

function outcomeOf(command: Evaluation, state: State): Result {
  const { expression, expected } = command;
  let expr: Expr;
  try {
    expr = parseExpr(expression, { experimental: true });
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const scope = /experimental|not enabled/.test(error.message) ? error.reason : undefined;
    if (scope !== undefined) return skipped(`experimental: ${scope}`);
    if (/\binfo\(/.test(expression)) return skipped('info()');
    if (isExperimentalSyntax(expression)) return skipped('experimental: syntax');
    return expected.fail.length > 0 ? checkFailure(expected, error.message) : failed(error.message);
  }
  const outOfScope = scopeOf(expr);
  if (outOfScope !== undefined) return skipped(outOfScope);
  if (expected.series.some((line) => line.includes('{{'))) return skipped('native histograms');
  const reads = (labels: Labels): boolean => selectorsOf(expr).some(({ matchers }) => matchesAll(matchers, labels));
  if (state.started.some(reads)) return skipped('experimental: start timestamps');
  if (state.native.some(reads)) return skipped('native histograms');
  for (const variant of variantsOf(expr, command)) {
    const reason = checkVariant(variant, command, state.store);
    if (reason !== undefined) return failed(reason);
  }
  return { result: 'passed' };
}

const isExperimentalSyntax = (text: string): boolean =>
  /\b(min_of|max_of|step|range|anchored|smoothed|fill(_left|_right)?)\b\s*(\(|$)/i.test(text);

const absent = new Set([
  'info',
  'double_exponential_smoothing',
  'histogram_quantiles',
  'start_timestamp',
  'max_of',
  'min_of',
  'start',
  'end',
  'step',
  'range',
]);

function scopeOf(expr: Expr): string | undefined {
  if (expr.kind === 'call' && absent.has(expr.name)) {
    return expr.name === 'info' ? 'info()' : `experimental: function ${expr.name}`;
  }
  for (const child of childrenOf(expr)) {
    const found = scopeOf(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Variant {
  readonly name: string;
  readonly expr: Expr;
  readonly at: number;
}

const unsafe = new Set(
  'days_in_month day_of_month day_of_week day_of_year hour minute month year predict_linear time timestamp'.split(' '),
);

/** An instant query again with every selector pinned to its moment by `@`, asked at other moments. */
function variantsOf(expr: Expr, { isRange, span }: Evaluation): readonly Variant[] {
  const plain = { name: '', expr, at: span.end };
  if (isRange || callsUnsafe(expr)) return [plain];
  const pinned = pin(expr, span.end, false);
  const t = span.end;
  const moments = t === 0 ? [-1000, 0, 1000] : [-10 * t, 0, Math.trunc(t / 5), t, 10 * t];
  return [plain, ...moments.map((at) => ({ name: `with @ ${t / 1000} at ${at / 1000}: `, expr: pinned, at }))];
}

const callsUnsafe = (expr: Expr): boolean =>
  (expr.kind === 'call' && unsafe.has(expr.name)) || childrenOf(expr).some(callsUnsafe);

function pin(expr: Expr, at: number, inPinned: boolean): Expr {
  const inner = (one: Expr): Expr => pin(one, at, inPinned);
  switch (expr.kind) {
    case 'selector':
      return inPinned || expr.at !== undefined ? expr : { ...expr, at };
    case 'subquery':
      // Whatever stands in a subquery that is pinned is left as it is.
      return inPinned ? expr : { ...expr, at: expr.at ?? at, of: pin(expr.of, at, true) };
    case 'range':
    case 'unary':
    case 'paren':
      return { ...expr, of: inner(expr.of) };
    case 'call':
      return { ...expr, args: expr.args.map(inner) };
    case 'binary':
      return { ...expr, left: inner(expr.left), right: inner(expr.right) };
    case 'aggregate':
      return {
        ...expr,
        of: inner(expr.of),
        parameter: expr.parameter === undefined ? undefined : inner(expr.parameter),
      };
    default:
      return expr;
  }
}

function checkVariant({ name, expr, at }: Variant, command: Evaluation, store: Store): string | undefined {
  const { expected, span, isRange } = command;
  const options = { text: command.expression };
  const result = isRange ? queryRange(store, expr, span, options) : query(store, expr, at, options);
  if (!result.ok || expected.fail.length > 0) {
    if (expected.fail.length === 0) return name + (result.ok ? '' : result.message);
    if (result.ok) return `${name}expected to fail and did not`;
    return checkFailure(expected, result.message).reason;
  }
  const notes = checkNotes(expected, result) ?? compare(result.value, command);
  if (notes !== undefined) return name + notes;
  if (isRange || expected.string !== undefined || expected.rangeVector !== undefined) return undefined;
  const around = queryRange(store, expr, { start: at - 60_000, end: at + 60_000, step: 60_000 }, options);
  if (!around.ok) return `${name}in range mode: ${around.message}`;
  if (expected.ordered) return undefined;
  const middle = compare(middleOf(around.value, at, result.value.type), command);
  return middle === undefined ? undefined : `${name}in range mode: ${middle}`;
}

function middleOf(value: QueryValue, at: number, type: string): QueryValue {
  if (value.type !== 'matrix') return value;
  const samples = value.series.flatMap(({ labels, points }) => {
    const point = points.find(({ time }) => time === at);
    return point === undefined ? [] : [{ labels, value: point.value }];
  });
  if (type === 'scalar') return { type, time: at, value: samples[0]?.value ?? Number.NaN };
  return { type: 'vector', time: at, samples };
}

function matchesText({ kind, text }: Expectation, actual: string): boolean {
  if (kind === 'any') return true;
  return kind === 'msg' ? text === actual : findMatch(compileRegex(text), actual, { whole: false }) !== undefined;
}

function checkFailure({ fail }: Expected, message: string): Result {
  const bad = fail.find((expectation) => !matchesText(expectation, message));
  return bad === undefined ? { result: 'passed' } : failed(`expected the error ${bad.text}, got ${message}`);
}

function checkNotes(expected: Expected, result: Extract<QueryResult, { ok: true }>): string | undefined {
  for (const [kind, wanted, no, actual] of [
    ['warning', expected.warn, expected.noWarn, result.warnings],
    ['info', expected.info, expected.noInfo, result.infos],
  ] as const) {
    if (no && actual.length > 0) return `unexpected ${kind}: ${actual.join(' | ')}`;
    if (wanted.length === 0) continue;
    const missing = wanted.find((one) => !actual.some((text) => matchesText(one, text)));
    if (missing !== undefined) return `no ${kind} "${missing.text}" but ${actual.join(' | ')}`;
    const more = actual.find((text) => !wanted.some((one) => matchesText(one, text)));
    if (more !== undefined) return `unexpected ${kind}: ${more}`;
  }
  return undefined;
}

function almostEqual(a: number, b: number): boolean {
  if (Number.isNaN(a) && Number.isNaN(b)) return true;
  if (a === b) return true;
  const smallest = 2.2250738585072014e-308;
  const sum = Math.abs(a) + Math.abs(b);
  const diff = Math.abs(a - b);
  if (a === 0 || b === 0 || sum < smallest) return diff < 1e-6 * smallest;
  return diff / Math.min(sum, Number.MAX_VALUE) < 1e-6;
}

function compare(value: QueryValue, { expected, span }: Evaluation): string | undefined {
  if (value.type === 'string') return value.value === expected.string ? undefined : `got the string ${value.value}`;
  if (value.type === 'scalar') {
    if (expected.scalar === undefined) return `got the scalar ${value.value}`;
    const wanted = parseNumber(expected.scalar) ?? Number.NaN;
    return almostEqual(value.value, wanted) ? undefined : `expected ${wanted}, got ${value.value}`;
  }
  if (expected.scalar !== undefined) return `expected a scalar, got a ${value.type}`;
  const wanted = expected.series.map(parseSeriesLine);
  const { start, step } = expected.rangeVector ?? span;
  const series =
    value.type === 'vector'
      ? value.samples.map(({ labels, value: v }) => ({ labels, points: [{ time: start, value: v }] }))
      : value.series;
  if (value.type === 'matrix') {
    for (const [i, { labels }] of series.entries()) {
      if (i > 0 && compareLabels(series[i - 1]?.labels ?? [], labels) > 0) return 'series are not sorted';
    }
  }
  for (const [i, { labels, points }] of series.entries()) {
    const at = wanted.findIndex((one) => labelsKey(one.labels) === labelsKey(labels));
    if (at < 0) return `unexpected ${formatLabels(labels)} ${points.map((point) => point.value).join(' ')}`;
    if (expected.ordered && at !== i) return `${formatLabels(labels)} is at position ${i + 1}, not ${at + 1}`;
    const values = (wanted[at]?.values ?? []).flatMap((v, step_) =>
      v === undefined ? [] : [{ time: value.type === 'vector' ? start : start + step_ * step, value: v as number }],
    );
    const same =
      values.length === points.length &&
      values.every((one, k) => {
        const point = points[k];
        return (
          point !== undefined &&
          (value.type === 'vector' || one.time === point.time) &&
          almostEqual(one.value, point.value)
        );
      });
    const show = (some: readonly { time: number; value: number }[]): string =>
      some.map((point) => `${point.value}@${point.time / 1000}`).join(' ');
    if (!same) return `${formatLabels(labels)}: expected ${show(values)}, got ${show(points)}`;
  }
  const missing = wanted.find((one) => !series.some(({ labels }) => labelsKey(labels) === labelsKey(one.labels)));
  return missing === undefined ? undefined : `${formatLabels(missing.labels)} is missing`;
}
