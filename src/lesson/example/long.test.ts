import { expect, test } from 'vitest';
import { long } from './long.ts';

test('a time is said in its two largest units, without those that are nought', () => {
  expect([0, 420, 9_960, 12_000, 200_000, 3_600_000, 212_400_000].map(long)).toEqual([
    '0 s',
    '0.4 s',
    '9.9 s',
    '12 s',
    '3 min 20 s',
    '1 h',
    '2 d 11 h',
  ]);
});
