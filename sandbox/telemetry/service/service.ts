import {
  type AlertingConfig,
  type AlertmanagerState,
  advance,
  emptyAlertmanager,
  fillFor,
  linesOf,
  type Notification,
  type PostedAlert,
  readAlertingConfig,
  receive,
  reload,
  titleOf,
  webhookPayload,
} from '../alerting/index.ts';
import { formatMessage, type Message, newsFor, readNewsRoutes } from '../messages/index.ts';
import { type PagedIncident, pagesOf, readSchedule } from '../oncall/index.ts';
import type { TimelineEvent } from '../timeline/index.ts';

/** The files that the service needs, absolute paths; reading one that is not there gives undefined, writing makes folders. */
export interface Disk {
  read(path: string): string | undefined;
  write(path: string, text: string): void;
}

/** Where the company's alerting keeps its things. */
export const alertingPaths = {
  config: '/srv/alertmanager/alertmanager.yml',
  news: '/srv/alertmanager/notify.yaml',
  oncall: '/srv/alertmanager/oncall.yaml',
  /** Apart from the files that people write, so that their folder can be a link to a repository. */
  state: '/srv/alerting/state.json',
  /** How many events of the timeline were looked at for news. */
  told: '/srv/alerting/told',
  messages: '/srv/messages.jsonl',
} as const;

/** All that lasts, as one JSON document. */
export interface AlertingState {
  readonly at: number;
  /** The configuration that rules: a file that cannot be read leaves it as it is, as a reload of Alertmanager does. */
  readonly config: string;
  readonly alertmanager: AlertmanagerState;
  readonly incidents: readonly PagerIncident[];
}

export interface PagerIncident extends PagedIncident {
  readonly key: string;
  readonly title: string;
  /** How many of its pages have rung. */
  readonly rung: number;
}

/** Alerts that were sent to Alertmanager at a moment. */
export interface Arrival {
  readonly at: number;
  readonly alerts: readonly PostedAlert[];
}

const EXTERNAL_URL = 'http://alertmanager:9093';

/** The service's state, or undefined where it does not run: no configuration that can be read was ever there. */
export function readAlerting(
  disk: Disk,
  at: number,
): { readonly state: AlertingState; readonly config: AlertingConfig } | undefined {
  const written = disk.read(alertingPaths.config);
  const state = readState(disk.read(alertingPaths.state)) ?? {
    at,
    config: '',
    alertmanager: emptyAlertmanager,
    incidents: [],
  };
  const fresh = written === undefined || written === state.config ? undefined : readAlertingConfig(written);
  if (fresh?.ok === true && written !== undefined) {
    const alertmanager = reload(state.alertmanager, fresh.config, state.at);
    return { state: { ...state, config: written, alertmanager }, config: fresh.config };
  }
  if (state.config === '') return undefined;
  const known = readAlertingConfig(state.config);
  return known.ok ? { state, config: known.config } : undefined;
}

/** The state as it was written; undefined when there is none, or when somebody has written something else there. */
function readState(text: string | undefined): AlertingState | undefined {
  if (text === undefined) return undefined;
  try {
    const state = JSON.parse(text) as Partial<AlertingState> | null;
    const { alerts, groups, log, silences } = state?.alertmanager ?? {};
    const lists = [state?.incidents, alerts, groups, silences];
    const isWhole = lists.every(Array.isArray) && typeof log === 'object' && typeof state?.config === 'string';
    return isWhole && typeof state.at === 'number' ? (state as AlertingState) : undefined;
  } catch {
    return undefined;
  }
}

export function writeAlerting(disk: Disk, state: AlertingState): void {
  disk.write(alertingPaths.state, `${JSON.stringify(state)}\n`);
}

/**
 * Lets the company's alerting live up to a moment: takes the alerts that arrived (in order of time), sends what is due, each at its own
 * moment, pages who is on call, and writes the messages where they are read.
 * @returns the new messages in order of time, and the notifications among them as events of the timeline
 */
export function settleAlerting(
  disk: Disk,
  until: number,
  arrivals: readonly Arrival[] = [],
): { readonly messages: readonly Message[]; readonly events: readonly TimelineEvent[] } {
  const found = readAlerting(disk, Math.min(until, arrivals[0]?.at ?? until));
  if (found === undefined) return { messages: [], events: [] };
  const { config } = found;
  let { alertmanager } = found.state;
  const notifications: Notification[] = [];
  const run = (to: number): void => {
    const answer = advance(alertmanager, config, to);
    alertmanager = answer.state;
    notifications.push(...answer.notifications);
  };
  for (const { at, alerts } of arrivals) {
    run(at);
    alertmanager = receive(alertmanager, config, at, alerts);
  }
  run(until);
  const paged = page(disk, found.state.incidents, notifications, until);
  const at = Math.max(found.state.at, until);
  writeAlerting(disk, { ...found.state, at, alertmanager, incidents: paged.incidents });
  const sent = notifications.flatMap(messageOf);
  const events = sent.map(({ message, event }) => ({ ...event, title: message.title }));
  return { messages: publish(disk, [...sent.map(({ message }) => message), ...paged.messages]), events };
}

