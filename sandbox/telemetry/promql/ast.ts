// What an expression is once it has been read: plain data.

/** Where in the text, as indices. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string';

export type MatchKind = '=' | '!=' | '=~' | '!~';

export interface Matcher {
  readonly name: string;
  readonly kind: MatchKind;
  readonly value: string;
}

/** The `offset` and `@` of a selector. */
export interface Moment {
  /** Milliseconds back. */
  readonly offset: number;
  /** Milliseconds, or the start or end of the whole query. */
  readonly at?: number | 'start' | 'end';
}

export interface NumberLiteral extends Span {
  readonly kind: 'number';
  readonly value: number;
}

export interface StringLiteral extends Span {
  readonly kind: 'string';
  readonly value: string;
}

export interface Selector extends Span, Moment {
  readonly kind: 'selector';
  /** The name before the braces, '' where there is none. */
  readonly name: string;
  /** All of them, the one for the name before the braces last. */
  readonly matchers: readonly Matcher[];
}

export interface RangeSelector extends Span {
  readonly kind: 'range';
  readonly of: Expr;
  /** Milliseconds. */
  readonly range: number;
}

export interface Subquery extends Span, Moment {
  readonly kind: 'subquery';
  readonly of: Expr;
  readonly range: number;
  /** Milliseconds; undefined for the default evaluation interval. */
  readonly step: number | undefined;
}

export interface Call extends Span {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expr[];
}

export type AggregateOp =
  | 'sum'
  | 'avg'
  | 'count'
  | 'min'
  | 'max'
  | 'group'
  | 'stddev'
  | 'stdvar'
  | 'topk'
  | 'bottomk'
  | 'count_values'
  | 'quantile';

export interface Aggregate extends Span {
  readonly kind: 'aggregate';
  readonly op: AggregateOp;
  readonly grouping: readonly string[];
  readonly without: boolean;
  readonly parameter: Expr | undefined;
  readonly of: Expr;
}

export type BinaryOp =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '^'
  | 'atan2'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '</'
  | '>/'
  | 'and'
  | 'or'
  | 'unless';

export interface Matching {
  readonly on: boolean;
  readonly labels: readonly string[];
  /** Which side may have many series for one of the other. */
  readonly many: 'left' | 'right' | undefined;
  /** Labels that the many take from the one. */
  readonly include: readonly string[];
}

export interface Binary extends Span {
  readonly kind: 'binary';
  readonly op: BinaryOp;
  readonly operator: Span;
  readonly bool: boolean;
  readonly matching: Matching;
  readonly left: Expr;
  readonly right: Expr;
}

export interface Unary extends Span {
  readonly kind: 'unary';
  readonly op: '+' | '-';
  readonly of: Expr;
}

export interface Paren extends Span {
  readonly kind: 'paren';
  readonly of: Expr;
}

export type Expr =
  | NumberLiteral
  | StringLiteral
  | Selector
  | RangeSelector
  | Subquery
  | Call
  | Aggregate
  | Binary
  | Unary
  | Paren;

export const comparisons: ReadonlySet<BinaryOp> = new Set(['==', '!=', '<', '<=', '>', '>=']);
export const setOperators: ReadonlySet<BinaryOp> = new Set(['and', 'or', 'unless']);

export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'call':
      return expr.args;
    case 'aggregate':
      return expr.parameter === undefined ? [expr.of] : [expr.parameter, expr.of];
    case 'binary':
      return [expr.left, expr.right];
    case 'range':
    case 'subquery':
    case 'unary':
    case 'paren':
      return [expr.of];
    default:
      return [];
  }
}

/** Every selector in an expression, from left to right. */
export function selectorsOf(expr: Expr): readonly Selector[] {
  return expr.kind === 'selector' ? [expr] : childrenOf(expr).flatMap(selectorsOf);
}

export function withoutParens(expr: Expr): Expr {
  return expr.kind === 'paren' ? withoutParens(expr.of) : expr;
}
