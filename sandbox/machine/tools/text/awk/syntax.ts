// The awk language as a tree (POSIX awk, "Grammar"), as mawk reads it.
import { ToolEnd } from '../../tool.ts';

export type Expr =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'regex'; readonly source: string }
  | { readonly type: 'field'; readonly index: Expr }
  | { readonly type: 'variable'; readonly name: string }
  | { readonly type: 'element'; readonly name: string; readonly keys: readonly Expr[] }
  | { readonly type: 'assign'; readonly sign: string; readonly target: Expr; readonly value: Expr }
  | { readonly type: 'step'; readonly by: 1 | -1; readonly before: boolean; readonly target: Expr }
  | { readonly type: 'unary'; readonly sign: '!' | '-' | '+'; readonly body: Expr }
  | { readonly type: 'binary'; readonly sign: string; readonly left: Expr; readonly right: Expr }
  | { readonly type: 'choice'; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
  | { readonly type: 'in'; readonly keys: readonly Expr[]; readonly name: string }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Expr[] }
  | { readonly type: 'builtin'; readonly name: string; readonly args: readonly Expr[] }
  | {
      readonly type: 'getline';
      readonly target: Expr | undefined;
      readonly file: Expr | undefined;
      readonly command: Expr | undefined;
    };

export type Statement =
  | { readonly type: 'expression'; readonly body: Expr }
  | {
      readonly type: 'print';
      readonly format: boolean;
      readonly args: readonly Expr[];
      readonly to: { readonly sign: '>' | '>>' | '|'; readonly name: Expr } | undefined;
    }
  | { readonly type: 'block'; readonly body: readonly Statement[] }
  | { readonly type: 'if'; readonly test: Expr; readonly then: Statement; readonly otherwise: Statement | undefined }
  | { readonly type: 'while'; readonly test: Expr; readonly body: Statement }
  | { readonly type: 'do'; readonly test: Expr; readonly body: Statement }
  | {
      readonly type: 'for';
      readonly start: Statement | undefined;
      readonly test: Expr | undefined;
      readonly step: Statement | undefined;
      readonly body: Statement;
    }
  | { readonly type: 'each'; readonly variable: string; readonly name: string; readonly body: Statement }
  | { readonly type: 'delete'; readonly name: string; readonly keys: readonly Expr[] | undefined }
  | { readonly type: 'next' | 'nextfile' | 'break' | 'continue' }
  | { readonly type: 'exit' | 'return'; readonly value: Expr | undefined };

export interface Rule {
  readonly when: 'BEGIN' | 'END' | 'always' | 'pattern' | 'range';
  readonly from?: Expr;
  readonly to?: Expr;
  readonly body: readonly Statement[];
}

export interface Program {
  readonly rules: readonly Rule[];
  readonly functions: ReadonlyMap<string, { readonly params: readonly string[]; readonly body: readonly Statement[] }>;
}

interface Token {
  readonly kind: 'number' | 'string' | 'regex' | 'name' | 'function' | 'builtin' | 'word' | 'sign' | 'newline' | 'end';
  readonly text: string;
  readonly line: number;
}

const words = new Set([
  'BEGIN',
  'END',
  'function',
  'if',
  'else',
  'while',
  'do',
  'for',
  'break',
  'continue',
  'next',
  'nextfile',
  'exit',
  'return',
  'delete',
  'in',
  'getline',
  'print',
  'printf',
]);
/** How many arguments each function takes. */
const builtins = new Map<string, readonly [least: number, most: number]>([
  ['length', [0, 1]],
  ['substr', [2, 3]],
  ['index', [2, 2]],
  ['split', [2, 3]],
  ['sub', [2, 3]],
  ['gsub', [2, 3]],
  ['match', [2, 2]],
  ['sprintf', [1, 255]],
  ['sin', [1, 1]],
  ['cos', [1, 1]],
  ['atan2', [2, 2]],
  ['exp', [1, 1]],
  ['log', [1, 1]],
  ['sqrt', [1, 1]],
  ['int', [1, 1]],
  ['rand', [0, 0]],
  ['srand', [0, 1]],
  ['tolower', [1, 1]],
  ['toupper', [1, 1]],
  ['system', [1, 1]],
  ['close', [1, 1]],
  ['fflush', [0, 1]],
  ['systime', [0, 0]],
  ['strftime', [0, 3]],
  ['mktime', [1, 1]],
]);
const signs = [
  '&&',
  '||',
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '^=',
  '==',
  '<=',
  '>=',
  '!=',
  '!~',
  '>>',
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  ';',
  ',',
  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
  '!',
  '>',
  '<',
  '|',
  '?',
  ':',
  '~',
  '$',
  '=',
];

