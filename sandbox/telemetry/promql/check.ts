import { NAME } from '../labels.ts';
import { type Binary, type Call, comparisons, type Expr, type Selector, setOperators, type ValueType } from './ast.ts';
import { ParseError } from './errors.ts';
import { matches } from './matchers.ts';
import { signatures } from './signatures.ts';

export function typeOf(expr: Expr): ValueType {
  switch (expr.kind) {
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'range':
    case 'subquery':
      return 'matrix';
    case 'call':
      return signatures.get(expr.name)?.returns ?? 'vector';
    case 'paren':
    case 'unary':
      return typeOf(expr.of);
    case 'binary':
      return typeOf(expr.left) === 'scalar' && typeOf(expr.right) === 'scalar' ? 'scalar' : 'vector';
    default:
      return 'vector';
  }
}

const named = (type: ValueType): string =>
  ({ scalar: 'scalar', vector: 'instant vector', matrix: 'range vector', string: 'string' })[type];

/**
 * Checks that the parts of an expression fit together.
 * @throws ParseError for the first that does not, in Prometheus' words
 */
export function check(expr: Expr, text: string): ValueType {
  const fail = (reason: string, at: number): never => {
    throw new ParseError(reason, at, text);
  };
  const expectType = (part: Expr, want: ValueType, context: string): void => {
    const type = check(part, text);
    if (type !== want) fail(`expected type ${named(want)} in ${context}, got ${named(type)}`, part.from);
  };
  switch (expr.kind) {
    case 'aggregate':
      expectType(expr.of, 'vector', 'aggregation expression');
      if (expr.parameter !== undefined) {
        expectType(expr.parameter, expr.op === 'count_values' ? 'string' : 'scalar', 'aggregation parameter');
      }
      break;
    case 'binary':
      checkBinary(expr, check(expr.left, text), check(expr.right, text), fail);
      break;
    case 'call':
      checkCall(expr, text, fail);
      break;
    case 'unary': {
      const type = check(expr.of, text);
      if (type !== 'scalar' && type !== 'vector') {
        const reason = 'unary expression only allowed on expressions of type scalar or instant vector';
        fail(`${reason}, got "${named(type)}"`, expr.from);
      }
      break;
    }
    case 'subquery': {
      const type = check(expr.of, text);
      if (type !== 'vector') fail(`subquery is only allowed on instant vector, got ${type} instead`, expr.from);
      break;
    }
    case 'selector':
      checkSelector(expr, fail);
      break;
    case 'paren':
    case 'range':
      check(expr.of, text);
  }
  return typeOf(expr);
}

type Fail = (reason: string, at: number) => never;

function checkBinary(expr: Binary, left: ValueType, right: ValueType, fail: Fail): void {
  const { op, matching, operator } = expr;
  const plain = (type: ValueType): boolean => type === 'scalar' || type === 'vector';
  if (expr.bool && !comparisons.has(op)) fail('bool modifier can only be used on comparison operators', operator.from);
  if (comparisons.has(op) && !expr.bool && left === 'scalar' && right === 'scalar') {
    fail('comparisons between scalars must use BOOL modifier', operator.from);
  }
  const twice = matching.on ? matching.labels.find((label) => matching.include.includes(label)) : undefined;
  if (twice !== undefined) fail(`label "${twice}" must not occur in ON and GROUP clause at once`, operator.from);
  for (const [side, type] of [
    [expr.left, left],
    [expr.right, right],
  ] as const) {
    if (!plain(type)) fail('binary expression must contain only scalar and instant vector types', side.from);
  }
  if (left !== 'vector' || right !== 'vector') {
    if (matching.labels.length > 0) fail('vector matching only allowed between instant vectors', expr.from);
    if (setOperators.has(op)) fail(`set operator "${op}" not allowed in binary scalar expression`, expr.from);
  } else if (setOperators.has(op) && matching.many !== undefined) {
    fail(`no grouping allowed for "${op}" operation`, expr.from);
  }
}

function checkCall(expr: Call, text: string, fail: Fail): void {
  const signature = signatures.get(expr.name);
  if (signature === undefined) return;
  const { args, variadic } = signature;
  const given = expr.args.length;
  const inCall = `argument(s) in call to "${expr.name}", got ${given}`;
  if (variadic === 0 && given !== args.length) fail(`expected ${args.length} ${inCall}`, expr.from);
  const least = variadic === 0 ? args.length : args.length - 1;
  if (given < least) fail(`expected at least ${least} ${inCall}`, expr.from);
  if (variadic > 0 && given > least + variadic) fail(`expected at most ${least + variadic} ${inCall}`, expr.from);
  expr.args.forEach((arg, i) => {
    const want = args[Math.min(i, args.length - 1)] as ValueType;
    const type = check(arg, text);
    if (type !== want) {
      fail(`expected type ${named(want)} in call to function "${expr.name}", got ${named(type)}`, arg.from);
    }
  });
}

function checkSelector(expr: Selector, fail: Fail): void {
  if (expr.name !== '') {
    const twice = expr.matchers.slice(0, -1).find(({ name }) => name === NAME);
    if (twice !== undefined) fail(`metric name must not be set twice: "${expr.name}" or "${twice.value}"`, expr.from);
    return;
  }
  if (expr.matchers.every((matcher) => matches(matcher, ''))) {
    fail('vector selector must contain at least one non-empty matcher', expr.from);
  }
}
