import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from './duration.ts';

test.each([
  ['1h30m', 5_400_000],
  ['90s', 90_000],
  ['1d', 86_400_000],
  ['500ms', 500],
  ['0', 0],
  ['1y2w3d4h5m6s7ms', ((365 + 14 + 3) * 24 + 4) * 3_600_000 + 306_007],
])('%s is %d ms', (text, ms) => expect(parseDuration(text)).toBe(ms));

test.each(['', '5', '1m1h', '1.5h', '-5m', '5 m'])('%j is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test.each([
  [90_000, '1m30s'],
  [0, '0s'],
  [86_400_000 * 7, '1w'],
  [86_400_000 * 8, '8d'],
  [1_500, '1s500ms'],
])('%d ms are written %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
