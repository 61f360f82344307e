// The words of a text that may be no program, each with the bracket around it: enough to find the one that cannot stand where it does.
import { createRecent } from '../../../kernel/index.ts';
import { charactersEnd, patternAt, wordAt, wordFrom } from './scanner.ts';

export interface Word {
  readonly kind: 'name' | 'number' | 'string' | 'pattern' | 'template' | 'mark' | 'broken';
  readonly start: number;
  readonly end: number;
}

/** What stands before a regular expression: where a `/` divides nothing. */
const leads = /^$|^(?:[=(,:;!&|?{}[+\-*%<>~^].*|return|typeof|case|in|of|await|throw)$/;
const known = createRecent<readonly Word[]>(16);

/** The words of a text, without comments. Of a template it is the pieces between which code stands. */
export function wordsOf(text: string): readonly Word[] {
  return known.get(text, () => {
    const words: Word[] = [];
    /** Depths of braces at which a template goes on. */
    const templates: number[] = [];
    let depth = 0;
    for (let start = wordFrom(text, 0); start < text.length; start = wordFrom(text, words.at(-1)?.end ?? 0)) {
      if (text.startsWith('/*', start)) break;
      const char = text[start] as string;
      const before = words.at(-1);
      const isWithin = char === '}' && templates.at(-1) === depth;
      if (isWithin) templates.pop();
      const [kind, end] = wordFor(text, start, isWithin ? '`' : char, before && text.slice(before.start, before.end));
      if (kind === 'template' && text[end - 1] === '{') templates.push(depth);
      else if (kind === 'mark') depth += char === '{' ? 1 : char === '}' ? -1 : 0;
      words.push({ kind, start, end });
    }
    return words;
  });
}

function wordFor(text: string, start: number, char: string, before = ''): readonly [Word['kind'], number] {
  if (char === '`') {
    const end = charactersEnd(text, start + 1);
    return end >= text.length ? ['broken', end] : ['template', end + (text[end] === '`' ? 1 : 2)];
  }
  const pattern = char === '/' && leads.test(before) ? patternAt(text, start) : undefined;
  if (pattern !== undefined) return ['pattern', start + pattern.length];
  const found = wordAt(text, start);
  if (found !== undefined && found.kind !== 'end') return [found.kind, start + found.word.length];
  const line = text.indexOf('\n', start);
  return /['"]/.test(char) ? ['broken', line < 0 ? text.length : line] : ['mark', start + 1];
}

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
    const kind: Kind = first === 'name' && reserved.has(said) ? 'word' : first === 'pattern' ? 'string' : first;
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
