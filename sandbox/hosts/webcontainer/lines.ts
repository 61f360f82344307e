// Messages as lines of text, for a terminal lies between: it may echo what is typed, put `\r` before `\n`, and mix in what others write.
import { packBytes, unpackBytes } from '../bytes.ts';

/** Which way a line goes: what comes back as an echo is not taken for an answer. */
export type Way = 'toEngine' | 'toPage';

const marks: Readonly<Record<Way, string>> = { toEngine: 'noventa>', toPage: 'noventa<' };

/** Characters of a message in one line: a terminal that waits for whole lines takes 4096 (POSIX MAX_CANON is less, Linux N_TTY 4096). */
const LINE = 3000;

/**
 * A message as one line, or as several where it is long: `+` says that there is more of it, `.` that this was all.
 * ASCII only, so that nothing depends on how the bytes are cut.
 */
export function linesOf(message: unknown, way: Way): string {
  const text = JSON.stringify(message, packBytes).replaceAll(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  let lines = '';
  for (let at = 0; at < text.length; at += LINE)
    lines += `${marks[way]}${at + LINE < text.length ? '+' : '.'}${text.slice(at, at + LINE)}\n`;
  return lines;
}

export interface LineReader {
  /** Takes text as it comes, cut anywhere. */
  feed(text: string): void;
}

/** @param onOther told whatever is no message: for whoever looks for a fault */
export function readLines(
  way: Way,
  onMessage: (message: unknown) => void,
  onOther: (line: string) => void = () => {},
): LineReader {
  let rest = '';
  let parts: string[] = [];

  function take(line: string): void {
    // Behind what another program wrote without ending its line.
    const at = line.indexOf(marks[way]);
    const kind = line[at + marks[way].length];
    if (at < 0 || (kind !== '+' && kind !== '.')) {
      onOther(line);
      return;
    }
    parts.push(line.slice(at + marks[way].length + 1));
    if (kind === '+') return;
    const text = parts.join('');
    parts = [];
    let message: unknown;
    try {
      message = JSON.parse(text, unpackBytes);
    } catch {
      onOther(text);
      return;
    }
    onMessage(message);
  }

  return {
    feed(text) {
      rest += text;
      if (!text.includes('\n')) return;
      const lines = rest.split(/\r*\n/);
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
    },
  };
}
