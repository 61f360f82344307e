// jq's language as a tree (jq 1.6 manual). Lexer and parser in one: a string may hold programs.
import type { Json } from './json.ts';

export type Node =
  | { readonly type: 'identity' | 'recurse' | 'break'; readonly label?: string }
  | { readonly type: 'literal'; readonly value: Json }
  | { readonly type: 'text'; readonly format: string | undefined; readonly parts: readonly (string | Node)[] }
  | { readonly type: 'format'; readonly name: string }
  | { readonly type: 'index'; readonly of: Node; readonly by: Node }
  | { readonly type: 'slice'; readonly of: Node; readonly from: Node | undefined; readonly to: Node | undefined }
  | { readonly type: 'each'; readonly of: Node }
  | { readonly type: 'array'; readonly body: Node | undefined }
  | { readonly type: 'object'; readonly entries: readonly { readonly key: Node; readonly value: Node }[] }
  | { readonly type: 'negate'; readonly body: Node }
  | { readonly type: 'pipe' | 'comma'; readonly left: Node; readonly right: Node }
  | {
      readonly type: 'operator';
      readonly sign: string;
      readonly left: Node;
      readonly right: Node;
      readonly at: number;
    }
  | { readonly type: 'if'; readonly test: Node; readonly then: Node; readonly otherwise: Node }
  | { readonly type: 'try'; readonly body: Node; readonly handler: Node | undefined }
  | {
      readonly type: 'reduce';
      readonly source: Node;
      readonly pattern: Pattern;
      readonly start: Node;
      readonly update: Node;
    }
  | {
      readonly type: 'foreach';
      readonly source: Node;
      readonly pattern: Pattern;
      readonly start: Node;
      readonly update: Node;
      readonly extract: Node | undefined;
    }
  | { readonly type: 'define'; readonly definition: Definition; readonly body: Node }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Node[]; readonly at: number }
  | { readonly type: 'variable'; readonly name: string; readonly at: number }
  | { readonly type: 'bind'; readonly source: Node; readonly pattern: Pattern; readonly body: Node }
  | { readonly type: 'label'; readonly name: string; readonly body: Node };

export type Pattern =
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'array'; readonly parts: readonly Pattern[] }
  | {
      readonly type: 'object';
      readonly parts: readonly {
        readonly key: Node;
        readonly name: string | undefined;
        readonly pattern: Pattern | undefined;
      }[];
    };

export interface Definition {
  readonly name: string;
  readonly params: readonly string[];
  readonly body: Node;
}

interface Token {
  readonly kind: 'name' | 'field' | 'variable' | 'number' | 'text' | 'format' | 'sign' | 'end';
  readonly text: string;
  /** Where it begins in the program. */
  readonly at: number;
  readonly parts?: readonly (string | Node)[];
}

/** A program that is none, in the words of jq's parser. */
export class SyntaxProblem {
  readonly message: string;
  /** Where in the program. */
  readonly at: number;
  /** Where an `if` begins that has no end. */
  unterminated: number | undefined;
  constructor(message: string, at: number) {
    this.message = message;
    this.at = at;
  }
}

const signs = [
  '?//=',
  '?//',
  '|=',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '//=',
  '==',
  '!=',
  '<=',
  '>=',
  '//',
  '..',
  '|',
  ',',
  '.',
  '[',
  ']',
  '(',
  ')',
  '{',
  '}',
  ':',
  ';',
  '=',
  '<',
  '>',
  '+',
  '-',
  '*',
  '/',
  '%',
  '?',
  '$',
].sort((a, b) => b.length - a.length);
const keywords = new Set([
  'def',
  'if',
  'then',
  'elif',
  'else',
  'end',
  'as',
  'reduce',
  'foreach',
  'try',
  'catch',
  'label',
  'import',
  'include',
  'and',
  'or',
  '__loc__',
]);

export function parseProgram(source: string): Node {
  const tokens = lex(source, 0, false).tokens;
  const parser = createParser(tokens);
  return parser.program();
}

export function parseDefinitions(source: string): readonly Definition[] {
  const parser = createParser(lex(source, 0, false).tokens);
  return parser.definitions();
}

