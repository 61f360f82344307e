// The company's Prometheus: keeps what is scraped of production, and answers its HTTP API on the company's network.
import type { HttpRequest, HttpResponse } from '../../machine/index.ts';
import {
  alertsOf,
  answerApi,
  createRulesState,
  createStore,
  evaluateRules,
  forgetBefore,
  noScrapeYet,
  type RuleGroup,
  type RulesState,
  readRules,
  type ScrapeState,
  storeScrape,
} from '../../telemetry/index.ts';
import { type Arrival, postsOf } from '../../telemetry/service/index.ts';
import { respond } from '../http.ts';
import { SCRAPE_INTERVAL, type Scrape } from './monitoring.ts';

export const PROMETHEUS_HOST = 'prometheus.ventarela.test';
export const PROMETHEUS_PORT = 9090;

/** `--storage.tsdb.retention.time`: two days, in ms, looked at once in so many scrapes. */
const RETENTION = 2 * 86_400_000;
const BETWEEN_CLEANINGS = 10_000;

export interface Prometheus {
  take(scrape: Scrape): void;
  /** Takes these rules from now on. @returns what is wrong with them, in promtool's words; then the old ones stay. */
  load(text: string): readonly string[];
  /** Evaluates the rules that are due at this moment, a whole second. */
  evaluate(at: number): void;
  /** What the alert manager was sent so far, in order. */
  readonly posts: readonly Arrival[];
  /** @param now ms since 1970. */
  answer(request: HttpRequest, now: number): HttpResponse;
}

export function createPrometheus(): Prometheus {
  const store = createStore();
  const states = new Map<string, ScrapeState>();
  const posts: Arrival[] = [];
  let taken = 0;
  let groups: readonly RuleGroup[] = [];
  let rules: RulesState = createRulesState([]);
  return {
    posts,
    load(text) {
      const read = readRules(text);
      if (!read.ok) return read.errors;
      groups = read.groups;
      // A group that is there again keeps its alerts, as Prometheus copies their state.
      rules = { groups: rules.groups.filter(({ name }) => groups.some((group) => group.name === name)) };
      return [];
    },
    evaluate(at) {
      // evaluation_interval is the scrape interval.
      if (!groups.some(({ interval = SCRAPE_INTERVAL }) => at % interval === 0)) return;
      rules = evaluateRules(store, groups, rules, at, SCRAPE_INTERVAL);
      const alerts = postsOf(alertsOf(rules), at, SCRAPE_INTERVAL);
      if (alerts.length > 0) posts.push({ at, alerts });
    },
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
