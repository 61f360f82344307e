import { createLabels, formatLabels, type Labels, labelsKey } from '../labels.ts';
import { type Alert, arrive, isResolved, mergeAlerts, type PostedAlert } from './alert.ts';
import type { AlertingConfig } from './config.ts';
import { inhibitedBy } from './inhibit.ts';
import { isWithin } from './interval.ts';
import { entryKey, reasonFor, remember } from './log.ts';
import { type Route, routesFor } from './route.ts';
import { silencedBy } from './silence.ts';
import type { AlertmanagerState, Group, Notification, NotifiedAlert } from './state.ts';

/**
 * Takes alerts that were sent at a moment: sorts them into the groups of their routes, making groups that are not there yet.
 * Call `advance` to that moment first.
 */
export function receive(
  state: AlertmanagerState,
  config: AlertingConfig,
  at: number,
  posted: readonly PostedAlert[],
): AlertmanagerState {
  const alerts = new Map(state.alerts.map((alert) => [labelsKey(alert.labels), alert]));
  let { groups } = state;
  for (const one of posted) {
    const labels = createLabels(one.labels);
    if (labels.length === 0) continue;
    const arrived = arrive({ ...one, labels }, at, config.resolveTimeout);
    const key = labelsKey(labels);
    const known = alerts.get(key);
    const alert = known === undefined ? arrived : mergeAlerts(known, arrived, at);
    alerts.set(key, alert);
    for (const route of routesFor(config.route, labels)) groups = intoGroup(groups, route, alert, at);
  }
  return { ...state, alerts: [...alerts.values()], groups };
}

/** The same alerts and memory under another configuration: its groups are made anew. Alerts that have waited are told at once. */
export function reload(state: AlertmanagerState, config: AlertingConfig, at: number): AlertmanagerState {
  let groups: readonly Group[] = [];
  for (const alert of state.alerts)
    for (const route of routesFor(config.route, alert.labels)) groups = intoGroup(groups, route, alert, at);
  return { ...state, groups };
}

function intoGroup(groups: readonly Group[], route: Route, alert: Alert, at: number): readonly Group[] {
  const labels = route.groupBy === 'all' ? alert.labels : alert.labels.filter(([name]) => route.groupBy.includes(name));
  const key = `${route.key}:${formatLabels(labels)}`;
  const index = groups.findIndex((group) => group.route === route.id && group.key === key);
  const known = groups[index];
  if (known === undefined) {
    // An alert that is older than the wait has waited enough.
    const isOld = alert.startsAt + route.groupWait < at;
    const nextFlush = isOld ? at : at + route.groupWait;
    return [...groups, { route: route.id, key, labels, alerts: [alert], nextFlush }];
  }
  const own = labelsKey(alert.labels);
  const others = known.alerts.filter((one) => labelsKey(one.labels) !== own);
  return groups.with(index, { ...known, alerts: [...others, alert] });
}

/** Lets time pass up to `until`, that moment included: every group that is due is looked at, at its own moment. */
export function advance(
  state: AlertmanagerState,
  config: AlertingConfig,
  until: number,
): { readonly state: AlertmanagerState; readonly notifications: readonly Notification[] } {
  const routes = new Map(allRoutes(config.route).map((route) => [route.id, route]));
  const notifications: Notification[] = [];
  let current = state;
  for (;;) {
    const due = nextDue(current.groups);
    if (due === undefined || due.nextFlush > until) break;
    const route = routes.get(due.route);
    if (route === undefined) {
      // A group of another configuration: `reload` was not called.
      current = { ...current, groups: current.groups.filter((group) => group !== due) };
      continue;
    }
    const flushed = flush(current, config, route, due);
    current = flushed.state;
    notifications.push(...flushed.notifications);
  }
  const alerts = current.alerts.filter((alert) => !isResolved(alert, until));
  return { state: alerts.length === current.alerts.length ? current : { ...current, alerts }, notifications };
}

/** When `advance` would next have something to do, if ever. */
export function nextFlush(state: AlertmanagerState): number | undefined {
  return nextDue(state.groups)?.nextFlush;
}

function nextDue(groups: readonly Group[]): Group | undefined {
  let due: Group | undefined;
  for (const group of groups) if (due === undefined || group.nextFlush < due.nextFlush) due = group;
  return due;
}

function allRoutes(route: Route): readonly Route[] {
  return [route, ...route.routes.flatMap(allRoutes)];
}

function flush(
  state: AlertmanagerState,
  config: AlertingConfig,
  route: Route,
  group: Group,
): { readonly state: AlertmanagerState; readonly notifications: readonly Notification[] } {
  const at = group.nextFlush;
  const told = isMutedByTime(config, route, at)
    ? []
    : group.alerts.filter((alert) => muteOf(state, config, alert, at) === undefined);
  const alerts = told.map((alert) => notified(alert, at)).sort((a, b) => a.startsAt - b.startsAt);
  const receiver = config.receivers.find(({ name }) => name === route.receiver);
  const notifications: Notification[] = [];
  let { log } = state;
  for (const [index, integration] of alerts.length === 0 ? [] : (receiver?.integrations ?? []).entries()) {
    const key = entryKey(group.key, route.receiver, integration.kind, index);
    const reason = reasonFor(log[key], alerts, integration.sendResolved, route.repeatInterval, at);
    if (reason === undefined) continue;
    log = remember(log, key, alerts, route.repeatInterval, at);
    const sent = integration.sendResolved ? alerts : alerts.filter(({ status }) => status === 'firing');
    if (sent.length === 0) continue;
    notifications.push({
      at,
      receiver: route.receiver,
      integration,
      groupKey: group.key,
      groupLabels: group.labels,
      status: sent.some(({ status }) => status === 'firing') ? 'firing' : 'resolved',
      reason,
      alerts: sent,
    });
  }
  // What is over has been told, or was never to be told: a group without alerts ends.
  const left = group.alerts.filter((alert) => !isResolved(alert, at));
  const next: Group = { ...group, alerts: left, nextFlush: at + route.groupInterval };
  const groups = state.groups.flatMap((one) => (one !== group ? [one] : left.length === 0 ? [] : [next]));
  return { state: { ...state, groups, log }, notifications };
}

function notified(alert: Alert, at: number): NotifiedAlert {
  const { labels, annotations, startsAt, endsAt, generatorURL } = alert;
  return isResolved(alert, at)
    ? { status: 'resolved', labels, annotations, startsAt, endsAt, generatorURL }
    : { status: 'firing', labels, annotations, startsAt, generatorURL };
}

/** Why nobody is told of an alert, if so: inhibition is asked first, as in Alertmanager. */
export function muteOf(
  state: AlertmanagerState,
  config: AlertingConfig,
  alert: { readonly labels: Labels },
  at: number,
): 'inhibited' | 'silenced' | undefined {
  if (inhibitedBy(config.inhibitRules, state.alerts, alert.labels, at) !== undefined) return 'inhibited';
  return silencedBy(state.silences, alert.labels, at).length > 0 ? 'silenced' : undefined;
}

function isMutedByTime({ timeIntervals }: AlertingConfig, route: Route, at: number): boolean {
  const isIn = (name: string): boolean => (timeIntervals[name] ?? []).some((interval) => isWithin(interval, at));
  const { activeTimeIntervals: active, muteTimeIntervals: mute } = route;
  return (active.length > 0 && !active.some(isIn)) || mute.some(isIn);
}
