import { expect, test } from 'vitest';
import { sentenceOf, tableOf } from './twin.ts';
import { valueText } from './units.ts';
import { productionSpeaker } from './words.ts';

const say = productionSpeaker('en');

test('a chart in one sentence: each line now, and between what', () => {
  const lines = [
    { name: 'p50', values: [0.08, Number.NaN, 0.1] },
    { name: 'p99', values: [2, 2, Number.NaN] },
    { name: 'none', values: [Number.NaN] },
  ];
  expect(sentenceOf(lines, 'seconds', 'en', say)).toBe('p50: 100 ms now, from 80 ms to 100 ms; p99: 2 s all the time.');
  expect(sentenceOf([], 'seconds', 'en', say)).toBe('There is no data in this stretch yet.');
});

test('a table has the newest moment first and at most so many', () => {
  const values = Float64Array.from({ length: 100 }, (_, at) => at);
  const { rows, head } = tableOf([{ name: 'x', values }], { start: 0, step: 60_000, count: 100 }, 'number', 'en', 10);
  expect(head).toEqual(['x']);
  expect(rows).toHaveLength(10);
  expect(rows[0]).toEqual(['01:39', '99']);
});

test.each([
  [Number.NaN, 'number', '–'],
  [Number.POSITIVE_INFINITY, 'number', '∞'],
  [0.0123, 'percent', '1.23%'],
  [0.045, 'seconds', '45 ms'],
  [12_345_678, 'bytes', '12.3 MB'],
  [1234.5, 'number', '1235'],
] as const)('%d as %s is %s', (value, unit, text) => {
  expect(valueText(value, unit, 'en')).toBe(text);
});
