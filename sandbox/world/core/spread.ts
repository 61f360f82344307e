/**
 * How times are spread: counts in buckets whose width is at most 1/128 of their value (the layout of an HDR histogram: powers of two,
 * each cut in 128), from 1 µs to 71 minutes; longer ones count in the last bucket. Percentiles are right within 0.8 %.
 */
export interface Spread {
  count: number;
  sum: number;
  max: number;
  readonly buckets: Float64Array;
}

const FINE = 7;
const SIZE = (33 - FINE) << FINE;

export function createSpread(): Spread {
  return { count: 0, sum: 0, max: 0, buckets: new Float64Array(SIZE) };
}

/** Counts one time in ms. */
export function count(spread: Spread, ms: number): void {
  spread.count++;
  spread.sum += ms;
  if (ms > spread.max) spread.max = ms;
  const index = bucketOf(ms);
  spread.buckets[index] = (spread.buckets[index] as number) + 1;
}

export function clear(spread: Spread): void {
  spread.count = spread.sum = spread.max = 0;
  spread.buckets.fill(0);
}

export function meanOf({ count, sum }: Spread): number {
  return count === 0 ? 0 : sum / count;
}

/** The time in ms that a share `q` of all stay at or below; 0 when nothing was counted. */
export function quantile({ count, max, buckets }: Spread, q: number): number {
  if (count === 0) return 0;
  const rank = Math.max(1, Math.ceil(q * count));
  let seen = 0;
  for (let index = 0; index < SIZE; index++) {
    seen += buckets[index] as number;
    if (seen >= rank) return Math.min(max, upperEnd(index));
  }
  return max;
}

function bucketOf(ms: number): number {
  const micros = ms * 1000;
  if (micros >= 4294967295) return SIZE - 1;
  const whole = micros >>> 0;
  const shift = Math.max(0, 31 - Math.clz32(whole) - FINE);
  return (shift << FINE) + (whole >>> shift);
}

function upperEnd(index: number): number {
  const shift = Math.max(0, (index >> FINE) - 1);
  return ((index - (shift << FINE) + 1) * 2 ** shift) / 1000;
}
