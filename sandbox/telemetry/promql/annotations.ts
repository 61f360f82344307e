// What Prometheus tells besides a result: warnings and infos, each once, with the place in the query.
import { quote } from '../labels.ts';
import { formatTime } from './civil.ts';
import { placeOf } from './errors.ts';
import { formatG } from './format-number.ts';

export interface Annotations {
  readonly text: string;
  /** Places that were asked for, by position. */
  readonly places: Map<number, string>;
  readonly warnings: Map<string, string>;
  readonly infos: Map<string, string>;
  readonly monotonicity: Map<string, Monotonicity>;
}

/** How far buckets of a histogram had to be raised, over all moments. */
interface Monotonicity {
  count: number;
  from: number;
  to: number;
  minBucket: number;
  maxBucket: number;
  maxDiff: number;
}

export function createAnnotations(text: string): Annotations {
  return { text, places: new Map(), warnings: new Map(), infos: new Map(), monotonicity: new Map() };
}

function place({ text, places }: Annotations, at: number): string {
  const known = places.get(at) ?? placeOf(text, at);
  places.set(at, known);
  return known;
}

export function warn(notes: Annotations, message: string, at: number): void {
  const text = `PromQL warning: ${message} (${place(notes, at)})`;
  notes.warnings.set(text, text);
}

export function inform(notes: Annotations, message: string, at: number): void {
  const text = `PromQL info: ${message} (${place(notes, at)})`;
  notes.infos.set(text, text);
}

export function warnOfQuantile(notes: Annotations, quantile: number, at: number): void {
  if (quantile >= 0 && quantile <= 1) return;
  warn(notes, `quantile value should be between 0 and 1, got ${formatG(quantile)}`, at);
}

const forced =
  'PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)';

export function informOfMonotonicity(
  notes: Annotations,
  metric: string,
  at: number,
  time: number,
  found: { readonly minBucket: number; readonly maxBucket: number; readonly maxDiff: number },
): void {
  const key = `${forced}${metric === '' ? '' : ` for metric name ${quote(metric)}`}\n (${place(notes, at)})`;
  const known = notes.monotonicity.get(key) ?? {
    count: 0,
    from: time,
    to: time,
    minBucket: Number.POSITIVE_INFINITY,
    maxBucket: Number.NEGATIVE_INFINITY,
    maxDiff: 0,
  };
  notes.monotonicity.set(key, {
    count: known.count + 1,
    from: Math.min(known.from, time),
    to: Math.max(known.to, time),
    minBucket: Math.min(known.minBucket, found.minBucket),
    maxBucket: Math.max(known.maxBucket, found.maxBucket),
    maxDiff: Math.max(known.maxDiff, found.maxDiff),
  });
}

export function warningsOf(notes: Annotations): readonly string[] {
  return [...notes.warnings.keys()];
}

export function infosOf(notes: Annotations): readonly string[] {
  const raised = [...notes.monotonicity].map(([key, m]) => {
    const [what, where] = key.split('\n') as [string, string];
    const buckets = `from buckets ${formatG(m.minBucket)} to ${formatG(m.maxBucket)}`;
    const diff = `with a max diff of ${formatG(m.maxDiff, 2)}`;
    return `${what}, ${buckets}, ${diff}, over ${m.count} samples from ${formatTime(m.from)} to ${formatTime(m.to)}${where}`;
  });
  return [...notes.infos.keys(), ...raised];
}
