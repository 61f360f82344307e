// The words of a program's text, each with the bracket around it: enough to find the one that cannot stand where it does.
import { codeOnly } from './source.ts';

type Kind = 'name' | 'word' | 'number' | 'string' | 'template' | 'mark' | 'broken';

export interface Token {
  readonly kind: Kind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** The bracket around it. */
  readonly inside: Bracket | undefined;
}

export interface Bracket {
  readonly token: Omit<Token, 'inside'>;
  /** It holds the arguments of a call, the parameters of a function, the head of a statement, or what one likes. */
  readonly holds: 'arguments' | 'parameters' | 'head' | 'items' | 'block';
}

const reserved = new Set(
  'break case catch class const continue debugger default delete do else enum export extends finally for function if import in instanceof new return switch throw try typeof var void while with'.split(
    ' ',
  ),
);
export const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const marks =
  /^(>>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.|\+\+|--|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|<<|>>|\*\*|[\s\S])/;

/** The words of a text, each with the bracket around it; also the brackets that are open at its end, and the first that closes nothing. */
export function tokensOf(text: string): { tokens: Token[]; open: Bracket | undefined; stray: Token | undefined } {
  const code = codeOnly(text);
  const tokens: Token[] = [];
  const open: Bracket[] = [];
  let stray: Token | undefined;
  let line = 1;
  for (let at = 0; at < code.length; ) {
    const rest = code.slice(at, at + 200);
    const space = /^\s+/.exec(rest)?.[0];
    if (space !== undefined) {
      line += space.split('\n').length - 1;
      at += space.length;
      continue;
    }
    const [kind, length] = tokenAt(code, text, at, rest);
    const token = { kind, text: text.slice(at, at + length), start: at, end: at + length, line };
    const inside = open.at(-1);
    const isCloser = kind === 'mark' && /^[)\]}]$/.test(token.text);
    if (isCloser && inside !== undefined && closers[inside.token.text] === token.text) open.pop();
    else if (isCloser && inside === undefined) stray ??= { ...token, inside };
    tokens.push({ ...token, inside });
    if (kind === 'mark' && closers[token.text] !== undefined) open.push({ token, holds: held(token.text, tokens) });
    line += token.text.split('\n').length - 1;
    at += length;
  }
  return { tokens, open: open.at(-1), stray };
}

function tokenAt(code: string, text: string, at: number, rest: string): readonly [Kind, number] {
  const name = /^[#\w$\u0080-\uffff]+/.exec(rest)?.[0];
  if (name !== undefined)
    return [
      /^\d/.test(name) ? 'number' : reserved.has(name) ? 'word' : 'name',
      /^\d/.test(name) ? numberEnd(rest) : name.length,
    ];
  const quote = rest[0] as string;
  if (quote === "'" || quote === '"') {
    const end = code.indexOf(quote, at + 1);
    const lineEnd = code.indexOf('\n', at);
    const last = lineEnd < 0 ? code.length : lineEnd;
    return end < 0 || end > last ? ['broken', last - at] : ['string', end + 1 - at];
  }
  if (quote === '`') {
    const end = code.indexOf('`', at + 1);
    return end < 0 ? ['broken', code.length - at] : ['template', end + 1 - at];
  }
  // Of a regular expression only the first slash is left as code.
  if (quote === '/' && /^ /.test(rest.slice(1)) && !/^\s/.test(text.slice(at + 1)))
    return ['string', 1 + (/^ */.exec(rest.slice(1))?.[0].length ?? 0)];
  return ['mark', marks.exec(rest)?.[0].length ?? 1];
}

const numberEnd = (rest: string): number =>
  /^(0[xXbBoO][\da-fA-F_]+|[\d_]*\.?[\d_]*(?:[eE][-+]?\d+)?)n?/.exec(rest)?.[0].length || 1;

/** What a bracket holds, from the words before it; it is the last of them. */
function held(bracket: string, tokens: readonly Token[]): Bracket['holds'] {
  const [before, second, third] = [tokens.at(-2), tokens.at(-3), tokens.at(-4)];
  if (bracket === '(') {
    if (
      before?.text === 'function' ||
      second?.text === 'function' ||
      (second?.text === '*' && third?.text === 'function')
    )
      return 'parameters';
    if (before !== undefined && /^(if|for|while|switch|with|catch)$/.test(before.text)) return 'head';
    return before !== undefined && endsValue(before) ? 'arguments' : 'items';
  }
  if (bracket === '[') return 'items';
  if (before?.text === 'return' && before.line < (tokens.at(-1)?.line ?? 0)) return 'block';
  return before === undefined ||
    before.text === ')' ||
    /^(=>|;|\{|\}|else|try|finally|do)$/.test(before.text) ||
    before.kind === 'name'
    ? 'block'
    : 'items';
}

/** Whether a value may end with it. */
export const endsValue = ({ kind, text }: Token): boolean =>
  ['name', 'number', 'string', 'template'].includes(kind) || /^(\)|\]|\}|\+\+|--)$/.test(text);
