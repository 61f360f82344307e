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
}

export function createScreen(write: (text: string) => void): Screen {
  let columns = 80;
  /** Rows between the prompt's first row and the cursor, and the last row of the text. */
  let cursorRow = 0;
  let lastRow = 0;

  const up = (rows: number): string => (rows > 0 ? `\x1b[${rows}A` : '');
  const down = (rows: number): string => (rows > 0 ? `\x1b[${rows}B` : '');
  const home = (): string => `\r${up(cursorRow)}\x1b[J`;

  return {
    draw(prompt, line) {
      const promptWidth = widthOf(prompt);
      const all = promptWidth + widthOf(textOf(line));
      const at = promptWidth + widthOf(line.before.join(''));
      // A row that is exactly full leaves the terminal waiting at its end: a space and a return go to the next row.
      const wrap = all > 0 && all % columns === 0 ? ' \r' : '';
      const endRow = Math.floor(all / columns);
      const row = Math.floor(at / columns);
      const column = at % columns;
      const back = `\r${up(endRow - row)}${column > 0 ? `\x1b[${column}C` : ''}`;
      write(`${home()}${prompt}${textOf(line)}${wrap}${back}`);
      cursorRow = row;
      lastRow = endRow;
    },
    leave() {
      write(`${down(lastRow - cursorRow)}\r\n`);
      cursorRow = 0;
      lastRow = 0;
    },
    erase() {
      write(home());
      cursorRow = 0;
      lastRow = 0;
    },
    resize(width) {
      columns = Math.max(10, width);
    },
  };
}
