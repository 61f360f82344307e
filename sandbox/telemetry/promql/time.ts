import { parseFloat64 } from './text.ts';

/** Milliseconds of a moment as Prometheus' API takes it: seconds since 1970, or RFC 3339. */
export function parseTime(text: string): number | undefined {
  const seconds = parseFloat64(text);
  if (seconds !== undefined) return Number.isFinite(seconds) ? Math.round(seconds * 1000) : undefined;
  const match = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|([+-])(\d\d):(\d\d))$/.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const sign = match[9] === '-' ? -1 : 1;
  const offset = sign * (Number(match[10] ?? 0) * 60 + Number(match[11] ?? 0));
  const whole = ((daysBetween(year, month, day) * 24 + hour) * 60 + minute - offset) * 60 + second;
  return whole * 1000 + Math.round(Number(match[7] ?? 0) * 1000);
}

/** Days since 1970. Howard Hinnant's days_from_civil. */
function daysBetween(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}
