import { isArray, type Json } from './json.ts';
import { JqError } from './operators.ts';

/** Seconds since 1970, or a moment broken down as `gmtime` gives it, in ms. */
export function parseMoment(value: Json): number {
  if (typeof value === 'number') return Math.floor(value) * 1000;
  if (!isArray(value) || value.slice(0, 6).some((part) => typeof part !== 'number') || value.length < 6)
    throw new JqError('strftime/1 requires parsed datetime inputs');
  const [year, month, day, hours, minutes, seconds] = value.map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  // biome-ignore lint/style/noRestrictedGlobals: a moment that is given, not the present one
  return Date.UTC(year, month, day, hours, minutes, Math.floor(seconds));
}
