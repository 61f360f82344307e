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
