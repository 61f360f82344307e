// biome-ignore-all lint/style/noRestrictedGlobals: moments that are computed from a given one
// Dates as people write them for `date -d` and `touch -d` (GNU coreutils manual, "Date input formats").
import { momentIn, type Zone, zoneOf } from './zones.ts';

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ordinals: Readonly<Record<string, number>> = {
  last: -1,
  this: 0,
  next: 1,
  first: 1,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
};
const unitsMs: Readonly<Record<string, number>> = {
  sec: 1000,
  second: 1000,
  min: 60_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  fortnight: 1_209_600_000,
};
const zones: Readonly<Record<string, number>> = {
  utc: 0,
  gmt: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  pst: -480,
  pdt: -420,
  cet: 60,
  cest: 120,
  bst: 60,
};

interface Parts {
  year: number;
  month: number;
  day: number;
  time: readonly [hours: number, minutes: number, seconds: number, ms: number] | undefined;
  hasDate: boolean;
  zone: number | undefined;
  months: number;
  days: number;
  ms: number;
  weekday: { readonly day: number; readonly ordinal: number } | undefined;
  exact: number | undefined;
}

const inUtc: Zone = () => ({ abbreviation: 'UTC', offset: 0 });

/** The moment in ms, or undefined when the text is none. `now` fills what is not said; times are those of `zone`. */
export function parseTime(text: string, now: number, zone: Zone = inUtc): number | undefined {
  const named = /^\s*TZ="([^"]*)"/.exec(text);
  if (named !== null) {
    const other = zoneOf(named[1] ?? '');
    return other && parseTime(text.slice(named[0].length), now, other);
  }
  const today = new Date(now + zone(now).offset * 60_000);
  const parts: Parts = {
    year: today.getUTCFullYear(),
    month: today.getUTCMonth(),
    day: today.getUTCDate(),
    time: undefined,
    hasDate: false,
    zone: undefined,
    months: 0,
    days: 0,
    ms: 0,
    weekday: undefined,
    exact: undefined,
  };
  let rest = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  let relative = rest === '';
  while (rest !== '') {
    const taken = take(rest, parts);
    if (taken === 0) return undefined;
    rest = rest.slice(taken).replace(/^[ ,]+/, '');
    relative = relative || parts.months !== 0 || parts.ms !== 0 || parts.days !== 0;
  }
  if (parts.exact !== undefined) return parts.exact + parts.ms;
  const [hours, minutes, seconds, ms] =
    parts.time ??
    (parts.hasDate || parts.weekday !== undefined || text.trim() === ''
      ? [0, 0, 0, 0]
      : [today.getUTCHours(), today.getUTCMinutes(), today.getUTCSeconds(), today.getUTCMilliseconds()]);
  let { day } = parts;
  // A weekday counts only where no date is named.
  if (parts.weekday !== undefined && !parts.hasDate) {
    const current = new Date(Date.UTC(parts.year, parts.month, day)).getUTCDay();
    const ahead = (parts.weekday.day - current + 7) % 7;
    const { ordinal } = parts.weekday;
    day += ahead + 7 * (ordinal > 0 && ahead !== 0 ? ordinal - 1 : ordinal);
  }
  const moment = Date.UTC(parts.year, parts.month + parts.months, day + parts.days, hours, minutes, seconds, ms);
  const exact = parts.zone === undefined ? momentIn(zone, moment) : moment - parts.zone * 60_000;
  return exact === undefined ? undefined : exact + parts.ms;
}

