import type { Node } from 'yaml';
import { readInterval, type TimeInterval } from './interval.ts';
import { formatMatcher, type Matcher } from './matcher.ts';
import { ConfigProblem } from './problem.ts';
import {
  checkUrl,
  type GlobalSettings,
  type Integration,
  type Receiver,
  type ReceiverDraft,
  readReceiver,
  refusing,
} from './receiver.ts';
import { type Route, type RouteDraft, readMatchers, readPatterns, readRoute, resolveRoute } from './route.ts';
import { faultOf } from './templated.ts';
import { createReader, type Reader } from './yaml.ts';

/** What an `alertmanager.yml` says, checked and with its defaults. Plain data. */
export interface AlertingConfig {
  readonly resolveTimeout: number;
  readonly route: Route;
  readonly receivers: readonly Receiver[];
  readonly inhibitRules: readonly InhibitRule[];
  readonly timeIntervals: Readonly<Record<string, readonly TimeInterval[]>>;
}

/** While an alert like `source` fires, those like `target` with the same values of `equal` are not notified. */
export interface InhibitRule {
  readonly source: readonly Matcher[];
  readonly target: readonly Matcher[];
  readonly equal: readonly string[];
}

export type ConfigAnswer =
  | { readonly ok: true; readonly config: AlertingConfig }
  /** In amtool's words; may have several lines. */
  | { readonly ok: false; readonly message: string };

/** Reads an `alertmanager.yml` as Alertmanager 0.25 does. What this sandbox does not have is refused by name. */
export function readAlertingConfig(text: string): ConfigAnswer {
  try {
    return { ok: true, config: read(text) };
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    return { ok: false, message: error.message };
  }
}

interface Drafts {
  readonly settings: { -readonly [Name in keyof GlobalSettings]: GlobalSettings[Name] };
  route: RouteDraft | undefined;
  readonly receivers: ReceiverDraft[];
  readonly inhibitRules: InhibitRule[];
  readonly intervals: { readonly name: string; readonly of: readonly TimeInterval[]; readonly field: string }[];
}

function read(text: string): AlertingConfig {
  const reader = createReader(text);
  const drafts: Drafts = {
    settings: { resolveTimeout: 300_000, slackUrl: '', mailFrom: '', smarthost: '' },
    route: undefined,
    receivers: [],
    inhibitRules: [],
    intervals: [],
  };
  if (reader.root === null) throw new ConfigProblem('no route provided in config');
  const intervals = (field: string) => (value: Node | null) =>
    reader.list(value, `[]config.${field === 'time_intervals' ? 'TimeInterval' : 'MuteTimeInterval'}`, (one) =>
      drafts.intervals.push(readNamed(reader, one, field)),
    );
  reader.struct(reader.root, 'config.plain', {
    global: (value) => readGlobal(reader, value, drafts.settings),
    route: (value) => {
      drafts.route = readRoute(reader, value);
    },
    receivers: (value) =>
      reader.list(value, '[]*config.Receiver', (one) => drafts.receivers.push(readReceiver(reader, one))),
    inhibit_rules: (value) =>
      reader.list(value, '[]*config.InhibitRule', (one) => drafts.inhibitRules.push(readInhibitRule(reader, one))),
    mute_time_intervals: intervals('mute_time_intervals'),
    time_intervals: intervals('time_intervals'),
    ...refusing(['templates', 'tracing', 'event_recorder']),
  });
  reader.finish();
  return assemble(drafts);
}

function readGlobal(reader: Reader, node: Node | null, settings: Drafts['settings']): void {
  reader.struct(node, 'config.plain', {
    resolve_timeout: (value) => {
      settings.resolveTimeout = reader.duration(value);
    },
    slack_api_url: (value) => {
      settings.slackUrl = reader.string(value);
      checkUrl(settings.slackUrl);
    },
    smtp_from: (value) => {
      settings.mailFrom = reader.string(value);
    },
    smtp_smarthost: (value) => {
      settings.smarthost = reader.string(value);
      checkHostAndPort(settings.smarthost);
    },
    // Nothing here is encrypted or not: accepted, because a configuration of the real tool says it.
    smtp_require_tls: (value) => void reader.boolean(value),
    pagerduty_url: (value) => checkUrl(reader.string(value)),
    ...refusing(
      (
        'http_config smtp_hello smtp_auth_username smtp_auth_password smtp_auth_password_file smtp_auth_secret smtp_auth_identity ' +
        'slack_api_url_file opsgenie_api_url opsgenie_api_key opsgenie_api_key_file wechat_api_url wechat_api_secret ' +
        'wechat_api_corp_id victorops_api_url victorops_api_key victorops_api_key_file telegram_api_url webex_api_url'
      ).split(' '),
    ),
  });
}

