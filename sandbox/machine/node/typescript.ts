// TypeScript as Node 24 runs it: types become spaces, so that every line and column stays where it was (`strip-types.ts`).
import type { Span } from './type-spans.ts';
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

export const isTypeScript = (path: string): boolean => /\.[mc]?ts$/.test(path);

/** The number of a line, that line with its neighbours, and a mark at what is wrong. */
export function excerptOf(text: string, { start, end }: Span): string {
  const lines = text.split('\n');
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length - 1;
  const [first, last] = [lineOf(start), lineOf(end)];
  const before = lines.slice(Math.max(0, first - 1), first);
  const after = lines.slice(last + 1, last + 2).filter((line) => line !== '');
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
