// Monitoring: what connects production with telemetry. Samples go into a store, rules are evaluated over it, alerts go to Alertmanager
// and from there to people; for production as it lives, and for the company's days that are lived through again.

export type { DayAlert, WatchedDay } from './day.ts';
export { type LogLine, labelsOfLog } from './logs.ts';
export { withDays } from './network.ts';
export { keepRun, writeLogs } from './replays.ts';
export {
  formatRun,
  LARGEST_ARTIFACT,
  type RunAnswer,
  type RunDocument,
  type RunFile,
  type RunTexts,
  readRun,
  runDay,
  runDayForFigures,
  runFiles,
} from './run.ts';
