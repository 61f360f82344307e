// TypeScript as Node 24 runs it: types become spaces, so that every line and column stays where it was.
import { type Span, type Token, typeSpans, Unsupported } from './type-spans.ts';
import { Fault } from './vm.ts';

/** JavaScript of a TypeScript file. @throws TypeFault */
export type StripTypes = (text: string) => string;

/** A file that cannot be read as TypeScript, with the place that says why. */
export class TypeFault extends Fault {
  readonly span: Span;

  constructor(message: string, code: string, span: Span) {
    super(message, { code }, 'SyntaxError');
    this.span = span;
  }
}

let loaded: Promise<StripTypes> | undefined;

/** Brings the parser, which few programs want. */
export function loadTypeScript(): Promise<StripTypes> {
  loaded ??= import('sucrase/dist/parser/index.js').then(
    ({ parse }) =>
      (text: string) =>
        strip(text, parse),
  );
  loaded.catch(() => {
    loaded = undefined;
  });
  return loaded;
}

export const isTypeScript = (path: string): boolean => /\.[mc]?ts$/.test(path);

type Parse = (text: string, jsx: boolean, typescript: boolean, flow: boolean) => { readonly tokens: readonly Token[] };

function strip(text: string, parse: Parse): string {
  const tokens = tokensOf(text, parse);
  try {
    return typeSpans(text, tokens).reduce(blank, text);
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    throw new TypeFault(error.message, 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX', error.span);
  }
}

function tokensOf(text: string, parse: Parse): readonly Token[] {
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

/** The number of a line, that line with its neighbours, and a mark at what is wrong. */
export function excerptOf(text: string, { start, end }: Span): string {
  const lines = text.split('\n');
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length - 1;
  const [first, last] = [lineOf(start), lineOf(end)];
  const before = lines.slice(Math.max(0, first - 1), first);
  const after = last + 1 < lines.length - (lines.at(-1) === '' ? 1 : 0) ? lines.slice(last + 1, last + 2) : [];
  const inside = lines.slice(first, last + 1);
  if (first < last) {
    const marked = inside.map((line, at) => `${at === 0 || at === inside.length - 1 ? '  >' : '   '} ${line}`);
    const apart = (line: string): string => `    ${line}`;
    return [first + 1, ...before.map(apart), ...marked, ...after.map(apart)].join('\n');
  }
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const mark = ' '.repeat(column) + '^'.repeat(Math.max(1, end - start));
  return [first + 1, ...before, ...inside, mark, ...after].join('\n');
}
