import { parseScript } from '../shell/index.ts';

/** Whether bash would ask for another line: an open quote, block, here-document, or an operator or backslash at the end. */
export function isIncomplete(text: string): boolean {
  if (/(^|[^\\])(\\\\)*\\$/.test(text) || /(\|\|?|&&)\s*$/.test(text)) return true;
  try {
    return JSON.stringify(parseScript(`${text}\n`)).includes('"terminated":false');
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (/EOF/.test(error.message)) return true;
    // An error behind the last character: something more was expected there.
    const [, line, column] = /at (\d+):(\d+)/.exec(error.message) ?? [];
    const lines = text.split('\n');
    return (
      Number(line) > lines.length || (Number(line) === lines.length && Number(column) > (lines.at(-1) ?? '').length)
    );
  }
}

/** The lines of one command as the history keeps them: on one line where that means the same, as bash does. */
export function asOneLine(lines: readonly string[]): string {
  const joined = lines.join('\n');
  if (/<<|\\$/m.test(joined) || lines.some((_, index) => isInQuotes(lines.slice(0, index + 1).join('\n'))))
    return joined;
  return lines.reduce((before, line) => {
    const goesOn = /(?:^|[\s;])(?:do|then|else|in|\{)\s*$|[|&;(]\s*$/.test(before) || before.trim() === '';
    return `${before}${goesOn ? ' ' : '; '}${line.trimStart()}`;
  });
}

/** Whether a quote that was opened is still open at the end. */
export function isInQuotes(text: string): boolean {
  const rest = text.replaceAll(/\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|(?<![^\s;])#.*/g, '');
  return /['"]/.test(rest);
}