/** Escapes of a string, and of a value that is given on the line. */
export function unquoted(text: string): string {
  return text.replaceAll(/\\(\r?\n|[0-7]{1,3}|x[0-9a-fA-F]{1,2}|[\s\S])/g, (whole, letter: string) => {
    if (/^\r?\n$/.test(letter)) return '';
    if (letter.length > 1 && letter.startsWith('x')) return String.fromCharCode(Number.parseInt(letter.slice(1), 16));
    if (/^[0-7]/.test(letter)) return String.fromCharCode(Number.parseInt(letter, 8));
    const plain: Readonly<Record<string, string>> = {
      n: '\n',
      t: '\t',
      r: '\r',
      '\\': '\\',
      '"': '"',
      a: '\x07',
      b: '\b',
      f: '\f',
      v: '\v',
    };
    return plain[letter] ?? whole;
  });
}

function lex(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  const push = (kind: Token['kind'], text: string): void => {
    tokens.push({ kind, text, line });
  };
  while (at < source.length) {
    const rest = source.slice(at);
    let found = /^([ \t\r]+|\\\r?\n|#[^\n]*)/.exec(rest);
    if (found !== null) {
      if (found[0].includes('\n')) line++;
      at += found[0].length;
      continue;
    }
    if (rest.startsWith('\n')) {
      push('newline', '\n');
      line++;
      at++;
      continue;
    }
    found = /^((\d+\.?\d*|\.\d+)([eE][-+]?\d+)?)/.exec(rest);
    if (found !== null) {
      push('number', found[0]);
      at += found[0].length;
      continue;
    }
    found = /^[A-Za-z_][A-Za-z0-9_]*/.exec(rest);
    if (found !== null) {
      const [name] = found;
      at += name.length;
      push(words.has(name) ? 'word' : builtins.has(name) ? 'builtin' : source[at] === '(' ? 'function' : 'name', name);
      continue;
    }
    if (rest.startsWith('"')) {
      found = /^"((?:[^"\\\n]|\\[\s\S])*)"/.exec(rest);
      if (found === null) throw new ToolEnd(`line ${line}: runaway string constant "${rest.slice(1, 11)} ...`, 2);
      push('string', unquoted(found[1] ?? ''));
      at += found[0].length;
      continue;
    }
    const last = tokens.at(-1);
    const operand =
      last !== undefined &&
      (['number', 'string', 'name', 'regex'].includes(last.kind) ||
        (last.kind === 'sign' && [')', ']', '$', '++', '--'].includes(last.text)) ||
        (last.kind === 'builtin' && last.text === 'length'));
    if (rest.startsWith('/') && !operand) {
      found = /^\/((?:[^/\\\n[]|\\[^\n]|\[\^?\]?(?:[^\]\n\\]|\\.)*\])*)\//.exec(rest);
      if (found === null)
        throw new ToolEnd(
          `line ${line}: runaway regular expression ${rest.replaceAll('\\/', '/').slice(0, 11)} ...`,
          2,
        );
      push('regex', (found[1] ?? '').replaceAll('\\/', '/'));
      at += found[0].length;
      continue;
    }
    const sign = signs.find((one) => rest.startsWith(one));
    if (sign === undefined) throw new ToolEnd(`${line}: unexpected character '${rest[0]}'`, 2);
    push('sign', sign);
    at += sign.length;
  }
  push('newline', '\n');
  line++;
  push('end', '');
  return tokens;
}

/**
 * @param faultOf what is wrong with a regular expression
 * @throws ToolEnd with mawk's words and exit code 2.
 */
