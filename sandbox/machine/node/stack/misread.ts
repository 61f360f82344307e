// What cannot be read as a program, in V8's words and at V8's place. QuickJS tells the line, in its own words and mostly without a
// column; the rest is found in the words of the text: which of them cannot stand where it does.
import { type Bracket, endsValue, placeAt, type Token, tokensOf, unreadableAt } from '../syntax/index.ts';

export interface Misread {
  readonly message: string;
  readonly line: number;
  /** What is marked below the line: from 1, and how much. */
  readonly column: number;
  readonly length: number;
  /** It goes on over several lines: nothing is marked. */
  readonly isLong?: boolean;
  /** What Node's reader of TypeScript says besides, of a text that was given on the command line. */
  readonly besides?: string;
}

const firstWithin = /(?:\bclass|\bswitch \( .* \) \{)$/;

/** `??` takes neither `||` nor `&&` beside it without parentheses. */
const isMixed = ({ text, inside }: Token, before: readonly Token[]): boolean =>
  before.some((other) => {
    const isBeside = other.inside === inside || other.inside?.token.start === inside?.token.start;
    return (
      isBeside && (text === '??' ? /^(\|\||&&)$/.test(other.text) : /^(\|\||&&)$/.test(text) && other.text === '??')
    );
  });

const unexpected = ({ kind, text }: Token): string =>
  kind === 'name'
    ? `Unexpected identifier '${text}'`
    : kind === 'string'
      ? 'Unexpected string'
      : kind === 'number'
        ? 'Unexpected number'
        : kind === 'template'
          ? 'Unexpected template string'
          : /^[@#\\]$/.test(text)
            ? 'Invalid or unexpected token'
            : `Unexpected token '${text}'`;

/** How the reader of TypeScript names a word. */
const gotten = (token: Token | undefined): string =>
  token === undefined
    ? '<eof>'
    : token.kind === 'string'
      ? 'string literal'
      : token.kind === 'name'
        ? 'ident'
        : token.kind === 'number'
          ? 'numeric literal'
          : token.text;

const fixed: readonly (readonly [RegExp, string, RegExp])[] = [
  [/^break must be inside/, 'Illegal break statement', /^break$/],
  [/^continue must be inside/, 'Illegal continue statement: no surrounding iteration statement', /^continue$/],
  [/^duplicate default$/, 'More than one default clause in switch statement', /^default$/],
  [/^super\(\) is only valid|^'super' is only valid/, "'super' keyword unexpected here", /^super$/],
  [/^'let' is not a valid lexical/, 'let is disallowed as a lexically bound name', /^let$/],
  [/^invalid keyword: with/, 'Strict mode code may not include a with statement', /^with$/],
  [/^return not in a function/, 'Illegal return statement', /^return$/],
  [
    /^"use strict" not allowed/,
    "Illegal 'use strict' directive in function with non-simple parameter list",
    /^['"]use strict['"]$/,
  ],
  [/^(unsupported keyword: import|expecting '\('.*import)/, 'Cannot use import statement outside a module', /^import$/],
  [/^unsupported keyword: export/, "Unexpected token 'export'", /^export$/],
  [/^function name expected$/, 'Function statements require a function name', /^function$/],
];

/** @param said QuickJS's words. @param line the line that it tells, which may lie behind the text. @param isScript whether it is no module */
export function misreadAt(text: string, said: string, line: number, isScript = false): Misread | undefined {
  const { tokens, open } = tokensOf(text);
  const at = (token: Token, message: string, besides?: string): Misread => {
    const { line: row, column } = placeAt(text, token.start);
    return {
      message,
      line: row,
      column,
      length: token.end - token.start,
      ...(besides === undefined ? {} : { besides }),
    };
  };
  const onLine = tokens.filter((token) => token.line === line);
  const imports = onLine.find((token, index) => {
    const next = onLine[index + 1];
    return token.text === 'import' && token.inside === undefined && /^([\w$]+|[{*]|['"].*)$/.test(next?.text ?? '');
  });
  if (isScript && imports !== undefined) return at(imports, 'Cannot use import statement outside a module');
  const broken = tokens.find(({ kind }) => kind === 'broken');
  if (said === 'unexpected end of string' && broken !== undefined && !broken.text.startsWith('`'))
    return at(broken, 'Invalid or unexpected token', "Expected ',', got '<eof>'");
  const comment = text.lastIndexOf('/*');
  if (comment >= 0 && !text.includes('*/', comment) && tokens.every(({ end }) => end <= comment)) {
    const length = text.length - comment;
    const isLong = text.includes('\n', comment);
    const besides = 'Unterminated block comment';
    return { message: 'Invalid or unexpected token', ...placeAt(text, comment), length, isLong, besides };
  }
  for (const [pattern, words, word] of fixed) {
    if (!pattern.test(said)) continue;
    const found = onLine.findLast((token) => word.test(token.text));
    if (found !== undefined) return at(found, words);
  }
  if (said === 'missing initializer for const variable') {
    const named = tokens.findLast(
      (token, index) =>
        token.line <= line && headOf(tokens, token, index)?.text === 'const' && tokens[index + 1]?.text !== '=',
    );
    return named && at(named, 'Missing initializer in const declaration', "'const' declarations must be initialized");
  }
  if (said === 'unexpected line terminator in regexp') {
    const slash = onLine.findLast((token) => token.text.startsWith('/'));
    return slash && at({ ...slash, end: slash.start + 1 }, 'Invalid regular expression: missing /');
  }
  const opened = /^class statement requires a name|^invalid switch statement/.test(said)
    ? onLine.find((_, index) =>
        firstWithin.test(
          onLine
            .slice(0, index)
            .map(({ text }) => text)
            .join(' '),
        ),
      )
    : undefined;
  if (opened !== undefined) return at(opened, unexpected(opened));
  const arrow = onLine.findIndex(
    ({ text }, index) =>
      text === '=>' && onLine[index - 1]?.text === ')' && onLine[index - 1]?.inside?.holds === 'arguments',
  );
  const list = onLine[arrow - 1];
  const called = tokens[tokens.findIndex(({ start }) => start === list?.inside?.token.start) - 1];
  if (arrow >= 0 && list !== undefined && called !== undefined && /^expecting|^unexpected|^Unexpected/.test(said))
    return at(
      { ...called, end: tokens[tokens.indexOf(list) - 1]?.end ?? list.end },
      'Malformed arrow function parameter list',
    );
  const mixing = /^(expecting ';'|cannot mix)/.test(said)
    ? onLine.find((token, index) => isMixed(token, onLine.slice(0, index)))
    : undefined;
  if (mixing !== undefined) return at(mixing, unexpected(mixing));
  const block = onLine.find(
    ({ text, inside }, index) =>
      text === '{' &&
      (inside === undefined || inside.holds === 'block') &&
      (onLine[index - 1]?.kind === 'name' || onLine[index - 1]?.inside?.holds === 'arguments'),
  );
  if (block !== undefined && said === "expecting ';'") return at(block, unexpected(block));
  if (said === 'expecting catch or finally') {
    const next = tokens.findIndex((token) => token.line >= line);
    const last = tokens[next < 0 ? tokens.length - 1 : next - 1];
    return last?.text === '}' ? at(last, 'Missing catch or finally after try') : undefined;
  }
  const waits = onLine.find(({ text, kind }, index) => {
    const next = onLine[index + 1];
    return text === 'await' && kind === 'name' && next !== undefined && /^(name|number|string)$/.test(next.kind);
  });
  if (waits !== undefined && said === "expecting ';'")
    return at(
      waits,
      'await is only valid in async functions and the top level bodies of modules',
      "Expected ';', '}' or <eof>",
    );
  if (said === 'line terminator not allowed after throw') {
    const word = tokens.findLast((token) => token.line < line && token.text === 'throw');
    return word && at(word, 'Illegal newline after throw');
  }
  if (said === 'invalid assignment left-hand side') return assigned(onLine, at);
  if (said === 'invalid number literal') {
    const number = onLine.find(({ kind }) => kind === 'number');
    return number && at(number, 'Invalid or unexpected token', 'Identifier cannot follow number');
  }
  if (/^invalid redefinition of/.test(said)) return declaredTwice(tokens, line, at);
  const token =
    /^(?:Unexpected|unexpected|expecting|missing formal|string expected|variable name expected|invalid|property name)/.test(
      said,
    )
      ? outOfPlace(tokens, text, line, said)
      : undefined;
  if (token === undefined) return ended(tokens, open, at, text, line, said);
  const before = tokens[tokens.indexOf(token) - 1];
  const { inside } = token;
  if (inside?.holds === 'arguments' && before !== undefined && endsValue(before))
    return at(before, 'missing ) after argument list', `Expected ',', got '${gotten(token)}'`);
  if (inside?.holds === 'parameters' && before !== undefined && endsValue(before))
    return at(token, 'missing ) after formal parameters', `Expected ',', got '${gotten(token)}'`);
  return at(token, unexpected(token), besidesOf(token, before, tokens));
}

function besidesOf(token: Token, before: Token | undefined, tokens: readonly Token[]): string {
  if (before === undefined || !endsValue(before)) return 'Expression expected';
  if (token.inside?.holds === 'head') return `Expected ')', got '${gotten(token)}'`;
  if (token.inside !== undefined && token.inside.holds !== 'block') return `Expected ',', got '${gotten(token)}'`;
  const first = tokens.findLast(({ text, start }) => start < token.start && /^(;|const|let|var)$/.test(text));
  return first === undefined || first.text === ';' ? "Expected ';', '}' or <eof>" : 'Expected a semicolon';
}

/** The word that cannot stand where it does; where all of them may, the one that QuickJS names on its line. */
function outOfPlace(tokens: readonly Token[], text: string, line: number, said: string): Token | undefined {
  const at = unreadableAt(text);
  if (at !== undefined) return tokens.find(({ start, end }) => start <= at && at < end);
  const named = said.startsWith('expecting') ? undefined : /'(.+)'$/s.exec(said)?.[1];
  return named === undefined ? undefined : tokens.findLast((token) => token.line === line && token.text === named);
}

/** The text ends too early. */
function ended(
  tokens: readonly Token[],
  open: Bracket | undefined,
  at: (token: Token, message: string, besides?: string) => Misread,
  text: string,
  line: number,
  said: string,
): Misread | undefined {
  const last = tokens.at(-1);
  const isEnd =
    last === undefined ||
    line > last.line ||
    (open !== undefined && line === last.line) ||
    /: ''$|end of input/.test(said);
  if (!isEnd || last === undefined) return undefined;
  const isMissing = (open?.holds === 'head' || open?.holds === 'arguments') && !endsValue(last);
  const besides = isMissing
    ? 'Expression expected'
    : open?.holds === 'block'
      ? "Expected '}', got '<eof>'"
      : open?.holds === 'head'
        ? "Expected ')', got '<eof>'"
        : "Expected ',', got '<eof>'";
  if (open?.holds === 'arguments' && endsValue(last)) return at(last, 'missing ) after argument list', besides);
  const rows = text.split('\n');
  const column = (rows.at(-1) ?? '').length + 1;
  return { message: 'Unexpected end of input', line: rows.length, column, length: 0, besides };
}

function assigned(onLine: readonly Token[], at: (token: Token, message: string) => Misread): Misread | undefined {
  const index = onLine.findIndex(
    ({ kind, text }, place) =>
      kind === 'mark' &&
      /^([-+*/%&|^]|\*\*|<<|>>|&&|\|\||\?\?)?=$/.test(text) &&
      !/^(name|mark)$/.test(onLine[place - 1]?.kind ?? 'mark'),
  );
  const call =
    index >= 0
      ? index
      : onLine.findIndex(({ text }, place) => /^[-+*/%]?=$/.test(text) && onLine[place - 1]?.text === ')');
  const end = onLine[call - 1];
  if (call < 0 || end === undefined) return undefined;
  let from = call - 1;
  while (
    from > 0 &&
    onLine[from - 1]?.kind !== 'word' &&
    !/^[;{}=,]$/.test(onLine[from - 1]?.text ?? ';') &&
    !(onLine[from - 1]?.text === '(' && end.text !== ')')
  )
    from -= 1;
  const first = onLine[from] as Token;
  return at({ ...first, end: end.end }, 'Invalid left-hand side in assignment');
}

/** A name that stands for two things in one block: the second is marked. */
function declaredTwice(
  tokens: readonly Token[],
  line: number,
  at: (token: Token, message: string) => Misread,
): Misread | undefined {
  const heads = tokens.map((token, index) => headOf(tokens, token, index));
  const seen: { readonly token: Token; readonly head: Token }[] = [];
  let last: { readonly token: Token; readonly head: Token } | undefined;
  for (const [index, token] of tokens.entries()) {
    const head = heads[index];
    if (token.line > line || head === undefined) continue;
    const one = { token, head };
    if (token.line === line) last = one;
    const isLoose = (kind: string): boolean => kind === 'var' || kind === 'function';
    const before = seen.some(
      (other) =>
        other.token.text === token.text &&
        other.token.inside === token.inside &&
        !(isLoose(other.head.text) && isLoose(head.text)),
    );
    if (before) {
      last = one;
      break;
    }
    seen.push(one);
  }
  if (last === undefined) return undefined;
  const { token, head } = last;
  const message = `Identifier '${token.text}' has already been declared`;
  if (head.text !== 'class') {
    const first = head.text === 'function' ? head : token;
    return at({ ...first, end: first.start + 1 }, message);
  }
  const open = tokens.find(({ text, start, inside }) => text === '{' && start > token.start && inside === token.inside);
  const close = tokens.find(({ text, inside }) => text === '}' && inside?.token.start === open?.start);
  return at({ ...head, end: close?.line === head.line ? close.end : token.end }, message);
}

/** The word that declares a name: `let`, `class`, … */
function headOf(tokens: readonly Token[], token: Token, index: number): Token | undefined {
  if (token.kind !== 'name') return undefined;
  const before = tokens[index - 1]?.text === '*' ? tokens[index - 2] : tokens[index - 1];
  if (/^(let|const|class|var|function)$/.test(before?.text ?? '')) return before;
  if (before?.text !== ',') return undefined;
  // One of several in a list: no other statement stands between.
  for (let at = index - 2; at >= 0; at--) {
    const other = tokens[at] as Token;
    if (other.inside !== token.inside) continue;
    if (/^(let|const|var)$/.test(other.text)) return other;
    if (other.text === ';' || other.line < token.line) return undefined;
  }
  return undefined;
}
