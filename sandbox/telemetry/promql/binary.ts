// Operators between two sides: scalars, vectors, and vectors matched by their labels.
import {
  createLabels,
  formatAllLabels,
  getLabel,
  type Labels,
  labelsKey,
  NAME,
  partialKey,
  withoutName,
} from '../labels.ts';
import { inform } from './annotations.ts';
import { type Binary, type BinaryOp, comparisons, type Matching } from './ast.ts';
import { ExecutionError } from './errors.ts';
import { createSeries, type Frame, hasPoints, isPresent, pointAt, put, type Series } from './frame.ts';

/** Go's math.Pow, which has a value where the language's has none: 1 ** NaN and (-1) ** Infinity are 1. */
function power(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY)) return 1;
  return base ** exponent;
}

function arithmetic(op: BinaryOp, left: number, right: number): number {
  switch (op) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '^':
      return power(left, right);
    default:
      return Math.atan2(left, right);
  }
}

function compares(op: BinaryOp, left: number, right: number): boolean {
  switch (op) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    default:
      return left >= right;
  }
}

/** The value of the result, undefined where a comparison drops the element. */
function combine({ op, bool }: Binary, left: number, right: number): number | undefined {
  if (!comparisons.has(op)) return arithmetic(op, left, right);
  const holds = compares(op, left, right);
  if (bool) return holds ? 1 : 0;
  return holds ? left : undefined;
}

export function scalarsBinary(expr: Binary, left: Series, right: Series, frame: Frame): Series {
  const out = createSeries(frame, [], false);
  for (let i = 0; i < frame.count; i++) {
    const [a, b] = [pointAt(left, i), pointAt(right, i)];
    put(out, i, comparisons.has(expr.op) ? (compares(expr.op, a, b) ? 1 : 0) : arithmetic(expr.op, a, b));
  }
  return out;
}

/** @param swapped the scalar stands on the left */
export function vectorScalar(
  expr: Binary,
  vector: readonly Series[],
  scalar: Series,
  swapped: boolean,
  frame: Frame,
): Series[] {
  if (isTrim(expr.op)) return refuseTrim(expr, vector.some(hasPoints), frame);
  const changesName = !comparisons.has(expr.op) || expr.bool;
  return vector.map((series) => {
    const out = createSeries(frame, series.labels, series.dropName || changesName);
    for (let i = 0; i < frame.count; i++) {
      if (!isPresent(series, i)) continue;
      const own = pointAt(series, i);
      const other = pointAt(scalar, i);
      const value = swapped ? combine(expr, other, own) : combine(expr, own, other);
      if (value !== undefined) put(out, i, changesName ? value : own);
    }
    return out;
  });
}

const isTrim = (op: BinaryOp): boolean => op === '</' || op === '>/';

/** Trimming is for native histograms; between floats Prometheus gives nothing and says so. */
function refuseTrim(expr: Binary, any: boolean, frame: Frame): Series[] {
  if (any) {
    const message = `incompatible sample types encountered for binary operator "${expr.op}": float ${expr.op} float`;
    inform(frame.notes, message, expr.from);
  }
  return [];
}

function signature(matching: Matching): (labels: Labels) => string {
  const names = new Set(matching.on ? matching.labels : [NAME, ...matching.labels]);
  return (labels) => partialKey(labels, names, matching.on);
}

export function setOperation(
  { op, matching }: Binary,
  left: readonly Series[],
  right: readonly Series[],
  frame: Frame,
): Series[] {
  const keyOf = signature(matching);
  const there = presence(op === 'or' ? left : right, keyOf, frame);
  const filter = (series: Series, keep: boolean): Series => {
    const marks = there.get(keyOf(series.labels));
    if (marks === undefined) return keep ? empty(series, frame) : series;
    const out = createSeries(frame, series.labels, series.dropName);
    for (let i = 0; i < frame.count; i++) {
      if (isPresent(series, i) && (marks[i] === 1) === keep) put(out, i, pointAt(series, i));
    }
    return out;
  };
  if (op === 'or') return [...left, ...right.map((series) => filter(series, false))].filter(hasPoints);
  return left.map((series) => filter(series, op === 'and')).filter(hasPoints);
}

const empty = (series: Series, frame: Frame): Series => createSeries(frame, series.labels, series.dropName);

/** At which moments any series with a signature has a value. */
function presence(series: readonly Series[], keyOf: (labels: Labels) => string, frame: Frame): Map<string, Uint8Array> {
  const out = new Map<string, Uint8Array>();
  for (const { labels, present } of series) {
    const key = keyOf(labels);
    const marks = out.get(key) ?? new Uint8Array(frame.count);
    present.forEach((mark, i) => {
      if (mark === 1) marks[i] = 1;
    });
    out.set(key, marks);
  }
  return out;
}

function group(series: readonly Series[], keyOf: (labels: Labels) => string): Map<string, Series[]> {
  const out = new Map<string, Series[]>();
  for (const one of series) {
    const key = keyOf(one.labels);
    const same = out.get(key);
    if (same === undefined) out.set(key, [one]);
    else same.push(one);
  }
  return out;
}

