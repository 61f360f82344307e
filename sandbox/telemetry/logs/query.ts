import { parser } from '@grafana/lezer-logql';
import { createLabels, type Labels, labelsKey } from '../labels.ts';
import { RegexError } from '../regex/index.ts';
import { type LogSample, type Metric, readMetric } from './metric.ts';
import { type LogQuery, readLogQuery, runPipeline } from './pipeline.ts';
import { QueryProblem } from './problem.ts';
import type { LogEntry, LogStream } from './store.ts';
import { type TreeNode, treeOf } from './tree.ts';

/** A point of a series: ms since 1970 and its value. */
export type LogPoint = readonly [at: number, value: number];

export type LogAnswer =
  | { readonly kind: 'streams'; readonly streams: readonly LogStream[] }
  | { readonly kind: 'vector'; readonly samples: readonly LogSample[] }
  | {
      readonly kind: 'matrix';
      readonly series: readonly { readonly labels: Labels; readonly points: readonly LogPoint[] }[];
    }
  | { readonly kind: 'scalar'; readonly value: number }
  /** In Loki's words; what is not here is refused by name. */
  | { readonly kind: 'problem'; readonly message: string };

export interface LogRange {
  /** Ms since 1970, included. */
  readonly from: number;
  /** Ms since 1970; lines at this moment are not part of the answer, points of a metric are. */
  readonly to: number;
  /** Ms between the points of a metric query. */
  readonly step: number;
  /** How many lines at most, of the newest or (`forward`) the oldest; 0 is all. */
  readonly limit: number;
  readonly forward: boolean;
}

/** Points times lines that a query may touch before it is refused. */
const MAX_WORK = 50_000_000;

/** Asks a store of logs over a stretch of time. */
export function queryLogs(streams: readonly LogStream[], text: string, range: LogRange): LogAnswer {
  return guarded(() => {
    const query = readQuery(text);
    if (!('metric' in query)) return { kind: 'streams', streams: linesOf(query.log, streams, range) };
    const count = Math.floor((range.to - range.from) / range.step) + 1;
    const lines = streams.reduce((sum, { entries }) => sum + entries.length, 0);
    if (count > 11_000)
      throw new QueryProblem(
        'exceeded maximum resolution of 11,000 points per time series. Try increasing the value of the step parameter',
      );
    if (count * lines > MAX_WORK)
      throw new QueryProblem(`the query would touch more than ${MAX_WORK} lines; try a shorter range or a longer step`);
    const series = new Map<string, { readonly labels: Labels; readonly points: LogPoint[] }>();
    for (let at = range.from; at <= range.to; at += range.step) {
      const value = query.metric(streams, at);
      for (const sample of typeof value === 'number' ? [{ labels: [], value }] : value) {
        const key = labelsKey(sample.labels);
        const one = series.get(key) ?? { labels: sample.labels, points: [] };
        one.points.push([at, sample.value]);
        series.set(key, one);
      }
    }
    return { kind: 'matrix', series: [...series].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one) };
  });
}

/** Asks a metric query at one moment. */
export function queryLogsAt(streams: readonly LogStream[], text: string, at: number): LogAnswer {
  return guarded(() => {
    const query = readQuery(text);
    if (!('metric' in query))
      throw new QueryProblem(
        'log queries are not supported as an instant query type, please change your query to a range query type',
      );
    const value = query.metric(streams, at);
    return typeof value === 'number' ? { kind: 'scalar', value } : { kind: 'vector', samples: value };
  });
}

function guarded(ask: () => LogAnswer): LogAnswer {
  try {
    return ask();
  } catch (error) {
    if (error instanceof QueryProblem || error instanceof RegexError)
      return { kind: 'problem', message: error.message };
    throw error;
  }
}

/** Loki's own limit on the length of a query. */
const MAX_LENGTH = 131_072;

function readQuery(text: string): { readonly metric: Metric } | { readonly log: LogQuery } {
  if (text.length > MAX_LENGTH)
    throw new QueryProblem(`parse error : input size too long (${text.length} > ${MAX_LENGTH})`);
  const top = treeOf(parser.parse(text).topNode, text);
  const [expr, ...others] = top.children.filter(({ name }) => name !== 'LineComment');
  const broken = firstError(top);
  if (text.trim() === '') throw new QueryProblem('parse error : syntax error: unexpected $end');
  if (broken !== undefined || expr === undefined || others.length > 0) {
    const near = broken?.text.trim() ?? '';
    throw new QueryProblem(`parse error : syntax error: unexpected ${near === '' ? '$end' : `"${near}"`}`);
  }
  const [inner] = expr.children;
  return inner?.name === 'LogExpr' ? { log: readLogQuery(inner) } : { metric: readMetric(expr) };
}

function firstError(node: TreeNode): TreeNode | undefined {
  if (node.name === 'error') return node;
  for (const one of node.children) {
    const found = firstError(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The lines of a log query as streams of the labels that they have in the end. */
function linesOf(
  query: LogQuery,
  all: readonly LogStream[],
  { from, to, limit, forward }: LogRange,
): readonly LogStream[] {
  // Lines are ms apart at least: from is included and to is not.
  const lines = [...runPipeline(query, all, from - 1, to - 1)];
  lines.sort((a, b) => (forward ? a.at - b.at : b.at - a.at));
  const streams = new Map<string, { readonly labels: Labels; readonly entries: LogEntry[] }>();
  for (const { at, text, labels: found } of limit > 0 ? lines.slice(0, limit) : lines) {
    const labels = createLabels(found);
    const key = labelsKey(labels);
    const stream = streams.get(key) ?? { labels, entries: [] };
    stream.entries.push({ at, line: text });
    streams.set(key, stream);
  }
  return [...streams].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, stream]) => stream);
}
