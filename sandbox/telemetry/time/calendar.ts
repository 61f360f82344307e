// Dates in UTC from ms since 1970, without the wall clock's `Date` (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").

export interface CalendarTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Minutes since midnight. */
  readonly minute: number;
}

const DAY = 86_400_000;

export function calendarTime(ms: number): CalendarTime {
  const days = Math.floor(ms / DAY);
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
    // 1 January 1970 was a Thursday.
    weekday: (((days + 4) % 7) + 7) % 7,
    minute: Math.floor((ms - days * DAY) / 60_000),
  };
}

/** Ms since 1970 of a day's midnight in UTC; months and days beyond their range run over, as in `Date.UTC`. */
export function midnight(year: number, month: number, day: number): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const ofEra = shiftedYear - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468) * DAY;
}

export function daysInMonth(year: number, month: number): number {
  const [nextYear, nextMonth] = month === 12 ? [year + 1, 1] : [year, month + 1];
  return Math.round((midnight(nextYear, nextMonth, 1) - midnight(year, month, 1)) / DAY);
}

const two = (value: number, width = 2): string => String(value).padStart(width, '0');

/** `2026-03-02T09:00:00Z`, with a fraction only where there is one. */
export function formatTime(ms: number): string {
  const { year, month, day } = calendarTime(ms);
  const rest = ms - Math.floor(ms / DAY) * DAY;
  const fraction = rest % 1000 === 0 ? '' : `.${two(Math.floor(rest % 1000), 3)}`;
  const clock = [rest / 3_600_000, (rest / 60_000) % 60, (rest / 1000) % 60].map((part) => two(Math.floor(part)));
  return `${two(year, 4)}-${two(month)}-${two(day)}T${clock.join(':')}${fraction}Z`;
}

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** Ms since 1970 of a time in RFC 3339; undefined when it is none or names a day that does not exist. */
export function parseTime(text: string): number | undefined {
  const match = rfc3339.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', sign, zoneHour = '0', zoneMinute = '0'] = match;
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (mo < 1 || mo > 12 || d < 1 || d > daysInMonth(y, mo) || h > 23 || mi > 59 || s > 59) return undefined;
  const offset = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000 * (sign === '-' ? -1 : 1);
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  return midnight(y, mo, d) + (h * 3600 + mi * 60 + s) * 1000 + ms - offset;
}
