// Why a text is no expression. The grammar only knows that it is none; this walks over the tokens as Prometheus' parser does, up
// to the first that cannot stand where it stands, and says so in its words.
import { quote } from '../labels.ts';
import { parseDuration } from './duration.ts';
import { ParseError } from './errors.ts';
import { createLexer, LexError, nameOf, nextToken, type Token } from './lex.ts';
import { signatures } from './signatures.ts';

/** How strongly an operator binds, as Prometheus' grammar lists them. */
const strength = new Map<string, number>([
  ['or', 1],
  ...['and', 'unless'].map((op) => [op, 2] as const),
  ...['==', '!=', '<', '<=', '>', '>=', '</', '>/'].map((op) => [op, 3] as const),
  ...['+', '-'].map((op) => [op, 4] as const),
  ...['*', '/', '%', 'atan2'].map((op) => [op, 5] as const),
  ['^', 6],
]);

const MAX_DEPTH = 500;
const units = new Set(['ms', 's', 'm', 'h', 'd', 'w', 'y']);
const withParameter = new Set(['topk', 'bottomk', 'quantile', 'count_values', 'limitk', 'limit_ratio']);
const duration = 'number, duration, step(), or range()';

/** @returns the error that Prometheus would report first */
export function syntaxError(text: string, experimental: boolean): ParseError {
  try {
    walk(text, experimental);
  } catch (error) {
    if (error instanceof LexError) return new ParseError(error.message, error.at, text);
    if (error instanceof ParseError) return error;
    throw error;
  }
  // Prometheus could read it: a metric called like a keyword, or more terms than the grammar's tables hold.
  return new ParseError('expression is too long or uses a name that this sandbox cannot read', 0, text);
}

