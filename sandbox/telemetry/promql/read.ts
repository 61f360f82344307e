// From Prometheus' own grammar (lezer) to an expression. What the grammar reads otherwise than Prometheus is put right here.
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { isLabelName, NAME, quote } from '../labels.ts';
import { compileRegex, RegexError } from '../regex/index.ts';
import type {
  Aggregate,
  AggregateOp,
  Binary,
  BinaryOp,
  Expr,
  Matcher,
  Matching,
  MatchKind,
  Moment,
  Selector,
  Span,
} from './ast.ts';
import { check } from './check.ts';
import { ParseError } from './errors.ts';
import { signatures } from './signatures.ts';
import { syntaxError } from './syntax-error.ts';
import { parseNumber, unquote } from './text.ts';

export interface ParseOptions {
  /** Whether functions are allowed that Prometheus has behind `--enable-feature=promql-experimental-functions`. */
  readonly experimental?: boolean;
}

/**
 * Reads an expression and checks the types of its parts.
 * @throws ParseError in Prometheus' words
 */
export function parseExpr(text: string, options: ParseOptions = {}): Expr {
  // The grammar has no number that ends in a dot: `2.` is read as `02`, which is as long.
  const readable = text.replace(
    /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|#[^\n]*)|(?<![\w.])(\d+)\.(?![\d\w.]|[eE][+-]?\d)|(?<![\w.])(\d+)\.(?=[eE][+-]?\d)/g,
    (whole, other?: string, first?: string, second?: string) => other ?? `0${first ?? second ?? whole}`,
  );
  const tree = parser.parse(readable);
  const top = tree.topNode;
  let broken = false;
  tree.iterate({
    enter: (node) => {
      broken ||= node.type.isError;
    },
  });
  if (broken || text.trim() === '') throw syntaxError(text, options.experimental ?? false);
  const expr = readExpr(firstOf(top), { text, experimental: options.experimental ?? false, depth: 0 });
  check(expr, text);
  return expr;
}

/** Deeper than anybody writes, and shallow enough for every stack. */
const MAX_DEPTH = 500;

interface Context {
  readonly depth: number;
  readonly text: string;
  readonly experimental: boolean;
}

const spanOf = (node: SyntaxNode): Span => ({ from: node.from, to: node.to });
const textOf = (node: SyntaxNode, { text }: Context): string => text.slice(node.from, node.to);

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const out: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'LineComment') out.push(child);
  }
  return out;
}

const firstOf = (node: SyntaxNode): SyntaxNode => childrenOf(node)[0] as SyntaxNode;

const postfix = new Set([
  'MatrixSelector',
  'SubqueryExpr',
  'OffsetExpr',
  'StepInvariantExpr',
  'AnchoredExpr',
  'SmoothedExpr',
]);

function readExpr(node: SyntaxNode, around: Context): Expr {
  const context = { ...around, depth: around.depth + 1 };
  if (context.depth > MAX_DEPTH) throw new ParseError('expression is nested too deeply', node.from, context.text);
  const span = spanOf(node);
  if (postfix.has(node.name)) {
    const inner = readExpr(firstOf(node), context);
    // In Prometheus `a + b offset 5m` and `-x[5m]` bind to what stands nearest; the grammar gives them the whole.
    return bindLast(inner, span.to, (last) => readPostfix(node, last, context));
  }
  switch (node.name) {
    case 'NumberDurationLiteral':
      return { kind: 'number', ...span, value: readNumber(node, context) };
    case 'StringLiteral':
      return { kind: 'string', ...span, value: readString(node, context) };
    case 'VectorSelector':
      return readSelector(node, context);
    case 'ParenExpr':
      return { kind: 'paren', ...span, of: readExpr(firstOf(node), context) };
    case 'UnaryExpr': {
      const [op, of] = childrenOf(node) as [SyntaxNode, SyntaxNode];
      return negated(textOf(op, context) as '+' | '-', span.from, readExpr(of, context));
    }
    case 'FunctionCall':
      return readCall(node, context);
    case 'AggregateExpr':
      return readAggregate(node, context);
    default:
      return readBinary(node, context);
  }
}

function negated(op: '+' | '-', from: number, of: Expr): Expr {
  if (of.kind === 'number') return { ...of, from, value: op === '-' ? -of.value : of.value };
  return { kind: 'unary', from, to: of.to, op, of };
}

function bindLast(expr: Expr, to: number, change: (last: Expr) => Expr): Expr {
  if (expr.kind === 'binary') return { ...expr, to, right: bindLast(expr.right, to, change) };
  if (expr.kind === 'unary') return { ...expr, to, of: bindLast(expr.of, to, change) };
  return change(expr);
}

