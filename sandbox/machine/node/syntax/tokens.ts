// The words of a text that may be no program, each with the bracket around it: enough to find the one that cannot stand where it does.
import { isReserved } from './scanner.ts';
import { type Word, wordsOf } from './words.ts';

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

/** Words of the language that stand for values, as names do. */
const values = /^(?:false|null|this|true)$/;
export const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The words of a text, each with the bracket around it; also the bracket that is open at its end. */
export function tokensOf(text: string): { tokens: Token[]; open: Bracket | undefined } {
  const tokens: Token[] = [];
  const open: Bracket[] = [];
  const words = wordsOf(text);
  let [line, counted] = [1, 0];
  for (let index = 0; index < words.length; index++) {
    const { kind: first, start } = words[index] as Word;
    // A template is one word, with all that stands in it.
    for (let depth = 0; first === 'template' && index < words.length - 1; index++) {
      const piece = words[index] as Word;
      if (piece.kind === 'template') depth += Number(text[piece.start] === '`') - Number(text[piece.end - 1] === '`');
      if (depth === 0) break;
    }
    const { end } = words[index] as Word;
    const said = text.slice(start, end);
    line += text.slice(counted, start).split('\n').length - 1;
    counted = start;
    const kind: Kind =
      first === 'name' && isReserved(said) && !values.test(said) ? 'word' : first === 'pattern' ? 'string' : first;
    const token = { kind, text: said, start, end, line };
    const inside = open.at(-1);
    const isCloser = kind === 'mark' && /^[)\]}]$/.test(said);
    if (isCloser && inside !== undefined && closers[inside.token.text] === said) open.pop();
    tokens.push({ ...token, inside });
    if (kind === 'mark' && closers[said] !== undefined) open.push({ token, holds: held(said, tokens) });
  }
  return { tokens, open: open.at(-1) };
}

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
