import { expect, test } from 'vitest';
import { dueBetween } from './cron.ts';

const at = (text: string): number => Date.parse(`${text}:00Z`);
const due = (cron: string, from: string, to: string): string[] =>
  dueBetween(cron, at(from), at(to), 100).map((moment) => new Date(moment).toISOString().slice(0, 16));

test('the examples of the product’s page on schedules', () => {
  expect(due('30 5,17 * * *', '2026-03-02T00:00', '2026-03-03T00:00')).toEqual([
    '2026-03-02T05:30',
    '2026-03-02T17:30',
  ]);
  expect(due('20/15 * * * *', '2026-03-02T00:00', '2026-03-02T01:00')).toEqual([
    '2026-03-02T00:20',
    '2026-03-02T00:35',
    '2026-03-02T00:50',
  ]);
  expect(due('30 5 * * 1,3', '2026-03-01T00:00', '2026-03-08T00:00')).toEqual(['2026-03-02T05:30', '2026-03-04T05:30']);
  expect(due('0 0 1 JAN-FEB *', '2026-01-15T00:00', '2026-12-31T00:00')).toEqual(['2026-02-01T00:00']);
});

test('a day of the month or of the week, where both are named', () => {
  expect(due('0 9 4 * MON', '2026-03-01T00:00', '2026-03-08T00:00')).toEqual(['2026-03-02T09:00', '2026-03-04T09:00']);
});

test('the moment from which one looks does not count, the last one does', () => {
  expect(due('*/10 * * * *', '2026-03-02T09:00', '2026-03-02T09:20')).toEqual(['2026-03-02T09:10', '2026-03-02T09:20']);
});

test('what is no schedule is never due', () => {
  for (const cron of ['', '* * * *', '61 * * * *', '* * * * FUN', '5-1 * * * *', '*/0 * * * *'])
    expect(dueBetween(cron, 0, 864e5, 10)).toEqual([]);
});
