// Tokens of PromQL as Prometheus' own lexer cuts them. Only asked when the grammar has refused a text, to say why in its words.
import { unquote } from './text.ts';

export type TokenKind =
  | 'end'
  | 'identifier'
  | 'metric identifier'
  | 'string'
  | 'number'
  | 'duration'
  | 'operator'
  | 'keyword'
  | 'aggregator'
  | 'preprocessor'
  | 'punctuation';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: number;
}

/** What the lexer cannot take. */
export class LexError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const words = new Map<string, TokenKind>([
  ...['and', 'or', 'unless', 'atan2'].map((word) => [word, 'operator'] as const),
  ...'sum avg count min max group stddev stdvar topk bottomk count_values quantile limitk limit_ratio'
    .split(' ')
    .map((word) => [word, 'aggregator'] as const),
  ...'offset smoothed anchored by without on ignoring group_left group_right bool'
    .split(' ')
    .map((word) => [word, 'keyword'] as const),
  ...'start end step range max_of min_of'.split(' ').map((word) => [word, 'preprocessor'] as const),
  ['inf', 'number'],
  ['nan', 'number'],
]);

const fills = /^fill(_left|_right)?$/i;

/** Where the lexer stands: what is open decides what a character means. */
export interface Lexer {
  readonly text: string;
  at: number;
  parens: number;
  inBraces: boolean;
  inBrackets: boolean;
  hasDuration: boolean;
  hasColon: boolean;
  /** Whether the last token left it inside of a duration rather than between statements. */
  inDuration: boolean;
}

export function createLexer(text: string): Lexer {
  return {
    text,
    at: 0,
    parens: 0,
    inBraces: false,
    inBrackets: false,
    hasDuration: false,
    hasColon: false,
    inDuration: false,
  };
}

/** A character as Go's %q prints it. */
const rune = (char: string): string => `'${char === "'" ? "\\'" : char === '\n' ? '\\n' : char}'`;

