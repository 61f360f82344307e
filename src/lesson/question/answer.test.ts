import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderVerdict, quantityVerdict, readNumber, startOrder } from './answer.ts';

test('an order is right up to the first item that stands elsewhere', () => {
  expect(orderVerdict([0, 1, 3, 2])).toEqual({ right: 2, firstWrong: 2 });
  expect(orderVerdict([0, 1, 2])).toEqual({ right: 3, firstWrong: undefined });
});

test('the order to begin with is never the right one, holds everything once, and is the same each time', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 2, max: 9 }), (id, count) => {
      const order = startOrder(id, count);
      expect(order).not.toEqual(Array.from({ length: count }, (_, place) => place));
      expect([...order].sort()).toEqual(Array.from({ length: count }, (_, place) => place));
      expect(startOrder(id, count)).toEqual(order);
    }),
  );
});

test('numbers are read with a point or a comma; anything else is no number', () => {
  expect(['1.5', ' 1,5 ', '-2', '−2', '.5', '7.'].map(readNumber)).toEqual([1.5, 1.5, -2, -2, 0.5, 7]);
  expect(['', '1.000,5', '5 min', 'five', '1e3', '0x10', 'Infinity'].map(readNumber)).toEqual(Array(7).fill(undefined));
});

test('a number within the tolerance is right, its edges too; known slips are told from too little and too much', () => {
  const answer = { value: 0.2, within: 0.1 };
  const slips = [{ value: 5, within: 0 }];
  const verdicts = [0.3, 0.1, 0.31, 0.09, 5].map((given) => quantityVerdict(given, answer, slips).kind);
  expect(verdicts).toEqual(['right', 'right', 'high', 'low', 'slip']);
});
