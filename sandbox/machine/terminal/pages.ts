import { widthOf } from './width.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: ESC begins every ANSI sequence
const pieces = /\x1b\[[0-9;?]*[A-Za-z]|./gsu;

// biome-ignore lint/suspicious/noControlCharactersInRegex: ESC begins every ANSI sequence
const sequences = /\x1b\[[0-9;?]*[A-Za-z]/g;

/** A text laid out in rows of a screen: each row, and the line of the text that it is of. */
export interface Rows {
  readonly rows: readonly string[];
  readonly lineOfRow: readonly number[];
}

/** Breaks long lines as a terminal does, or cuts them off when `chop`. Tabs go to the next eighth column. */
export function layOut(lines: readonly string[], columns: number, chop: boolean): Rows {
  const rows: string[] = [];
  const lineOfRow: number[] = [];
  for (const [index, line] of lines.entries()) {
    const parts = breakLine(line, columns);
    for (const part of chop ? parts.slice(0, 1) : parts) {
      rows.push(part);
      lineOfRow.push(index);
    }
  }
  return { rows, lineOfRow };
}

function breakLine(line: string, columns: number): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const [piece] of line.matchAll(pieces)) {
    const text = piece === '\t' ? ' '.repeat(8 - (used % 8)) : piece === '\r' ? '' : piece;
    const width = widthOf(text);
    if (used + width > columns) {
      parts.push(part);
      part = '';
      used = 0;
    }
    part += text;
    used += width;
  }
  return [...parts, part];
}

export function withoutColours(text: string): string {
  return text.replaceAll(sequences, '');
}

/** The lines of a text; the newline at its end begins no further one. */
export function linesOf(text: string): readonly string[] {
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

/** What a person means by a pattern: a regular expression, or the text itself when it is none. Small letters match large ones too. */
export function patternOf(text: string): RegExp {
  const flags = text === text.toLowerCase() ? 'gi' : 'g';
  try {
    return new RegExp(text, flags);
  } catch {
    return new RegExp(text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'), flags);
  }
}

/** A row with what matches shown in reverse. */
export function marked(row: string, pattern: RegExp | undefined): string {
  const plain = withoutColours(row);
  if (pattern === undefined || plain.search(pattern) < 0) return row;
  return plain.replaceAll(pattern, (found) => (found === '' ? '' : `\x1b[7m${found}\x1b[27m`));
}
