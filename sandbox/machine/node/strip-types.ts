// Finds the types of a TypeScript file and puts spaces in their place. Its parser is large, and few programs want it.
import { parse } from 'sucrase/dist/parser/index.js';
import { type Span, type Token, typeSpans, Unsupported } from './type-spans.ts';
import { TypeFault } from './typescript.ts';

/** See `StripTypes`. */
export function stripTypes(text: string): string {
  const tokens = tokensOf(text);
  try {
    return typeSpans(text, tokens).reduce(blank, text);
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    throw new TypeFault(error.message, 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX', error.span);
  }
}

function tokensOf(text: string): readonly Token[] {
  try {
    return parse(text, false, true, false).tokens;
  } catch (error) {
    const at = Math.min(Number((error as { pos?: unknown }).pos ?? 0), text.length);
    const words = String((error as Error).message).replace(/^Error parsing [^:]*: | \(\d+:\d+\)$/g, '');
    const message = /^Unexpected token/.test(words) ? 'Expression expected' : words;
    throw new TypeFault(message, 'ERR_INVALID_TYPESCRIPT_SYNTAX', { start: at, end: at + 1 });
  }
}

function blank(text: string, { start, end }: Span): string {
  const types = text.slice(start, end);
  const spaces = types.replace(/[^\n\r\u2028\u2029]/g, ' ');
  const head = text.slice(0, start);
  // Between a bracket and its arrow JavaScript allows no new line: the bracket comes down to the arrow.
  if (spaces.includes('\n') && head.endsWith(')') && /^\s*=>/.test(text.slice(end))) {
    return `${head.slice(0, -1)} ${spaces.slice(0, -1)})${text.slice(end)}`;
  }
  // A statement that begins with a bracket would be taken for the end of the one before.
  const isStatement = /^(type|interface|declare|export|namespace|abstract|import)\b/.test(types);
  const joins = isStatement && /^\s*[([`+\-/]/.test(text.slice(end)) && !/[;{}]\s*$/.test(head) && head.trim() !== '';
  return `${head}${joins ? `;${spaces.slice(1)}` : spaces}${text.slice(end)}`;
}