function checkHostAndPort(text: string): void {
  if (!text.includes(':')) throw new ConfigProblem(`address ${text}: missing port in address`);
  if (text.endsWith(':')) throw new ConfigProblem(`address "${text}": port cannot be empty`);
}

function readInhibitRule(reader: Reader, node: Node | null): InhibitRule {
  const rule: { source: Matcher[]; target: Matcher[]; equal: string[] } = { source: [], target: [], equal: [] };
  const equalTo = (into: Matcher[]) => (value: Node | null) =>
    reader.map(value, 'map[string]string', (name, one) => into.push({ name, op: '=', value: reader.string(one) }));
  reader.struct(node, 'config.plain', {
    source_match: equalTo(rule.source),
    source_match_re: (value) => readPatterns(reader, value, rule.source),
    source_matchers: (value) => readMatchers(reader, value, rule.source),
    target_match: equalTo(rule.target),
    target_match_re: (value) => readPatterns(reader, value, rule.target),
    target_matchers: (value) => readMatchers(reader, value, rule.target),
    equal: (value) => reader.list(value, 'model.LabelNames', (one) => rule.equal.push(reader.string(one))),
  });
  return rule;
}

function readNamed(reader: Reader, node: Node | null, field: string): Drafts['intervals'][number] {
  let name = '';
  const of: TimeInterval[] = [];
  const isWhole = reader.struct(node, 'config.plain', {
    name: (value) => {
      name = reader.string(value);
    },
    time_intervals: (value) =>
      reader.list(value, '[]timeinterval.TimeInterval', (one) => of.push(readInterval(reader, one))),
  });
  const kind = field === 'time_intervals' ? 'time interval' : 'mute time interval';
  if (isWhole && name === '') throw new ConfigProblem(`missing name in ${kind}`);
  return { name, of, field: kind };
}

/** What can only be checked when everything has been read, in the order in which Alertmanager checks it. */
function assemble({ settings, route, receivers: drafts, inhibitRules, intervals }: Drafts): AlertingConfig {
  const receivers: Receiver[] = [];
  for (const draft of drafts) {
    const receiver = draft(settings);
    if (receivers.some(({ name }) => name === receiver.name))
      throw new ConfigProblem(`notification config name "${receiver.name}" is not unique`);
    for (const integration of receiver.integrations) checkTemplates(integration);
    receivers.push(receiver);
  }
  if (route === undefined) throw new ConfigProblem('no routes provided');
  if (route.receiver === '') throw new ConfigProblem('root route must specify a default receiver');
  if (route.matchers.length > 0) throw new ConfigProblem('root route must not have any matchers');
  if (route.muteTimeIntervals.length > 0) throw new ConfigProblem('root route must not have any mute time intervals');
  if (route.activeTimeIntervals.length > 0)
    throw new ConfigProblem('root route must not have any active time intervals');
  checkReceivers(route, new Set(receivers.map(({ name }) => name)));
  const names = new Set<string>();
  for (const { name, field } of intervals) {
    if (names.has(name)) throw new ConfigProblem(`${field} "${name}" is not unique`);
    names.add(name);
  }
  checkIntervals(route, names);
  if (route.continues) throw new ConfigProblem('cannot have continue in root route');
  return {
    resolveTimeout: settings.resolveTimeout,
    route: resolveRoute(route),
    receivers,
    inhibitRules,
    timeIntervals: Object.fromEntries(intervals.map(({ name, of }) => [name, of])),
  };
}

function checkTemplates(integration: Integration): void {
  if (integration.kind !== 'slack') return;
  for (const name of ['title', 'text'] as const) {
    const wrong = faultOf(integration[name] ?? '');
    if (wrong !== undefined) throw new ConfigProblem(`slack_configs: ${name}: ${wrong}`);
  }
}

function checkReceivers(route: RouteDraft, names: ReadonlySet<string>): void {
  for (const child of route.routes) checkReceivers(child, names);
  if (route.receiver !== '' && !names.has(route.receiver))
    throw new ConfigProblem(`undefined receiver "${route.receiver}" used in route`);
}

function checkIntervals(route: RouteDraft, names: ReadonlySet<string>): void {
  for (const child of route.routes) checkIntervals(child, names);
  for (const name of [...route.activeTimeIntervals, ...route.muteTimeIntervals])
    if (!names.has(name)) throw new ConfigProblem(`undefined time interval "${name}" used in route`);
}

/** The routing tree as `amtool config routes` draws it. */
export function describeRoute(
  { matchers, continues, receiver }: Route,
  shown: { continues: boolean; receiver: boolean },
): string {
  const name = matchers.length === 0 ? 'default-route' : `{${matchers.map(formatMatcher).join(',')}}`;
  return `${name}${continues && shown.continues ? '  continue: true' : ''}${shown.receiver ? `  receiver: ${receiver}` : ''}`;
}
