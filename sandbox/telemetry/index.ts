// Telemetry: what can be seen of production. A store of time series, PromQL over it, and what is built on them.
export { createLabels, formatLabels, getLabel, type Labels, labelsOf } from './labels.ts';
export {
  type Point,
  type QueryOptions,
  type QueryResult,
  type QueryValue,
  query,
  queryRange,
  type Sample,
  type SeriesPoints,
} from './promql/query.ts';
export {
  append,
  createStore,
  forgetBefore,
  restoreStore,
  STALE,
  type Store,
  type StoreSnapshot,
  sizeOf,
  snapshotStore,
} from './store/store.ts';
