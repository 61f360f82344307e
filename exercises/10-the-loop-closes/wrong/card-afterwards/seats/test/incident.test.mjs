import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hold } from '../holds.mjs';
import { search } from '../search.mjs';

test('a trip that arrives after midnight tells its minutes', () => {
  const late = search(new URLSearchParams('from=Sierra')).find(({ id }) => id === 'T08');
  assert.equal(late.minutes, 50);
});

test('every town to which there is a trip has a fare', () => {
  for (const { id, fare } of search(new URLSearchParams())) assert.ok(fare > 0, id);
});

test('a trip without stops on the way can be held', () => {
  assert.equal(hold({ trip: 'T04', seats: 2 })[0], 201);
});
