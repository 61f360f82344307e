import type { Labels } from '../labels.ts';
import type { Alert } from './alert.ts';
import type { Integration } from './receiver.ts';
import type { Silence } from './silence.ts';

/** Everything that Alertmanager remembers. Plain data that survives JSON; never changed in place. */
export interface AlertmanagerState {
  readonly alerts: readonly Alert[];
  readonly groups: readonly Group[];
  /** What was last said of a group, by group key and integration. */
  readonly log: Readonly<Record<string, LogEntry>>;
  readonly silences: readonly Silence[];
}

/** Alerts of one route that are notified together. */
export interface Group {
  /** The id of its route. */
  readonly route: string;
  /** The key of the route and the labels that its alerts share: `{}:{alertname="Slow"}`. */
  readonly key: string;
  readonly labels: Labels;
  readonly alerts: readonly Alert[];
  /** When it next looks whether there is something to tell. */
  readonly nextFlush: number;
}

/** An entry of the notification log: keys of the alerts that were firing and resolved in it. */
export interface LogEntry {
  readonly at: number;
  readonly expiresAt: number;
  readonly firing: readonly string[];
  readonly resolved: readonly string[];
}

/** Why a group was told of. */
export type Reason = 'first' | 'new alerts' | 'all resolved' | 'some resolved' | 'repeat';

/** What goes out: one message of one group to one integration of a receiver. */
export interface Notification {
  readonly at: number;
  readonly receiver: string;
  readonly integration: Integration;
  readonly groupKey: string;
  readonly groupLabels: Labels;
  readonly status: 'firing' | 'resolved';
  readonly reason: Reason;
  readonly alerts: readonly NotifiedAlert[];
}

export interface NotifiedAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly startsAt: number;
  /** Only of a resolved one. */
  readonly endsAt?: number;
  readonly generatorURL: string;
}

export const emptyAlertmanager: AlertmanagerState = { alerts: [], groups: [], log: {}, silences: [] };
