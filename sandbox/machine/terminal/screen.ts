import { type Line, textOf } from './line.ts';
import { widthOf } from './width.ts';

/** Draws the prompt and the line that is being edited, over as many rows as they need. */
export interface Screen {
  draw(prompt: string, line: Line): void;
  /** Moves below what is drawn, as when a line is entered. */
  leave(): void;
  /** Takes away what is drawn, so that other text can be written; the next `draw` begins anew. */
  erase(): void;
  resize(columns: number): void;
  /** The text that stands before the cursor was written by somebody else: the next `draw` begins with it. */
  adopt(prompt: string): void;
  /** Goes to the end of what is drawn and forgets it: others write on from there. */
  settle(): void;
}

export function createScreen(write: (text: string) => void): Screen {
  let columns = 80;
  /** Rows between the prompt's first row and the cursor, and the last row of the text. */
  let cursorRow = 0;
  let lastRow = 0;

  const up = (rows: number): string => (rows > 0 ? `\x1b[${rows}A` : '');
  const down = (rows: number): string => (rows > 0 ? `\x1b[${rows}B` : '');
  const home = (): string => `\r${up(cursorRow)}\x1b[J`;

  function forget(): void {
    cursorRow = 0;
    lastRow = 0;
  }

  return {
    draw(prompt, line) {
      const all = `${prompt}${textOf(line)}`;
      const end = placeAfter(all, columns);
      const cursor = placeAfter(`${prompt}${line.before.join('')}`, columns);
      // A row that is exactly full leaves the terminal waiting at its end: a space and a return go to the next row.
      const wrap = end.column === 0 && end.row > 0 && !all.endsWith('\n') ? ' \r' : '';
      const back = `\r${up(end.row - cursor.row)}${cursor.column > 0 ? `\x1b[${cursor.column}C` : ''}`;
      write(`${home()}${all.replaceAll('\n', '\r\n')}${wrap}${back}`);
      cursorRow = cursor.row;
      lastRow = end.row;
    },
    leave() {
      write(`${down(lastRow - cursorRow)}\r\n`);
      forget();
    },
    erase() {
      write(home());
      forget();
    },
    adopt(prompt) {
      cursorRow = placeAfter(prompt, columns).row;
      lastRow = cursorRow;
    },
    settle() {
      write(down(lastRow - cursorRow));
      forget();
    },
    resize(width) {
      columns = Math.max(10, width);
    },
  };
}

/** Where the cursor stands after a text that began at the left. */
function placeAfter(text: string, columns: number): { readonly row: number; readonly column: number } {
  let row = 0;
  let column = 0;
  for (const [index, part] of text.split('\n').entries()) {
    if (index > 0) row += 1;
    const width = widthOf(part);
    row += Math.floor(width / columns);
    column = width % columns;
  }
  return { row, column };
}
