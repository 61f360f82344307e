// Kinds of fields that a person writes, each with the range that is allowed.
import * as z from 'zod/mini';
import type { Text } from './words.ts';
import { expected } from './words.ts';

/** What an issue of our own carries. */
export interface Expectation {
  readonly expected: Text;
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `250ms`, `1.5s`, `10m`, `24h`, `7d` and such in a row (`1h30m`): ms, or undefined when it is not a length of time. */
export function durationOf(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(text.trim())) return undefined;
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g);
  return [...parts].reduce((sum, [, number, unit]) => sum + Number(number) * (units[unit ?? ''] as number), 0);
}

function refuse(payload: { issues: unknown[]; value?: unknown }, input: unknown, text: Text): never {
  payload.issues.push({ code: 'custom', input, params: { expected: text } satisfies Expectation, message: '' });
  return z.NEVER;
}

/** A length of time such as `250ms`, from `least` to `most`, themselves written so. */
export function duration(least: string, most: string) {
  const low = durationOf(least) ?? 0;
  const high = durationOf(most) ?? 0;
  return z.pipe(
    z.unknown(),
    z.transform((value, context): number => {
      const ms = typeof value === 'string' ? durationOf(value) : undefined;
      if (ms === undefined || ms < low || ms > high) return refuse(context, value, expected.duration(least, most));
      return ms;
    }),
  );
}

/** A number from `least` to `most`. */
export function number(least: number, most: number) {
  return z.pipe(
    z.unknown(),
    z.transform((value, context): number => {
      const good = typeof value === 'number' && value >= least && value <= most;
      return good ? value : refuse(context, value, expected.number(least, most));
    }),
  );
}

/** A whole number from `least` to `most`. */
export function whole(least: number, most: number) {
  return z.pipe(
    z.unknown(),
    z.transform((value, context): number => {
      const good = Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
      return good ? (value as number) : refuse(context, value, expected.whole(least, most));
    }),
  );
}

/** `60%` or `0.6`, from `least` to `most`. */
export function share(least: number, most: number) {
  return z.pipe(
    z.unknown(),
    z.transform((value, context): number => {
      const [, percent] = typeof value === 'string' ? (/^(\d+(?:\.\d+)?)\s*%$/.exec(value) ?? []) : [];
      const part = percent === undefined ? value : Number(percent) / 100;
      const good = typeof part === 'number' && part >= least && part <= most;
      return good ? part : refuse(context, value, expected.share(least, most));
    }),
  );
}

/** `15:00`, as a minute of the day; `24:00` is its end. */
export const timeOfDay = z.pipe(
  z.unknown(),
  z.transform((value, context): number => {
    const [, hour, minute] = typeof value === 'string' ? (/^(\d{1,2}):([0-5]\d)$/.exec(value) ?? []) : [];
    const at = Number(hour) * 60 + Number(minute);
    return hour !== undefined && at <= 1440 ? at : refuse(context, value, expected.timeOfDay);
  }),
);

/** `2026-03-06T00:00:00Z` or `2026-03-06`: ms since 1970, in UTC. Days from the civil date as in Howard Hinnant's chrono algorithms. */
export const moment = z.pipe(
  z.unknown(),
  z.transform((value, context): number => {
    const match =
      typeof value === 'string' ? /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?Z)?$/.exec(value) : null;
    const [year, month, day, hour, minute, second] = (match ?? []).slice(1).map((part) => Number(part ?? 0));
    if (
      year === undefined ||
      month === undefined ||
      day === undefined ||
      month < 1 ||
      month > 12 ||
      day < 1 ||
      day > 31
    )
      return refuse(context, value, expected.moment);
    const shifted = month > 2 ? year : year - 1;
    const era = Math.floor(shifted / 400);
    const ofEra = shifted - era * 400;
    const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
    const days = era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
    return days * 86_400_000 + (hour ?? 0) * 3_600_000 + (minute ?? 0) * 60_000 + (second ?? 0) * 1000;
  }),
);

/** A name: small letters, digits and dashes. */
export const name = z.string().check(z.regex(/^[a-z][a-z0-9-]{0,39}$/));

/** A map from names to what `of` describes. */
export function byName<T extends z.core.$ZodType>(of: T) {
  return z.record(name, of);
}
