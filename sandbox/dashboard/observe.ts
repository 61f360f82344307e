// What a dashboard reads of one source over one stretch of time.
import type { Language, Words } from '../machine/index.ts';
import { formatLabels, getLabel, type Labels, type Store } from '../telemetry/index.ts';
import { queryLogs } from '../telemetry/logs/index.ts';
import { formatDuration } from '../telemetry/promql/duration.ts';
import { query, queryRange, type SeriesPoints } from '../telemetry/promql/query.ts';
import type { TimelineEvent } from '../telemetry/timeline/index.ts';
import type { FoundSource, Source, SourceName } from './sources.ts';

export interface ObserveRequest {
  readonly source: SourceName;
  /** PromQL; `$__rate_interval` stands for a stretch that always holds enough scrapes, as in Grafana. */
  readonly expressions: readonly string[];
  /** Ms since 1970; the values lie at start, start + step, … up to end. */
  readonly start: number;
  readonly end: number;
  readonly step: number;
  /** LogQL. */
  readonly logs: string;
}

/** One line of a chart: a value for each moment, NaN where there is none. */
export interface Line {
  /** `{service="seats"}`; '' when it has no labels. */
  readonly labels: string;
  readonly values: Float64Array;
}

export type Answered =
  | {
      readonly ok: true;
      readonly lines: readonly Line[] /** How many there are when not all were sent. */;
      readonly all: number;
    }
  /** In Prometheus' words, with the place in the expression where there is one: from 1. */
  | { readonly ok: false; readonly message: string; readonly line?: number; readonly column?: number };

export interface ActiveAlert {
  readonly name: string;
  readonly state: 'pending' | 'firing';
  readonly labels: string;
  readonly since: number;
}

export type Observation =
  | { readonly ok: false; readonly message: string }
  | {
      readonly ok: true;
      /** The last moment of which anything is known. */
      readonly until: number;
      readonly answers: readonly Answered[];
      /** Of the stretch that was asked for. */
      readonly events: readonly TimelineEvent[];
      /** The first moment after it at which something happens, where that is known. */
      readonly next?: number;
      readonly alerts: readonly ActiveAlert[];
      readonly logs: Logs;
    };

/** The newest lines first. */
type Logs =
  | {
      readonly kind: 'lines';
      readonly lines: readonly { readonly at: number; readonly labels: string; readonly line: string }[];
    }
  | { readonly kind: 'problem'; readonly message: string };

/** The company's own, ms. */
const SCRAPE_INTERVAL = 15_000;
const MOST_LINES = 20;
const MOST_LOGS = 100;
const MOST_EXPRESSIONS = 500;
/** Of everything that one request holds at once. */
const MAX_SAMPLES = 5_000_000;

export function observe(found: FoundSource, request: ObserveRequest, language: Language): Observation {
  if (!found.ok) return { ok: false, message: found.message[language] };
  const { source } = found;
  const { start, end, expressions } = request;
  const next = source.events.find(({ at }) => at > end)?.at;
  return {
    ok: true,
    until: source.until,
    answers: expressions.slice(0, MOST_EXPRESSIONS).map((expression) => ask(source.store, expression, request)),
    events: source.events.filter(({ at }) => at >= start && at <= end),
    ...(next !== undefined && { next }),
    alerts: activeAlerts(source.store, end),
    logs: logsOf(source, request, language),
  };
}

function ask(store: Store, expression: string, { start, end, step }: ObserveRequest): Answered {
  const rate = formatDuration(Math.max(step + SCRAPE_INTERVAL, 4 * SCRAPE_INTERVAL));
  const text = expression.replaceAll('$__rate_interval', rate);
  const answer = queryRange(store, text, { start, end, step }, { maxSamples: MAX_SAMPLES });
  if (!answer.ok) return { ok: false, ...placeOf(answer.message) };
  const series = answer.value.type === 'matrix' ? answer.value.series : [];
  return {
    ok: true,
    all: series.length,
    lines: series.slice(0, MOST_LINES).map(({ labels, points }) => ({
      labels: shown(labels),
      values: onGrid(points, start, step, Math.floor((end - start) / step) + 1),
    })),
  };
}

/** `invalid parameter "query": 1:5: parse error: …` taken apart. */
function placeOf(message: string): { readonly message: string; readonly line?: number; readonly column?: number } {
  const [, line, column, rest] = /^invalid parameter "query": (\d+):(\d+): (.*)$/s.exec(message) ?? [];
  if (rest === undefined) return { message: message.replace(/^invalid parameter "query": /, '') };
  return { message: rest, line: Number(line), column: Number(column) };
}

function onGrid(points: SeriesPoints['points'], start: number, step: number, count: number): Float64Array {
  const values = new Float64Array(count).fill(Number.NaN);
  for (const { time, value } of points) values[Math.round((time - start) / step)] = value;
  return values;
}

const shown = (labels: Labels): string => (labels.length === 0 ? '' : formatLabels(labels));

const withoutState = (labels: Labels): Labels =>
  labels.filter(([name]) => !['__name__', 'alertname', 'alertstate'].includes(name));

/** Alerts as Prometheus itself tells them: the series `ALERTS`. */
function activeAlerts(store: Store, at: number): readonly ActiveAlert[] {
  const answer = query(store, 'ALERTS', at);
  if (!answer.ok || answer.value.type !== 'vector') return [];
  const began = query(store, 'ALERTS_FOR_STATE', at);
  const beginnings = began.ok && began.value.type === 'vector' ? began.value.samples : [];
  return answer.value.samples.map(({ labels }) => {
    const name = getLabel(labels, 'alertname');
    const own = shown(withoutState(labels));
    const since = beginnings.find(
      (one) => getLabel(one.labels, 'alertname') === name && shown(withoutState(one.labels)) === own,
    );
    const state = getLabel(labels, 'alertstate') === 'firing' ? 'firing' : 'pending';
    return { name, state, labels: own, since: (since?.value ?? at / 1000) * 1000 };
  });
}

function logsOf({ logs: streams }: Source, { logs, start, end, step }: ObserveRequest, language: Language): Logs {
  const range = { from: start, to: end + 1, step, limit: MOST_LOGS, forward: false };
  const answer = queryLogs(streams, logs, range);
  if (answer.kind === 'problem') return { kind: 'problem', message: answer.message };
  if (answer.kind !== 'streams') return { kind: 'problem', message: onlyLines[language] };
  const lines = answer.streams.flatMap(({ labels, entries }) =>
    entries.map(({ at, line }) => ({ at, labels: shown(labels), line })),
  );
  return { kind: 'lines', lines: lines.sort((a, b) => b.at - a.at).slice(0, MOST_LOGS) };
}

const onlyLines: Words = {
  es: 'esto pide números: aquí solo se muestran líneas. Los números de los registros los da logcli',
  en: 'this asks for numbers: only lines are shown here. logcli gives numbers from logs',
};
