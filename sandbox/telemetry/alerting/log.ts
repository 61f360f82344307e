import { labelsKey } from '../labels.ts';
import type { LogEntry, NotifiedAlert, Reason } from './state.ts';

type Log = Readonly<Record<string, LogEntry>>;

/** How long an entry is kept at most: Alertmanager's default `--data.retention`. */
const RETENTION = 120 * 3_600_000;

export function entryKey(group: string, receiver: string, kind: string, index: number): string {
  return JSON.stringify([group, receiver, kind, index]);
}

/**
 * Whether a group is told of now, and why: a first or a further alert fires, all are over, some are over (where the receiver wants to
 * hear of that), or the last word is as old as `repeat_interval`. Documentation, `group_interval` and `repeat_interval`.
 */
export function reasonFor(
  logged: LogEntry | undefined,
  alerts: readonly NotifiedAlert[],
  sendResolved: boolean,
  repeatInterval: number,
  at: number,
): Reason | undefined {
  const entry = logged === undefined || logged.expiresAt <= at ? undefined : logged;
  const firing = keysOf(alerts, 'firing');
  if (entry === undefined) return firing.length > 0 ? 'first' : undefined;
  if (!firing.every((key) => entry.firing.includes(key))) return entry.firing.length === 0 ? 'first' : 'new alerts';
  // Also where the receiver does not hear of it: the log must know that nothing fires any more.
  if (firing.length === 0) return entry.firing.length > 0 ? 'all resolved' : undefined;
  const isNewlyResolved = keysOf(alerts, 'resolved').some((key) => !entry.resolved.includes(key));
  if (sendResolved && isNewlyResolved) return 'some resolved';
  return at - entry.at >= repeatInterval ? 'repeat' : undefined;
}

/** The log with what has just been said; entries that are too old are dropped. */
export function remember(
  log: Log,
  key: string,
  alerts: readonly NotifiedAlert[],
  repeatInterval: number,
  at: number,
): Log {
  const kept = Object.entries(log).filter(([other, { expiresAt }]) => other !== key && expiresAt > at);
  const entry: LogEntry = {
    at,
    expiresAt: at + Math.min(RETENTION, 2 * repeatInterval),
    firing: keysOf(alerts, 'firing'),
    resolved: keysOf(alerts, 'resolved'),
  };
  return Object.fromEntries([...kept, [key, entry]]);
}

function keysOf(alerts: readonly NotifiedAlert[], wanted: NotifiedAlert['status']): readonly string[] {
  return alerts.filter(({ status }) => status === wanted).map(({ labels }) => labelsKey(labels));
}