function readPostfix(node: SyntaxNode, of: Expr, context: Context): Expr {
  const span = { from: of.from, to: node.to };
  const parts = childrenOf(node);
  const fail = (reason: string, at = of.from): never => {
    throw new ParseError(reason, at, context.text);
  };
  switch (node.name) {
    case 'MatrixSelector': {
      const range = readPositive(parts[1] as SyntaxNode, context);
      const bracket = context.text.indexOf('[', of.to);
      if (of.kind !== 'selector') return fail('ranges only allowed for vector selectors', bracket);
      if (of.offset !== 0) return fail('no offset modifiers allowed before range', bracket);
      if (of.at !== undefined) return fail('no @ modifiers allowed before range', bracket);
      return { kind: 'range', ...span, of, range };
    }
    case 'SubqueryExpr': {
      const range = readPositive(parts[1] as SyntaxNode, context);
      const step = parts[2] === undefined ? undefined : readPositive(parts[2], context);
      return { kind: 'subquery', ...span, of, range, step, offset: 0 };
    }
    case 'OffsetExpr': {
      const seconds = readDuration(parts[2] as SyntaxNode, context);
      return modify(of, context, 'offset modifier', node.to, (moment) => {
        if (moment.offset !== 0) fail('offset may not be set multiple times');
        return { offset: toMs(seconds) };
      });
    }
    case 'StepInvariantExpr': {
      const last = parts[2] as SyntaxNode;
      const at =
        last.name === 'AtModifierPreprocessors'
          ? (textOf(last, context).toLowerCase() as 'start' | 'end')
          : readNumber(last, context);
      return modify(of, context, '@ modifier', node.to, (moment) => {
        if (moment.at !== undefined) fail('@ <timestamp> may not be set multiple times');
        if (typeof at === 'string') return { at };
        if (!Number.isFinite(at) || Math.abs(at) >= 2 ** 63 / 1000) {
          const written = Number.isFinite(at) ? at.toFixed(6) : at > 0 ? '+Inf' : at < 0 ? '-Inf' : 'NaN';
          fail(`timestamp out of bounds for @ modifier: ${written}`);
        }
        return { at: Math.round(at * 1000) };
      });
    }
    default:
      return fail(`${node.name === 'AnchoredExpr' ? 'anchored' : 'smoothed'} modifier is experimental and not enabled`);
  }
}

/** Changes the moment of what `offset` or `@` follows. */
function modify(
  of: Expr,
  { text }: Context,
  what: string,
  to: number,
  change: (moment: Moment) => Partial<Moment>,
): Expr {
  if (of.kind === 'selector' || of.kind === 'subquery') return { ...of, to, ...change(of) };
  if (of.kind === 'range' && of.of.kind === 'selector') return { ...of, to, of: { ...of.of, ...change(of.of) } };
  const reason = `${what} must be preceded by an instant vector selector or range vector selector or a subquery`;
  throw new ParseError(reason, of.from, text);
}

/** Go keeps durations in whole nanoseconds and Prometheus evaluates whole milliseconds. */
const toMs = (seconds: number): number => Math.trunc(Math.round(seconds * 1e9) / 1e6);

function readPositive(node: SyntaxNode, context: Context): number {
  const seconds = readDuration(node, context);
  if (!(seconds > 0)) throw new ParseError('duration must be greater than 0', node.from, context.text);
  return toMs(seconds);
}

/** Seconds. Arithmetic between durations is behind a feature flag in Prometheus, and absent here. */
function readDuration(node: SyntaxNode, context: Context): number {
  const parts = childrenOf(node);
  const [first, second] = parts;
  if (first?.name === 'UnaryOp' && second !== undefined) {
    const value = readDuration(second, context);
    return textOf(first, context) === '-' ? -value : value;
  }
  if (parts.length !== 1 || first?.name !== 'NumberDurationLiteralInDurationContext' || first.from !== node.from) {
    throw new ParseError('experimental duration expression is not enabled', node.from, context.text);
  }
  const seconds = readNumber(first, context);
  if (!(Math.abs(seconds) <= 2 ** 63 / 1e9)) throw new ParseError('duration out of range', first.from, context.text);
  return seconds;
}

