import { formatTime } from '../../machine/index.ts';
import { GhStop, type Given } from './given.ts';
import type { Place } from './place.ts';

/** `2026-03-02T09:00:00Z` */
export const iso = (ms: number): string => formatTime('%Y-%m-%dT%H:%M:%SZ', ms);

/** Prints the fields that `--json` names, through `--jq` when there is one. @throws GhStop for a field that there is not. */
export async function printFields(
  place: Place,
  given: Given,
  known: readonly string[],
  value: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[],
): Promise<number> {
  const fields = given.values('json').flatMap((text) => text.split(','));
  const stranger = fields.find((field) => !known.includes(field));
  if (stranger !== undefined)
    throw new GhStop(
      `Unknown JSON field: "${stranger}"\nAvailable fields:\n${[...known]
        .sort()
        .map((one) => `  ${one}`)
        .join('\n')}`,
    );
  const chosen = (one: Readonly<Record<string, unknown>>) =>
    Object.fromEntries([...fields].sort().map((field) => [field, one[field]]));
  return printJson(
    place,
    Array.isArray(value) ? value.map(chosen) : chosen(value as Readonly<Record<string, unknown>>),
    given.value('jq'),
  );
}

export async function printJson({ io }: Place, value: unknown, filter: string | undefined): Promise<number> {
  const text = `${JSON.stringify(value)}\n`;
  if (filter === undefined) {
    io.stdout(io.isTerminal ? `${JSON.stringify(value, null, 2)}\n` : text);
    return 0;
  }
  if (io.run === undefined) throw new GhStop('there is no shell here');
  const { stdout, stderr, exitCode } = await io.run({
    // gh writes nothing where a filter gives null, and ends the line (go-gh, pkg/jq).
    words: ['jq', '-rc', `(${filter}\n) | if . == null then "" else . end`],
    stdin: new TextEncoder().encode(text),
  });
  io.stdout(stdout);
  if (stderr !== '') io.stderr(stderr);
  return exitCode === 0 ? 0 : 1;
}

/** Rows as a table for a person, or with tabs for a program. */
export function printTable({ io }: Place, heads: readonly string[], rows: readonly (readonly string[])[]): void {
  if (!io.isTerminal) {
    io.stdout(rows.map((row) => `${row.join('\t')}\n`).join(''));
    return;
  }
  const all = [heads, ...rows];
  const widths = heads.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  io.stdout(
    all
      .map(
        (row) =>
          `${row
            .map((cell, at) => cell.padEnd(widths[at] ?? 0))
            .join('  ')
            .trimEnd()}\n`,
      )
      .join(''),
  );
}
