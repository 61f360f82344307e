// Quantiles and shares of classic histograms: cumulative counts in buckets with an upper bound, the label `le`.

export interface Bucket {
  readonly bound: number;
  readonly count: number;
}

export interface Quantile {
  readonly value: number;
  /** Set where counts fell from one bucket to the next, which a cumulative histogram cannot, and were raised. */
  readonly raised?: { readonly minBucket: number; readonly maxBucket: number; readonly maxDiff: number };
}

/** Buckets by bound, those of the same bound added up; undefined where none is +Inf, since then the total is not known. */
function ordered(buckets: readonly Bucket[]): Bucket[] | undefined {
  const sorted = [...buckets].sort((a, b) => (a.bound < b.bound ? -1 : a.bound > b.bound ? 1 : 0));
  if (sorted.at(-1)?.bound !== Number.POSITIVE_INFINITY) return undefined;
  const out: Bucket[] = [];
  for (const bucket of sorted) {
    const last = out.at(-1);
    if (last?.bound === bucket.bound) out[out.length - 1] = { bound: bucket.bound, count: last.count + bucket.count };
    else out.push(bucket);
  }
  return out;
}

const TOLERANCE = 1e-12;

/** Equal but for a share of both: Prometheus, util/almost. */
function almostEqual(a: number, b: number): boolean {
  if (Number.isNaN(a) && Number.isNaN(b)) return true;
  if (a === b) return true;
  const sum = Math.abs(a) + Math.abs(b);
  const diff = Math.abs(a - b);
  const smallest = 2.2250738585072014e-308;
  if (a === 0 || b === 0 || sum < smallest) return diff < TOLERANCE * smallest;
  return diff / Math.min(sum, Number.MAX_VALUE) < TOLERANCE;
}

/** Counts that never fall; differences by rounding are ignored silently. */
function monotonic(buckets: readonly Bucket[]): { buckets: Bucket[]; raised: Quantile['raised'] } {
  let before = (buckets[0] as Bucket).count;
  let raised: { minBucket: number; maxBucket: number; maxDiff: number } | undefined;
  const out = buckets.map(({ bound, count }, i) => {
    if (i === 0 || count === before) return { bound, count };
    if (almostEqual(before, count)) return { bound, count: before };
    if (count < before) {
      raised = {
        minBucket: Math.min(raised?.minBucket ?? bound, bound),
        maxBucket: Math.max(raised?.maxBucket ?? bound, bound),
        maxDiff: Math.max(raised?.maxDiff ?? 0, before - count),
      };
      return { bound, count: before };
    }
    before = count;
    return { bound, count };
  });
  return { buckets: out, raised };
}

/** The value below which that share of observations lies, by linear interpolation in its bucket. Prometheus, promql/quantile.go. */
export function bucketQuantile(quantile: number, given: readonly Bucket[]): Quantile {
  if (Number.isNaN(quantile)) return { value: Number.NaN };
  if (quantile < 0) return { value: Number.NEGATIVE_INFINITY };
  if (quantile > 1) return { value: Number.POSITIVE_INFINITY };
  const sorted = ordered(given);
  if (sorted === undefined) return { value: Number.NaN };
  const { buckets, raised } = monotonic(sorted);
  const last = buckets.length - 1;
  const total = (buckets[last] as Bucket).count;
  if (last < 1 || total === 0) return { value: Number.NaN, raised };
  let rank = quantile * total;
  let at = buckets.findIndex(({ count }, i) => i === last || count >= rank);
  if (at < 0) at = last;
  const { bound, count } = buckets[at] as Bucket;
  if (at === last) return { value: (buckets[last - 1] as Bucket).bound, raised };
  if (at === 0 && bound <= 0) return { value: bound, raised };
  const below = at > 0 ? (buckets[at - 1] as Bucket) : { bound: 0, count: 0 };
  rank -= below.count;
  return { value: below.bound + (bound - below.bound) * (rank / (count - below.count)), raised };
}

/** The share of observations between two values. */
export function bucketFraction(lower: number, upper: number, given: readonly Bucket[]): number {
  const buckets = ordered(given);
  const total = buckets?.at(-1)?.count ?? 0;
  if (buckets === undefined || total === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return Number.NaN;
  if (lower >= upper) return 0;
  const rankOf = (value: number): number => {
    let from = (buckets[0] as Bucket).bound <= 0 ? Number.NEGATIVE_INFINITY : 0;
    let rank = 0;
    for (const { bound, count } of buckets) {
      if (from >= value) return rank;
      if (bound > value) {
        return from === Number.NEGATIVE_INFINITY ? count : rank + ((count - rank) * (value - from)) / (bound - from);
      }
      rank = count;
      from = bound;
    }
    return total;
  };
  return (Math.min(rankOf(upper), total) - Math.min(rankOf(lower), total)) / total;
}