function readNumber(node: SyntaxNode, context: Context): number {
  // A sign and its number may have lines and comments between them.
  const written = textOf(node, context).replace(/#.*/g, '');
  const value = parseNumber(written);
  if (value !== undefined) return value;
  throw new ParseError(`bad number or duration syntax: "${written}"`, node.from, context.text);
}

function readString(node: SyntaxNode, context: Context): string {
  const read = unquote(textOf(node, context));
  if ('value' in read) return read.value;
  throw new ParseError(read.error, node.from, context.text);
}

function readSelector(node: SyntaxNode, context: Context): Selector {
  const matchers: Matcher[] = [];
  let name = '';
  for (const part of childrenOf(node)) {
    if (part.name === 'Identifier') name = textOf(part, context);
    else for (const matcher of childrenOf(part)) matchers.push(readMatcher(matcher, context));
  }
  if (name !== '') matchers.push({ name: NAME, kind: '=', value: name });
  return { kind: 'selector', ...spanOf(node), name, matchers, offset: 0 };
}

function readMatcher(node: SyntaxNode, context: Context): Matcher {
  if (node.name === 'QuotedLabelName') return { name: NAME, kind: '=', value: readString(firstOf(node), context) };
  const [label, op, value] = childrenOf(node) as [SyntaxNode, SyntaxNode, SyntaxNode];
  const name = label.name === 'QuotedLabelName' ? readString(firstOf(label), context) : textOf(label, context);
  const matcher = { name, kind: textOf(op, context) as MatchKind, value: readString(value, context) };
  if (matcher.kind === '=~' || matcher.kind === '!~') {
    try {
      compileRegex(matcher.value);
    } catch (error) {
      if (error instanceof RegexError) throw new ParseError(error.message, node.from, context.text);
      throw error;
    }
  }
  return matcher;
}

function readArgs(body: SyntaxNode, context: Context): Expr[] {
  return childrenOf(body).map((arg) => readExpr(arg, context));
}

function readCall(node: SyntaxNode, context: Context): Expr {
  const [identifier, body] = childrenOf(node) as [SyntaxNode, SyntaxNode];
  const name = textOf(identifier, context);
  const args = readArgs(body, context);
  if (!signatures.has(name)) throw new ParseError(`unknown function with name "${name}"`, node.from, context.text);
  if (signatures.get(name)?.experimental && !context.experimental) {
    throw new ParseError(`function "${name}" is not enabled`, node.from, context.text);
  }
  return { kind: 'call', ...spanOf(node), name, args };
}

function readLabelNames(node: SyntaxNode, context: Context): string[] {
  return childrenOf(node).map((label) => {
    const name = label.name === 'QuotedLabelName' ? readString(firstOf(label), context) : textOf(label, context);
    if (isLabelName(name)) return name;
    throw new ParseError(`invalid label name for grouping: ${quote(name)}`, label.from, context.text);
  });
}

const withParameter = new Set(['topk', 'bottomk', 'quantile', 'count_values', 'limitk', 'limit_ratio']);

function readAggregate(node: SyntaxNode, context: Context): Aggregate {
  const parts = childrenOf(node);
  const op = textOf(parts[0] as SyntaxNode, context).toLowerCase();
  let grouping: string[] = [];
  let without = false;
  let args: Expr[] = [];
  for (const part of parts.slice(1)) {
    if (part.name === 'FunctionCallBody') args = readArgs(part, context);
    else {
      const [word, labels] = childrenOf(part) as [SyntaxNode, SyntaxNode];
      without = word.name === 'Without';
      grouping = readLabelNames(labels, context);
    }
  }
  const fail = (reason: string): never => {
    throw new ParseError(reason, node.from, context.text);
  };
  if (args.length === 0) fail('no arguments for aggregate expression provided');
  if (op === 'limitk' || op === 'limit_ratio') {
    fail(`${op}() is experimental and must be enabled with --enable-feature=promql-experimental-functions`);
  }
  const wanted = withParameter.has(op) ? 2 : 1;
  if (args.length !== wanted) {
    fail(`wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${args.length}`);
  }
  const parameter = wanted === 2 ? args[0] : undefined;
  return {
    kind: 'aggregate',
    ...spanOf(node),
    op: op as AggregateOp,
    grouping,
    without,
    parameter,
    of: args[wanted - 1] as Expr,
  };
}

function readBinary(node: SyntaxNode, context: Context): Expr {
  const parts = childrenOf(node);
  const left = readExpr(parts[0] as SyntaxNode, context);
  const operator = parts[1] as SyntaxNode;
  const right = readExpr(parts.at(-1) as SyntaxNode, context);
  let bool = false;
  let matching: Matching = { on: false, labels: [], many: undefined, include: [] };
  for (const part of parts.slice(2, -1)) {
    if (part.name === 'BoolModifier') bool = true;
    else if (part.name === 'MatchingModifierClause') matching = readMatching(part, context);
    else throw new ParseError('binop fill modifiers are experimental and not enabled', node.from, context.text);
  }
  const op = textOf(operator, context).toLowerCase() as BinaryOp;
  const binary: Binary = {
    kind: 'binary',
    ...spanOf(node),
    op,
    operator: { from: operator.from, to: (parts.at(-2) as SyntaxNode).to },
    bool,
    matching,
    left,
    right,
  };
  // -1 ^ 2 is -(1 ^ 2); the grammar takes the sign into the number.
  const sign = parts[0]?.name === 'NumberDurationLiteral' ? context.text[left.from] : undefined;
  if (op === '^' && left.kind === 'number' && (sign === '-' || sign === '+')) {
    const bare = { ...left, from: left.from + 1, value: sign === '-' ? -left.value : left.value };
    return negated(sign, left.from, { ...binary, from: bare.from, left: bare });
  }
  return binary;
}

function readMatching(node: SyntaxNode, context: Context): Matching {
  const parts = childrenOf(node);
  const on = parts[0]?.name === 'On';
  const labels = readLabelNames(parts[1] as SyntaxNode, context);
  const many = parts[2] === undefined ? undefined : parts[2].name === 'GroupLeft' ? 'left' : 'right';
  return { on, labels, many, include: parts[3] === undefined ? [] : readLabelNames(parts[3], context) };
}
