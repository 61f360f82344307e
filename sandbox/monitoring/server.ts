// A Prometheus as a server of the company: its HTTP API over a store, with the alerts and rules of the moment.
// https://prometheus.io/docs/prometheus/latest/querying/api/
import type { HttpRequest, HttpResponse } from '../machine/index.ts';
import { type Alert, answerApi, type Labels, type Store } from '../telemetry/index.ts';
import { formatTime } from '../telemetry/time/index.ts';

export interface Served {
  readonly store: Store;
  readonly alerts: readonly Alert[];
  /** Ms since 1970. */
  readonly now: number;
}

const decoder = new TextDecoder();

export function answerPrometheus({ store, alerts, now }: Served, { method, target, body }: HttpRequest): HttpResponse {
  const [path = ''] = target.split('?');
  if (path === '/-/healthy') return respond(200, 'text/plain; charset=utf-8', 'Prometheus Server is Healthy.\n');
  if (path === '/-/ready') return respond(200, 'text/plain; charset=utf-8', 'Prometheus Server is Ready.\n');
  if (method !== 'GET' && method !== 'POST' && method !== 'HEAD')
    return respond(405, 'text/plain; charset=utf-8', 'Method Not Allowed\n');
  if (path === '/api/v1/alerts') {
    const active = alerts.filter(({ state }) => state !== 'inactive').map(shown);
    return respond(200, 'application/json', JSON.stringify({ status: 'success', data: { alerts: active } }));
  }
  const { status, body: text } = answerApi(store, target, decoder.decode(body), now);
  return respond(status, status === 404 ? 'text/plain; charset=utf-8' : 'application/json', text);
}

function shown({ labels, annotations, state, activeAt, value }: Alert): object {
  const [mantissa, exponent = '+0'] = value.toExponential().split('e');
  // As Go's strconv writes 'e': two digits of the exponent at least.
  const text = `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
  const special = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  return {
    labels: recordOf(labels),
    annotations: recordOf(annotations),
    state,
    activeAt: formatTime(activeAt),
    value: Number.isFinite(value) ? text : special,
  };
}

/** A label may be called `__proto__`: it is one key among others. */
export function recordOf(labels: Labels): Readonly<Record<string, string>> {
  const out: Record<string, string> = Object.create(null);
  for (const [name, value] of labels) out[name] = value;
  return out;
}

const statusTexts: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  422: 'Unprocessable Entity',
};

function respond(status: number, type: string, text: string): HttpResponse {
  const body = new TextEncoder().encode(text);
  const headers = [
    ['Content-Type', type],
    ['Content-Length', String(body.length)],
  ] as const;
  return { status, statusText: statusTexts[status] ?? '', headers, body };
}
