import { expect, test } from 'vitest';
import { freeId, numberOf } from './terminals.ts';

test('a new terminal takes the first free number', () => {
  expect([freeId([]), freeId(['t1', 't2']), freeId(['t1', 't3'])]).toEqual(['t1', 't3', 't2']);
  expect(numberOf('t3')).toBe(3);
});
