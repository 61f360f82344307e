// `node tests/bench/promql.ts`: 10,000 series over 24 hours at 15 seconds, and a quantile over a rate of them, as a median.
import { query } from '../../sandbox/telemetry/promql/query.ts';
import { sizeOf } from '../../sandbox/telemetry/store/store.ts';
import { quantiles, scraped } from './promql-data.ts';

const ROUNDS = 9;
const { store, end } = scraped(Number(process.argv[2] ?? 24));
const { samples, bytes } = sizeOf(store);
console.log(`${samples} samples, ${(bytes / samples).toFixed(2)} bytes a sample`);
console.log(
  `resident ${Math.round(process.memoryUsage().rss / 1e6)} MB, heap ${Math.round(process.memoryUsage().heapUsed / 1e6)} MB`,
);
for (const expression of quantiles) {
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
