// The company's alerting as it runs: files on its disk, alerts and events in, messages out.
export {
  type AlertingState,
  type Arrival,
  alertingPaths,
  type Disk,
  type PagerIncident,
  readAlerting,
  settleAlerting,
  settleNews,
  writeAlerting,
} from './service.ts';
export { type AlertChange, createWatch, type Watch } from './watch.ts';
