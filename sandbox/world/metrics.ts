/** A time series as Prometheus names it. */
export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** Id of the instance that tells it, or -1 when it is told elsewhere. */
  readonly instance: number;
}

/** All series with their present values, side by side. A histogram's buckets are kept apart and summed when read. */
export interface MetricStore {
  readonly series: Series[];
  values: Float64Array;
  readonly bounds: readonly number[];
  /** Index of the first bucket of each histogram. */
  readonly histograms: number[];
}

export function createMetrics(bounds: readonly number[]): MetricStore {
  return { series: [], values: new Float64Array(256), bounds, histograms: [] };
}

/** Adds a series. @returns its index, for `add` and `set`. */
export function addSeries(store: MetricStore, series: Series): number {
  if (store.series.length === store.values.length) {
    const wider = new Float64Array(store.values.length * 2);
    wider.set(store.values);
    store.values = wider;
  }
  return store.series.push(series) - 1;
}

/** Adds the series of a histogram: `_bucket` for each bound and +Inf, `_sum`, `_count`. @returns the index of the first. */
export function addHistogram(
  store: MetricStore,
  name: string,
  labels: Readonly<Record<string, string>>,
  instance: number,
): number {
  const first = store.series.length;
  for (const le of [...store.bounds.map(String), '+Inf'])
    addSeries(store, { name: `${name}_bucket`, labels: { ...labels, le }, type: 'histogram', instance });
  addSeries(store, { name: `${name}_sum`, labels, type: 'histogram', instance });
  addSeries(store, { name: `${name}_count`, labels, type: 'histogram', instance });
  store.histograms.push(first);
  return first;
}

export function add(store: MetricStore, index: number, amount: number): void {
  store.values[index] = (store.values[index] as number) + amount;
}

/** Counts one duration in seconds. */
export function observe(store: MetricStore, first: number, seconds: number): void {
  const { values, bounds } = store;
  let bucket = 0;
  while (bucket < bounds.length && seconds > (bounds[bucket] as number)) bucket++;
  const sum = first + bounds.length + 1;
  values[first + bucket] = (values[first + bucket] as number) + 1;
  values[sum] = (values[sum] as number) + seconds;
  values[sum + 1] = (values[sum + 1] as number) + 1;
}

/** A process that starts again counts from nothing. */
export function forget(store: MetricStore, instance: number): void {
  for (const [index, series] of store.series.entries()) if (series.instance === instance) store.values[index] = 0;
}

/** Writes the present values into `out`, by index of the series; NaN for what an instance that does not answer would tell. */
export function read(store: MetricStore, out: Float64Array, answers: (instance: number) => boolean): void {
  const { series, values, bounds, histograms } = store;
  let last = -1;
  let lastAnswers = true;
  for (let index = 0; index < series.length; index++) {
    const { instance } = series[index] as Series;
    if (instance !== last) {
      last = instance;
      lastAnswers = instance < 0 || answers(instance);
    }
    out[index] = lastAnswers ? (values[index] as number) : Number.NaN;
  }
  for (const first of histograms)
    for (let bucket = 1; bucket <= bounds.length; bucket++)
      out[first + bucket] = (out[first + bucket] as number) + (out[first + bucket - 1] as number);
}