/** Reads one item at the start of `rest` into `parts` and says how long it is; 0 when there is none. */
function take(rest: string, parts: Parts): number {
  const match = (pattern: RegExp): RegExpExecArray | null => pattern.exec(rest);
  let found = match(/^@(-?\d+)(\.\d+)?/);
  if (found !== null) {
    parts.exact = Number(found[1]) * 1000 + Math.floor(Number(found[2] ?? 0) * 1000);
    return found[0].length;
  }
  found =
    match(/^(\d{4})-(\d{1,2})-(\d{1,2})(?=$|[ t,])/) ??
    match(/^(\d{4})\/(\d{1,2})\/(\d{1,2})(?=$|[ ,])/) ??
    match(/^(\d{4})(\d\d)(\d\d)(?=$|[ t])/);
  if (found !== null) {
    if (!setDate(parts, Number(found[1]), Number(found[2]) - 1, Number(found[3]))) return 0;
    return found[0].length + (/^t\d/.test(rest.slice(found[0].length)) ? 1 : 0);
  }
  found = match(/^(\d\d)(\d\d)(?=$| )/);
  if (found !== null && parts.hasDate && parts.time === undefined && Number(found[1]) < 24 && Number(found[2]) < 60) {
    parts.time = [Number(found[1]), Number(found[2]), 0, 0];
    return found[0].length;
  }
  found = match(/^(\d{1,2})\/(\d{1,2})(?:\/(\d{2,4}))?(?=$|[ ,])/);
  if (found !== null) {
    const year =
      found[3] === undefined
        ? parts.year
        : Number(found[3]) + (found[3].length === 2 ? (Number(found[3]) < 69 ? 2000 : 1900) : 0);
    return setDate(parts, year, Number(found[1]) - 1, Number(found[2])) ? found[0].length : 0;
  }
  found = match(/^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)? ?(am|pm)?/) ?? match(/^(\d{1,2})()()() ?(am|pm)\b/);
  if (found !== null) {
    const [whole, hours, minutes, seconds, fraction, half] = found;
    let hour = Number(hours);
    if (half === 'pm' && hour < 12) hour += 12;
    if (half === 'am' && hour === 12) hour = 0;
    if (hour > 23 || Number(minutes || 0) > 59 || Number(seconds || 0) > 60) return 0;
    parts.time = [hour, Number(minutes || 0), Number(seconds || 0), Math.floor(Number(`0.${fraction || 0}`) * 1000)];
    const [zone = '', sign, zoneHours = '0', zoneMinutes = '0'] =
      /^ ?([+-]) ?(\d\d?):?(\d\d)?(?= |$)/.exec(rest.slice(whole.length)) ?? [];
    // What follows a time with a sign is its zone, even before a unit: `10:00 - 2 hours` is 10:00 in zone -2, plus an hour.
    if (Number(zoneHours) > 24) return 0;
    if (sign !== undefined) parts.zone = (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes));
    return whole.length + zone.length;
  }
  found = match(/^(\d{1,2})[ -]([a-z]{3,9})\.?(?:[ ,-]+(\d{4})(?!:))?/);
  if (found !== null && monthOf(found[2]) >= 0)
    return setDate(parts, Number(found[3] ?? parts.year), monthOf(found[2]), Number(found[1])) ? found[0].length : 0;
  found = match(/^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:,? (\d{4})(?!:))?/);
  if (found !== null && monthOf(found[1]) >= 0)
    return setDate(parts, Number(found[3] ?? parts.year), monthOf(found[1]), Number(found[2])) ? found[0].length : 0;
  found = match(
    /^(?:([+-]?) ?(\d+) ?|(last|this|next|first|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) )?([a-z]+?)s?( ago)?(?=$| |,|[+-])/,
  );
  if (found !== null) {
    const [whole, sign = '', digits, ordinal, unit = '', ago] = found;
    const count =
      (digits === undefined ? (ordinals[ordinal ?? ''] ?? 1) : Number(digits)) *
      (sign === '-' ? -1 : 1) *
      (ago === undefined ? 1 : -1);
    if (unit === 'year' || unit === 'month') parts.months += count * (unit === 'year' ? 12 : 1);
    else if (unit === 'day' || unit === 'week' || unit === 'fortnight')
      parts.days += count * ((unitsMs[unit] ?? 0) / 86_400_000);
    else if (unitsMs[unit] !== undefined) parts.ms += count * (unitsMs[unit] ?? 0);
    else if (
      digits === undefined &&
      weekdays.includes(
        whole.replace(/^(last|this|next|first|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) /, '').slice(0, 3),
      ) &&
      /^(sun|mon|tue(s)?|wed(nes)?|thu(r|rs)?|fri|sat(ur)?)(day)?$/.test(
        `${unit}${rest.startsWith(`${unit}s`) ? 's' : ''}`,
      )
    )
      parts.weekday = { day: weekdays.indexOf(unit.slice(0, 3)), ordinal: ordinals[ordinal ?? ''] ?? 0 };
    else if (digits === undefined && ordinal === undefined) return word(whole, rest, parts);
    else return 0;
    return whole.length;
  }
  return 0;
}

function word(text: string, rest: string, parts: Parts): number {
  if (text === 'now' || text === 'today') return text.length;
  if (text === 'tomorrow') parts.days += 1;
  else if (text === 'yesterday') parts.days -= 1;
  else if (zones[text] !== undefined) {
    const [zone = '', sign, hours = '0', minutes = '0'] =
      /^([+-])(\d\d?):?(\d\d)?(?= |$)/.exec(rest.slice(text.length)) ?? [];
    parts.zone =
      (zones[text] ?? 0) + (sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)));
    return text.length + zone.length;
  } else return 0;
  return text.length;
}

function monthOf(text = ''): number {
  return /^(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)$/.test(
    text,
  )
    ? months.indexOf(text.slice(0, 3))
    : -1;
}

function setDate(parts: Parts, year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month, day));
  if (month > 11 || date.getUTCMonth() !== month || date.getUTCDate() !== day) return false;
  Object.assign(parts, { year, month, day, hasDate: true });
  return true;
}
