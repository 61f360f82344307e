import { getLabel, type Labels, labelsKey, NAME } from '../labels.ts';
import { type Chunk, firstAfter, seal, timeAt, valueAt } from './chunk.ts';

/** Samples of every series, by time in ms of simulated time. */
export interface Store {
  readonly byKey: Map<string, StoredSeries>;
  readonly byName: Map<string, StoredSeries[]>;
  /** Series by the very labels that were given last time: whoever keeps its labels is served faster. */
  byLabels: WeakMap<Labels, StoredSeries>;
}

export interface StoredSeries {
  readonly labels: Labels;
  readonly chunks: Chunk[];
  /** Samples that are not sealed yet. */
  readonly times: number[];
  readonly values: number[];
  /** Times of staleness markers: the series ended there. Kept apart because a NaN's payload does not survive everywhere. */
  readonly stale: number[];
}

/** A sample that is a marker of the end holds this in place of a value. */
export const STALE = 'stale';

/** A store as plain data that survives structuredClone. */
export interface StoreSnapshot {
  readonly version: 1;
  readonly series: readonly StoredSeries[];
}

const CHUNK = 240;

export function createStore(): Store {
  return { byKey: new Map(), byName: new Map(), byLabels: new WeakMap() };
}

export function seriesOf(store: Store, labels: Labels): StoredSeries {
  const same = store.byLabels.get(labels);
  if (same !== undefined) return same;
  const key = labelsKey(labels);
  let series = store.byKey.get(key);
  if (series === undefined) {
    series = { labels, chunks: [], times: [], values: [], stale: [] };
    index(store, key, series);
  }
  store.byLabels.set(labels, series);
  return series;
}

function index(store: Store, key: string, series: StoredSeries): void {
  store.byKey.set(key, series);
  const name = getLabel(series.labels, NAME);
  const same = store.byName.get(name);
  if (same === undefined) store.byName.set(name, [series]);
  else same.push(series);
}

function lastTime(series: StoredSeries): number {
  return series.times.at(-1) ?? series.chunks.at(-1)?.last ?? Number.NEGATIVE_INFINITY;
}

/**
 * Adds a sample. Time only goes forward within a series: one that is not newer than the last is not added.
 * @returns whether it was added
 */
export function append(store: Store, labels: Labels, time: number, value: number | typeof STALE): boolean {
  return appendTo(seriesOf(store, labels), time, value);
}

/** The same, for whoever keeps the series. */
export function appendTo(series: StoredSeries, time: number, value: number | typeof STALE): boolean {
  if (time <= lastTime(series)) return false;
  if (value === STALE) series.stale.push(time);
  series.times.push(time);
  series.values.push(value === STALE ? Number.NaN : value);
  if (series.times.length === CHUNK) {
    series.chunks.push(seal(series.times, series.values));
    series.times.length = 0;
    series.values.length = 0;
  }
  return true;
}

/** Forgets chunks that end before that time, and series of which nothing is left. */
export function forgetBefore(store: Store, time: number): void {
  for (const [key, series] of store.byKey) {
    const kept = series.chunks.findIndex(({ last }) => last >= time);
    series.chunks.splice(0, kept < 0 ? series.chunks.length : kept);
    const stale = series.stale.findIndex((at) => at >= time);
    series.stale.splice(0, stale < 0 ? series.stale.length : stale);
    if (series.chunks.length > 0 || lastTime(series) >= time) continue;
    store.byKey.delete(key);
    store.byLabels = new WeakMap();
    const name = getLabel(series.labels, NAME);
    const rest = (store.byName.get(name) ?? []).filter((other) => other !== series);
    if (rest.length > 0) store.byName.set(name, rest);
    else store.byName.delete(name);
  }
}

/** Samples of one series read out, in buffers that are used again for the next one. */
export interface Samples {
  times: Float64Array;
  values: Float64Array;
  count: number;
}

export function createSamples(): Samples {
  return { times: new Float64Array(256), values: new Float64Array(256), count: 0 };
}

function push(out: Samples, time: number, value: number): void {
  if (out.count === out.times.length) {
    const times = new Float64Array(out.count * 2);
    const values = new Float64Array(out.count * 2);
    times.set(out.times);
    values.set(out.values);
    out.times = times;
    out.values = values;
  }
  out.times[out.count] = time;
  out.values[out.count++] = value;
}

/** Reads what lies in (after, until] into `out`, without the markers of the end. */
export function readSamples(series: StoredSeries, after: number, until: number, out: Samples): void {
  out.count = 0;
  const stale = series.stale.length > 0 ? new Set(series.stale) : undefined;
  const take = (time: number, value: number): void => {
    if (stale === undefined || !Number.isNaN(value) || !stale.has(time)) push(out, time, value);
  };
  for (const chunk of series.chunks) {
    if (chunk.last <= after) continue;
    if (chunk.first > until) return;
    for (let i = firstAfter(chunk, after); i < chunk.count; i++) {
      const time = timeAt(chunk, i);
      if (time > until) return;
      take(time, valueAt(chunk, i));
    }
  }
  for (let i = 0; i < series.times.length; i++) {
    const time = series.times[i] as number;
    if (time > until) return;
    if (time > after) take(time, series.values[i] as number);
  }
}

/** Reads what lies in (after, until] with the markers of the end: `isStale` says which they are. */
export function readWithMarkers(series: StoredSeries, after: number, until: number, out: Samples): ReadonlySet<number> {
  const { stale } = series;
  if (stale.length === 0) {
    readSamples(series, after, until, out);
    return new Set();
  }
  readSamples({ ...series, stale: [] }, after, until, out);
  return new Set(stale);
}

/** About how many samples lie in (after, until]: whole chunks are counted. */
export function countSamples(series: StoredSeries, after: number, until: number): number {
  let count = 0;
  for (const chunk of series.chunks) if (chunk.last > after && chunk.first <= until) count += chunk.count;
  return count + series.times.length;
}

/** How many series and samples are held, and about how many bytes the samples take. */
export function sizeOf(store: Store): { readonly series: number; readonly samples: number; readonly bytes: number } {
  let samples = 0;
  let bytes = 0;
  for (const { chunks, times } of store.byKey.values()) {
    samples += times.length;
    bytes += times.length * 16;
    for (const { count, times: packed, values } of chunks) {
      samples += count;
      bytes += (values?.byteLength ?? 0) + (typeof packed === 'number' ? 0 : packed.byteLength);
    }
  }
  return { series: store.byKey.size, samples, bytes };
}

/** A store that goes on by itself from what is there: what is sealed is shared. */
export function copyStore(store: Store): Store {
  const copy = createStore();
  for (const [key, { labels, chunks, times, values, stale }] of store.byKey)
    index(copy, key, { labels, chunks: [...chunks], times: [...times], values: [...values], stale: [...stale] });
  return copy;
}

export function snapshotStore(store: Store): StoreSnapshot {
  return structuredClone({ version: 1, series: [...store.byKey.values()] });
}

export function restoreStore(snapshot: StoreSnapshot): Store {
  const store = createStore();
  for (const series of structuredClone(snapshot.series)) index(store, labelsKey(series.labels), series);
  return store;
}
