import { widthOf } from '../terminal/width.ts';

/** Words in as few rows as fit, each column as wide as its widest word: how ls and Tab show many names. */
export function columnsOf(words: readonly string[], width: number): string {
  if (words.length === 0) return '';
  for (let rows = 1; ; rows++) {
    const count = Math.ceil(words.length / rows);
    const widths = Array.from({ length: count }, (_, column) =>
      Math.max(...words.slice(column * rows, (column + 1) * rows).map(widthOf)),
    );
    const total = widths.reduce((sum, one) => sum + one, 0) + 2 * (count - 1);
    if (total > width && rows < words.length) continue;
    const lines = Array.from({ length: rows }, (_, row) =>
      widths
        .flatMap((wide, column) => {
          const word = words[column * rows + row];
          const isLast = words[(column + 1) * rows + row] === undefined;
          return word === undefined ? [] : [word + (isLast ? '' : ' '.repeat(wide - widthOf(word) + 2))];
        })
        .join(''),
    );
    return `${lines.join('\n')}\n`;
  }
}