/** Matches each element of one side with the one of the other that has the same labels, as far as they are to be the same. */
export function vectorsBinary(expr: Binary, left: readonly Series[], right: readonly Series[], frame: Frame): Series[] {
  const { matching, op, bool } = expr;
  const keyOf = signature(matching);
  // `group_right` is `group_left` with the sides changed.
  const [many, one] = matching.many === 'right' ? [right, left] : [left, right];
  const ones = group(one, keyOf);
  const results = new Map<string, Series>();
  const makeLabels = resultLabels(expr);
  if (isTrim(op)) return refuseTrim(expr, left.some(hasPoints) && right.some(hasPoints), frame);
  if (!many.some(hasPoints)) return [];
  const found = checkOneSide(matching, ones, many, frame);
  /** What was matched with a group at a moment: for one to one that any was, else which results. */
  const taken = new Map<string, Map<string, Uint8Array>>();
  for (const series of many) {
    const key = keyOf(series.labels);
    const partner = found.get(key);
    if (partner === undefined) continue;
    const labelsOf = new Map<Series, { labels: Labels; key: string }>();
    for (let i = 0; i < frame.count; i++) {
      const other = partner(i);
      if (other === undefined || !isPresent(series, i)) continue;
      let result = labelsOf.get(other);
      if (result === undefined) {
        const labels = makeLabels(series.labels, other.labels);
        result = { labels, key: labelsKey(labels) };
        labelsOf.set(other, result);
      }
      const [a, b] = [pointAt(series, i), pointAt(other, i)];
      const value = matching.many === 'right' ? combine(expr, b, a) : combine(expr, a, b);
      mark(taken, key, matching.many === undefined ? '' : result.key, i, frame);
      if (value === undefined) continue;
      let out = results.get(result.key);
      if (out === undefined) {
        out = createSeries(frame, result.labels, bool || series.dropName);
        results.set(result.key, out);
      }
      if (isPresent(out, i)) throw new ExecutionError('vector cannot contain metrics with the same labelset');
      put(out, i, value);
    }
  }
  return [...results.values()];
}

/** Notes that a group's one side was used at a moment; it may be used once for each result. */
function mark(
  taken: Map<string, Map<string, Uint8Array>>,
  group: string,
  result: string,
  i: number,
  frame: Frame,
): void {
  const used = taken.get(group) ?? new Map<string, Uint8Array>();
  taken.set(group, used);
  const marks = used.get(result) ?? new Uint8Array(frame.count);
  used.set(result, marks);
  if (marks[i] === 1) {
    throw new ExecutionError(
      result === ''
        ? 'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)'
        : 'multiple matches for labels: grouping labels must ensure unique matches',
    );
  }
  marks[i] = 1;
}

/** For each signature the element of the one side at a moment. */
function checkOneSide(
  matching: Matching,
  ones: ReadonlyMap<string, readonly Series[]>,
  many: readonly Series[],
  frame: Frame,
): Map<string, (i: number) => Series | undefined> {
  const out = new Map<string, (i: number) => Series | undefined>();
  /** At which moments the many side has anything: where it has nothing, nothing is compared. */
  const any = new Uint8Array(frame.count);
  for (const { present } of many) {
    present.forEach((there, i) => {
      if (there === 1) any[i] = 1;
    });
  }
  for (const [key, group] of ones) {
    const at = new Map<number, Series>();
    for (const series of group) {
      for (let i = 0; i < frame.count; i++) {
        if (!isPresent(series, i) || any[i] !== 1) continue;
        const before = at.get(i);
        if (before !== undefined) throw new ExecutionError(duplicates(matching, before.labels, series.labels));
        if (group.length > 1) at.set(i, series);
      }
    }
    const [only] = group;
    out.set(key, (i) => (group.length > 1 ? at.get(i) : only !== undefined && isPresent(only, i) ? only : undefined));
  }
  return out;
}

function duplicates(matching: Matching, before: Labels, now: Labels): string {
  const names = new Set(matching.on ? matching.labels : [NAME, ...matching.labels]);
  const matched = formatAllLabels(now.filter(([name]) => names.has(name) === matching.on));
  const [first, second] = [formatAllLabels(before), formatAllLabels(now)].sort();
  const side = matching.many === 'right' ? 'left' : 'right';
  return `found duplicate series for the match group ${matched} on the ${side} hand-side of the operation: [${first}, ${second}];many-to-many matching not allowed: matching labels must be unique on one side`;
}

function resultLabels({ op, matching }: Binary): (many: Labels, one: Labels) => Labels {
  const matched = new Set(matching.labels);
  return (many, one) => {
    let labels = comparisons.has(op) ? many : withoutName(many);
    if (matching.many === undefined) labels = labels.filter(([name]) => matched.has(name) === matching.on);
    if (matching.include.length === 0) return labels;
    return createLabels([...labels, ...matching.include.map((name) => [name, getLabel(one, name)] as const)]);
  };
}
