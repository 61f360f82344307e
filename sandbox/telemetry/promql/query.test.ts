import { describe, expect, test } from 'vitest';
import { formatLabels, labelsOf } from '../labels.ts';
import { append, createStore, type Store } from '../store/store.ts';
import { query, queryRange } from './query.ts';

const MINUTE = 60_000;

function storeOf(series: Readonly<Record<string, readonly number[]>>): Store {
  const store = createStore();
  for (const [instance, values] of Object.entries(series)) {
    values.forEach((value, i) => void append(store, labelsOf('requests_total', { instance }), i * MINUTE, value));
  }
  return store;
}

const counters = storeOf({ a: [0, 60, 120, 180, 240, 300], b: [0, 30, 60, 0, 30, 60] });

function values(store: Store, expression: string, at = 5 * MINUTE): Readonly<Record<string, number>> {
  const result = query(store, expression, at);
  if (!result.ok || result.value.type !== 'vector') throw new Error(JSON.stringify(result));
  return Object.fromEntries(result.value.samples.map(({ labels, value }) => [formatLabels(labels), value]));
}

const message = (expression: string): string => {
  const result = query(counters, expression, 0);
  return result.ok ? 'no error' : `${result.errorType}: ${result.message}`;
};

describe('a query', () => {
  test('computes rates over counters that were reset', () => {
    expect(values(counters, 'rate(requests_total[5m])')).toEqual({ '{instance="a"}': 1, '{instance="b"}': 0.375 });
  });

  test('gives nothing for a range without a second sample', () => {
    expect(values(counters, 'rate(requests_total[1m])')).toEqual({});
  });

  test('binds a sign and a modifier as Prometheus does, not as the grammar', () => {
    expect(query(counters, '-1 ^ 2', 0)).toMatchObject({ value: { value: -1 } });
    expect(values(counters, 'requests_total - requests_total offset 1m')).toEqual({
      '{instance="a"}': 60,
      '{instance="b"}': 30,
    });
  });

  test.each([
    '# per second\nsum(rate(requests_total[5m]))',
    '# one\n\n  # two # three\nsum(rate(requests_total[5m]))\n# the end',
    'sum # "\n(rate # of [\n(requests_total # x\n[ # y\n5m])\n# z\n)',
    '- # the sign\n1 * - # again\nsum(rate(requests_total[5m]))',
    '- # the sign\n1 ^ 1 * -sum(rate(requests_total[5m]))',
  ])('passes over comments wherever they stand: %j', (expression) => {
    expect(values(counters, expression)).toEqual({ '{}': 1.375 });
  });

  test('reads numbers that the grammar cannot: with a trailing dot, octal', () => {
    expect(query(counters, '1./4. + 010', 0)).toMatchObject({ value: { value: 8.25 } });
  });

  test.each([
    [
      'rate(requests_total)',
      'bad_data: invalid parameter "query": 1:6: parse error: expected type range vector in call to function "rate", got instant vector',
    ],
    [
      'sum(1)',
      'bad_data: invalid parameter "query": 1:5: parse error: expected type instant vector in aggregation expression, got scalar',
    ],
    [
      '1 > 2',
      'bad_data: invalid parameter "query": 1:3: parse error: comparisons between scalars must use BOOL modifier',
    ],
    [
      '{a=""}',
      'bad_data: invalid parameter "query": 1:1: parse error: vector selector must contain at least one non-empty matcher',
    ],
    [
      'mad_over_time(x[5m])',
      'bad_data: invalid parameter "query": 1:1: parse error: function "mad_over_time" is not enabled',
    ],
    [
      'requests_total[1y:1ms]',
      'execution: query processing would load too many samples into memory in query execution',
    ],
    [
      'max_over_time(vector(1)[10y:1s])',
      'execution: query processing would load too many samples into memory in query execution',
    ],
  ])('%s is refused: %s', (expression, expected) => expect(message(expression)).toBe(expected));

  test('asks for no more than 11,000 points of a series', () => {
    expect(queryRange(counters, 'vector(1)', { start: 0, end: 11_001_000, step: 1000 })).toMatchObject({ ok: false });
    expect(queryRange(counters, 'vector(1)', { start: 0, end: 11_000_000, step: 1000 })).toMatchObject({ ok: true });
  });

  test('one expression at every step gives what it gives at each of them', () => {
    const range = queryRange(counters, 'sum by (instance) (increase(requests_total[3m]))', {
      start: 0,
      end: 300_000,
      step: MINUTE,
    });
    if (!range.ok || range.value.type !== 'matrix') throw new Error(JSON.stringify(range));
    for (const { labels, points } of range.value.series) {
      for (const { time, value } of points) {
        expect(values(counters, 'sum by (instance) (increase(requests_total[3m]))', time)[formatLabels(labels)]).toBe(
          value,
        );
      }
    }
  });
});

test('Go decides where the language would say NaN: infinities in clamp, moments beyond its clock', () => {
  expect(values(counters, 'clamp(vector(1), Inf, NaN)')).toEqual({ '{}': Number.POSITIVE_INFINITY });
  expect(values(counters, 'hour(vector(NaN))')).toEqual({ '{}': 15 });
});

test.each([
  ['parentheses', '('.repeat(100_000)],
  ['parentheses that are closed', `${'('.repeat(5000)}1${')'.repeat(5000)}`],
  ['signs', '-'.repeat(100_000)],
  ['signs before a name', `${'- '.repeat(5000)}x`],
  ['terms', Array.from({ length: 20_000 }, () => 'x').join('+')],
])('too many %s are refused, not a crash', (_, expression) => {
  expect(message(expression)).toMatch(/nested too deeply|too long/);
});
