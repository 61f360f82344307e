// What the templates of a message are filled with: https://prometheus.io/docs/alerting/latest/notifications/
import { dotOf, fillMessage, kv, TemplateError } from '../template/index.ts';
import { formatTime } from '../time/calendar.ts';
import { commonOf } from './message.ts';
import type { Notification } from './state.ts';

type Told = Pick<Notification, 'status' | 'receiver' | 'alerts' | 'groupLabels'>;

/** A template filled for a notification; undefined when these alerts do not fit it, with which Alertmanager sends nothing. */
export function fillFor(told: Told, template: string, externalUrl: string): string | undefined {
  try {
    return fill(told, template, externalUrl).trim();
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}

function fill({ status, receiver, alerts, groupLabels }: Told, template: string, externalUrl: string): string {
  return fillMessage(
    template,
    dotOf({
      Status: status,
      Receiver: receiver,
      ExternalURL: externalUrl,
      GroupLabels: kv(groupLabels),
      CommonLabels: kv(commonOf(alerts, 'labels')),
      CommonAnnotations: kv(commonOf(alerts, 'annotations')),
      Alerts: alerts.map(({ labels, annotations, startsAt, endsAt, generatorURL, ...alert }) =>
        dotOf({
          Status: alert.status,
          Labels: kv(labels),
          Annotations: kv(annotations),
          StartsAt: formatTime(startsAt),
          EndsAt: endsAt === undefined ? '0001-01-01T00:00:00Z' : formatTime(endsAt),
          GeneratorURL: generatorURL,
        }),
      ),
    }),
  );
}

const alert = { labels: [], annotations: [], startsAt: 0, generatorURL: '' };
const sample: Told = {
  status: 'firing',
  receiver: '',
  groupLabels: [],
  alerts: [
    { ...alert, status: 'firing' },
    { ...alert, status: 'resolved', endsAt: 0 },
  ],
};

/**
 * What is wrong with a template, tried on alerts of no labels. Alertmanager itself finds it out when it should send, and sends nothing:
 * here it is told at once.
 */
export function faultOf(template: string): string | undefined {
  try {
    fill(sample, template, '');
    return undefined;
  } catch (error) {
    if (error instanceof TemplateError) return `template: :${error.line}: ${error.message}`;
    throw error;
  }
}
