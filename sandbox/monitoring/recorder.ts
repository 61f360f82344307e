// A world's own series, scraped into a store as a Prometheus of the company would have them.
import {
  appendTo,
  createLabels,
  labelsOf,
  STALE,
  type Store,
  type StoredSeries,
  seriesOf,
} from '../telemetry/index.ts';
import type { Series, World } from '../world/index.ts';

/** Of series that no instance tells: what the balancer counts, and what the company counts of itself. */
const jobOf = ({ name }: Series): string => (name.startsWith('lb_') ? 'balancer' : 'company');

/**
 * Scrapes a world again and again. Series of an instance have the service's name as `job`, those of the balancer and of the company
 * `job="balancer"` and `job="company"`. A series that an instance no longer tells ends with a marker; `up` is 0 while one that should
 * be there does not answer.
 */
export function createRecorder(store: Store): (world: World) => void {
  const kept: StoredSeries[] = [];
  const told: boolean[] = [];
  const ups = new Map<string, StoredSeries>();

  function stored({ name, labels: own, instance }: Series, index: number): StoredSeries {
    kept[index] ??= seriesOf(
      store,
      labelsOf(name, {
        ...own,
        ...(instance < 0
          ? { job: jobOf({ name } as Series), instance: jobOf({ name } as Series) }
          : { job: own.service ?? '' }),
      }),
    );
    return kept[index];
  }

  return (world) => {
    const at = world.now();
    const values = world.scrape();
    const all = world.series();
    for (let index = 0; index < all.length; index++) {
      const series = all[index] as Series;
      const value = values[index] as number;
      const is = !Number.isNaN(value);
      if (is) appendTo(stored(series, index), at, value);
      else if (told[index]) appendTo(stored(series, index), at, STALE);
      told[index] = is;
    }
    const there = new Set<string>();
    for (const { name, service, state } of world.instances()) {
      if (state === 'stopped') continue;
      there.add(name);
      const up =
        ups.get(name) ??
        seriesOf(
          store,
          createLabels([
            ['__name__', 'up'],
            ['job', service],
            ['instance', name],
          ]),
        );
      ups.set(name, up);
      appendTo(up, at, state === 'up' || state === 'draining' ? 1 : 0);
    }
    for (const [name, up] of ups) {
      if (there.has(name)) continue;
      appendTo(up, at, STALE);
      ups.delete(name);
    }
  };
}
