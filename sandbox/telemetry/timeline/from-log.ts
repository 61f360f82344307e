import type { LoggedEvent } from '../../kernel/index.ts';
import type { Change, TimelineEvent } from './event.ts';

type Deploy = Extract<TimelineEvent, { kind: 'deploy' }>;
type Rollback = Extract<TimelineEvent, { kind: 'rollback' }>;

/**
 * Deploys and rollbacks as the sandbox's log tells them, one event for each even when several hosts told of it: entries of a service with
 * the same action and version from hosts that have not spoken yet belong to what came before.
 * @param changesOf what a version carries (`git log` knows it); nothing where it is not given
 */
export function timelineFromLog(
  log: readonly LoggedEvent[],
  changesOf: (service: string, version: string) => readonly Change[] = () => [],
): readonly TimelineEvent[] {
  const events: (Deploy | Rollback)[] = [];
  /** By service: its last event, with its hosts, and what served before. */
  const last = new Map<string, { event: Deploy | Rollback; readonly hosts: Set<string>; serving: string }>();
  for (const entry of log) {
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
