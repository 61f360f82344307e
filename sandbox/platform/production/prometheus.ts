// The company's Prometheus: keeps what is scraped of production, and answers its HTTP API on the company's network.
import type { SandboxEvent } from '../../kernel/index.ts';
import type { HttpRequest, HttpResponse } from '../../machine/index.ts';
import {
  type Alert,
  answerApi,
  createStore,
  forgetBefore,
  getLabel,
  noScrapeYet,
  readRules,
  recordOf,
  type ScrapeState,
  type Store,
  storeScrape,
} from '../../telemetry/index.ts';
import { type AlertChange, type Arrival, createWatch } from '../../telemetry/service/index.ts';
import { respond } from '../http.ts';
import type { Scrape } from './monitoring.ts';

export const PROMETHEUS_HOST = 'prometheus.ventarela.test';
export const PROMETHEUS_PORT = 9090;

/** `--storage.tsdb.retention.time`: two days, in ms, looked at once in so many scrapes. */
const RETENTION = 2 * 86_400_000;
const BETWEEN_CLEANINGS = 10_000;

export interface Prometheus {
  take(scrape: Scrape): void;
  /** Takes these rules from now on. @returns what is wrong with them, in promtool's words; then the old ones stay. */
  load(text: string, now: number): readonly string[];
  /** Evaluates the rules that are due at this moment, a whole second. @returns the alerts that fired or ended, as the log has them. */
  evaluate(at: number): readonly SandboxEvent[];
  readonly store: Store;
  /** Alerts as they are now, pending ones too. */
  alerts(): readonly Alert[];
  /** What the alert manager was sent so far, in order. */
  readonly posts: readonly Arrival[];
  /** @param now ms since 1970. */
  answer(request: HttpRequest, now: number): HttpResponse;
}

export function createPrometheus(): Prometheus {
  const store = createStore();
  const states = new Map<string, ScrapeState>();
  const posts: Arrival[] = [];
  const watch = createWatch();
  /** Alerts that ended because their rule is gone, until they are told. */
  let dropped: readonly AlertChange[] = [];
  let taken = 0;
  return {
    posts,
    store,
    alerts: watch.alerts,
    load(text, now) {
      const read = readRules(text);
      if (!read.ok) return read.errors;
      dropped = [...dropped, ...watch.reload(read.groups, now)];
      return [];
    },
    evaluate(at) {
      const { changes, arrival } = watch.evaluate(store, at);
      if (arrival !== undefined) posts.push(arrival);
      const all = [...dropped, ...changes];
      dropped = [];
      return all.map(eventOf);
    },
    take({ at, job, instance, up, text }) {
      const key = `${job} ${instance}`;
      const answer = up ? { ok: true as const, text } : { ok: false as const };
      const { state } = storeScrape(store, { job, instance }, answer, states.get(key) ?? noScrapeYet, at);
      states.set(key, state);
      taken += 1;
      if (taken % BETWEEN_CLEANINGS === 0) forgetBefore(store, at - RETENTION);
    },
    answer: (request, now) => answerPrometheus({ store, alerts: watch.alerts(), now }, request),
  };
}

/** What a Prometheus with this store and these alerts answers. */
export function answerPrometheus(
  { store, alerts, now }: { readonly store: Store; readonly alerts: readonly Alert[]; readonly now: number },
  { target, body }: HttpRequest,
): HttpResponse {
  const { status, body: text } = answerApi(store, target, new TextDecoder().decode(body), now, alerts);
  return respond(status, text.startsWith('{') ? 'application/json' : 'text/plain; charset=utf-8', text);
}

function eventOf({ at, state, alert: { labels } }: AlertChange): SandboxEvent {
  const type = state === 'firing' ? 'AlertFired' : 'AlertResolved';
  return { type, alert: getLabel(labels, 'alertname'), labels: JSON.stringify(recordOf(labels)), when: at };
}
