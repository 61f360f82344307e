// Rules as time goes on: what they record, and which alerts are pending or fire. Prometheus, rules/alerting.go and group.go.
import { createLabels, type Labels, labelsKey, NAME, withoutName } from '../labels.ts';
import { type QueryOptions, query, type Sample } from '../promql/query.ts';
import { append, STALE, type Store } from '../store/store.ts';
import { fillTemplate, TemplateError } from '../template/index.ts';
import type { AlertingRule, Rule, RuleGroup } from './read.ts';

/** An alert that a rule has raised. Times in ms of simulated time. */
export interface Alert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly state: 'pending' | 'firing' | 'inactive';
  readonly value: number;
  readonly activeAt: number;
  readonly firedAt?: number;
  /** When it stopped: it is kept for 15 minutes, so that whoever is told of alerts hears of its end. */
  readonly resolvedAt?: number;
  readonly keepFiringSince?: number;
}

/** Everything of a group that lasts, as plain data: one entry a rule, in their order. */
export interface GroupState {
  readonly rules: readonly RuleState[];
}

export interface RuleState {
  readonly alerts: readonly Alert[];
  /** Series that it gave last time: those that it gives no more end. */
  readonly series: readonly Labels[];
  /** What went wrong last time, in Prometheus' words. */
  readonly error?: string;
}

export interface RuleOptions extends QueryOptions {
  readonly externalLabels?: Labels;
  readonly externalUrl?: string;
  /** What an alerting rule's expression gives at a moment, where that is known already and need not be asked. */
  readonly known?: (rule: AlertingRule, at: number) => readonly Sample[] | undefined;
}

const RETENTION = 15 * 60_000;

export function createGroupState(group: RuleGroup): GroupState {
  return { rules: group.rules.map(() => ({ alerts: [], series: [] })) };
}

/**
 * Evaluates a group's rules, one after another, at a moment. What they give is added to the store: recorded series, `ALERTS` and
 * `ALERTS_FOR_STATE`, with markers for series that ended.
 */
export function evaluateGroup(
  store: Store,
  group: RuleGroup,
  state: GroupState,
  at: number,
  options: RuleOptions = {},
): GroupState {
  return {
    rules: group.rules.map((rule, i) => {
      const before = state.rules[i] ?? { alerts: [], series: [] };
      const when = at - group.queryOffset;
      const { samples, alerts, error } = evaluateRule(store, rule, group, before, at, options);
      if (error !== undefined) return { ...before, alerts, error };
      for (const { labels, value } of samples) append(store, labels, when, value);
      const given = new Set(samples.map(({ labels }) => labelsKey(labels)));
      for (const labels of before.series) if (!given.has(labelsKey(labels))) append(store, labels, when, STALE);
      return { alerts, series: samples.map(({ labels }) => labels) };
    }),
  };
}

interface Evaluated {
  readonly samples: readonly Sample[];
  readonly alerts: readonly Alert[];
  readonly error?: string;
}

function evaluateRule(
  store: Store,
  rule: Rule,
  group: RuleGroup,
  before: RuleState,
  at: number,
  options: RuleOptions,
): Evaluated {
  const fail = (error: string, alerts = before.alerts): Evaluated => ({ samples: [], alerts, error });
  const when = at - group.queryOffset;
  const known = rule.kind === 'record' ? undefined : options.known?.(rule, when);
  const answer = known ?? ask(store, rule, when, options);
  if (typeof answer === 'string') return fail(answer);
  if (rule.kind === 'record') {
    const samples = answer.map(({ labels, value }) => ({
      labels: createLabels([...labels, [NAME, rule.name], ...rule.labels]),
      value,
    }));
    if (hasTwice(samples)) return fail('vector contains metrics with the same labelset after applying rule labels');
    if (group.limit > 0 && samples.length > group.limit) {
      return fail(`exceeded limit of ${group.limit} with ${samples.length} series`);
    }
    return { samples, alerts: [] };
  }
  const raised = answer.map((sample) => raise(store, rule, sample, at, options));
  if (hasTwice(raised)) return fail('vector contains metrics with the same labelset after applying alert labels');
  const alerts = advance(rule, before.alerts, raised, at);
  const active = alerts.filter(({ state }) => state !== 'inactive');
  if (group.limit > 0 && active.length > group.limit) {
    return fail(`exceeded limit of ${group.limit} with ${active.length} alerts`, []);
  }
  return { samples: active.flatMap((alert) => seriesOf(rule, alert)), alerts };
}

