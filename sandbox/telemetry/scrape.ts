// What a scrape of a target puts into the store.
import { ExpositionError, readExposition } from './exposition.ts';
import { createLabels, type Labels, labelsKey, NAME } from './labels.ts';
import { append, STALE, type Store } from './store/store.ts';

/** What is remembered of a target between two scrapes, as plain data. */
export interface ScrapeState {
  /** Series of the last scrape: those that the next one does not bring have ended. */
  readonly series: readonly Labels[];
}

export const noScrapeYet: ScrapeState = { series: [] };

/** What a target answered: its exposition, or why there is none. */
export type Answer = { readonly ok: true; readonly text: string } | { readonly ok: false };

/**
 * Stores a target's answer at a moment in ms, with `up` and how many samples there were. A label of the target that a sample has
 * too keeps the target's value, and the sample's becomes `exported_…`. Series that are gone get a marker of their end.
 * https://prometheus.io/docs/concepts/jobs_instances/
 */
export function storeScrape(
  store: Store,
  target: Readonly<Record<string, string>>,
  answer: Answer,
  state: ScrapeState,
  at: number,
): { readonly state: ScrapeState; readonly error?: string } {
  const pairs = Object.entries(target);
  let error: string | undefined;
  const series: Labels[] = [];
  if (answer.ok) {
    try {
      for (const { samples } of readExposition(answer.text)) {
        for (const { labels, value, time } of samples) {
          const own = withTarget(labels, target);
          append(store, own, time ?? at, value);
          // A sample with a time of its own does not end when it is gone.
          if (time === undefined) series.push(own);
        }
      }
    } catch (wrong) {
      if (!(wrong instanceof ExpositionError)) throw wrong;
      error = wrong.message;
      series.length = 0;
    }
  }
  const there = new Set(series.map(labelsKey));
  for (const labels of state.series) if (!there.has(labelsKey(labels))) append(store, labels, at, STALE);
  append(store, createLabels([...pairs, [NAME, 'up']]), at, answer.ok && error === undefined ? 1 : 0);
  append(store, createLabels([...pairs, [NAME, 'scrape_samples_scraped']]), at, series.length);
  return { state: { series }, ...(error === undefined ? {} : { error }) };
}

function withTarget(labels: Labels, target: Readonly<Record<string, string>>): Labels {
  const exported = labels.map(
    ([name, value]) => [Object.hasOwn(target, name) ? `exported_${name}` : name, value] as const,
  );
  return createLabels([...exported, ...Object.entries(target)]);
}
