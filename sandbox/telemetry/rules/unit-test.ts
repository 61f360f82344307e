// Tests of rules: series that are fed in, and the alerts and results that are expected at moments.
// https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
import { compareLabels, createLabels, formatAllLabels, type Labels, labelsKey } from '../labels.ts';
import { formatDuration } from '../promql/duration.ts';
import { ParseError } from '../promql/errors.ts';
import { formatExponent } from '../promql/format-number.ts';
import { query } from '../promql/query.ts';
import { append, createStore, type Store } from '../store/store.ts';
import {
  decodeYaml,
  numberOf,
  pairsOf,
  type Record_,
  recordsOf,
  type Struct,
  stringOf,
  textsOf,
} from '../yaml/decode.ts';
import { type Alert, createGroupState, evaluateGroup, type GroupState } from './evaluate.ts';
import type { RuleGroup } from './read.ts';
import { NotationError, parseMetric, parseSeriesLine } from './series-notation.ts';

const fileShape: Struct = {
  struct: 'main.unitTestFile',
  fields: {
    rule_files: { list: 'string', named: '[]string' },
    evaluation_interval: 'duration',
    group_eval_order: { list: 'string', named: '[]string' },
    fuzzy_compare: 'bool',
    tests: {
      named: '[]main.testGroup',
      list: {
        struct: 'main.testGroup',
        fields: {
          interval: 'duration',
          name: 'string',
          external_url: 'string',
          external_labels: { map: 'string' },
          input_series: {
            named: '[]main.series',
            list: { struct: 'main.series', fields: { series: 'string', values: 'string' } },
          },
          alert_rule_test: {
            named: '[]main.alertTestCase',
            list: {
              struct: 'main.alertTestCase',
              fields: {
                eval_time: 'duration',
                alertname: 'string',
                exp_alerts: {
                  named: '[]main.alert',
                  list: {
                    struct: 'main.alert',
                    fields: { exp_labels: { map: 'string' }, exp_annotations: { map: 'string' } },
                  },
                },
              },
            },
          },
          promql_expr_test: {
            named: '[]main.promqlTestCase',
            list: {
              struct: 'main.promqlTestCase',
              fields: {
                expr: 'string',
                eval_time: 'duration',
                exp_samples: {
                  named: '[]main.sample',
                  list: { struct: 'main.sample', fields: { labels: 'string', value: 'float' } },
                },
              },
            },
          },
        },
      },
    },
  },
};

/** A file of tests of rules that was read. */
export interface RuleTests {
  readonly ruleFiles: readonly string[];
  readonly interval: number;
  readonly order: readonly string[];
  readonly fuzzy: boolean;
  readonly tests: readonly Record_[];
}

const MINUTE = 60_000;

/** @returns what is wrong in promtool's words, where it is */
export function readRuleTests(
  text: string,
): { readonly ok: true; readonly file: RuleTests } | { readonly ok: false; readonly errors: readonly string[] } {
  const decoded = decodeYaml(text, fileShape);
  if (!decoded.ok) return decoded;
  const { value } = decoded;
  const order = textsOf(value, 'group_eval_order');
  const twice = order.find((name, i) => order.indexOf(name) !== i);
  if (twice !== undefined) return { ok: false, errors: [`group name repeated in evaluation order: ${twice}`] };
  return {
    ok: true,
    file: {
      ruleFiles: textsOf(value, 'rule_files'),
      interval: numberOf(value, 'evaluation_interval') || MINUTE,
      order,
      fuzzy: value.fields.get('fuzzy_compare') === true,
      tests: recordsOf(value, 'tests'),
    },
  };
}

/** Runs the tests of a file against groups of rules. @returns what differs, each in promtool's words */
export function runRuleTests(
  file: RuleTests,
  groups: readonly RuleGroup[],
  run?: (name: string) => boolean,
): readonly string[] {
  const rank = (name: string): number => Math.max(0, file.order.indexOf(name));
  const ordered = [...groups].sort((a, b) => rank(a.name) - rank(b.name));
  return file.tests.flatMap((test) => (run?.(stringOf(test, 'name')) === false ? [] : runTest(test, ordered, file)));
}

