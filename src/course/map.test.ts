import { expect, test } from 'vitest';
import { doneCount, nextDay, stateOf } from './map.ts';

const written = ['d01', 'd02', 'd03'];

test('a day without records is new', () => {
  expect(stateOf({}, 'd01')).toBe('new');
});

test('done and learned days count, started ones do not', () => {
  const days = {
    d01: { state: 'learned', at: 1 },
    d02: { state: 'done', at: 2 },
    d03: { state: 'started', at: 3 },
  } as const;
  expect(doneCount(days, written)).toBe(2);
});

test('a learner who did nothing has nowhere to continue', () => {
  expect(nextDay({}, written)).toBeUndefined();
});

test('the day begun last comes before the next new one', () => {
  const days = { d01: { state: 'started', at: 9 }, d02: { state: 'started', at: 5 } } as const;
  expect(nextDay(days, written)).toBe('d01');
});

test('after the last day done comes the next one', () => {
  expect(nextDay({ d01: { state: 'done', at: 1 } }, written)).toBe('d02');
});

test('a day that was skipped comes back when the end is reached', () => {
  expect(nextDay({ d01: { state: 'done', at: 1 }, d03: { state: 'done', at: 2 } }, written)).toBe('d02');
});

test('when all is done there is nothing to continue', () => {
  const days = {
    d01: { state: 'done', at: 1 },
    d02: { state: 'done', at: 2 },
    d03: { state: 'learned', at: 3 },
  } as const;
  expect(nextDay(days, written)).toBeUndefined();
});

test('progress of a day that is not written is left out', () => {
  expect(nextDay({ d40: { state: 'started', at: 1 } }, written)).toBeUndefined();
});
