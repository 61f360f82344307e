// Dates as people type them: `2 weeks ago`, `yesterday`, `2026-03-01`, `2026-03-01 10:00`.
import { fatal } from './options.ts';

const units: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: 2_629_746,
  year: 31_556_952,
};

/**
 * Seconds since 1970 of a date of `--since` and its like, in UTC; a day without a time is taken at the present time of day,
 * as git does. @throws GitStop for a form that is not here.
 */
export function approximate(text: string, now: number): number {
  const plain = text.trim().toLowerCase().replaceAll(/[._]/g, ' ');
  if (plain === 'now') return now;
  if (plain === 'today') return now;
  if (plain === 'yesterday') return now - 86_400;
  if (/^@?\d{9,}( [+-]\d{4})?$/.test(plain)) return Number.parseInt(plain.replace('@', ''), 10);
  const exact = exactDate(plain, now);
  if (exact !== undefined) return exact;
  const [, count, unit] = /^(\d+) (second|minute|hour|day|week|month|year)s?( ago)?$/.exec(plain) ?? [];
  if (unit !== undefined) return now - Number(count) * (units[unit] ?? 0);
  throw fatal(`git: the date '${text}' is not part of this sandbox`);
}

/** `2026-03-01`, with or without a time and a zone. */
function exactDate(text: string, now: number): number | undefined {
  const form = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ](\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*(z|[+-]\d{2}:?\d{2})?$/;
  const found = form.exec(text);
  if (found === null) return undefined;
  const [year = 0, month = 1, day = 1] = found.slice(1, 4).map(Number);
  const time =
    found[4] === undefined ? now % 86_400 : Number(found[4]) * 3600 + Number(found[5]) * 60 + Number(found[6] ?? 0);
  return daysUntil(year, month, day) * 86_400 + time - offsetOf(found[7]);
}

/** Seconds east of UTC. */
function offsetOf(zone: string | undefined): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

/** Days from 1970 to a date (Howard Hinnant's days_from_civil). */
function daysUntil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}
