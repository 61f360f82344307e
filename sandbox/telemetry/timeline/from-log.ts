import type { LoggedEvent } from '../../kernel/index.ts';
import { createLabels } from '../labels.ts';
import type { Change, TimelineEvent } from './event.ts';

type Deploy = Extract<TimelineEvent, { kind: 'deploy' }>;
type Rollback = Extract<TimelineEvent, { kind: 'rollback' }>;

/**
 * Deploys, rollbacks and alerts as the sandbox's log tells them, in its order. A deploy is one event even when several hosts told of it:
 * entries of a service with the same action and version from hosts that have not spoken yet belong to what came before.
 * @param changesOf what a version carries (`git log` knows it); nothing where it is not given
 */
export function timelineFromLog(
  log: readonly LoggedEvent[],
  changesOf: (service: string, version: string) => readonly Change[] = () => [],
): readonly TimelineEvent[] {
  const events: TimelineEvent[] = [];
  /** By service: its last event, with its hosts, and what served before. */
  const last = new Map<string, { event: Deploy | Rollback; readonly hosts: Set<string>; serving: string }>();
  for (const entry of log) {
    if (entry.type === 'AlertFired' || entry.type === 'AlertResolved') events.push(...alertOf(entry));
    if (entry.type !== 'DeployRecorded') continue;
    const { at, service, version, action, host, by } = entry;
    const kind = action === 'rollback' ? 'rollback' : 'deploy';
    const result = entry.result === 'succeeded' ? 'succeeded' : 'failed';
    const known = last.get(service);
    const isSame = known !== undefined && known.event.kind === kind && known.event.version === version;
    if (isSame && host !== '' && !known.hosts.has(host)) {
      known.hosts.add(host);
      // A version that one host could not take has not arrived.
      if (result === 'failed' && known.event.result === 'succeeded') {
        const failed = { ...known.event, result } as const;
        events[events.indexOf(known.event)] = failed;
        known.event = failed;
        known.serving = failed.from;
      }
      continue;
    }
    const from = known?.serving ?? '';
    const event: Deploy | Rollback =
      kind === 'deploy'
        ? { at, kind, service, version, from, result, by, changes: changesOf(service, version) }
        : { at, kind, service, version, from, result, by, reason: '' };
    events.push(event);
    last.set(service, { event, hosts: new Set([host]), serving: result === 'succeeded' ? version : from });
  }
  return events;
}

/** Labels that are no JSON object come from nobody of us: such an entry is left out. */
function alertOf({ type, labels, when }: Extract<LoggedEvent, { type: `Alert${string}` }>): readonly TimelineEvent[] {
  try {
    const pairs = Object.entries(JSON.parse(labels) as object).map(([name, value]) => [name, String(value)] as const);
    const state = type === 'AlertFired' ? 'firing' : 'resolved';
    return [{ at: when, kind: 'alert', state, labels: createLabels(pairs) }];
  } catch {
    return [];
  }
}