function runTest(test: Record_, groups: readonly RuleGroup[], file: RuleTests): readonly string[] {
  const store = createStore();
  let feed: (until: number) => void;
  try {
    feed = feederOf(store, recordsOf(test, 'input_series'), numberOf(test, 'interval') || file.interval);
  } catch (error) {
    if (error instanceof ParseError || error instanceof NotationError) return [error.message];
    throw error;
  }
  const alertTests = recordsOf(test, 'alert_rule_test');
  const name = stringOf(test, 'name');
  const unnamed = alertTests.find((one) => stringOf(one, 'alertname') === '');
  if (unnamed !== undefined) {
    const at = formatDuration(numberOf(unnamed, 'eval_time') ?? 0);
    const where = name === '' ? '' : ` (in TestGroup ${name})`;
    return [`an item under alert_rule_test misses required attribute alertname at eval_time ${at}${where}`];
  }
  const exprTests = recordsOf(test, 'promql_expr_test');
  const until = Math.max(0, ...[...alertTests, ...exprTests].map((one) => numberOf(one, 'eval_time') ?? 0));
  const options = {
    interval: file.interval,
    externalLabels: createLabels(pairsOf(test, 'external_labels')),
    externalUrl: stringOf(test, 'external_url'),
  };
  const errors: string[] = [];
  let states: readonly GroupState[] = groups.map(createGroupState);
  const waiting = [...new Set(alertTests.map((one) => numberOf(one, 'eval_time') ?? 0))].sort((a, b) => a - b);
  for (let at = 0; at <= until; at += file.interval) {
    feed(at);
    states = groups.map((group, i) => evaluateGroup(store, group, states[i] as GroupState, at, options));
    const failures = groups.flatMap((group, i) => failuresOf(group, states[i] as GroupState, at));
    if (failures.length > 0) return failures;
    while (waiting.length > 0 && (waiting[0] as number) < at + file.interval) {
      const time = waiting.shift() as number;
      const firing = groups.flatMap((group, i) => firingIn(group, states[i] as GroupState));
      for (const one of alertTests.filter((item) => (numberOf(item, 'eval_time') ?? 0) === time)) {
        errors.push(...compareAlerts(one, firing, name));
      }
    }
  }
  return [...errors, ...exprTests.flatMap((one) => compareSamples(one, store, file))];
}

/** Gives the series' samples to the store as time goes on: what is to come is not there yet, not even for a negative offset. */
function feederOf(store: Store, series: readonly Record_[], interval: number): (until: number) => void {
  const lines = series.map((one) => ({
    ...parseSeriesLine(`${stringOf(one, 'series')} ${stringOf(one, 'values')}`),
    next: 0,
  }));
  return (until) => {
    for (const line of lines) {
      for (; line.next * interval <= until && line.next < line.values.length; line.next++) {
        const value = line.values[line.next];
        if (value !== undefined) append(store, line.labels, line.next * interval, value);
      }
    }
  };
}

function failuresOf(group: RuleGroup, state: GroupState, at: number): readonly string[] {
  return state.rules.flatMap(({ error }, i) =>
    error === undefined ? [] : [`    rule: ${group.rules[i]?.name}, time: ${goDuration(at)}, err: ${error}`],
  );
}

/** As Go prints a time.Duration: 1m0s. */
function goDuration(ms: number): string {
  if (ms === 0) return '0s';
  const [hours, minutes, seconds] = [Math.floor(ms / 3_600_000), Math.floor(ms / MINUTE) % 60, (ms % MINUTE) / 1000];
  if (hours > 0) return `${hours}h${minutes}m${seconds}s`;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}

function firingIn(group: RuleGroup, state: GroupState): readonly { readonly name: string; readonly alert: Alert }[] {
  return state.rules.flatMap(({ alerts }, i) =>
    alerts.filter((alert) => alert.state === 'firing').map((alert) => ({ name: group.rules[i]?.name ?? '', alert })),
  );
}

interface Told {
  readonly labels: Labels;
  readonly annotations: Labels;
}

