// `node tests/bench/promql.ts`: 10,000 series over 24 hours at 15 seconds, and a quantile over a rate of them, as a median.
import { createLabels, type Labels } from '../../sandbox/telemetry/labels.ts';
import { query } from '../../sandbox/telemetry/promql/query.ts';
import { append, createStore, sizeOf } from '../../sandbox/telemetry/store/store.ts';

const HOURS = Number(process.argv[2] ?? 24);
const EVERY = 15_000;
const ROUNDS = 9;
const bounds = ['0.05', '0.1', '0.25', '0.5', '1', '2.5', '5', '+Inf'];

const series: { readonly labels: Labels; readonly pace: number }[] = [];
for (let i = 0; i < 10_000; i++) {
  const bucket = i % bounds.length;
  const labels = createLabels([
    ['__name__', 'http_request_duration_seconds_bucket'],
    ['instance', `web-${Math.floor(i / 80)}`],
    ['path', `/p${Math.floor(i / 8) % 10}`],
    ['le', bounds[bucket] as string],
  ]);
  series.push({ labels, pace: (bucket + 1) * (1 + (Math.floor(i / 8) % 7)) });
}
const store = createStore();
const end = HOURS * 3_600_000;
for (let time = 0, scrape = 0; time <= end; time += EVERY, scrape++) {
  for (const { labels, pace } of series) append(store, labels, time, scrape * pace + ((scrape * 7) % 5));
}
const { samples, bytes } = sizeOf(store);
console.log(`${series.length} series, ${samples} samples, ${(bytes / samples).toFixed(2)} bytes a sample`);
console.log(
  `resident ${Math.round(process.memoryUsage().rss / 1e6)} MB, heap ${Math.round(process.memoryUsage().heapUsed / 1e6)} MB`,
);
for (const expression of [
  'histogram_quantile(0.99, rate(http_request_duration_seconds_bucket[5m]))',
  'histogram_quantile(0.99, sum by (le, path) (rate(http_request_duration_seconds_bucket[5m])))',
]) {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    const result = query(store, expression, end);
    times.push(performance.now() - started);
    if (!result.ok) throw new Error(result.message);
  }
  const first = times[0] as number;
  const median = times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] as number;
  console.log(`${expression}: median ${median.toFixed(0)} ms, first ${first.toFixed(0)} ms`);
}
