/** Columns as Go's tabwriter sets them for amtool: two blanks apart, the last one filled up too. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length)));
  return rows
    .map(
      (row) =>
        `${row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length + 2)).join('')}\n`,
    )
    .join('');
}

/** `2026-03-02 09:00:00 UTC` of an RFC 3339 time in UTC. */
export function dateOf(rfc3339: string): string {
  return `${rfc3339.slice(0, 10)} ${rfc3339.slice(11, 19)} UTC`;
}
