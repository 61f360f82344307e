// column of util-linux: text in columns, as a table or as JSON.

import type { Given } from '../options.ts';
import { defineTool, fromByteText, ToolEnd, textOf } from '../tool.ts';
import { allLines } from './all-lines.ts';

export const column = defineTool({
  name: 'column',
  summary: { es: 'pone texto en columnas', en: 'puts text into columns' },
  synopsis: '[OPTION]... [FILE]...',
  options:
    't|table s|separator= o|output-separator= c|output-width= N|table-columns= R|table-right= H|table-hide= O|table-order= d|table-noheadings J|json n|table-name= x|fillrows L|keep-empty-lines l|table-columns-limit=',
  absent: 'e|table-header-repeat E|table-noextreme= T|table-truncate= W|table-wrap= r|tree= i|tree-id= p|tree-parent=',
  version: 'util-linux 2.38.1',
  run(given, io) {
    const { lines: all, failed } = allLines('column', given.operands, io);
    const lines = all.map((line) => textOf(fromByteText(line))).filter((line) => given.has('L') || line.trim() !== '');
    if (given.has('J') && !given.has('N')) throw new ToolEnd('option --table-columns required for --json');
    if (given.has('t', 'J')) io.stdout(tableOf(lines, given));
    else io.stdout(fillColumns(lines, Number(given.value('c') ?? io.columns), given.has('x')));
    return failed ? 1 : 0;
  },
});

function tableOf(lines: readonly string[], given: Given): string {
  const rows = lines.map((line) => cellsOf(line, given));
  const names = given.value('N')?.split(',') ?? [];
  const count = Math.max(names.length, ...rows.map(({ length }) => length));
  /** Columns by name or number, from 0. */
  const places = (key: string): readonly number[] =>
    (given.value(key) ?? '')
      .split(',')
      .map((name) => (names.includes(name) ? names.indexOf(name) : Number(name) - 1))
      .filter((place) => place >= 0 && place < count);
  const [first, hidden, right] = [places('O'), places('H'), places('R')];
  const order = [
    ...first,
    ...Array.from({ length: count }, (_, index) => index).filter((index) => !first.includes(index)),
  ];
  const shown = order.filter((index) => !hidden.includes(index));
  if (given.has('J')) return jsonOf(rows, names, shown, given.value('n') ?? 'table');
  const whole = names.length === 0 || given.has('d') ? rows : [names, ...rows];
  const between = given.value('o') ?? '  ';
  return whole
    .map((row) => {
      const cells = shown.map((index, place) => {
        const width = Math.max(...whole.map((one) => [...(one[index] ?? '')].length));
        const cell = row[index] ?? '';
        const space = ' '.repeat(width - [...cell].length);
        if (right.includes(index)) return space + cell;
        return place === shown.length - 1 ? cell : cell + space;
      });
      return `${cells.join(between)}\n`;
    })
    .join('');
}

/** With a limit the last cell is what is left of the line. */
function cellsOf(line: string, given: Given): readonly string[] {
  const limit = Number(given.value('l') ?? Number.POSITIVE_INFINITY);
  const separators = given.value('s');
  let rest = separators === undefined ? line.replace(/^[ \t]+|[ \t]+$/g, '') : line;
  const cells: string[] = [];
  while (cells.length + 1 < limit) {
    const at =
      separators === undefined
        ? rest.search(/[ \t]/)
        : [...rest].findIndex((character) => separators.includes(character));
    if (at < 0) break;
    cells.push(rest.slice(0, at));
    rest = separators === undefined ? rest.slice(at).replace(/^[ \t]+/, '') : rest.slice(at + 1);
  }
  return [...cells, rest];
}

/** As libsmartcols writes it: names in small letters, every value a text. */
function jsonOf(
  rows: readonly (readonly string[])[],
  names: readonly string[],
  shown: readonly number[],
  title: string,
): string {
  const one = (row: readonly string[]): string =>
    shown
      .map(
        (index) =>
          `         ${JSON.stringify((names[index] ?? '').toLowerCase())}: ${row[index] === undefined ? 'null' : JSON.stringify(row[index])}`,
      )
      .join(',\n');
  const list = rows.map((row) => `{\n${one(row)}\n      }`).join(',');
  return `{\n   ${JSON.stringify(title)}: [\n      ${list}\n   ]\n}\n`;
}

/** Columns of equal width in steps of eight, parted by tabs. */
function fillColumns(lines: readonly string[], width: number, rowsFirst: boolean): string {
  const longest = Math.max(0, ...lines.map((line) => [...line].length));
  const step = (Math.floor(longest / 8) + 1) * 8;
  const columns = Math.max(1, Math.floor(width / step));
  if (longest >= width || columns === 1) return lines.map((line) => `${line}\n`).join('');
  const rows = Math.ceil(lines.length / columns);
  const used = rowsFirst ? columns : Math.ceil(lines.length / rows);
  let out = '';
  for (let row = 0; row < rows; row++) {
    let place = 0;
    for (let index = 0; index < used; index++) {
      const at = rowsFirst ? row * columns + index : index * rows + row;
      const line = lines[at];
      if (line === undefined) break;
      while (place < index * step) {
        out += '\t';
        place = (Math.floor(place / 8) + 1) * 8;
      }
      out += line;
      place += [...line].length;
    }
    out += '\n';
  }
  return out;
}
