// The board that is shown: the learner's own, or the one that comes with the source.
import type { Language } from '../machine/index.ts';
import type { Store } from '../telemetry/index.ts';
import { signatures } from '../telemetry/promql/signatures.ts';
import { type Panel, readPanels, type Unit } from './panels.ts';
import type { FoundSource, Source, SourceName } from './sources.ts';

export interface BoardRequest {
  readonly source: SourceName;
  /** A file of panels; without it the board is the source's own. */
  readonly file?: { readonly path: string; readonly text: string };
}

export interface BoardProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What is shown, and what can be asked for. */
export type Board =
  | { readonly ok: false; readonly message: string }
  | {
      readonly ok: true;
      readonly kind: Source['kind'];
      readonly from: number;
      readonly until: number;
      readonly panels: readonly Panel[];
      /** What is wrong with the file; the panels are the source's own then. */
      readonly problems: readonly BoardProblem[];
      /** Titles of the source's own panels of which nothing is measured here. */
      readonly unmeasured: readonly string[];
      /** For completion. */
      readonly metrics: readonly string[];
      readonly labels: readonly string[];
      readonly functions: readonly string[];
    };

export function boardOf(found: FoundSource, { file }: BoardRequest, language: Language): Board {
  if (!found.ok) return { ok: false, message: found.message[language] };
  const { source } = found;
  const read = file === undefined ? undefined : readPanels(file.text, file.path);
  const own = usualPanels(source, language);
  const { metrics, labels } = namesIn(source.store);
  return {
    ok: true,
    kind: source.kind,
    from: source.from,
    until: source.until,
    panels: read?.ok === true ? read.panels : own.panels,
    problems:
      read === undefined || read.ok
        ? []
        : read.problems.map(({ line, column, message }) => ({ line, column, message: message[language] })),
    unmeasured: read?.ok === true ? [] : own.unmeasured,
    metrics,
    labels,
    functions: [...signatures].filter(([, { experimental }]) => !experimental).map(([name]) => name),
  };
}

function namesIn(store: Store): { readonly metrics: readonly string[]; readonly labels: readonly string[] } {
  const labels = new Set<string>();
  for (const { labels: own } of store.byKey.values())
    for (const [name] of own) if (name !== '__name__') labels.add(name);
  return { metrics: [...store.byName.keys()].sort(), labels: [...labels].sort() };
}

interface Usual {
  readonly title: Readonly<Record<Language, string>>;
  readonly unit: Unit;
  /** The metric without which there is nothing to show. */
  readonly needs: string;
  readonly lines: Readonly<Record<string, string>>;
  readonly thresholds?: Panel['thresholds'];
}

const quantiles = (bucket: string, by: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [50, 95, 99].map((percent) => [
      `p${percent}`,
      `histogram_quantile(${percent / 100}, sum by (le) (rate(${bucket}${by}[$__rate_interval])))`,
    ]),
  );

const traffic = { es: 'Tráfico', en: 'Traffic' };
const latency = { es: 'Latencia', en: 'Latency' };
const errors = { es: 'Errores', en: 'Errors' };
const replicas = { es: 'Réplicas', en: 'Replicas' };
const saturation = { es: 'Saturación del procesador', en: 'Processor saturation' };

/** What is told of any day in these metrics: money and calls. */
const company: readonly Usual[] = [
  {
    title: { es: 'Costo por hora', en: 'Cost an hour' },
    unit: 'cost',
    needs: 'cost_units_total',
    lines: { '': 'sum(rate(cost_units_total[$__rate_interval])) * 3600' },
  },
  {
    title: { es: 'Llamadas a Soporte por minuto', en: 'Calls to Support a minute' },
    unit: 'number',
    needs: 'support_calls_total',
    lines: { '': 'sum(rate(support_calls_total[$__rate_interval])) * 60' },
  },
];

const panels: Readonly<Record<Source['kind'], readonly Usual[]>> = {
  live: [
    {
      title: traffic,
      unit: 'per_second',
      needs: 'front_requests_total',
      lines: { '': 'sum(rate(front_requests_total[$__rate_interval]))' },
    },
    {
      title: latency,
      unit: 'seconds',
      needs: 'front_request_duration_seconds_bucket',
      lines: quantiles('front_request_duration_seconds_bucket', ''),
    },
    {
      title: errors,
      unit: 'percent',
      needs: 'front_requests_total',
      lines: {
        '': 'sum(rate(front_requests_total{code=~"5..|000"}[$__rate_interval])) / sum(rate(front_requests_total[$__rate_interval])) or vector(0)',
      },
      thresholds: { critical: 0.01 },
    },
    {
      title: saturation,
      unit: 'percent',
      needs: 'process_cpu_seconds_total',
      lines: { '': 'max by (instance) (rate(process_cpu_seconds_total[$__rate_interval]))' },
      thresholds: { warning: 0.8 },
    },
    { title: replicas, unit: 'number', needs: 'up', lines: { '': 'sum by (job) (up{job!="front"})' } },
    ...company,
  ],
  simulated: [
    {
      title: traffic,
      unit: 'per_second',
      needs: 'lb_requests_total',
      lines: { '': 'sum by (service) (rate(lb_requests_total[$__rate_interval]))' },
    },
    {
      title: latency,
      unit: 'seconds',
      needs: 'lb_request_duration_seconds_bucket',
      lines: quantiles('lb_request_duration_seconds_bucket', '{service="seats"}'),
      thresholds: { critical: 0.8 },
    },
    {
      title: errors,
      unit: 'percent',
      needs: 'lb_requests_total',
      lines: {
        '': 'sum by (service) (rate(lb_requests_total{code=~"[45].."}[$__rate_interval])) / sum by (service) (rate(lb_requests_total[$__rate_interval])) or sum by (service) (lb_requests_total) * 0',
      },
      thresholds: { critical: 0.01 },
    },
    {
      title: saturation,
      unit: 'percent',
      needs: 'process_cpu_seconds_total',
      lines: { '': 'avg by (service) (rate(process_cpu_seconds_total[$__rate_interval]))' },
      thresholds: { warning: 0.8 },
    },
    {
      title: { es: 'En espera', en: 'Waiting' },
      unit: 'number',
      needs: 'http_requests_queued',
      lines: { '': 'sum by (service) (http_requests_queued)' },
    },
    {
      title: replicas,
      unit: 'number',
      needs: 'service_instances',
      lines: { '': 'sum by (service) (service_instances)' },
    },
    ...company,
  ],
};

function usualPanels(
  { kind, store }: Source,
  language: Language,
): { readonly panels: readonly Panel[]; readonly unmeasured: readonly string[] } {
  const isMeasured = ({ needs }: Usual): boolean => store.byName.has(needs);
  return {
    panels: panels[kind].filter(isMeasured).map(({ title, unit, lines, thresholds = {} }) => ({
      title: title[language],
      unit,
      thresholds,
      lines: Object.entries(lines).map(([name, expr]) => ({ name, expr })),
    })),
    unmeasured: panels[kind].filter((panel) => !isMeasured(panel)).map(({ title }) => title[language]),
  };
}
