// The company's Prometheus: keeps what is scraped of production, and answers its HTTP API on the company's network.
import type { HttpRequest, HttpResponse } from '../../machine/index.ts';
import {
  answerApi,
  createStore,
  forgetBefore,
  noScrapeYet,
  type ScrapeState,
  storeScrape,
} from '../../telemetry/index.ts';
import { respond } from '../http.ts';
import type { Scrape } from './monitoring.ts';

export const PROMETHEUS_HOST = 'prometheus.ventarela.test';
export const PROMETHEUS_PORT = 9090;

/** `--storage.tsdb.retention.time`: two days, in ms, looked at once in so many scrapes. */
const RETENTION = 2 * 86_400_000;
const BETWEEN_CLEANINGS = 10_000;

export interface Prometheus {
  take(scrape: Scrape): void;
  /** @param now ms since 1970. */
  answer(request: HttpRequest, now: number): HttpResponse;
}

export function createPrometheus(): Prometheus {
  const store = createStore();
  const states = new Map<string, ScrapeState>();
  let taken = 0;
  return {
    take({ at, job, instance, up, text }) {
      const key = `${job} ${instance}`;
      const answer = up ? { ok: true as const, text } : { ok: false as const };
      const { state } = storeScrape(store, { job, instance }, answer, states.get(key) ?? noScrapeYet, at);
      states.set(key, state);
      taken += 1;
      if (taken % BETWEEN_CLEANINGS === 0) forgetBefore(store, at - RETENTION);
    },
    answer({ target, body }, now) {
      const { status, body: text } = answerApi(store, target, new TextDecoder().decode(body), now);
      return respond(status, 'application/json', text);
    },
  };
}
