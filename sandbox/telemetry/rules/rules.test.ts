import { describe, expect, test } from 'vitest';
import { formatLabels, labelsOf } from '../labels.ts';
import { query } from '../promql/query.ts';
import { append, createStore, type Store } from '../store/store.ts';
import type { RuleGroup } from './read.ts';
import { readRules } from './read.ts';
import { alertsOf, createRulesState, evaluateRules, nextEvaluation, type RulesState } from './rules.ts';

const MINUTE = 60_000;

function groupsOf(text: string): readonly RuleGroup[] {
  const read = readRules(text);
  if (!read.ok) throw new Error(read.errors.join('\n'));
  return read.groups;
}

const down = `groups:
- name: hosts
  rules:
  - record: job:up:sum
    expr: sum by (job) (up)
  - alert: Down
    expr: up == 0
    for: 2m
    keep_firing_for: 3m
    labels:
      severity: page
    annotations:
      summary: '{{ $labels.job }} is down: {{ $value }}'
`;

/** Feeds `up` minute by minute and evaluates the rules each time; tells the alert's state after each. */
function run(text: string, values: readonly number[]): { states: string[]; store: Store; state: RulesState } {
  const groups = groupsOf(text);
  const store = createStore();
  let state = createRulesState(groups);
  const states: string[] = [];
  values.forEach((value, i) => {
    append(store, labelsOf('up', { job: 'web' }), i * MINUTE, value);
    state = evaluateRules(store, groups, structuredClone(state), i * MINUTE, MINUTE);
    states.push(
      alertsOf(state)
        .map(({ state: now }) => now)
        .join() || '-',
    );
  });
  return { states, store, state };
}

const seriesAt = (store: Store, expression: string, at: number): string[] => {
  const result = query(store, expression, at);
  if (!result.ok || result.value.type !== 'vector') throw new Error(JSON.stringify(result));
  return result.value.samples.map(({ labels, value }) => `${formatLabels(labels)} ${value}`);
};

describe('an alert', () => {
  test('is pending until its time has passed, fires, is kept firing for a while, and ends', () => {
    expect(run(down, [1, 0, 0, 0, 0, 1, 1, 1, 1]).states).toEqual([
      '-',
      'pending',
      'pending',
      'firing',
      'firing',
      'firing',
      'firing',
      'firing',
      'inactive',
    ]);
  });

  test('that was only pending leaves nothing behind', () => {
    expect(run(down, [0, 1, 1]).states).toEqual(['pending', '-', '-']);
  });

  test('has labels and annotations that were filled in, and when it became active', () => {
    expect(alertsOf(run(down, [0, 0, 0]).state)).toEqual([
      {
        labels: [
          ['alertname', 'Down'],
          ['job', 'web'],
          ['severity', 'page'],
        ],
        annotations: [['summary', 'web is down: 0']],
        state: 'firing',
        value: 0,
        activeAt: 0,
        firedAt: 2 * MINUTE,
      },
    ]);
  });

  test('shows in ALERTS and ALERTS_FOR_STATE while it is active, and no longer', () => {
    const { store } = run(down, [0, 0, 0, 1, 1, 1, 1, 1]);
    expect(seriesAt(store, 'ALERTS', MINUTE)).toEqual([
      'ALERTS{alertname="Down", alertstate="pending", job="web", severity="page"} 1',
    ]);
    expect(seriesAt(store, 'ALERTS', 2 * MINUTE)).toEqual([
      'ALERTS{alertname="Down", alertstate="firing", job="web", severity="page"} 1',
    ]);
    expect(seriesAt(store, 'ALERTS_FOR_STATE', 2 * MINUTE)).toEqual([
      'ALERTS_FOR_STATE{alertname="Down", job="web", severity="page"} 0',
    ]);
    expect(seriesAt(store, 'ALERTS', 7 * MINUTE)).toEqual([]);
  });
});

test('a recording rule gives a series that others can use', () => {
  expect(seriesAt(run(down, [1, 1]).store, 'job:up:sum', MINUTE)).toEqual(['job:up:sum{job="web"} 1']);
});

test('a rule that cannot be evaluated says why and keeps its alerts', () => {
  const { state } = run('groups:\n- name: g\n  rules:\n  - record: a\n    expr: up + on() group_left up\n', [1]);
  expect(state.groups[0]?.state.rules[0]?.error).toBeUndefined();
  const text = 'groups:\n- name: g\n  rules:\n  - record: a\n    expr: up\n    labels: {job: x}\n';
  const groups = groupsOf(text);
  const store = createStore();
  for (const job of ['a', 'b']) append(store, labelsOf('up', { job }), 0, 1);
  expect(evaluateRules(store, groups, createRulesState(groups), 0, MINUTE).groups[0]?.state.rules[0]?.error).toBe(
    'vector contains metrics with the same labelset after applying rule labels',
  );
});

test('groups are due at multiples of their own interval', () => {
  const groups = groupsOf('groups:\n- name: a\n  interval: 45s\n- name: b\n');
  expect(nextEvaluation(groups, 0, MINUTE)).toBe(45_000);
  expect(nextEvaluation(groups, 45_000, MINUTE)).toBe(60_000);
});

test.each([
  [
    'groups:\n- name: g\n  rules:\n  - record: a\n    exprr: up\n',
    ['yaml: unmarshal errors:\n  line 5: field exprr not found in type rulefmt.RuleNode'],
  ],
  ['groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up\n    for: 5x\n', ['not a valid duration string: "5x"']],
  [
    'groups:\n- name: g\n  rules:\n  - expr: up\n',
    ['0:0: group "g", rule 1, "": one of \'record\' or \'alert\' must be set'],
  ],
  [
    'groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up\n    labels: {x: "{{ nope }}"}\n',
    ['group "g", rule 1, "A": label "x": template: __alert_A:1: function "nope" not defined'],
  ],
])("a file that is wrong is refused in promtool's words: %j", (text, errors) => {
  expect(readRules(text)).toEqual({ ok: false, errors });
});
