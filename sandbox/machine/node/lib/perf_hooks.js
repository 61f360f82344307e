import {
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
  PerformanceObserver,
  performance,
} from 'node:internal/clock';

export { PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, performance };
export default { PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, performance };
