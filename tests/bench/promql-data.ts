// 10,000 series of a histogram, scraped every 15 seconds.
import { createLabels, type Labels } from '../../sandbox/telemetry/labels.ts';
import { append, createStore, type Store } from '../../sandbox/telemetry/store/store.ts';

const EVERY = 15_000;
const bounds = ['0.05', '0.1', '0.25', '0.5', '1', '2.5', '5', '+Inf'];

export const quantiles = [
  'histogram_quantile(0.99, rate(http_request_duration_seconds_bucket[5m]))',
  'histogram_quantile(0.99, sum by (le, path) (rate(http_request_duration_seconds_bucket[5m])))',
] as const;

/** @returns the store, and the moment of its last samples: ms. */
export function scraped(hours: number): { readonly store: Store; readonly end: number } {
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
  const end = hours * 3_600_000;
  for (let time = 0, scrape = 0; time <= end; time += EVERY, scrape++) {
    for (const { labels, pace } of series) append(store, labels, time, scrape * pace + ((scrape * 7) % 5));
  }
  return { store, end };
}
