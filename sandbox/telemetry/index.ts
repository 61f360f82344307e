// Telemetry: what can be seen of production. A store of time series, PromQL over it, and what is built on them.

export { readScrapeConfig, type ScrapeConfig, type ScrapeJob } from './config.ts';
export {
  type ExposedSample,
  ExpositionError,
  type Family,
  type MetricType,
  readExposition,
  writeExposition,
} from './exposition.ts';
export { type ApiAnswer, answerApi } from './http-api.ts';
export {
  createLabels,
  formatAllLabels,
  formatLabels,
  getLabel,
  type Labels,
  labelsOf,
  recordOf,
} from './labels.ts';
export { lintMetrics, type MetricProblem } from './metrics-lint.ts';
export { formatDuration, parseDuration } from './promql/duration.ts';
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
export { parseTime } from './promql/time.ts';
export { compileRegex, expandTemplate, findMatch, type Regex, RegexError } from './regex/index.ts';
export { type Alert, createGroupState, evaluateGroup, type GroupState, type RuleOptions } from './rules/evaluate.ts';
export { type AlertingRule, type RecordingRule, type Rule, type RuleGroup, readRules } from './rules/read.ts';
export { alertsOf, createRulesState, evaluateRules, nextEvaluation, type RulesState } from './rules/rules.ts';
export { type RuleTests, readRuleTests, runRuleTests } from './rules/unit-test.ts';
export { type Answer, noScrapeYet, type ScrapeState, storeScrape } from './scrape.ts';
export {
  append,
  appendTo,
  copyStore,
  createStore,
  forgetBefore,
  restoreStore,
  STALE,
  type Store,
  type StoredSeries,
  type StoreSnapshot,
  seriesOf,
  sizeOf,
  snapshotStore,
} from './store/store.ts';