/**
 * Tells the events of the timeline that it has not looked at yet, by the routes of `notify.yaml`, each to an addressee once. What
 * happened before there was a route for it is never told.
 * @param timeline all of it; earlier calls have seen its beginning
 */
export function settleNews(disk: Disk, timeline: readonly TimelineEvent[]): readonly Message[] {
  const told = Number(disk.read(alertingPaths.told) ?? '0');
  if (timeline.length <= told) return [];
  disk.write(alertingPaths.told, `${timeline.length}\n`);
  const answer = readNewsRoutes(disk.read(alertingPaths.news) ?? '');
  return answer.ok
    ? publish(
        disk,
        timeline.slice(told).flatMap((event) => newsFor(answer.news, event)),
      )
    : [];
}

/** Adds messages to those that can be read, in order of time. */
function publish(disk: Disk, unsorted: readonly Message[]): readonly Message[] {
  const messages = unsorted.toSorted((a, b) => a.at - b.at);
  if (messages.length > 0) {
    const before = disk.read(alertingPaths.messages) ?? '';
    disk.write(alertingPaths.messages, before + messages.map(formatMessage).join(''));
  }
  return messages;
}

type NotificationEvent = Extract<TimelineEvent, { kind: 'notification' }>;

/** What a notification is to those who read it. The pager has its own: it rings by the rota. */
function messageOf(notification: Notification): readonly { message: Message; event: NotificationEvent }[] {
  const { at, integration, receiver, status } = notification;
  const title = titleOf(notification);
  const told = (via: Message['via'], to: string, lines: readonly string[], head = title) => [
    {
      message: { at, via, to, title: head, lines },
      event: { at, kind: 'notification' as const, receiver, to, status, title: head },
    },
  ];
  switch (integration.kind) {
    case 'slack': {
      const { channel, title: form, text } = integration;
      const head = form === undefined ? title : fillFor(notification, form, EXTERNAL_URL);
      const lines = text === undefined ? linesOf(notification) : fillFor(notification, text, EXTERNAL_URL)?.split('\n');
      return head === undefined || lines === undefined
        ? []
        : told('chat', `#${channel.replace(/^#/, '')}`, lines, head);
    }
    case 'email':
      return told('mail', integration.to, linesOf(notification));
    case 'webhook':
      return told('webhook', integration.url, [JSON.stringify(webhookPayload(notification, EXTERNAL_URL))]);
    case 'pagerduty':
      return [];
  }
}

/** Opens and ends incidents as the pager is told, and lets it ring. Without a rota it rings for nobody. */
function page(
  disk: Disk,
  before: readonly PagerIncident[],
  notifications: readonly Notification[],
  until: number,
): { readonly incidents: readonly PagerIncident[]; readonly messages: readonly Message[] } {
  const answer = readSchedule(disk.read(alertingPaths.oncall) ?? '');
  const incidents = [...before];
  for (const notification of notifications) {
    const { at, integration, groupKey, status } = notification;
    if (integration.kind !== 'pagerduty') continue;
    const key = `${integration.routingKey} ${groupKey}`;
    const index = incidents.findIndex((one) => one.key === key && one.resolvedAt === undefined);
    const open = incidents[index];
    if (open === undefined && status === 'firing')
      incidents.push({ id: incidents.length + 1, key, title: titleOf(notification), openedAt: at, rung: 0 });
    else if (open !== undefined && status === 'resolved') incidents[index] = { ...open, resolvedAt: at };
  }
  if (!answer.ok) return { incidents, messages: [] };
  const messages: Message[] = [];
  for (const [index, incident] of incidents.entries()) {
    const pages = pagesOf(answer.schedule, incident, until);
    for (const { at, role, step } of pages.slice(incident.rung))
      messages.push({
        at,
        via: 'page',
        to: role,
        title: incident.title,
        lines: [`incident ${incident.id}, step ${step}`],
      });
    incidents[index] = { ...incident, rung: Math.max(incident.rung, pages.length) };
  }
  return { incidents, messages };
}
