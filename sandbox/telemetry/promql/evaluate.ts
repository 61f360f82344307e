// The meaning of an expression: series with a value at each moment of a frame.
import { isLabelName, quote } from '../labels.ts';
import type { StoredSeries } from '../store/store.ts';
import { countSamples, createSamples, readWithMarkers } from '../store/store.ts';
import { aggregate, countValues } from './aggregate.ts';
import type { Expr, Selector } from './ast.ts';
import { childrenOf, setOperators, withoutParens } from './ast.ts';
import { scalarsBinary, setOperation, vectorScalar, vectorsBinary } from './binary.ts';
import { callFunction } from './call.ts';
import { typeOf } from './check.ts';
import { ExecutionError } from './errors.ts';
import {
  constant,
  createSeries,
  type Frame,
  hasPoints,
  isPresent,
  pointAt,
  put,
  refTime,
  type Series,
  touch,
} from './frame.ts';
import { select } from './matchers.ts';
import { rangeFunctions } from './over-time.ts';
import { overRange } from './range.ts';

/** @throws ExecutionError */
export function evaluate(expr: Expr, frame: Frame): Series[] {
  if (frame.count <= 0) return [];
  if (frame.count > 1 && expr.kind !== 'number' && isStepInvariant(expr)) {
    return evaluate(expr, { ...frame, count: 1 }).map((series) => repeat(series, frame));
  }
  switch (expr.kind) {
    case 'number':
      return [constant(frame, () => expr.value)];
    case 'paren':
      return evaluate(expr.of, frame);
    case 'unary':
      return expr.op === '+'
        ? evaluate(expr.of, frame)
        : evaluate(expr.of, frame).map((series) => negate(series, frame));
    case 'selector':
      return latest(expr, frame, (_, value) => value);
    case 'aggregate': {
      const input = evaluate(expr.of, frame);
      const parameter = expr.parameter === undefined ? undefined : withoutParens(expr.parameter);
      if (expr.op !== 'count_values') {
        return aggregate(expr, input, parameter === undefined ? undefined : evaluate(parameter, frame)[0], frame);
      }
      const label = parameter?.kind === 'string' ? parameter.value : '';
      if (!isLabelName(label)) throw new ExecutionError(`invalid label name ${quote(label)}`);
      return countValues(expr, label, input, frame);
    }
    case 'binary': {
      const [left, right] = [evaluate(expr.left, frame), evaluate(expr.right, frame)];
      const [leftType, rightType] = [typeOf(expr.left), typeOf(expr.right)];
      if (leftType === 'scalar' && rightType === 'scalar') {
        return [scalarsBinary(expr, left[0] as Series, right[0] as Series, frame)];
      }
      if (rightType === 'scalar') return vectorScalar(expr, left, right[0] as Series, false, frame).filter(hasPoints);
      if (leftType === 'scalar') return vectorScalar(expr, right, left[0] as Series, true, frame).filter(hasPoints);
      if (setOperators.has(expr.op)) return setOperation(expr, left, right, frame);
      return vectorsBinary(expr, left, right, frame);
    }
    case 'call': {
      const args = expr.args.map(withoutParens);
      const inner = rangeFunctions.get(expr.name);
      if (inner !== undefined) return overRange({ ...expr, args }, inner, frame, evaluate);
      return callFunction({ ...expr, args }, frame, evaluate, latest);
    }
    default:
      throw new ExecutionError(`a ${typeOf(expr)} has no value at a moment`);
  }
}

function negate(series: Series, frame: Frame): Series {
  const out = createSeries(frame, series.labels, true);
  for (let i = 0; i < frame.count; i++) if (isPresent(series, i)) put(out, i, -pointAt(series, i));
  return out;
}

function repeat(series: Series, frame: Frame): Series {
  const out = createSeries(frame, series.labels, series.dropName);
  if (isPresent(series, 0)) for (let i = 0; i < frame.count; i++) put(out, i, pointAt(series, 0));
  return out;
}

/** Of each series that a selector takes: what `value` makes of its newest sample within the lookback, unless it has ended. */
function latest(expr: Selector, frame: Frame, value: (time: number, value: number) => number): Series[] {
  const first = refTime(frame, expr, 0);
  const last = refTime(frame, expr, frame.count - 1);
  const samples = createSamples();
  const out: Series[] = [];
  const found = select(frame.store, expr.matchers);
  touch(frame, total(found, first - frame.lookback, last));
  for (const stored of found) {
    const stale = readWithMarkers(stored, first - frame.lookback, last, samples);
    if (samples.count === 0) continue;
    const series = createSeries(frame, stored.labels, false);
    let next = 0;
    for (let i = 0; i < frame.count; i++) {
      const reference = refTime(frame, expr, i);
      while (next < samples.count && (samples.times[next] as number) <= reference) next++;
      if (next === 0) continue;
      const time = samples.times[next - 1] as number;
      if (time <= reference - frame.lookback || stale.has(time)) continue;
      put(series, i, value(time, samples.values[next - 1] as number));
    }
    if (hasPoints(series)) out.push(series);
  }
  return out;
}

export function total(series: readonly StoredSeries[], after: number, until: number): number {
  return series.reduce((sum, one) => sum + countSamples(one, after, until), 0);
}

/** What depends on the moment of evaluation even when all its selectors are pinned with `@`. */
const unsafe = new Set(
  'days_in_month day_of_month day_of_week day_of_year hour minute month year predict_linear time timestamp'.split(' '),
);

/** Whether an expression has one value for all moments, because `@` pins all that it reads. */
function isStepInvariant(expr: Expr): boolean {
  switch (expr.kind) {
    case 'selector':
    case 'subquery':
      return expr.at !== undefined;
    case 'number':
    case 'string':
      return true;
    case 'call': {
      const args = expr.args.map(withoutParens);
      if (expr.name === 'timestamp' && args.every((arg) => arg.kind === 'selector' && arg.at !== undefined))
        return true;
      return !unsafe.has(expr.name) && args.every(isStepInvariant);
    }
    default:
      return childrenOf(expr).every(isStepInvariant);
  }
}