function compareAlerts(
  test: Record_,
  firing: readonly { readonly name: string; readonly alert: Alert }[],
  name: string,
): readonly string[] {
  const alertname = stringOf(test, 'alertname');
  const got = firing.filter((one) => one.name === alertname).map(({ alert }) => alert);
  const expected = recordsOf(test, 'exp_alerts').map((one) => ({
    labels: createLabels([...pairsOf(one, 'exp_labels'), ['alertname', alertname]]),
    annotations: createLabels(pairsOf(one, 'exp_annotations')),
  }));
  const keys = (told: readonly Told[]): string =>
    told.map((one) => `${labelsKey(one.labels)}|${labelsKey(one.annotations)}`).join('\n');
  const [want, have] = [sorted(expected), sorted(got)];
  if (keys(want) === keys(have)) return [];
  const title = name === '' ? '' : `    name: ${name},\n`;
  const time = formatDuration(numberOf(test, 'eval_time') ?? 0);
  return [
    `${title}    alertname: ${alertname}, time: ${time}, \n        exp:${listAlerts(want)}, \n        got:${listAlerts(have)}`,
  ];
}

function sorted(told: readonly Told[]): readonly Told[] {
  return [...told].sort((a, b) => compareLabels(a.labels, b.labels) || compareLabels(a.annotations, b.annotations));
}

function listAlerts(told: readonly Told[]): string {
  if (told.length === 0) return '[]';
  const items = told.map(({ labels, annotations }, i) => {
    const indent = '              ';
    return `            ${i}:\n${indent}Labels:${formatAllLabels(labels)}\n${indent}Annotations:${formatAllLabels(annotations)}`;
  });
  return `[\n${items.join(',\n')}\n            ]`;
}

interface Shown {
  readonly labels: Labels;
  readonly value: number;
}

function compareSamples(test: Record_, store: Store, file: RuleTests): readonly string[] {
  const expr = stringOf(test, 'expr');
  const at = numberOf(test, 'eval_time') ?? 0;
  const head = `    expr: ${JSON.stringify(expr)}, time: ${formatDuration(at)},`;
  const result = query(store, expr, at, { interval: file.interval });
  if (!result.ok) return [`${head} err: ${result.message.replace('invalid parameter "query": ', '')}`];
  const { value } = result;
  if (value.type !== 'vector' && value.type !== 'scalar') return [`${head} err: rule result is not a vector or scalar`];
  const got = value.type === 'vector' ? value.samples : [{ labels: [], value: value.value }];
  const expected: Shown[] = [];
  for (const sample of recordsOf(test, 'exp_samples')) {
    const labels = stringOf(sample, 'labels');
    try {
      expected.push({ labels: labels === '' ? [] : parseMetric(labels), value: numberOf(sample, 'value') ?? 0 });
    } catch (error) {
      if (!(error instanceof ParseError || error instanceof NotationError)) throw error;
      return [`${head} err: labels ${JSON.stringify(labels)}: ${error.message}`];
    }
  }
  const order = (some: readonly Shown[]): readonly Shown[] =>
    [...some].sort((a, b) => compareLabels(a.labels, b.labels));
  const [want, have] = [order(expected), order(got)];
  const same =
    want.length === have.length &&
    want.every((one, i) => {
      const other = have[i] as Shown;
      return labelsKey(one.labels) === labelsKey(other.labels) && equals(one.value, other.value, file.fuzzy);
    });
  return same ? [] : [`${head}\n        exp: ${listSamples(want)}\n        got: ${listSamples(have)}`];
}

/** NaN differs from NaN, as in promtool; fuzzily, neighbouring numbers are equal. */
function equals(a: number, b: number, fuzzy: boolean): boolean {
  return a === b || (fuzzy && Math.abs(a - b) <= Math.max(Math.abs(a), Math.abs(b)) * Number.EPSILON);
}

function listSamples(samples: readonly Shown[]): string {
  if (samples.length === 0) return 'nil';
  return samples.map(({ labels, value }) => `${formatAllLabels(labels)} ${formatExponent(value)}`).join(', ');
}
