// Prometheus' HTTP API over a store, as a function from request to answer.
// https://prometheus.io/docs/prometheus/latest/querying/api/
import { compareLabels, type Labels, labelsKey, NAME, recordOf } from './labels.ts';
import { parseDuration } from './promql/duration.ts';
import { ParseError } from './promql/errors.ts';
import { formatPlain } from './promql/format-number.ts';
import { select } from './promql/matchers.ts';
import { type QueryResult, type QueryValue, query, queryRange } from './promql/query.ts';
import { parseExpr } from './promql/read.ts';
import { parseFloat64 } from './promql/text.ts';
import { parseTime } from './promql/time.ts';
import type { Alert } from './rules/evaluate.ts';
import type { Store } from './store/store.ts';
import { formatTime } from './time/index.ts';

export interface ApiAnswer {
  readonly status: number;
  /** JSON. */
  readonly body: string;
}

type Parameters = readonly (readonly [string, string])[];

/**
 * Answers what Prometheus answers under `/api/v1/`: query, query_range, series, labels, label/NAME/values, alerts;
 * and under `/-/`: healthy, ready.
 * @param target path and query of the request line
 * @param form body of a POST, `application/x-www-form-urlencoded`
 * @param now in ms
 * @param alerts of its rules, as they are now
 */
export function answerApi(
  store: Store,
  target: string,
  form: string,
  now: number,
  alerts: readonly Alert[] = [],
): ApiAnswer {
  const [path = '', search = ''] = target.split('?', 2);
  const given: Parameters = [...parametersOf(search), ...parametersOf(form)];
  const one = (name: string): string | undefined => given.find(([key]) => key === name)?.[1];
  const bad = (message: string): ApiAnswer => failure('bad_data', message);
  switch (path) {
    case '/-/healthy':
      return { status: 200, body: 'Prometheus Server is Healthy.\n' };
    case '/-/ready':
      return { status: 200, body: 'Prometheus Server is Ready.\n' };
    case '/api/v1/alerts':
      return success({ alerts: alerts.filter(({ state }) => state !== 'inactive').map(alertOf) });
    case '/api/v1/query': {
      const at = one('time') === undefined ? now : parseTime(one('time') as string);
      if (at === undefined) return bad(`invalid parameter "time": cannot parse "${one('time')}" to a valid timestamp`);
      return fromResult(query(store, one('query') ?? '', at));
    }
    case '/api/v1/query_range': {
      for (const name of ['start', 'end']) {
        if (parseTime(one(name) ?? '') === undefined) {
          return bad(`invalid parameter "${name}": cannot parse "${one(name) ?? ''}" to a valid timestamp`);
        }
      }
      const step = stepOf(one('step') ?? '');
      if (step === undefined)
        return bad(`invalid parameter "step": cannot parse "${one('step') ?? ''}" to a valid duration`);
      const [start, end] = [parseTime(one('start') as string) as number, parseTime(one('end') as string) as number];
      return fromResult(queryRange(store, one('query') ?? '', { start, end, step }));
    }
    case '/api/v1/series': {
      const matchers = many(given, 'match[]');
      if (matchers.length === 0) return bad('no match[] parameter provided');
      const found = seriesOf(store, matchers);
      return typeof found === 'string' ? bad(found) : success(found.map(record));
    }
    case '/api/v1/labels': {
      const found = seriesOf(store, many(given, 'match[]'));
      if (typeof found === 'string') return bad(found);
      return success([...new Set(found.flatMap((labels) => labels.map(([name]) => name)))].sort());
    }
  }
  const label = /^\/api\/v1\/label\/([^/]+)\/values$/.exec(path)?.[1];
  if (label !== undefined) {
    const found = seriesOf(store, many(given, 'match[]'));
    if (typeof found === 'string') return bad(found);
    const values = found.flatMap((labels) =>
      labels.filter(([name]) => name === decode(label)).map(([, value]) => value),
    );
    return success([...new Set(values)].sort());
  }
  return { status: 404, body: '404 page not found\n' };
}

function parametersOf(text: string): Parameters {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decode(name), decode(value.join('='))];
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

const many = (given: Parameters, name: string): readonly string[] =>
  given.filter(([key]) => key === name).map(([, value]) => value);

function stepOf(text: string): number | undefined {
  const seconds = parseFloat64(text);
  return seconds === undefined ? parseDuration(text) : seconds * 1000;
}

/** Labels of the series that any selector takes, all of them where none is given; or what is wrong. */
function seriesOf(store: Store, selectors: readonly string[]): readonly Labels[] | string {
  if (selectors.length === 0) return [...store.byKey.values()].map(({ labels }) => labels).sort(compareLabels);
  const found = new Map<string, Labels>();
  for (const text of selectors) {
    try {
      const expr = parseExpr(text);
      if (expr.kind !== 'selector') return `invalid parameter "match[]": 1:1: parse error: not a selector: ${text}`;
      for (const { labels } of select(store, expr.matchers)) found.set(labelsKey(labels), labels);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      return `invalid parameter "match[]": ${error.message}`;
    }
  }
  return [...found.values()].sort(compareLabels);
}

function fromResult(result: QueryResult): ApiAnswer {
  if (!result.ok) return failure(result.errorType, result.message);
  return success(dataOf(result.value), { warnings: result.warnings, infos: result.infos });
}

const point = (time: number, value: number): readonly [number, string] => [time / 1000, formatPlain(value)];

function dataOf(value: QueryValue): unknown {
  const resultType = value.type;
  switch (value.type) {
    case 'scalar':
      return { resultType, result: point(value.time, value.value) };
    case 'string':
      return { resultType, result: [value.time / 1000, value.value] };
    case 'vector':
      return {
        resultType,
        result: value.samples.map((sample) => ({
          metric: record(sample.labels),
          value: point(value.time, sample.value),
        })),
      };
    case 'matrix':
      return {
        resultType,
        result: value.series.map(({ labels, points }) => ({
          metric: record(labels),
          values: points.map((one) => point(one.time, one.value)),
        })),
      };
  }
}

function alertOf({ labels, annotations, state, activeAt, value }: Alert): unknown {
  const [mantissa, exponent = '+0'] = value.toExponential().split('e');
  // As Go's strconv writes 'e': two digits of the exponent at least.
  const text = `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
  return {
    labels: recordOf(labels),
    annotations: recordOf(annotations),
    state,
    activeAt: formatTime(activeAt),
    value: Number.isFinite(value) ? text : formatPlain(value),
  };
}

/** The name of a metric comes first. */
function record(labels: Labels): Readonly<Record<string, string>> {
  return recordOf([...labels].sort(([a], [b]) => Number(b === NAME) - Number(a === NAME)));
}

function success(data: unknown, notes: Readonly<Record<string, readonly string[]>> = {}): ApiAnswer {
  const told = Object.fromEntries(Object.entries(notes).filter(([, texts]) => texts.length > 0));
  return { status: 200, body: JSON.stringify({ status: 'success', data, ...told }) };
}

function failure(errorType: 'bad_data' | 'execution', error: string): ApiAnswer {
  return { status: errorType === 'bad_data' ? 400 : 422, body: JSON.stringify({ status: 'error', errorType, error }) };
}
