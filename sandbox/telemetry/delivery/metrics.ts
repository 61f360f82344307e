import type { TimelineEvent } from '../timeline/index.ts';

/**
 * DORA's five software delivery metrics from a timeline. Definitions: dora.dev, "DORA's software delivery performance metrics";
 * where they leave room, what counts is said here. A deployment is a version that began to serve: an attempt that failed and left the
 * old version serving is none. All times in ms.
 */
export interface DeliveryMetrics {
  readonly from: number;
  readonly to: number;
  /** Deployments of new versions, without rollbacks. */
  readonly deployments: number;
  readonly rollbacks: number;
  /** Deployments a day over the period. */
  readonly deploymentFrequency: number;
  /** From a change's commit to the deployment that first carried it; one figure a change. */
  readonly leadTime: Durations | undefined;
  /** Share of deployments that needed a rollback or a fix forward; undefined without deployments. */
  readonly changeFailRate: number | undefined;
  /** From a deployment that failed to the rollback or fix forward that ended it; those that nobody has ended do not count. */
  readonly failedDeploymentRecoveryTime: Durations | undefined;
  /** Share of unplanned ones (rollbacks and fixes forward) in everything that changed what serves; undefined without any. */
  readonly reworkRate: number | undefined;
}

export interface Durations {
  readonly count: number;
  readonly mean: number;
  readonly median: number;
  readonly longest: number;
}

type Deploy = Extract<TimelineEvent, { kind: 'deploy' }>;
type Rollback = Extract<TimelineEvent, { kind: 'rollback' }>;

/** A deployment that needed intervention, and what ended it. */
export interface FailedDeployment {
  readonly deploy: Deploy;
  readonly remedy: Deploy | Rollback;
  readonly recoveryTime: number;
}

/** The metrics of the deployments in from ≤ t < to. Remedies count even when they come later. */
export function deliveryMetrics(timeline: readonly TimelineEvent[], from: number, to: number): DeliveryMetrics {
  const inside = (event: TimelineEvent): boolean => event.at >= from && event.at < to;
  const changes = timeline.filter(isChange);
  const deploys = changes.filter((event) => event.kind === 'deploy').filter(inside);
  const rollbacks = changes.filter((event) => event.kind === 'rollback').filter(inside);
  const failed = failedDeployments(timeline).filter(({ deploy }) => inside(deploy));
  const leadTimes = changesInProduction(timeline).filter(({ deployedAt }) => deployedAt >= from && deployedAt < to);
  const unplanned = rollbacks.length + deploys.filter(({ mends }) => mends !== undefined).length;
  return {
    from,
    to,
    deployments: deploys.length,
    rollbacks: rollbacks.length,
    deploymentFrequency: deploys.length / ((to - from) / 86_400_000),
    leadTime: durations(leadTimes.map(({ leadTime }) => leadTime)),
    changeFailRate: ratio(failed.length, deploys.length),
    failedDeploymentRecoveryTime: durations(failed.map(({ recoveryTime }) => recoveryTime)),
    reworkRate: ratio(unplanned, deploys.length + rollbacks.length),
  };
}

/** Every change that reached production, with the time from its commit to the first deployment that carried it. */
export function changesInProduction(timeline: readonly TimelineEvent[]): readonly {
  readonly commit: string;
  readonly service: string;
  readonly deployedAt: number;
  readonly leadTime: number;
}[] {
  const seen = new Set<string>();
  return timeline.filter(isChange).flatMap((event) => {
    if (event.kind !== 'deploy') return [];
    return event.changes.flatMap(({ commit, committedAt }) => {
      const key = `${event.service}\0${commit}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ commit, service: event.service, deployedAt: event.at, leadTime: event.at - committedAt }];
    });
  });
}

/** Deployments after which somebody had to intervene, in order of time. The first remedy counts. */
export function failedDeployments(timeline: readonly TimelineEvent[]): readonly FailedDeployment[] {
  const changes = timeline.filter(isChange);
  return changes.flatMap((deploy, index) => {
    if (deploy.kind !== 'deploy') return [];
    // The same version may be deployed again later: a remedy belongs to the last one before it.
    const again = changes.findIndex(
      (other, at) => at > index && other.kind === 'deploy' && isSame(other, deploy.service, deploy.version),
    );
    const after = changes.slice(index + 1, again < 0 ? undefined : again);
    const remedy = after.find((event) =>
      event.kind === 'rollback'
        ? isLeaving(event, deploy)
        : event.service === deploy.service && event.mends === deploy.version,
    );
    if (remedy === undefined) return [];
    return [{ deploy, remedy, recoveryTime: remedy.at - deploy.at }];
  });
}

/** What served and changed: deploys and rollbacks that succeeded. */
function isChange(event: TimelineEvent): event is Deploy | Rollback {
  return (event.kind === 'deploy' || event.kind === 'rollback') && event.result === 'succeeded';
}

function isSame(event: Deploy, service: string, version: string): boolean {
  return event.service === service && event.version === version;
}

function isLeaving(rollback: Rollback, deploy: Deploy): boolean {
  return rollback.service === deploy.service && rollback.from === deploy.version;
}

function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

function durations(values: readonly number[]): Durations | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const at = (index: number): number => sorted[index] as number;
  return {
    count: sorted.length,
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    median: sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2,
    longest: at(sorted.length - 1),
  };
}