function ask(store: Store, rule: Rule, at: number, options: RuleOptions): readonly Sample[] | string {
  const result = query(store, rule.expr, at, { ...options, text: rule.text });
  if (!result.ok) return result.message;
  if (result.value.type === 'vector') return result.value.samples;
  if (result.value.type === 'scalar') return [{ labels: [], value: result.value.value }];
  return 'rule result is not a vector or scalar';
}

function hasTwice(items: readonly { readonly labels: Labels }[]): boolean {
  return new Set(items.map(({ labels }) => labelsKey(labels))).size < items.length;
}

/** What an element of the expression's result says, with its labels and annotations filled in. */
function raise(store: Store, rule: AlertingRule, { labels, value }: Sample, at: number, options: RuleOptions): Alert {
  const data = {
    labels,
    value,
    externalLabels: options.externalLabels,
    externalUrl: options.externalUrl,
    now: at / 1000,
    query: (expression: string): readonly Sample[] => {
      const result = query(store, expression, at, options);
      if (!result.ok) throw new TemplateError(`error calling query: ${result.message}`, 1);
      if (result.value.type === 'vector') return result.value.samples;
      return result.value.type === 'scalar' ? [{ labels: [], value: result.value.value }] : [];
    },
  };
  const fill = (text: string): string => {
    try {
      return fillTemplate(text, data);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      return `<error expanding template: error executing template __alert_${rule.name}: template: __alert_${rule.name}:${error.line}: ${error.message}>`;
    }
  };
  const filled = (pairs: readonly (readonly [string, string])[]): (readonly [string, string])[] =>
    pairs.map(([name, text]) => [name, fill(text)]);
  return {
    labels: createLabels([
      ...labels.filter(([name]) => name !== NAME),
      ...filled(rule.labels),
      ['alertname', rule.name],
    ]),
    annotations: createLabels(filled(rule.annotations)),
    state: 'pending',
    value,
    activeAt: at,
  };
}

/** Alerts one evaluation later: pending ones fire after `for`, those without a cause end, after `keep_firing_for` if they fired. */
function advance(rule: AlertingRule, before: readonly Alert[], raised: readonly Alert[], at: number): readonly Alert[] {
  const known = new Map(before.map((alert) => [labelsKey(alert.labels), alert]));
  const causes = new Map(raised.map((alert) => [labelsKey(alert.labels), alert]));
  for (const [key, alert] of causes) {
    const old = known.get(key);
    const goesOn = old !== undefined && old.state !== 'inactive';
    known.set(key, goesOn ? { ...old, value: alert.value, annotations: alert.annotations } : alert);
  }
  return [...known].flatMap(([key, alert]) => {
    const next = causes.has(key) ? withoutKeeping(alert) : ending(rule, alert, at);
    return next === undefined ? [] : [fire(rule, next, at)];
  });
}

function withoutKeeping({ keepFiringSince: _, ...alert }: Alert): Alert {
  return alert;
}

function ending(rule: AlertingRule, alert: Alert, at: number): Alert | undefined {
  if (alert.state === 'pending') return undefined;
  if (alert.state === 'inactive') {
    return at - (alert.resolvedAt ?? at) > RETENTION ? undefined : alert;
  }
  const since = alert.keepFiringSince ?? at;
  if (rule.keepFiringFor > 0 && at - since < rule.keepFiringFor) return { ...alert, keepFiringSince: since };
  return { ...alert, state: 'inactive', resolvedAt: at };
}

function fire(rule: AlertingRule, alert: Alert, at: number): Alert {
  if (alert.state === 'pending' && at - alert.activeAt >= rule.for) return { ...alert, state: 'firing', firedAt: at };
  return alert;
}

function seriesOf(rule: AlertingRule, alert: Alert): readonly Sample[] {
  const named = (name: string, more: readonly (readonly [string, string])[]): Labels =>
    createLabels([...withoutName(alert.labels), ['alertname', rule.name], ...more, [NAME, name]]);
  return [
    { labels: named('ALERTS', [['alertstate', alert.state]]), value: 1 },
    { labels: named('ALERTS_FOR_STATE', []), value: Math.floor(alert.activeAt / 1000) },
  ];
}
