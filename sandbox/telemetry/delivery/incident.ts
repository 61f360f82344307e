import { getLabel, labelsKey } from '../labels.ts';
import type { TimelineEvent } from '../timeline/index.ts';

/** A time in which users were harmed as far as alerts told: from the first that fired to the end of the last. */
export interface Incident {
  readonly startedAt: number;
  /** Undefined while an alert still fires. */
  readonly endedAt: number | undefined;
  /** Names of the alerts that fired, in order of firing, each once. */
  readonly alerts: readonly string[];
}

/** Incidents of a timeline: alerts that fire at the same time belong together. */
export function incidents(timeline: readonly TimelineEvent[]): readonly Incident[] {
  const found: Incident[] = [];
  const firing = new Set<string>();
  let open: { startedAt: number; alerts: string[] } | undefined;
  for (const event of timeline) {
    if (event.kind !== 'alert') continue;
    const key = labelsKey(event.labels);
    if (event.state === 'firing') {
      firing.add(key);
      open ??= { startedAt: event.at, alerts: [] };
      const name = getLabel(event.labels, 'alertname');
      if (!open.alerts.includes(name)) open.alerts.push(name);
    } else if (firing.delete(key) && firing.size === 0 && open !== undefined) {
      found.push({ ...open, endedAt: event.at });
      open = undefined;
    }
  }
  return open === undefined ? found : [...found, { ...open, endedAt: undefined }];
}

/** What somebody says of their own change against what the log says. */
export interface ReportedTimes {
  readonly leadTimeMinutes: number;
  readonly recoveryTimeMinutes: number;
}

export interface ReportVerdict {
  readonly expected: ReportedTimes;
  readonly isLeadTimeRight: boolean;
  readonly isRecoveryTimeRight: boolean;
}

/**
 * Compares a report with what the log says (`changesInProduction`, `incidents`), in ms; a minute more or less is right.
 */
export function judgeReport(
  report: ReportedTimes,
  truth: { readonly leadTime: number; readonly recoveryTime: number },
): ReportVerdict {
  const expected = { leadTimeMinutes: truth.leadTime / 60_000, recoveryTimeMinutes: truth.recoveryTime / 60_000 };
  const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= 1;
  return {
    expected,
    isLeadTimeRight: isNear(report.leadTimeMinutes, expected.leadTimeMinutes),
    isRecoveryTimeRight: isNear(report.recoveryTimeMinutes, expected.recoveryTimeMinutes),
  };
}