function unexpected(what: string, at: number, expecting = ''): SyntaxProblem {
  const wanted = expecting === '' ? '' : `, expecting ${expecting}`;
  return new SyntaxProblem(`syntax error, unexpected ${what}${wanted} (Unix shell quoting issues?)`, at);
}

/** Tokens until the end, or, within a string, until the parenthesis that closes `\(`. */
function lex(
  source: string,
  start: number,
  nested: boolean,
): { readonly tokens: readonly Token[]; readonly end: number } {
  const tokens: Token[] = [];
  let at = start;
  let depth = 0;
  while (at < source.length) {
    const rest = source.slice(at);
    const [blank] = /^(\s+|#[^\n]*)+/.exec(rest) ?? [];
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    let found = /^\.[A-Za-z_][A-Za-z0-9_]*/.exec(rest);
    if (found !== null) {
      tokens.push({ kind: 'field', text: found[0].slice(1), at });
      at += found[0].length;
      continue;
    }
    found = /^\$(__loc__|[A-Za-z_][A-Za-z0-9_]*(::[A-Za-z_][A-Za-z0-9_]*)*)/.exec(rest);
    if (found !== null) {
      tokens.push({ kind: 'variable', text: found[1] as string, at });
      at += found[0].length;
      continue;
    }
    found = /^([A-Za-z_][A-Za-z0-9_]*(::[A-Za-z_][A-Za-z0-9_]*)*)/.exec(rest);
    if (found !== null) {
      tokens.push({ kind: 'name', text: found[0], at });
      at += found[0].length;
      continue;
    }
    found = /^(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?/.exec(rest);
    if (found !== null) {
      tokens.push({ kind: 'number', text: found[0], at });
      at += found[0].length;
      continue;
    }
    found = /^@[A-Za-z0-9_]+/.exec(rest);
    if (found !== null) {
      tokens.push({ kind: 'format', text: found[0], at });
      at += found[0].length;
      continue;
    }
    if (rest.startsWith('"')) {
      const text = lexText(source, at + 1);
      tokens.push({ kind: 'text', text: '', at, parts: text.parts });
      at = text.end;
      continue;
    }
    const sign = signs.find((one) => rest.startsWith(one));
    if (sign === undefined) throw unexpected('INVALID_CHARACTER', at, at === 0 ? '$end' : '');
    if (sign === '(') depth++;
    if (sign === ')' && depth-- === 0 && nested)
      return { tokens: [...tokens, { kind: 'end', text: '', at: tokens.at(-1)?.at ?? 0 }], end: at + 1 };
    tokens.push({ kind: 'sign', text: sign, at });
    at += sign.length;
  }
  if (nested) throw unexpected('$end', tokens.at(-1)?.at ?? 0);
  return { tokens: [...tokens, { kind: 'end', text: '', at: tokens.at(-1)?.at ?? 0 }], end: at };
}

function lexText(source: string, start: number): { readonly parts: readonly (string | Node)[]; readonly end: number } {
  const parts: (string | Node)[] = [];
  let text = '';
  for (let at = start; at < source.length; at++) {
    const character = source[at] as string;
    if (character === '"') return { parts: text === '' && parts.length > 0 ? parts : [...parts, text], end: at + 1 };
    if (character !== '\\') {
      text += character;
      continue;
    }
    const letter = source[++at] ?? '';
    if (letter === '(') {
      const inner = lex(source, at + 1, true);
      if (text !== '') parts.push(text);
      text = '';
      parts.push(createParser(inner.tokens).program());
      at = inner.end - 1;
    } else if (letter === 'u') {
      text += String.fromCharCode(Number.parseInt(source.slice(at + 1, at + 5), 16));
      at += 4;
    } else {
      const plain: Readonly<Record<string, string>> = {
        n: '\n',
        t: '\t',
        r: '\r',
        b: '\b',
        f: '\f',
        '"': '"',
        '\\': '\\',
        '/': '/',
      };
      if (plain[letter] === undefined) throw unexpected('INVALID_CHARACTER', at);
      text += plain[letter];
    }
  }
  throw unexpected('$end', start, 'QQSTRING_TEXT or QQSTRING_INTERP_START or QQSTRING_END');
}

const levels: Readonly<Record<string, readonly [power: number, right: number]>> = {
  '//': [3, 3],
  '=': [4, 5],
  '|=': [4, 5],
  '+=': [4, 5],
  '-=': [4, 5],
  '*=': [4, 5],
  '/=': [4, 5],
  '%=': [4, 5],
  '//=': [4, 5],
  or: [5, 6],
  and: [6, 7],
  '==': [7, 8],
  '!=': [7, 8],
  '<': [7, 8],
  '<=': [7, 8],
  '>': [7, 8],
  '>=': [7, 8],
  '+': [8, 9],
  '-': [8, 9],
  '*': [9, 10],
  '/': [9, 10],
  '%': [9, 10],
};

function createParser(tokens: readonly Token[]) {
  let at = 0;
  const peek = (): Token => tokens[at] as Token;
  const isSign = (text: string): boolean => peek().kind === 'sign' && peek().text === text;
  const isWord = (text: string): boolean => peek().kind === 'name' && peek().text === text;
  const fail = (expecting = ''): never => {
    const { kind, text, at: place } = peek();
    const names: Readonly<Record<Token['kind'], string>> = {
      name: 'IDENT',
      field: 'FIELD',
      variable: "'$'",
      number: 'LITERAL',
      text: 'QQSTRING_START',
      format: 'FORMAT',
      sign: `'${text}'`,
      end: '$end',
    };
    throw unexpected(kind === 'name' && keywords.has(text) ? text : names[kind], place, at === 0 ? '$end' : expecting);
  };
  const takeSign = (text: string, expecting = ''): void => {
    if (!isSign(text)) fail(expecting);
    at++;
  };
  const takeWord = (text: string): void => {
    if (!isWord(text)) fail();
    at++;
  };
  const accept = (text: string): boolean => {
    const found = isSign(text) || isWord(text);
    if (found) at++;
    return found;
  };

  function pipe(): Node {
    if (isWord('def')) {
      const defined = definition();
      return { type: 'define', definition: defined, body: pipe() };
    }
    if (isWord('label')) {
      at++;
      const name = peek().text;
      at++;
      takeSign('|');
      return { type: 'label', name, body: pipe() };
    }
    const left = comma();
    if (!isSign('|')) return left;
    at++;
    return { type: 'pipe', left, right: pipe() };
  }

  function comma(): Node {
    let left = operators(0);
    while (isSign(',')) {
      at++;
      left = { type: 'comma', left, right: operators(0) };
    }
    return left;
  }

  function operators(least: number): Node {
    const { at: begin } = peek();
    let left = prefixed();
    for (;;) {
      const { kind, text } = peek();
      const level =
        kind === 'sign' || (kind === 'name' && (text === 'and' || text === 'or')) ? levels[text] : undefined;
      if (level === undefined || level[0] < least) return left;
      at++;
      left = { type: 'operator', sign: text, left, right: operators(level[1]), at: begin };
    }
  }

  function prefixed(): Node {
    if (isSign('-')) {
      at++;
      return { type: 'negate', body: prefixed() };
    }
    const term = postfix();
    if (!isWord('as')) return term;
    at++;
    const matched = pattern();
    takeSign('|');
    return { type: 'bind', source: term, pattern: matched, body: pipe() };
  }

  function postfix(): Node {
    let term = primary();
    for (;;) {
      const { kind, text } = peek();
      if (kind === 'field') {
        at++;
        term = { type: 'index', of: term, by: { type: 'literal', value: text } };
      } else if (
        isSign('.') &&
        (tokens[at + 1]?.kind === 'text' || (tokens[at + 1]?.kind === 'sign' && tokens[at + 1]?.text === '['))
      ) {
        at++;
        if (peek().kind === 'text') term = { type: 'index', of: term, by: textNode(undefined) };
      } else if (isSign('[')) {
        at++;
        term = bracket(term);
      } else if (isSign('?')) {
        at++;
        term = optional(term);
      } else return term;
    }
  }

  /** `.a.b?` asks of `.b` alone, where what stands in its brackets does not look at the input. */
  function optional(term: Node): Node {
    const tried = (body: Node): Node => ({ type: 'try', body, handler: undefined });
    if (term.type !== 'each' && (term.type !== 'index' || term.by.type !== 'literal')) return tried(term);
    return { type: 'pipe', left: term.of, right: tried({ ...term, of: { type: 'identity' } }) };
  }

  function bracket(of: Node): Node {
    if (accept(']')) return { type: 'each', of };
    if (accept(':')) {
      const to = pipe();
      takeSign(']');
      return { type: 'slice', of, from: undefined, to };
    }
    const by = pipe();
    if (accept(':')) {
      const to = isSign(']') ? undefined : pipe();
      takeSign(']');
      return { type: 'slice', of, from: by, to };
    }
    takeSign(']');
    return { type: 'index', of, by };
  }

  function textNode(format: string | undefined): Node {
    const { parts = [] } = peek();
    at++;
    if (parts.every((part) => typeof part === 'string')) return { type: 'literal', value: parts.join('') };
    return { type: 'text', format, parts };
  }

  function primary(): Node {
    const token = peek();
    const { kind, text } = token;
    if (kind === 'number') {
      at++;
      return { type: 'literal', value: Number(text) };
    }
    if (kind === 'text') return textNode(undefined);
    if (kind === 'format') {
      at++;
      return peek().kind === 'text' ? textNode(text) : { type: 'format', name: text };
    }
    if (kind === 'field') {
      at++;
      return { type: 'index', of: { type: 'identity' }, by: { type: 'literal', value: text } };
    }
    if (kind === 'variable') {
      at++;
      return text === '__loc__'
        ? {
            type: 'literal',
            value: new Map<string, Json>([
              ['file', '<top-level>'],
              ['line', 1],
            ]),
          }
        : { type: 'variable', name: text, at: token.at };
    }
    if (kind === 'sign') return signed(text);
    if (kind !== 'name') return fail();
    return named(text);
  }

  function signed(text: string): Node {
    at++;
    switch (text) {
      case '.':
        if (peek().kind === 'text') return { type: 'index', of: { type: 'identity' }, by: textNode(undefined) };
        return { type: 'identity' };
      case '..':
        return { type: 'recurse' };
      case '(': {
        const inner = pipe();
        takeSign(')');
        return inner;
      }
      case '[': {
        if (accept(']')) return { type: 'array', body: undefined };
        const body = pipe();
        takeSign(']');
        return { type: 'array', body };
      }
      case '{':
        return object();
      default:
        at--;
        return fail();
    }
  }

  function named(text: string): Node {
    const place = peek().at;
    at++;
    switch (text) {
      case 'if':
        return conditional();
      case 'try': {
        const body = postfixOrTerm();
        return {
          type: 'try',
          body,
          handler: accept('catch') ? postfixOrTerm() : { type: 'call', name: 'empty', args: [], at: 0 },
        };
      }
      case 'reduce':
      case 'foreach': {
        const source = postfix();
        takeWord('as');
        const matched = pattern();
        takeSign('(');
        const start = pipe();
        takeSign(';');
        const update = pipe();
        const extract = text === 'foreach' && accept(';') ? pipe() : undefined;
        takeSign(')');
        return text === 'reduce'
          ? { type: 'reduce', source, pattern: matched, start, update }
          : { type: 'foreach', source, pattern: matched, start, update, extract };
      }
      case 'break': {
        if (peek().kind !== 'variable') throw new SyntaxProblem('break requires a label to break to', peek().at);
        const label = peek().text;
        at++;
        return { type: 'break', label };
      }
      case 'def':
        at--;
        return pipe();
      case 'true':
      case 'false':
        return { type: 'literal', value: text === 'true' };
      case 'null':
        return { type: 'literal', value: null };
      default:
        if (keywords.has(text)) {
          at--;
          return fail();
        }
        return { type: 'call', name: text, at: place, args: accept('(') ? args() : [] };
    }
  }

  function postfixOrTerm(): Node {
    if (isSign('-')) {
      at++;
      return { type: 'negate', body: postfix() };
    }
    return postfix();
  }

  function args(): readonly Node[] {
    const all = [pipe()];
    while (accept(';')) all.push(pipe());
    takeSign(')', "';' or ')'");
    return all;
  }

  function conditional(): Node {
    const test = pipe();
    takeWord('then');
    const then = pipe();
    if (accept('elif')) return { type: 'if', test, then, otherwise: conditional() };
    const open = tokens.slice(0, at).findLast(({ kind, text }) => kind === 'name' && text === 'if')?.at ?? 0;
    try {
      takeWord('else');
      const otherwise = pipe();
      takeWord('end');
      return { type: 'if', test, then, otherwise };
    } catch (error) {
      if (error instanceof SyntaxProblem) error.unterminated ??= open;
      throw error;
    }
  }

  function object(): Node {
    const entries: { key: Node; value: Node }[] = [];
    while (!isSign('}')) {
      entries.push(entry());
      if (!isSign('}')) takeSign(',', "'}'");
    }
    at++;
    return { type: 'object', entries };
  }

  function entry(): { key: Node; value: Node } {
    const { kind, text, at: place } = peek();
    let key: Node;
    if (kind === 'variable') {
      at++;
      return { key: { type: 'literal', value: text }, value: { type: 'variable', name: text, at: place } };
    }
    if (kind === 'name') {
      at++;
      key = { type: 'literal', value: text };
    } else if (kind === 'number') {
      at++;
      key = { type: 'literal', value: Number(text) };
    } else if (kind === 'text') key = textNode(undefined);
    else if (kind === 'format') {
      at++;
      key = peek().kind === 'text' ? textNode(text) : { type: 'format', name: text };
    } else if (accept('(')) {
      key = pipe();
      takeSign(')');
    } else return fail();
    if (!accept(':')) return { key, value: { type: 'index', of: { type: 'identity' }, by: key } };
    let value = entryValue();
    while (isSign('|')) {
      at++;
      value = { type: 'pipe', left: value, right: entryValue() };
    }
    return { key, value };
  }

  /** No operators: they need parentheses here. */
  function entryValue(): Node {
    return postfixOrTerm();
  }

  function pattern(): Pattern {
    const { kind, text } = peek();
    if (kind === 'variable') {
      at++;
      return { type: 'name', name: text };
    }
    if (accept('[')) {
      const parts = [pattern()];
      while (accept(',')) parts.push(pattern());
      takeSign(']');
      return { type: 'array', parts };
    }
    takeSign('{');
    const parts: { key: Node; name: string | undefined; pattern: Pattern | undefined }[] = [];
    do {
      const token = peek();
      let key: Node;
      let name: string | undefined;
      if (token.kind === 'variable') {
        at++;
        name = token.text;
        key = { type: 'literal', value: token.text };
      } else if (token.kind === 'name') {
        at++;
        key = { type: 'literal', value: token.text };
      } else if (token.kind === 'text') key = textNode(undefined);
      else {
        takeSign('(');
        key = pipe();
        takeSign(')');
      }
      parts.push({ key, name, pattern: accept(':') ? pattern() : undefined });
    } while (accept(','));
    takeSign('}');
    return { type: 'object', parts };
  }

  function definition(): Definition {
    takeWord('def');
    const name = peek().text;
    if (peek().kind !== 'name') fail();
    at++;
    const params: string[] = [];
    if (accept('(')) {
      do {
        params.push(peek().kind === 'variable' ? `$${peek().text}` : peek().text);
        at++;
      } while (accept(';'));
      takeSign(')');
    }
    takeSign(':');
    const body = pipe();
    takeSign(';');
    return { name, params, body };
  }

  return {
    program(): Node {
      if (peek().kind === 'end') return { type: 'identity' };
      const body = pipe();
      if (peek().kind !== 'end') fail('$end');
      return body;
    },
    definitions(): readonly Definition[] {
      const all: Definition[] = [];
      while (isWord('def')) all.push(definition());
      return all;
    },
  };
}
