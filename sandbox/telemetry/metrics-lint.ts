// What is unusual about a program's metrics: the rules of Prometheus' promlint, which `promtool check metrics` tells.
// https://prometheus.io/docs/practices/naming/
import type { Family } from './exposition.ts';
import { NAME } from './labels.ts';

export interface MetricProblem {
  readonly metric: string;
  readonly text: string;
}

const units: ReadonlyMap<string, readonly string[]> = new Map([
  ['amperes', []],
  ['bytes', ['bits']],
  ['celsius', ['fahrenheit', 'kelvin', 'rankine']],
  ['grams', ['kilograms', 'ounces', 'pounds']],
  ['joules', ['calories', 'wh']],
  ['kelvin', []],
  ['meters', ['feet', 'inches', 'miles', 'yards']],
  ['metres', []],
  ['seconds', ['minutes', 'hours', 'days', 'weeks']],
  ['volts', []],
]);
const prefixes = 'pico nano micro milli centi deci deca hecto kilo kibi mega mibi giga gibi tera tebi peta pebi'.split(
  ' ',
);
const abbreviations = 's ms us ns sec b kb mb gb tb pb m h d'.split(' ');
const typeNames = 'counter gauge histogram summary untyped info stateset gaugehistogram'.split(' ');

/** Problems of all families, in the order in which promtool prints them. */
export function lintMetrics(families: readonly Family[]): readonly MetricProblem[] {
  return families
    .filter(({ samples }) => samples.length > 0)
    .flatMap((family) => problemsOf(family).map((text) => ({ metric: family.name, text })))
    .sort((a, b) => (a.metric === b.metric ? compare(a.text, b.text) : compare(a.metric, b.metric)));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function problemsOf({ name, help, type, samples }: Family): string[] {
  const out: string[] = [];
  const labels = new Set(samples.flatMap((sample) => sample.labels.map(([label]) => label)));
  if (help === undefined) out.push('no help text');
  const unit = wrongUnit(name.split('_'));
  if (unit !== undefined) out.push(`use base unit "${unit.base}" instead of "${unit.used}"`);
  if (type === 'counter' && !name.endsWith('_total')) out.push('counter metrics should have "_total" suffix');
  if (type !== 'counter' && type !== 'untyped' && name.endsWith('_total')) {
    out.push('non-counter metrics should not have "_total" suffix');
  }
  if (type !== 'untyped') {
    const counts = type === 'histogram' || type === 'summary';
    if (type !== 'histogram' && name.endsWith('_bucket'))
      out.push('non-histogram metrics should not have "_bucket" suffix');
    if (!counts && name.endsWith('_count'))
      out.push('non-histogram and non-summary metrics should not have "_count" suffix');
    if (!counts && name.endsWith('_sum'))
      out.push('non-histogram and non-summary metrics should not have "_sum" suffix');
    if (type !== 'histogram' && labels.has('le')) out.push('non-histogram metrics should not have "le" label');
    if (type !== 'summary' && labels.has('quantile')) out.push('non-summary metrics should not have "quantile" label');
  }
  if (type !== 'untyped') {
    const own = name.toLowerCase();
    for (const word of typeNames) {
      if (new RegExp(`(^|_)${word}(_|$)`).test(own)) out.push(`metric name should not include type '${word}'`);
    }
  }
  if (name.includes(':')) out.push("metric names should not contain ':'");
  const camel = /[a-z][A-Z]/;
  if (camel.test(name)) out.push("metric names should be written in 'snake_case' not 'camelCase'");
  for (const label of labels) {
    if (label !== NAME && camel.test(label)) out.push("label names should be written in 'snake_case' not 'camelCase'");
  }
  const padded = `${name.toLowerCase()}_`;
  if (abbreviations.some((word) => padded.includes(`_${word}_`))) {
    out.push('metric names should not contain abbreviated units');
  }
  return [...new Set(out)];
}

/** The first word of a name that is a unit with a prefix, or one for which there is a base unit. */
function wrongUnit(words: readonly string[]): { readonly base: string; readonly used: string } | undefined {
  for (const word of words) {
    for (const [base, others] of units) {
      if (word === base) continue;
      if (others.includes(word)) return { base, used: word };
      const prefix = prefixes.find((one) => word.startsWith(one));
      if (prefix !== undefined && [base, ...others].includes(word.slice(prefix.length))) return { base, used: word };
    }
  }
  return undefined;
}
