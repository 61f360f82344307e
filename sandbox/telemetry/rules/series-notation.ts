// Series as tests of rules and of PromQL write them down: `requests_total{job="web"} 0+10x5 _ 3 stale`.
// https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series
import { createLabels, type Labels } from '../labels.ts';
import { placeOf } from '../promql/errors.ts';
import { parseExpr } from '../promql/read.ts';
import { parseNumber } from '../promql/text.ts';
import { STALE } from '../store/store.ts';

/** A value at one step, or that there is none. */
export type NotedValue = number | typeof STALE | undefined;

/** What is wrong with a line. `isNative` where it has native histograms, which are not part of the sandbox. */
export class NotationError extends Error {
  readonly isNative: boolean;

  constructor(message: string, isNative = false) {
    super(message);
    this.isNative = isNative;
  }
}

/** @throws NotationError | ParseError */
export function parseSeriesLine(line: string): { readonly labels: Labels; readonly values: readonly NotedValue[] } {
  const split = endOfMetric(line);
  return { labels: parseMetric(line.slice(0, split)), values: parseValues(line, split) };
}

/** The labels of a line whose values may not be readable. */
export function parseSeriesLabels(line: string): Labels {
  return parseMetric(line.slice(0, endOfMetric(line)));
}

/** The labels that `up{job="web"}` stands for. */
export function parseMetric(text: string): Labels {
  if (text.trim() === '{}') return [];
  const expr = parseExpr(text.trim());
  if (expr.kind !== 'selector' || expr.matchers.some(({ kind }) => kind !== '=')) {
    throw new NotationError(`not a metric: ${text}`);
  }
  return createLabels(expr.matchers.map(({ name, value }) => [name, value]));
}

function endOfMetric(line: string): number {
  const head = /^[^\s{]*\s*(?:\{(?!\{)(?:[^}"'`]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)*\})?/.exec(line);
  return head?.[0].trimEnd().length ?? line.length;
}

const number = '(?:inf|nan|(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?)';
const item = new RegExp(`^([+-]?${number})(?:([+-]${number})?x(\\d+))?$`, 'i');
const MAX_VALUES = 1_000_000;

/** Expands `1+2x3` to 1 3 5 7, `_x2` to two steps without a value, `5x2` to 5 5 5. */
function parseValues(line: string, from: number): readonly NotedValue[] {
  if (line.includes('{{', from)) throw new NotationError('native histograms are not part of this sandbox', true);
  const out: NotedValue[] = [];
  for (const { 0: word, index } of line.slice(from).matchAll(/\S+/g)) {
    const gap = /^_(?:x(\d+))?$/.exec(word);
    if (gap !== null) {
      for (let i = 0; i < Number(gap[1] ?? 1) && out.length < MAX_VALUES; i++) out.push(undefined);
      continue;
    }
    if (word === 'stale') {
      out.push(STALE);
      continue;
    }
    const match = item.exec(word);
    if (match === null) throw new NotationError(unexpected(line, from + index, word));
    let value = parseNumber(match[1] as string) as number;
    const step = match[2] === undefined ? 0 : (parseNumber(match[2]) as number);
    for (let i = 0; i <= Number(match[3] ?? 0) && out.length < MAX_VALUES; i++) {
      out.push(value);
      value += step;
    }
  }
  return out;
}

function unexpected(line: string, at: number, word: string): string {
  const kind = /^[a-z_]/i.test(word) ? `identifier ${JSON.stringify(word)}` : JSON.stringify(word);
  return `${placeOf(line, at)}: parse error: unexpected ${kind} in series values, expected number or "stale"`;
}
