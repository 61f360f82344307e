// Telemetry: what can be seen of production. A store of time series, PromQL over it, and what is built on them.

export {
  type ExposedSample,
  ExpositionError,
  type Family,
  type MetricType,
  readExposition,
  writeExposition,
} from './exposition.ts';
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
export { type Alert, createGroupState, evaluateGroup, type GroupState, type RuleOptions } from './rules/evaluate.ts';
export { type AlertingRule, type RecordingRule, type Rule, type RuleGroup, readRules } from './rules/read.ts';
export { alertsOf, createRulesState, evaluateRules, nextEvaluation, type RulesState } from './rules/rules.ts';
export { type Answer, noScrapeYet, type ScrapeState, storeScrape } from './scrape.ts';
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