function walk(text: string, experimental: boolean): void {
  const lexer = createLexer(text);
  let token = nextToken(lexer);
  let depth = 0;
  const isEmpty = token.kind === 'end';
  /** The constructs around, of which the innermost names itself in an error. */
  const around: string[] = [];

  function fail(reason: string, at: number): never {
    throw new ParseError(reason, at, text);
  }
  function unexpected(context = around.at(-1) ?? '', expected = ''): never {
    const where = context === '' ? '' : ` in ${context}`;
    return fail(`unexpected ${nameOf(token)}${where}${expected === '' ? '' : `, expected ${expected}`}`, token.at);
  }
  const is = (symbol: string): boolean => token.kind !== 'string' && token.text.toLowerCase() === symbol;
  function advance(): Token {
    const taken = token;
    token = nextToken(lexer);
    return taken;
  }
  function skip(symbol: string): boolean {
    if (!is(symbol)) return false;
    advance();
    return true;
  }

  function expression(least: number): void {
    if (++depth > MAX_DEPTH) fail('expression is nested too deeply', token.at);
    primary();
    for (;;) {
      postfix();
      const bound = token.kind === 'operator' ? strength.get(token.text.toLowerCase()) : undefined;
      if (bound === undefined || bound < least) {
        depth--;
        return;
      }
      advance();
      modifiers();
      expression(is('^') ? bound : bound === 6 ? bound : bound + 1);
    }
  }

  const isNumber = (): boolean => token.kind === 'number';

  function modifiers(): void {
    skip('bool');
    if (skip('on') || skip('ignoring')) {
      grouping();
      if (skip('group_left') || skip('group_right')) {
        const starts = !/^(keyword|end)$/.test(token.kind) && !is(')') && !is(',');
        if (is('(') || !starts) grouping();
      }
    }
    if (token.kind === 'keyword' && /^fill/i.test(token.text)) {
      advance();
      if (!skip('(')) unexpected();
      skip('-');
      if (!isNumber()) unexpected();
      advance();
      if (!skip(')')) unexpected();
    }
  }

  function grouping(): void {
    if (!skip('(')) unexpected('grouping opts', '"("');
    for (let first = true; !skip(')'); first = false) {
      if (!first) {
        if (!is(',')) unexpected('grouping opts', '"," or ")"');
        advance();
        if (skip(')')) return;
      }
      if (
        token.kind === 'string' ||
        /identifier|keyword|aggregator|preprocessor/.test(token.kind) ||
        isWordOperator()
      ) {
        advance();
      } else unexpected('grouping opts', 'label');
    }
  }

  const isWordOperator = (): boolean => token.kind === 'operator' && /^[a-z]/i.test(token.text);

  function primary(): void {
    if (token.kind === 'number' || token.kind === 'duration' || token.kind === 'string') literal();
    else if (is('(') && token.kind === 'punctuation') {
      advance();
      expression(0);
      if (!skip(')')) unexpected();
    } else if (is('{')) braces();
    else if (token.kind === 'operator' && (is('+') || is('-'))) {
      advance();
      expression(5);
    } else if (token.kind === 'aggregator') aggregation();
    else if (
      /identifier|preprocessor/.test(token.kind) ||
      isWordOperator() ||
      is('by') ||
      is('without') ||
      is('offset')
    ) {
      name();
    } else if (token.kind === 'end' && isEmpty) fail('no expression found in input', 0);
    else unexpected();
  }

  function literal(): void {
    const { kind, text: written, at } = token;
    if (kind === 'duration' && parseDuration(written) === undefined) {
      const unit = [...written.matchAll(/[a-z]+/g)].map(([letters]) => letters).find((letters) => !units.has(letters));
      fail(
        unit === undefined
          ? `not a valid duration string: ${quote(written)}`
          : `unknown unit ${quote(unit)} in duration ${quote(written)}`,
        at,
      );
    }
    advance();
  }

  function name(): void {
    const word = advance();
    if (is('{')) braces();
    if (!is('(') || !/^(identifier|preprocessor)$/.test(word.kind)) return;
    args();
    const known = signatures.get(word.text);
    if (known === undefined) fail(`unknown function with name ${quote(word.text)}`, word.at);
    if (known.experimental && !experimental) fail(`function ${quote(word.text)} is not enabled`, word.at);
  }

  /** @returns how many there were */
  function args(): number {
    advance();
    let count = 0;
    if (skip(')')) return count;
    for (;;) {
      expression(0);
      count++;
      if (skip(')')) return count;
      const comma = token;
      if (!skip(',')) unexpected();
      if (is(')')) fail('trailing commas not allowed in function call args', comma.at);
    }
  }

  function aggregation(): void {
    const op = advance();
    // A word like `sum` is a metric's name where no parenthesis follows.
    if (is('{')) {
      braces();
      return;
    }
    if (!is('(') && !is('by') && !is('without')) {
      if (token.kind === 'end' || token.kind === 'operator' || is(')') || is(',') || is('[') || is('offset')) return;
      unexpected();
    }
    around.push('aggregation');
    const before = skip('by') || skip('without');
    if (before) grouping();
    if (!is('(')) unexpected();
    const count = args();
    around.pop();
    if (!before && (skip('by') || skip('without'))) grouping();
    const name = op.text.toLowerCase();
    if (count === 0) fail('no arguments for aggregate expression provided', op.at);
    const wanted = withParameter.has(name) ? 2 : 1;
    if (count !== wanted) {
      fail(`wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${count}`, op.at);
    }
  }

  function braces(): void {
    advance();
    for (let first = true; !skip('}'); first = false) {
      if (!first) {
        if (!is(',')) unexpected('label matching', '"," or "}"');
        advance();
        if (skip('}')) return;
      }
      if (token.kind !== 'identifier' && token.kind !== 'string') unexpected('label matching', 'identifier or "}"');
      const label = advance();
      const isOperator = ['=', '!=', '=~', '!~'].some(is);
      if (!isOperator && label.kind === 'string') continue;
      if (!isOperator) unexpected('label matching', 'label matching operator');
      advance();
      if (token.kind !== 'string') unexpected('label matching', 'string');
      advance();
    }
  }

  function postfix(): void {
    for (;;) {
      if (is('[')) {
        advance();
        if (!durationTokens()) unexpected('subquery or range selector', duration);
        if (skip(']')) continue;
        if (!skip(':')) unexpected('subquery or range', '":" or "]"');
        if (skip(']')) continue;
        if (!durationTokens())
          unexpected('subquery selector', `${duration.replace(', or range()', ', range()')}, or "]"`);
        if (!skip(']')) unexpected('subquery selector', '"]"');
      } else if (token.kind === 'keyword' && is('offset')) {
        advance();
        if (!durationTokens()) unexpected('offset', duration);
      } else if (is('@')) {
        advance();
        if (is('-') || is('+')) advance();
        if (token.kind === 'number' || token.kind === 'duration') advance();
        else if (is('start') || is('end')) {
          advance();
          if (!skip('(') || !skip(')')) unexpected('@', 'timestamp');
        } else unexpected('@', 'timestamp');
      } else if (is('anchored') || is('smoothed')) advance();
      else return;
    }
  }

  /** A duration with a sign; arithmetic between them is not looked at closely. */
  function durationTokens(): boolean {
    if (is('-') || is('+')) advance();
    if (token.kind !== 'number' && token.kind !== 'duration') return false;
    literal();
    return true;
  }

  expression(0);
  if (token.kind !== 'end') unexpected();
}
