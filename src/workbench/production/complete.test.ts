import { expect, test } from 'vitest';
import { complete, take } from './complete.ts';

const names = {
  metrics: ['http_requests_total', 'up'],
  labels: ['code', 'service'],
  functions: ['rate', 'histogram_quantile'],
};
/** The caret stands at `|`. */
const offersAt = (marked: string): readonly string[] => {
  const caret = marked.indexOf('|');
  return complete(marked.replace('|', ''), caret, names).offers.map(({ text }) => text);
};

test('names of metrics, functions and aggregations, the ones that begin so first', () => {
  expect(offersAt('ra|')).toEqual(['rate', 'histogram_quantile']);
  expect(offersAt('rate(h|')).toEqual(['http_requests_total', 'histogram_quantile']);
  expect(offersAt('su|')).toEqual(['sum']);
  expect(offersAt('requests|')).toEqual(['http_requests_total']);
});

test('labels within braces and after by, nothing within texts, numbers and durations', () => {
  expect(offersAt('up{|')).toEqual(['code', 'service']);
  expect(offersAt('up{code="5..", s|')).toEqual(['service']);
  expect(offersAt('sum by (co|) (up)')).toEqual(['code']);
  expect(offersAt('sum without (code, |')).toEqual(['code', 'service']);
  expect(offersAt('up{code="s|')).toEqual([]);
  expect(offersAt('rate(up[5m|')).toEqual([]);
});

test('an offer that is taken replaces the whole word, and opens the brackets of a function', () => {
  const text = 'sum(rat(up))';
  const offers = complete(text, 6, names);
  expect(take(text, offers, { text: 'rate', kind: 'function' })).toEqual({ text: 'sum(rate(up))', caret: 8 });
  expect(take('ra', complete('ra', 2, names), { text: 'rate', kind: 'function' })).toEqual({ text: 'rate(', caret: 5 });
});
