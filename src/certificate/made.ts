// From a person's progress to a certificate. Pure.
import type { DayProgress } from '../progress/contract.ts';
import type { Certificate } from './contract.ts';

/** A part of the course of which there are certificates. */
export interface Part {
  readonly part: Certificate['part'];
  /** Ids of its days, written or not. */
  readonly days: readonly string[];
}

/** @param now ms since 1970. The days of the part that were not passed are left out. */
export function certificateOf(
  progress: Readonly<Record<string, DayProgress>>,
  { part, days }: Part,
  name: string,
  now: number,
): Certificate {
  const known = new Map(Object.entries(progress));
  const passed = days.flatMap((id) => {
    const { passedAt, checks = [], stars = [], run } = known.get(id) ?? {};
    return passedAt === undefined ? [] : [{ id, passedAt, checks, stars, ...(run && { run }) }];
  });
  return { name: name.trim(), part, of: days.length, made: now, days: passed };
}
