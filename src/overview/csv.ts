// The records as a table for other programs. Pure.
import type { Happening } from './calendar.ts';

const columns = ['time', 'day', 'event', 'what', 'value'] as const;

/**
 * RFC 4180, with a line of names. The work that a step left and the run of a day are not in it: they are in the copy and in the repository.
 * A cell that a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV Injection).
 */
export function csvOf(records: readonly Happening[]): string {
  const rows = records
    .filter(({ at, event }) => !['WorkKept', 'RunKept'].includes(event.type) && Number.isFinite(new Date(at).getTime()))
    .map(({ at, event }) => {
      const { type, day, ...rest } = event;
      const [what = '', ...values] = Object.values(rest).map((one) =>
        Array.isArray(one) ? one.join(' ') : String(one),
      );
      return [new Date(at).toISOString(), day, type, what, values.join(' ')];
    });
  return [[...columns], ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
