import { widthOf } from '../terminal/width.ts';

/**
 * Words in as many columns as fit, each as wide as its widest word: how ls and Tab show many names. They go down the columns, or
 * `across` the rows. `tabs`: filled up with tabs, as ls does where it does not write to a terminal.
 */
export function columnsOf(words: readonly string[], width: number, { across = false, tabs = false } = {}): string {
  if (words.length === 0) return '';
  for (let most = words.length; ; most--) {
    const rows = Math.ceil(words.length / most);
    const count = across ? most : Math.ceil(words.length / rows);
    const wordAt = (row: number, column: number): string | undefined =>
      column >= count ? undefined : words[across ? row * count + column : column * rows + row];
    const widths = Array.from({ length: count }, (_, column) =>
      Math.max(...Array.from({ length: rows }, (_row, row) => widthOf(wordAt(row, column) ?? ''))),
    );
    const total = widths.reduce((sum, one) => sum + one, 0) + 2 * (count - 1);
    if (total > width - (tabs ? 1 : 0) && count > 1) continue;
    const lines = Array.from({ length: rows }, (_, row) => {
      let line = '';
      let at = 0;
      let start = 0;
      for (const [column, wide] of widths.entries()) {
        const word = wordAt(row, column);
        if (word === undefined) break;
        line += gap(at, start, tabs) + word;
        at = start + widthOf(word);
        start += wide + 2;
      }
      return line;
    });
    return `${lines.join('\n')}\n`;
  }
}

function gap(from: number, to: number, tabs: boolean): string {
  let text = '';
  for (let at = from; at < to; ) {
    const isTab = tabs && Math.floor(to / 8) > Math.floor((at + 1) / 8);
    text += isTab ? '\t' : ' ';
    at = isTab ? at - (at % 8) + 8 : at + 1;
  }
  return text;
}
