import { getLabel, type Labels } from '../labels.ts';

/** What Prometheus sends of an alert, again and again while it fires. Times in ms since 1970. */
export interface PostedAlert {
  readonly labels: Labels;
  readonly annotations: Labels;
  /** When it began to fire; the moment of arrival where it is absent. */
  readonly startsAt?: number;
  /** When it is over if nobody sends it again; arrival + `resolve_timeout` where it is absent. */
  readonly endsAt?: number;
  readonly generatorURL?: string;
}

/** An alert as Alertmanager keeps it. */
export interface Alert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly generatorURL: string;
  /** `endsAt` was not said by the sender. */
  readonly isTimeout: boolean;
}

export function isResolved(alert: Alert, at: number): boolean {
  return alert.endsAt <= at;
}

export function alertName({ labels }: Pick<Alert, 'labels'>): string {
  return getLabel(labels, 'alertname');
}

/** An alert on its arrival. */
export function arrive(posted: PostedAlert, at: number, resolveTimeout: number): Alert {
  const { labels, annotations, generatorURL = '' } = posted;
  const isTimeout = posted.endsAt === undefined;
  return {
    labels,
    annotations,
    startsAt: posted.startsAt ?? Math.min(at, posted.endsAt ?? at),
    endsAt: posted.endsAt ?? at + resolveTimeout,
    generatorURL,
    isTimeout,
  };
}

/**
 * What is known of an alert after it was sent again: one alert goes on where the two overlap, with the earlier start; a new one
 * begins otherwise. An end that was said outlives a later guess of a timeout.
 */
export function mergeAlerts(known: Alert, arrived: Alert, at: number): Alert {
  const isOverlapping =
    (arrived.endsAt > known.startsAt && arrived.endsAt < known.endsAt) ||
    (arrived.startsAt > known.startsAt && arrived.startsAt < known.endsAt);
  if (!isOverlapping) return arrived;
  const keepsEnd = isResolved(arrived, at)
    ? isResolved(known, at) && known.endsAt > arrived.endsAt
    : known.endsAt > arrived.endsAt && !known.isTimeout;
  return {
    ...arrived,
    startsAt: Math.min(known.startsAt, arrived.startsAt),
    endsAt: keepsEnd ? known.endsAt : arrived.endsAt,
  };
}
