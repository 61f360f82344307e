/** Words in as few rows as fit, each column as wide as its widest word: how ls and Tab show many names. `plain` is what is seen. */
export function columnsOf(words: readonly { readonly text: string; readonly plain: string }[], width: number): string {
  if (words.length === 0) return '';
  for (let rows = 1; ; rows++) {
    const count = Math.ceil(words.length / rows);
    const widths = Array.from({ length: count }, (_, column) =>
      Math.max(...words.slice(column * rows, (column + 1) * rows).map(({ plain }) => [...plain].length)),
    );
    const total = widths.reduce((sum, one) => sum + one, 0) + 2 * (count - 1);
    if (total > width && rows < words.length) continue;
    const lines = Array.from({ length: rows }, (_, row) => {
      const cells = Array.from({ length: count }, (_, column) => words[column * rows + row]);
      return cells
        .map((word, column) => {
          const isLast = column === count - 1 || cells[column + 1] === undefined;
          const gap = isLast ? 0 : (widths[column] ?? 0) - [...(word?.plain ?? '')].length + 2;
          return (word?.text ?? '') + ' '.repeat(gap);
        })
        .join('');
    });
    return `${lines.join('\n')}\n`;
  }
}
