// The words of a text that may be no program, one after the other.
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