export function parse(source: string, faultOf: (regex: string) => string | undefined): Program {
  const tokens = lex(source);
  let at = 0;
  let open = 0;
  /** Loops that are open, and the place in which statements stand. */
  let loops = 0;
  let place: 'BEGIN' | 'END' | 'rule' | 'function' = 'rule';
  /** What is wrong without keeping the rest from being read. */
  const problems: string[] = [];
  const wrong = (message: string): void => {
    problems.push(`line ${peek().line}: ${message}`);
  };
  const kinds = new Map<string, 'array' | 'variable'>();
  let params: readonly string[] = [];
  /** Names are arrays or hold values from their first use on. */
  const mark = (name: string, kind: 'array' | 'variable'): void => {
    const known = kinds.get(name) ?? kind;
    if (params.includes(name)) return;
    if (known !== kind) wrong(`illegal reference to ${known} ${name}`);
    kinds.set(name, known);
  };
  const peek = (): Token => tokens[at] as Token;
  const is = (text: string): boolean => (peek().kind === 'sign' || peek().kind === 'word') && peek().text === text;
  const fail = (): never => {
    const { kind, text, line } = peek();
    const end = (message: string): never => {
      throw new ToolEnd([...problems, message].join('\nawk: '), 2);
    };
    const round = tokens
      .slice(0, at)
      .reduce((sum, token) => sum + (token.kind === 'sign' ? parenthesis(token.text) : 0), 0);
    if (round > 0 && (is(';') || is('}'))) end(`line ${line}: missing ) near ${text}`);
    if (round <= 0 && is(')')) end(`line ${line}: extra ')'`);
    if (kind === 'end' || (kind === 'newline' && tokens[at + 1]?.kind === 'end')) {
      return end(
        open > 0
          ? `line ${tokens.at(-1)?.line}: missing } near end of file`
          : `line ${line}: syntax error at or near end of line`,
      );
    }
    return end(`line ${line}: syntax error at or near ${kind === 'newline' ? 'end of line' : text}`);
  };
  const take = (text: string): void => {
    if (!is(text)) fail();
    at++;
  };
  const accept = (text: string): boolean => {
    if (!is(text)) return false;
    at++;
    return true;
  };
  const lines = (): void => {
    while (peek().kind === 'newline') at++;
  };
  const ends = (): void => {
    while (peek().kind === 'newline' || is(';')) at++;
  };

  function block(): readonly Statement[] {
    lines();
    take('{');
    open++;
    const body: Statement[] = [];
    ends();
    while (!is('}')) {
      if (peek().kind === 'end') fail();
      body.push(statement());
      ends();
    }
    at++;
    open--;
    return body;
  }

  function simpleOrBlock(): Statement {
    lines();
    if (is('}')) return { type: 'block', body: [] };
    if (is(';')) {
      at++;
      return { type: 'block', body: [] };
    }
    return statement();
  }

  function loopBody(): Statement {
    loops++;
    const body = simpleOrBlock();
    loops--;
    return body;
  }

  function finish(): void {
    if (is(';') || peek().kind === 'newline') at++;
    else if (!is('}') && peek().kind !== 'end') fail();
  }

  function statement(): Statement {
    if (is('{')) return { type: 'block', body: block() };
    const { kind, text } = peek();
    if (kind === 'word') {
      switch (text) {
        case 'if': {
          at++;
          take('(');
          const test = expression();
          take(')');
          const then = simpleOrBlock();
          const mark = at;
          ends();
          if (!accept('else')) {
            at = mark;
            return { type: 'if', test, then, otherwise: undefined };
          }
          return { type: 'if', test, then, otherwise: simpleOrBlock() };
        }
        case 'while': {
          at++;
          take('(');
          const test = expression();
          take(')');
          if (is(';')) {
            at++;
            return { type: 'while', test, body: { type: 'block', body: [] } };
          }
          return { type: 'while', test, body: loopBody() };
        }
        case 'do': {
          at++;
          const body = loopBody();
          ends();
          take('while');
          take('(');
          const test = expression();
          take(')');
          finish();
          return { type: 'do', test, body };
        }
        case 'for':
          return loop();
        case 'break':
        case 'continue':
        case 'next':
        case 'nextfile':
          if (/^[bc]/.test(text) && loops === 0) wrong(`${text} statement outside of loop`);
          if (text.startsWith('next') && place !== 'rule') wrong(`improper use of ${text}`);
          at++;
          finish();
          return { type: text };
        case 'exit':
        case 'return': {
          if (text === 'return' && place !== 'function') wrong('return outside function body');
          at++;
          const value = is(';') || is('}') || peek().kind === 'newline' ? undefined : expression();
          finish();
          return { type: text, value };
        }
        default:
      }
    }
    const simple = simpleStatement();
    finish();
    return simple;
  }

  function loop(): Statement {
    at++;
    take('(');
    const [first, second, third, fourth] = [peek(), tokens[at + 1], tokens[at + 2], tokens[at + 3]];
    if (first.kind === 'name' && second?.text === 'in' && third?.kind === 'name' && fourth?.text === ')') {
      at += 4;
      mark(first.text, 'variable');
      mark(third.text, 'array');
      return { type: 'each', variable: first.text, name: third.text, body: loopBody() };
    }
    const start = is(';') ? undefined : simpleStatement();
    take(';');
    lines();
    const test = is(';') ? undefined : expression();
    take(';');
    lines();
    const step = is(')') ? undefined : simpleStatement();
    take(')');
    return { type: 'for', start, test, step, body: loopBody() };
  }

  function simpleStatement(): Statement {
    if (is('print') || is('printf')) return printing();
    if (accept('delete')) {
      const name = peek().text;
      if (peek().kind !== 'name') fail();
      mark(name, 'array');
      at++;
      if (!accept('[')) return { type: 'delete', name, keys: undefined };
      const keys = list(']');
      return { type: 'delete', name, keys };
    }
    return { type: 'expression', body: expression() };
  }

  function printing(): Statement {
    const format = peek().text === 'printf';
    at++;
    let args: Expr[] = [];
    const stops = (): boolean =>
      is(';') || is('}') || is('>') || is('>>') || is('|') || peek().kind === 'newline' || peek().kind === 'end';
    if (is('(')) {
      // Parentheses around all arguments, or around the beginning of the first.
      const mark = at;
      at++;
      const inner = list(')');
      if (stops()) args = [...inner];
      else at = mark;
    }
    if (args.length === 0 && !stops()) {
      do {
        lines();
        args.push(ternary(true));
      } while (accept(','));
    }
    if (format && args.length === 0) wrong('no arguments in call to printf');
    const { text } = peek();
    if (is('>') || is('>>') || is('|')) {
      at++;
      const name = ternary(true);
      return { type: 'print', format, args, to: { sign: text as '>' | '>>' | '|', name } };
    }
    return { type: 'print', format, args, to: undefined };
  }

  function list(close: string): readonly Expr[] {
    const all: Expr[] = [];
    lines();
    while (!is(close)) {
      all.push(expression());
      lines();
      if (!is(close)) take(',');
      lines();
    }
    at++;
    return all;
  }

  function expression(): Expr {
    return ternary(false);
  }

  const isTarget = (expr: Expr): boolean =>
    expr.type === 'variable' || expr.type === 'field' || expr.type === 'element';

  function ternary(noGreater: boolean): Expr {
    const test = or(noGreater);
    if (is('?')) {
      at++;
      lines();
      const yes = ternary(noGreater);
      lines();
      take(':');
      lines();
      return { type: 'choice', test, yes, no: ternary(noGreater) };
    }
    const { kind, text } = peek();
    if (kind === 'sign' && ['=', '+=', '-=', '*=', '/=', '%=', '^='].includes(text) && isTarget(test)) {
      at++;
      lines();
      return { type: 'assign', sign: text, target: test, value: ternary(noGreater) };
    }
    return test;
  }

  function or(noGreater: boolean): Expr {
    let left = and(noGreater);
    while (accept('||')) {
      lines();
      left = { type: 'binary', sign: '||', left, right: and(noGreater) };
    }
    return left;
  }

  function and(noGreater: boolean): Expr {
    let left = membership(noGreater);
    while (accept('&&')) {
      lines();
      left = { type: 'binary', sign: '&&', left, right: membership(noGreater) };
    }
    return left;
  }

  function membership(noGreater: boolean): Expr {
    let left = matching(noGreater);
    while (is('in')) {
      at++;
      mark(peek().text, 'array');
      left = { type: 'in', keys: [left], name: peek().text };
      at++;
    }
    return left;
  }

  function matching(noGreater: boolean): Expr {
    let left = comparison(noGreater);
    while (is('~') || is('!~')) {
      const sign = peek().text;
      at++;
      left = { type: 'binary', sign, left, right: comparison(noGreater) };
    }
    return left;
  }

  function comparison(noGreater: boolean): Expr {
    let left = concatenation(noGreater);
    for (;;) {
      const { kind, text } = peek();
      if (kind === 'sign' && ['<', '<=', '==', '!=', '>=', ...(noGreater ? [] : ['>'])].includes(text)) {
        at++;
        left = { type: 'binary', sign: text, left, right: concatenation(noGreater) };
      } else return left;
    }
  }

  function target(): Expr | undefined {
    const { kind } = peek();
    if (kind !== 'name' && !is('$')) return undefined;
    return postfix();
  }

  function concatenation(noGreater: boolean): Expr {
    let left = additive();
    for (;;) {
      const { kind, text } = peek();
      const starts =
        ['number', 'string', 'regex', 'name', 'function', 'builtin'].includes(kind) ||
        (kind === 'sign' && ['$', '!', '(', '-', '+', '++', '--'].includes(text));
      if (!starts || (noGreater && kind === 'word')) return left;
      left = { type: 'binary', sign: ' ', left, right: additive() };
    }
  }

  function additive(): Expr {
    let left = multiplicative();
    while (is('+') || is('-')) {
      const sign = peek().text;
      at++;
      left = { type: 'binary', sign, left, right: multiplicative() };
    }
    return left;
  }

  function multiplicative(): Expr {
    let left = unary();
    while (is('*') || is('/') || is('%')) {
      const sign = peek().text;
      at++;
      left = { type: 'binary', sign, left, right: unary() };
    }
    return left;
  }

  function unary(): Expr {
    if (is('!') || is('-') || is('+')) {
      const sign = peek().text as '!' | '-' | '+';
      at++;
      return { type: 'unary', sign, body: unary() };
    }
    return power();
  }

  function power(): Expr {
    const base = postfix();
    if (!accept('^')) return base;
    const right: Expr = is('-') || is('+') || is('!') ? unary() : power();
    return { type: 'binary', sign: '^', left: base, right };
  }

  /** A command binds as tightly as mawk has it: only what stands right before the pipe is its line. */
  function postfix(): Expr {
    let body = stepped();
    while (is('|') && tokens[at + 1]?.text === 'getline' && tokens[at + 1]?.kind === 'word') {
      at += 2;
      body = { type: 'getline', command: body, file: undefined, target: target() };
    }
    return body;
  }

  function stepped(): Expr {
    if (is('++') || is('--')) {
      const by = peek().text === '++' ? 1 : -1;
      at++;
      return { type: 'step', by, before: true, target: stepped() };
    }
    const body = primary();
    if (isTarget(body) && (is('++') || is('--'))) {
      const by = peek().text === '++' ? 1 : -1;
      at++;
      return { type: 'step', by, before: false, target: body };
    }
    return body;
  }

  function primary(): Expr {
    const { kind, text } = peek();
    at++;
    if (kind === 'number') return { type: 'number', value: Number(text) };
    if (kind === 'string') return { type: 'string', value: text };
    if (kind === 'regex') {
      const fault = faultOf(text);
      if (fault !== undefined) throw new ToolEnd([...problems, `line ${peek().line}: ${fault}`].join('\nawk: '), 2);
      return { type: 'regex', source: text };
    }
    if (kind === 'name') {
      // A name by itself may be an array where a function takes it.
      if (isArgument && !is('[') && (is(',') || is(')'))) return { type: 'variable', name: text };
      mark(text, is('[') ? 'array' : 'variable');
      if (!accept('[')) return { type: 'variable', name: text };
      return { type: 'element', name: text, keys: list(']') };
    }
    if (kind === 'function') {
      take('(');
      return { type: 'call', name: text, args: argumentsOf() };
    }
    if (kind === 'builtin') {
      const takesArray = text === 'split' || text === 'length';
      const args = accept('(') ? (takesArray ? argumentsOf() : list(')')) : [];
      const [least, most] = builtins.get(text) ?? [0, 0];
      if (args.length < least || args.length > most) wrong(`wrong number of arguments in call to ${text}`);
      const array = text === 'split' ? args[1] : undefined;
      if (array?.type === 'variable') mark(array.name, 'array');
      return { type: 'builtin', name: text, args };
    }
    if (kind === 'sign' && text === '$') {
      if (is('++') || is('--') || is('-') || is('+'))
        return { type: 'field', index: is('-') || is('+') ? unary() : stepped() };
      // NF is a field itself: what counts it up comes first.
      if (peek().text === 'NF' && peek().kind === 'name') return { type: 'field', index: stepped() };
      return { type: 'field', index: primary() };
    }
    if (kind === 'sign' && text === '(') {
      const inner = list(')');
      if (is('in') && peek().kind === 'word') {
        at++;
        const name = peek().text;
        at++;
        return { type: 'in', keys: inner, name };
      }
      const [only] = inner;
      if (only === undefined || inner.length > 1) {
        at--;
        return fail();
      }
      // In parentheses a name is no longer a place that can be assigned to, but its value.
      return { type: 'choice', test: { type: 'number', value: 1 }, yes: only, no: only };
    }
    if (kind === 'word' && text === 'getline') {
      const into = target();
      if (!accept('<')) return { type: 'getline', target: into, file: undefined, command: undefined };
      return { type: 'getline', target: into, file: postfix(), command: undefined };
    }
    at--;
    return fail();
  }

  let isArgument = false;
  function argumentsOf(): readonly Expr[] {
    const outer = isArgument;
    isArgument = true;
    const all = list(')');
    isArgument = outer;
    return all;
  }

  const rules: Rule[] = [];
  const functions = new Map<string, { params: readonly string[]; body: readonly Statement[] }>();
  ends();
  while (peek().kind !== 'end') {
    if (is('}')) {
      wrong("extra '}'");
      wrong('syntax error at or near end of line');
      break;
    }
    if (accept('function')) {
      const name = peek().text;
      at++;
      take('(');
      if (functions.has(name)) wrong(`redefinition of ${name}`);
      const own: string[] = [];
      while (!is(')')) {
        if (peek().kind !== 'name') fail();
        own.push(peek().text);
        at++;
        if (!is(')')) take(',');
        lines();
      }
      at++;
      params = own;
      place = 'function';
      functions.set(name, { params: own, body: block() });
      params = [];
      place = 'rule';
    } else if (is('BEGIN') || is('END')) {
      const when = peek().text as 'BEGIN' | 'END';
      at++;
      place = when;
      rules.push({ when, body: block() });
      place = 'rule';
    } else if (is('{')) rules.push({ when: 'always', body: block() });
    else {
      const from = expression();
      const whole: readonly Statement[] = [{ type: 'print', format: false, args: [], to: undefined }];
      if (accept(',')) {
        lines();
        const to = expression();
        rules.push({ when: 'range', from, to, body: is('{') ? block() : whole });
      } else rules.push({ when: 'pattern', from, body: is('{') ? block() : whole });
    }
    ends();
  }
  if (problems.length > 0) throw new ToolEnd(problems.join('\nawk: '), 2);
  checkCalls(functions, tokens);
  return { rules, functions };
}

function parenthesis(sign: string): number {
  return sign === '(' ? 1 : sign === ')' ? -1 : 0;
}

/** A function that is called must be there before anything runs. */
function checkCalls(functions: ReadonlyMap<string, unknown>, tokens: readonly Token[]): void {
  const missing = tokens.find(
    ({ kind, text }, index) => kind === 'function' && !functions.has(text) && tokens[index - 1]?.text !== 'function',
  );
  if (missing !== undefined)
    throw new ToolEnd(`line ${tokens.at(-1)?.line}: function ${missing.text} never defined`, 2);
}
