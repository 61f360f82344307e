// Sums that lose less than plain ones: Kahan's summation as Neumaier improved it (1974).

/** A running sum and what its rounding lost so far. */
export interface Sum {
  sum: number;
  lost: number;
}

export function addTo(total: Sum, value: number): void {
  const next = total.sum + value;
  if (!Number.isFinite(next) && !Number.isNaN(next)) total.lost = 0;
  else if (Math.abs(total.sum) >= Math.abs(value)) total.lost += total.sum - next + value;
  else total.lost += value - next + total.sum;
  total.sum = next;
}

const isInfinite = (value: number): boolean => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;

export function sumOf(values: ArrayLike<number>, from: number, to: number): number {
  const total: Sum = { sum: 0, lost: 0 };
  for (let i = from; i < to; i++) addTo(total, values[i] as number);
  return isInfinite(total.sum) ? total.sum : total.sum + total.lost;
}

/** The mean as a sum divided, or, where the sum would overflow, as a running mean. */
export function meanOf(values: ArrayLike<number>, from: number, to: number): number {
  const total: Sum = { sum: values[from] as number, lost: 0 };
  let running = false;
  for (let i = from + 1; i < to; i++) {
    const count = i - from + 1;
    if (!running) {
      const before = { ...total };
      addTo(total, values[i] as number);
      if (!isInfinite(total.sum)) continue;
      running = true;
      total.sum = before.sum / (count - 1);
      total.lost = before.lost / (count - 1);
    }
    const share = (count - 1) / count;
    total.sum *= share;
    total.lost *= share;
    addTo(total, (values[i] as number) / count);
  }
  return running ? total.sum + total.lost : total.sum / (to - from) + total.lost / (to - from);
}

/** The population's variance by Welford's method, with compensated sums. */
export function varianceOf(values: ArrayLike<number>, from: number, to: number): number {
  const mean: Sum = { sum: 0, lost: 0 };
  const squares: Sum = { sum: 0, lost: 0 };
  for (let i = from; i < to; i++) {
    const value = values[i] as number;
    const delta = value - (mean.sum + mean.lost);
    addTo(mean, delta / (i - from + 1));
    addTo(squares, delta * (value - (mean.sum + mean.lost)));
  }
  return (squares.sum + squares.lost) / (to - from);
}

/** The quantile between the two nearest ranks, by weight; values need no order. NaN sorts first, as in Prometheus. */
export function quantileOf(quantile: number, values: Iterable<number>): number {
  const sorted = [...values].sort((a, b) =>
    Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : Number.isNaN(b) ? 1 : a - b,
  );
  if (sorted.length === 0 || Number.isNaN(quantile)) return Number.NaN;
  if (quantile < 0) return Number.NEGATIVE_INFINITY;
  if (quantile > 1) return Number.POSITIVE_INFINITY;
  const rank = quantile * (sorted.length - 1);
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(sorted.length - 1, lower + 1);
  const weight = rank - Math.floor(rank);
  return (sorted[lower] as number) * (1 - weight) + (sorted[upper] as number) * weight;
}
