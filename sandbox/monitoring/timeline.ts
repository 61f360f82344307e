import type { TimelineEvent } from '../telemetry/timeline/index.ts';
import type { WorldEvent } from '../world/index.ts';

/** What a world did, as events of the company's timeline: deploys, goings back to a version that has served before, scaling. */
export function worldTimeline(
  events: readonly WorldEvent[],
  first: Readonly<Record<string, string>>,
): readonly TimelineEvent[] {
  const serving = new Map(Object.entries(first));
  const served = new Map<string, Set<string>>(
    Object.entries(first).map(([service, version]) => [service, new Set([version])]),
  );
  return events.flatMap((event): TimelineEvent[] => {
    const { type, service = '' } = event;
    const at = Math.floor(event.at);
    const name = String(service);
    if (type === 'ScaledUp' || type === 'ScaledDown')
      return [{ at, kind: 'scale', service: name, from: Number(event.from), to: Number(event.to), reason: 'capacity' }];
    if (type !== 'DeployFinished') return [];
    const version = String(event.version);
    const from = serving.get(name) ?? '';
    const known = served.get(name) ?? new Set();
    const isBack = known.has(version);
    known.add(version);
    served.set(name, known);
    serving.set(name, version);
    const shared = { at, service: name, version, from, result: 'succeeded', by: 'deploy.sh' } as const;
    return [isBack ? { ...shared, kind: 'rollback', reason: '' } : { ...shared, kind: 'deploy', changes: [] }];
  });
}
