// Delivery figures: DORA's five metrics and the times of a single incident, computed from the timeline.
export { type Incident, incidents, judgeReport, type ReportedTimes, type ReportVerdict } from './incident.ts';
export {
  changesInProduction,
  type DeliveryMetrics,
  type Durations,
  deliveryMetrics,
  type FailedDeployment,
  failedDeployments,
} from './metrics.ts';