/** @throws LexError */
export function nextToken(lexer: Lexer): Token {
  const { text } = lexer;
  lexer.at += /^(?:[ \t\n\r]|#[^\n\r]*)*/.exec(text.slice(lexer.at))?.[0].length ?? 0;
  const rest = text.slice(lexer.at);
  if (lexer.inBraces) return inBraces(lexer, rest);
  if (lexer.inDuration) return inDuration(lexer, rest);
  return statement(lexer, rest);
}

function take(lexer: Lexer, kind: TokenKind, text: string): Token {
  const token = { kind, text, at: lexer.at };
  lexer.at += text.length;
  return token;
}

function fail(message: string, at: number): never {
  throw new LexError(message, at);
}

function statement(lexer: Lexer, rest: string): Token {
  const char = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  if (rest === '') {
    if (lexer.parens > 0) fail('unclosed left parenthesis', lexer.at);
    if (lexer.inBrackets) fail('unclosed left bracket', lexer.at);
    return take(lexer, 'end', '');
  }
  const number = /^(\d|\.\d)/.test(rest) ? numberToken(lexer, rest) : undefined;
  if (number !== undefined) return number;
  const operator = /^(==|!=|<=|<\/|<|>=|>\/|>|[-+*/%^@])/.exec(rest)?.[0];
  if (operator !== undefined) return take(lexer, 'operator', operator);
  if (rest.startsWith('=~')) fail("unexpected character after '=': '~'", lexer.at);
  if (char === '!')
    fail(`unexpected character after '!': ${rest.length > 1 ? rune(rest[1] as string) : '-1'}`, lexer.at);
  if (char === ',' || char === '=') return take(lexer, 'punctuation', char);
  if (/["'`]/.test(char)) return stringToken(lexer, rest);
  if (/[A-Za-z_:]/.test(char)) return wordToken(lexer, rest, char);
  if (char === '(' || char === ')') return paren(lexer, char);
  if (char === '{') {
    lexer.inBraces = true;
    return take(lexer, 'punctuation', char);
  }
  if (char === '[') {
    if (lexer.inBrackets) fail(`unexpected left bracket ${rune(char)}`, lexer.at);
    Object.assign(lexer, { inBrackets: true, inDuration: true, hasColon: false, hasDuration: false });
    return take(lexer, 'punctuation', char);
  }
  if (char === ']') {
    if (!lexer.inBrackets) fail(`unexpected right bracket ${rune(char)}`, lexer.at);
    lexer.inBrackets = false;
    return take(lexer, 'punctuation', char);
  }
  return fail(`unexpected character: ${rune(char)}`, lexer.at);
}

function paren(lexer: Lexer, char: string): Token {
  const token = take(lexer, 'punctuation', char);
  lexer.parens += char === '(' ? 1 : -1;
  if (lexer.parens < 0) fail(`unexpected right parenthesis ${rune(char)}`, lexer.at);
  return token;
}

function wordToken(lexer: Lexer, rest: string, char: string): Token {
  if (lexer.inBrackets) {
    if (char === ':' && !lexer.hasColon) {
      lexer.hasColon = true;
      return take(lexer, 'punctuation', char);
    }
    if (char === ':') fail(`unexpected colon ${rune(char)}`, lexer.at);
    const keyword = /^(step|range|max_of|min_of)\b/i.exec(rest)?.[0];
    if (keyword !== undefined) return take(lexer, 'preprocessor', keyword);
    fail(`unexpected character: ${rune(char)}, expected ':'`, lexer.at);
  }
  const word = /^[A-Za-z0-9_:]+/.exec(rest)?.[0] as string;
  if (fills.test(word) && /^\s*\(/.test(rest.slice(word.length))) return take(lexer, 'keyword', word);
  const kind = words.get(word.toLowerCase()) ?? (word.includes(':') ? 'metric identifier' : 'identifier');
  return take(lexer, kind, word);
}

function stringToken(lexer: Lexer, rest: string): Token {
  const open = rest[0] as string;
  const body = open === '`' ? /^`[^`]*`/ : new RegExp(`^${open}(?:[^\\\\\\n${open}]|\\\\[^])*${open}`);
  const text = body.exec(rest)?.[0];
  const read = unquote(text ?? rest);
  if ('error' in read) fail(read.error, lexer.at);
  return take(lexer, 'string', text ?? rest);
}

function numberToken(lexer: Lexer, rest: string): Token {
  const number =
    /^(0[xX]_?[0-9a-fA-F]*(_[0-9a-fA-F]+)*|(\d+(_\d+)*\.?|\.\d+)(\d+(_\d+)*)*([eE][+-]?\d+)?)(?![\w.])/.exec(rest)?.[0];
  if (number !== undefined) return take(lexer, 'number', number);
  const duration = /^\d+[smhdwy]s?(\d+[smhdw]s?)*(?!\w)/.exec(rest)?.[0];
  if (duration !== undefined) return take(lexer, 'duration', duration);
  const bad =
    /^(\d*\.){2}/.exec(rest)?.[0] ??
    /^\d+[smhdwy]s?(\d+[smhdw]s?)*(\d+|\w)?/.exec(rest)?.[0] ??
    /^[\d.]+\w?/.exec(rest)?.[0];
  return fail(`bad number or duration syntax: "${bad}"`, lexer.at);
}

function inBraces(lexer: Lexer, rest: string): Token {
  const char = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  if (rest === '') fail('unexpected end of input inside braces', lexer.at);
  const word = /^[A-Za-z_][A-Za-z0-9_]*/.exec(rest)?.[0];
  if (word !== undefined) return take(lexer, 'identifier', word);
  if (/["'`]/.test(char)) return stringToken(lexer, rest);
  const operator = /^(=~|!~|!=)/.exec(rest)?.[0];
  if (operator !== undefined) return take(lexer, 'operator', operator);
  if (char === ',' || char === '=') return take(lexer, 'punctuation', char);
  if (char === '}') {
    lexer.inBraces = false;
    return take(lexer, 'punctuation', char);
  }
  if (char === '!') {
    fail(`unexpected character after '!' inside braces: ${rest.length > 1 ? rune(rest[1] as string) : '-1'}`, lexer.at);
  }
  if (char === '{') fail(`unexpected left brace ${rune(char)}`, lexer.at);
  return fail(`unexpected character inside braces: ${rune(char)}`, lexer.at);
}

function inDuration(lexer: Lexer, rest: string): Token {
  const char = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  if (rest === '') fail('unexpected end of input in duration expression', lexer.at);
  if (char === ']') {
    Object.assign(lexer, { inBrackets: false, inDuration: false, hasColon: false });
    return take(lexer, 'punctuation', char);
  }
  if (char === ':') {
    const token = take(lexer, 'punctuation', char);
    if (!lexer.hasDuration) fail('unexpected colon before duration in duration expression', lexer.at);
    if (lexer.hasColon) fail('unexpected repeated colon in duration expression', lexer.at);
    lexer.hasColon = true;
    return token;
  }
  if (char === '(' || char === ')') return paren(lexer, char);
  if (/[-+*/%^]/.test(char)) return take(lexer, 'operator', char);
  if (char === ',') return take(lexer, 'punctuation', char);
  const keyword = /^(step|range|max_of|min_of)\b/i.exec(rest)?.[0];
  if (keyword !== undefined) return take(lexer, 'preprocessor', keyword);
  if (/^(\d|\.\d)/.test(rest)) {
    Object.assign(lexer, { hasDuration: true, inDuration: false });
    return numberToken(lexer, rest);
  }
  return fail(`unexpected character in duration expression: ${rune(char)}`, lexer.at);
}

/** A token as an error names it. */
export function nameOf({ kind, text }: Token): string {
  const quoted = JSON.stringify(text);
  const short = text.length > 10 ? `${JSON.stringify(text.slice(0, 10))}...` : quoted;
  switch (kind) {
    case 'end':
      return 'end of input';
    case 'operator':
      return `<op:${text}>`;
    case 'keyword':
      return `<${text}>`;
    case 'aggregator':
      return `<aggr:${text}>`;
    case 'punctuation':
    case 'preprocessor':
      return short;
    case 'identifier':
    case 'metric identifier':
      return `${kind} ${quoted}`;
    default:
      return `${kind} ${short}`;
  }
}
