// What belongs on a timeline beside deploys, scaling and alerts: trouble of hosts and instances.
import type { LoggedEvent } from '../kernel/index.ts';
import { timelineOf } from '../platform/index.ts';
import { mergeTimelines, type TimelineEvent, timelineFromLog } from '../telemetry/timeline/index.ts';
import type { WorldEvent } from '../world/index.ts';

/** Deploys, rollbacks and alerts as the desk's log tells them, and what hosts did beside them. */
export function liveEvents(log: readonly LoggedEvent[]): readonly TimelineEvent[] {
  const beside = timelineOf(log).flatMap(({ at, kind, host, service, result = '' }): TimelineEvent[] => {
    if (kind === 'deploy' || kind === 'rollback' || kind === 'host-started') return [];
    const where = service === '' ? host : `${service.replace(/\.service$/, '')} (${host})`;
    return [{ at, kind: 'notice', topic: kind, service: where, text: result }];
  });
  return mergeTimelines(timelineFromLog(log), beside);
}

/** Faults, crashes and instances that do not answer. Starts and stops follow from the scaling; calls to Support are counted. */
export function troubleOf(event: WorldEvent): readonly TimelineEvent[] {
  const at = Math.floor(event.at);
  const text = (field: string): string => String(event[field] ?? '');
  switch (event.type) {
    case 'FaultBegan':
    case 'FaultEnded':
      return [{ at, kind: 'notice', topic: event.type, service: text('place'), text: text('fault') }];
    case 'InstanceCrashed':
    case 'InstanceUnhealthy':
      return [{ at, kind: 'notice', topic: event.type, service: text('instance'), text: text('reason') }];
    default:
      return [];
  }
}
