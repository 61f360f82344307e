import { createLabels, getLabel, type Labels } from '../labels.ts';
import { formatTime } from '../time/calendar.ts';
import type { Notification, NotifiedAlert } from './state.ts';

/** The labels or annotations that all alerts of a message share with the same value. */
export function commonOf(alerts: readonly NotifiedAlert[], part: 'labels' | 'annotations'): Labels {
  const [first, ...others] = alerts;
  return (first?.[part] ?? []).filter(([name, value]) =>
    others.every((alert) => getLabel(alert[part], name) === value),
  );
}

/** `[FIRING:2] SlowPayments (seats page)`: the subject of Alertmanager's default templates. */
export function titleOf({
  status,
  alerts,
  groupLabels,
}: Pick<Notification, 'status' | 'alerts' | 'groupLabels'>): string {
  const firing = alerts.filter((alert) => alert.status === 'firing').length;
  const grouped = new Set(groupLabels.map(([name]) => name));
  const common = commonOf(alerts, 'labels');
  const rest = common.filter(([name]) => !grouped.has(name));
  const head = `[${status.toUpperCase()}${status === 'firing' ? `:${firing}` : ''}] ${values(groupLabels)} `;
  return (common.length > groupLabels.length ? `${head}(${values(rest)})` : head).trimEnd();
}

/** The values in the order of the names, the alert's name first. */
function values(labels: Labels): string {
  const name = labels.filter(([label]) => label === 'alertname');
  return [...name, ...labels.filter(([label]) => label !== 'alertname')].map(([, value]) => value).join(' ');
}

/**
 * What a message says below its title: one line an alert with its summary while it fires, then what the alerts' annotations share (runbook,
 * dashboard). The company's own form: Alertmanager's default says nothing there in a chat.
 */
export function linesOf({ alerts }: Pick<Notification, 'alerts'>): readonly string[] {
  const common = commonOf(alerts, 'labels');
  const shared = new Set(common.map(([name]) => name));
  const about = ['summary', 'description'];
  const told = alerts.map(({ status, labels, annotations, startsAt, endsAt }) => {
    const text = about.map((name) => getLabel(annotations, name)).find((value) => value !== '');
    const own = values(labels.filter(([name]) => !shared.has(name)));
    const what = [own, text ?? ''].filter((part) => part !== '').join(': ');
    const name = getLabel(labels, 'alertname');
    // Its summary says what it was while it fired, with the value of then: not what is true now.
    if (status === 'resolved')
      return `- ${own === '' ? name : own}: fired at ${formatTime(startsAt)}, resolved at ${formatTime(endsAt ?? startsAt)}`;
    return `- ${what === '' ? name : what} (firing since ${formatTime(startsAt)})`;
  });
  const links = commonOf(alerts, 'annotations').filter(([name]) => !about.includes(name));
  return [...told, ...links.map(([name, value]) => `${name}: ${value}`)];
}

/** What a webhook is sent, as JSON: Alertmanager's documentation, `<webhook_config>`, version 4. */
export function webhookPayload(notification: Notification, externalURL: string): Readonly<Record<string, unknown>> {
  const { receiver, status, alerts, groupLabels, groupKey, integration } = notification;
  const most = integration.kind === 'webhook' && integration.maxAlerts > 0 ? integration.maxAlerts : alerts.length;
  const record = (labels: Labels): Readonly<Record<string, string>> => Object.fromEntries(createLabels(labels));
  return {
    receiver,
    status,
    alerts: alerts.slice(0, most).map(({ startsAt, endsAt, labels, annotations, ...alert }) => ({
      status: alert.status,
      labels: record(labels),
      annotations: record(annotations),
      startsAt: formatTime(startsAt),
      endsAt: endsAt === undefined ? '0001-01-01T00:00:00Z' : formatTime(endsAt),
      generatorURL: alert.generatorURL,
    })),
    groupLabels: record(groupLabels),
    commonLabels: record(commonOf(alerts, 'labels')),
    commonAnnotations: record(commonOf(alerts, 'annotations')),
    externalURL,
    version: '4',
    groupKey,
    truncatedAlerts: alerts.length - Math.min(most, alerts.length),
  };
}
