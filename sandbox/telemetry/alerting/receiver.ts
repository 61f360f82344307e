import type { Node } from 'yaml';
import { ConfigProblem } from './problem.ts';
import type { Reader } from './yaml.ts';

/** A way out of Alertmanager, of those that the company has. */
export type Integration =
  | {
      readonly kind: 'slack';
      readonly sendResolved: boolean;
      readonly channel: string;
      readonly url: string;
      /** Templates; without them, the company's own form. */
      readonly title?: string;
      readonly text?: string;
    }
  | { readonly kind: 'pagerduty'; readonly sendResolved: boolean; readonly routingKey: string }
  | { readonly kind: 'email'; readonly sendResolved: boolean; readonly to: string; readonly from: string }
  | { readonly kind: 'webhook'; readonly sendResolved: boolean; readonly url: string; readonly maxAlerts: number };

export interface Receiver {
  readonly name: string;
  readonly integrations: readonly Integration[];
}

/** What the receivers take from the `global` part. */
export interface GlobalSettings {
  /** Ms after which an alert that nobody sent again and that names no end is over. */
  readonly resolveTimeout: number;
  readonly slackUrl: string;
  readonly mailFrom: string;
  readonly smarthost: string;
}

/** A receiver as it is written: what it lacks is looked up in the global part once that has been read too. */
export type ReceiverDraft = (settings: GlobalSettings) => Receiver;

type Draft = (settings: GlobalSettings) => Integration;

const absentKinds =
  'discord opsgenie wechat pushover victorops sns telegram webex msteams msteamsv2 jira rocketchat mattermost incidentio'.split(
    ' ',
  );

/** Fields of the real tool that have no effect here and must not be swallowed. */
const absentFields: Readonly<Record<Integration['kind'], string>> = {
  slack:
    'http_config api_url_file username color title_link pretext fields short_fields footer fallback callback_id icon_emoji icon_url image_url thumb_url link_names mrkdwn_in actions',
  pagerduty:
    'http_config url client client_url description details images links severity class component group source routing_key_file service_key_file',
  email: 'hello auth_username auth_password auth_password_file auth_secret auth_identity headers html text tls_config',
  webhook: 'http_config url_file',
};

/** Reads one entry of `receivers`. @throws ConfigProblem */
export function readReceiver(reader: Reader, node: Node | null): ReceiverDraft {
  let name = '';
  const drafts: Draft[] = [];
  const many = (kind: Integration['kind'], type: string, read: (one: Node | null) => Draft) => (value: Node | null) =>
    reader.list(value, `[]*config.${type}`, (one) => {
      if (one === null) throw new ConfigProblem(`missing ${kind} config`);
      drafts.push(read(one));
    });
  const isWhole = reader.struct(node, 'config.plain', {
    name: (value) => {
      name = reader.string(value);
    },
    slack_configs: many('slack', 'SlackConfig', (one) => readSlack(reader, one)),
    pagerduty_configs: many('pagerduty', 'PagerdutyConfig', (one) => readPager(reader, one)),
    email_configs: many('email', 'EmailConfig', (one) => readEmail(reader, one)),
    webhook_configs: many('webhook', 'WebhookConfig', (one) => readWebhook(reader, one)),
    ...refusing(
      absentKinds.map((kind) => `${kind}_configs`),
      ' (there are: slack_configs, pagerduty_configs, email_configs, webhook_configs)',
    ),
  });
  if (isWhole && name === '') throw new ConfigProblem('missing name in receiver');
  return (settings) => ({ name, integrations: drafts.map((draft) => draft(settings)) });
}

/** Fields that the real tool knows and this sandbox does not, each refused by name. */
export function refusing(names: readonly string[], hint = ''): Record<string, () => void> {
  return Object.fromEntries(
    names.map((name) => [
      name,
      () => {
        throw new ConfigProblem(`field ${name} is not part of this sandbox${hint}`);
      },
    ]),
  );
}

/** The fields of one integration as texts; `send_resolved` and numbers are read by their own readers. */
function readFields(
  reader: Reader,
  node: Node | null,
  kind: Integration['kind'],
  known: readonly string[],
  numbers: readonly string[] = [],
): {
  readonly texts: Readonly<Record<string, string>>;
  readonly sendResolved: boolean | undefined;
  readonly isWhole: boolean;
} {
  const texts: Record<string, string> = {};
  let sendResolved: boolean | undefined;
  const isWhole = reader.struct(node, 'config.plain', {
    ...refusing(absentFields[kind].split(' ')),
    ...Object.fromEntries(
      [...known, ...numbers].map((name) => [
        name,
        (value: Node | null) => {
          texts[name] = reader.string(value);
        },
      ]),
    ),
    send_resolved: (value) => {
      sendResolved = reader.boolean(value);
    },
  });
  return { texts, sendResolved, isWhole };
}

function readSlack(reader: Reader, node: Node | null): Draft {
  const { texts, sendResolved = false } = readFields(reader, node, 'slack', ['channel', 'api_url', 'title', 'text']);
  if (texts.api_url !== undefined) checkUrl(texts.api_url);
  const { title, text } = texts;
  const form = { ...(title !== undefined && { title }), ...(text !== undefined && { text }) };
  return ({ slackUrl }) => {
    const url = texts.api_url ?? slackUrl;
    if (url === '') throw new ConfigProblem('no global Slack API URL set either inline or in a file');
    return { kind: 'slack', sendResolved, channel: texts.channel ?? '', url, ...form };
  };
}

function readPager(reader: Reader, node: Node | null): Draft {
  const { texts, sendResolved = true, isWhole } = readFields(reader, node, 'pagerduty', ['routing_key', 'service_key']);
  const routingKey = texts.routing_key ?? texts.service_key ?? '';
  if (isWhole && routingKey === '') throw new ConfigProblem('missing service or routing key in PagerDuty config');
  return () => ({ kind: 'pagerduty', sendResolved, routingKey });
}

function readEmail(reader: Reader, node: Node | null): Draft {
  const known = ['to', 'from', 'smarthost', 'require_tls'];
  const { texts, sendResolved = false, isWhole } = readFields(reader, node, 'email', known);
  const { to = '', from = '', smarthost = '' } = texts;
  if (isWhole && to === '') throw new ConfigProblem('missing to address in email config');
  return (settings) => {
    if (smarthost === '' && settings.smarthost === '') throw new ConfigProblem('no global SMTP smarthost set');
    if (from === '' && settings.mailFrom === '') throw new ConfigProblem('no global SMTP from set');
    return { kind: 'email', sendResolved, to, from: from === '' ? settings.mailFrom : from };
  };
}

function readWebhook(reader: Reader, node: Node | null): Draft {
  const { texts, sendResolved = true, isWhole } = readFields(reader, node, 'webhook', ['url'], ['max_alerts']);
  const { url = '' } = texts;
  if (isWhole && url === '') throw new ConfigProblem('missing URL in webhook config');
  if (url !== '') checkUrl(url);
  return () => ({ kind: 'webhook', sendResolved, url, maxAlerts: Number(texts.max_alerts ?? 0) });
}

/** @throws ConfigProblem for what is no address of HTTP. */
export function checkUrl(text: string): void {
  const [, scheme = '', host] = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?#]*))?/i.exec(text) ?? [];
  if (scheme !== 'http' && scheme !== 'https') throw new ConfigProblem(`unsupported scheme "${scheme}" for URL`);
  if (host === undefined || host === '') throw new ConfigProblem('missing host for URL');
}
