// Dates as people type them: `2 weeks ago`, `yesterday`, `2026-03-01`, `2026-03-01T10:00:00+01:00`, `Mon, 2 Mar 2026 10:00:00 +0100`.
import { calendar, months, weekdays } from './dates.ts';

/** Seconds since 1970, and minutes west of UTC, as commits keep them. */
export interface Moment {
  readonly timestamp: number;
  readonly timezoneOffset: number;
}

/** A date with its time (parse_date in git's date.c), in UTC when no zone is named; undefined for any other text. */
export function exactMoment(text: string): Moment | undefined {
  const [, seconds, zoned] = /^(?:@(?=\d)|(?=\d{9}))(\d+)(?: ([+-]\d{4}))?$/.exec(text.trim()) ?? [];
  if (seconds !== undefined) return { timestamp: Number(seconds), timezoneOffset: westOf(zoned) };
  const day = dayIn(text);
  const [, hour, minute, second = '0', half] =
    /(?:^|[\sT])(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]m)?/i.exec(text) ?? [];
  if (day === undefined || hour === undefined) return undefined;
  const zone = /(?:\d|\s)(Z|UTC|GMT|[+-]\d{2}:?\d{2})(?:\s*\(.*\))?$/i.exec(text.trim().replace(day.text, ''))?.[1];
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  const timezoneOffset = westOf(zone);
  return {
    timestamp: day.seconds + hours * 3600 + Number(minute) * 60 + Number(second) + timezoneOffset * 60,
    timezoneOffset,
  };
}

/** `+0130` → -90. */
function westOf(zone: string | undefined): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '') ?? [];
  return (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? 1 : -1) || 0;
}

/** The day that a text names, as seconds at its beginning. */
function dayIn(text: string): { readonly seconds: number; readonly text: string } | undefined {
  const name = months.join('|');
  const forms: readonly (readonly [RegExp, order: string])[] = [
    [/(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/, 'ymd'],
    [/(?<!\d)(\d{1,2})\/(\d{1,2})\/(\d{4})/, 'mdy'],
    [/(?<!\d)(\d{1,2})[.-](\d{1,2})[.-](\d{4})/, 'dmy'],
    [new RegExp(`(?<!\\d)(\\d{1,2})[ -](${name})[a-z]*[ -](\\d{4})`, 'i'), 'dmy'],
    [new RegExp(`(${name})[a-z]* (\\d{1,2}),? (\\d{4})`, 'i'), 'mdy'],
    [new RegExp(`(${name})[a-z]* (\\d{1,2}) (?=\\d\\d:.* (\\d{4}))`, 'i'), 'mdy'],
  ];
  for (const [form, order] of forms) {
    const found = form.exec(text);
    if (found === null) continue;
    const part = (letter: string): number => {
      const value = found[order.indexOf(letter) + 1] ?? '';
      return /^\d/.test(value)
        ? Number(value)
        : months.findIndex((one) => one.toLowerCase() === value.slice(0, 3).toLowerCase()) + 1;
    };
    const [month, day] = [part('m'), part('d')];
    if (month > 12 || day > 31) continue;
    return { seconds: daysUntil(part('y'), month, day) * DAY, text: found[0] };
  }
  return undefined;
}

const DAY = 86_400;
const units: Readonly<Record<string, number>> = {
  second: 1,
  sec: 1,
  minute: 60,
  min: 60,
  hour: 3600,
  day: DAY,
  week: 7 * DAY,
};
const numbers = 'zero one two three four five six seven eight nine ten'.split(' ');
const times: Readonly<Record<string, number>> = { noon: 12, midnight: 0, tea: 17 };

/**
 * Seconds since 1970 of a date of `--since` and its like, in UTC; a day without a time is taken at the present time of day, and
 * words that say nothing are passed over (approxidate in git's date.c). Undefined when none says anything.
 */
export function approximate(text: string, now: number): number | undefined {
  const exact = exactMoment(text);
  if (exact !== undefined) return exact.timestamp;
  const day = dayIn(text);
  let time = day === undefined ? now : day.seconds + (now % DAY);
  let count: number | undefined;
  let said = day !== undefined;
  const rest = day === undefined ? text : text.replace(day.text, ' ');
  for (const word of rest.toLowerCase().match(/\d{1,2}:\d\d(?::\d\d)?|\d+|[a-z]+/g) ?? []) {
    const unit = word.replace(/s$/, '');
    const weekday = word.length < 3 ? -1 : weekdays.findIndex((name) => name.startsWith(word.replace(/days?$/, 'day')));
    said ||=
      weekday >= 0 ||
      /^\d|^(now|last|yesterday|never|month|year)$/.test(unit) ||
      [...numbers, ...Object.keys(times), ...Object.keys(units)].includes(unit);
    if (word.includes(':')) {
      const [hour = 0, minute = 0, second = 0] = word.split(':').map(Number);
      time += hour * 3600 + minute * 60 + second - (time % DAY);
    } else if (/^\d/.test(word)) count = Number(word);
    else if (numbers.includes(word)) count = numbers.indexOf(word);
    else if (word === 'last') count = 1;
    else if (word === 'yesterday') time -= DAY;
    else if (word === 'never') time = 0;
    else if (times[word] !== undefined) {
      const hour = times[word] ?? 0;
      if (calendar(time).hour < hour) time -= DAY;
      time += hour * 3600 - (time % DAY);
    } else if (units[unit] !== undefined) {
      time -= (count ?? 0) * (units[unit] ?? 0);
      count = undefined;
    } else if (unit === 'month' || unit === 'year') {
      const at = calendar(time);
      const month = at.year * 12 + at.month - 1 - (count ?? 0) * (unit === 'year' ? 12 : 1);
      time = daysUntil(Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, at.day) * DAY + (time % DAY);
      count = undefined;
    } else if (weekday >= 0) {
      const back = calendar(time).weekday - weekday;
      const weeks = (count ?? 1) - 1 + (back <= 0 ? 1 : 0);
      time -= (back + 7 * weeks) * DAY;
      count = undefined;
    }
  }
  return said ? time : undefined;
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
