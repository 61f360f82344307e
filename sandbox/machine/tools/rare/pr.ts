// GNU pr: pages of 66 lines, with a header and columns.

import { operandPath } from '../../files/index.ts';
import { formatTime } from '../time/format.ts';
import { defineTool, linesOf, ToolEnd, textOf, tryInput } from '../tool.ts';
import { rareSummaries } from './summaries.ts';

const width = (text: string): number => [...text].length;

/** Text to be padded with blanks so that it ends before column `to`: tabs where they reach, as pr fills. */
function filled(from: number, to: number): string {
  let out = '';
  let at = from;
  while (Math.floor(at / 8) * 8 + 8 <= to && to - at > 1) {
    at = Math.floor(at / 8) * 8 + 8;
    out += '\t';
  }
  return out + ' '.repeat(to - at);
}

export const pr = defineTool({
  name: 'pr',
  summary: rareSummaries.pr,
  synopsis: '[OPTION]... [FILE]...',
  options:
    'a|across columns= d|double-space h|header= l|length= m|merge n|number-lines? o|indent= s|separator? t|omit-header T|omit-pagination w|width= r|no-file-warnings f|form-feed F',
  absent: 'c D= e? i? J N= S? v W= pages=',
  counts: { w: ['number of characters', 1] },
  rewrite: (args) => args.map((arg) => (/^-\d+$/.test(arg) ? `--columns=${arg.slice(1)}` : arg)),
  run(given, io) {
    const length = Number(given.value('l') ?? 66);
    if (!(length >= 1))
      throw new ToolEnd(
        `'-l PAGE_LENGTH' invalid number of lines: ‘${given.value('l')}’${length === 0 ? ': Numerical result out of range' : ''}`,
      );
    const isPlain = given.has('t', 'T') || length <= 10;
    const whole = Number(given.value('w') ?? 72);
    const indent = ' '.repeat(Number(given.value('o') ?? 0));
    let exitCode = 0;
    const read = (name: string): string[] | undefined => {
      const bytes = tryInput('pr', name, io);
      if (bytes === undefined) exitCode = 1;
      return bytes && [...linesOf(textOf(bytes)).lines];
    };
    const names = given.operands.length === 0 ? ['-'] : given.operands;
    const texts = names
      .map((name) => ({ name, lines: read(name) }))
      .flatMap(({ name, lines }) => (lines === undefined ? [] : [{ name, lines }]));
    const documents = given.has('m')
      ? [{ name: '', parts: texts.map(({ lines }) => lines) }]
      : texts.map(({ name, lines }) => ({ name, parts: [lines] }));
    const perPage = Math.max(1, (isPlain ? length : length - 10) >> (given.has('d') ? 1 : 0));
    for (const { name, parts } of documents) {
      const columns = given.has('m') ? parts.length : Number(given.value('columns') ?? 1);
      if (columns < 1) throw new ToolEnd(`invalid number of columns: '${given.value('columns')}'`);
      const separator = given.has('s') ? given.value('s') || '\t' : undefined;
      const column = separator === undefined ? Math.floor((whole - (columns - 1)) / columns) : Number.POSITIVE_INFINITY;
      const [lines = []] = parts;
      const total = given.has('m')
        ? Math.max(0, ...parts.map((part) => part.length))
        : Math.ceil(lines.length / columns);
      const path = operandPath(io.cwd, name);
      const when =
        name === '-' || name === ''
          ? io.machine.kernel.now()
          : io.machine.files.exists(path)
            ? io.machine.files.stat(path).mtimeMs
            : io.machine.kernel.now();
      let number = 0;
      for (let page = 0; page * perPage < total; page++) {
        const rows = Math.min(perPage, total - page * perPage);
        if (!isPlain) {
          const date = formatTime('%Y-%m-%d %H:%M', when);
          const title = given.value('h') ?? (name === '-' ? '' : name);
          const pageName = `Page ${page + 1}`;
          const room = whole - date.length - pageName.length - width(title);
          const left = Math.floor(room / 2);
          io.stdout(
            `\n\n${indent}${date}${' '.repeat(Math.max(1, left))}${title}${' '.repeat(Math.max(1, room - left))}${pageName}\n\n\n`,
          );
        }
        const pageLines = lines.slice(page * perPage * columns, (page + 1) * perPage * columns);
        for (let row = 0; row < rows; row++) {
          const cells = Array.from({ length: columns }, (_, index) =>
            given.has('m')
              ? (parts[index]?.[page * perPage + row] ?? '')
              : given.has('a')
                ? pageLines[row * columns + index]
                : columns === 1
                  ? pageLines[row]
                  : pageLines[startOf(pageLines.length, columns, index) + row],
          );
          const shown = cells.map((cell, index) =>
            given.has('a') || given.has('m') || columns === 1 || row < heightOf(pageLines.length, columns, index)
              ? cell
              : undefined,
          );
          const numbered = shown.map((cell, index) =>
            cell === undefined || !given.has('n') || (given.has('m') && index > 0)
              ? cell
              : `${String(++number).padStart(5)}\t${cell}`,
          );
          io.stdout(`${indent}${joined(numbered, column, separator)}\n${given.has('d') ? '\n' : ''}`);
        }
        if (!isPlain) io.stdout('\n'.repeat(length - 5 - rows * (given.has('d') ? 2 : 1)));
      }
    }
    return exitCode;
  },
});

/** Columns of a page are as even as they can be, the first ones a line longer. */
const heightOf = (lines: number, columns: number, index: number): number =>
  Math.floor(lines / columns) + (index < lines % columns ? 1 : 0);

const startOf = (lines: number, columns: number, index: number): number =>
  index === 0 ? 0 : startOf(lines, columns, index - 1) + heightOf(lines, columns, index - 1);

function joined(cells: readonly (string | undefined)[], column: number, separator: string | undefined): string {
  if (cells.length === 1) return cells[0] ?? '';
  if (separator !== undefined) return cells.filter((cell) => cell !== undefined).join(separator);
  let out = '';
  let at = 0;
  cells.forEach((cell, index) => {
    if (cell === undefined) return;
    const from = index * (column + 1);
    out += filled(at, from);
    const text = [...cell].slice(0, column).join('');
    out += text;
    at = from + width(text);
  });
  return out;
}
