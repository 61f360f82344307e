import assert from 'node:assert/strict';
import { test } from 'node:test';
import { search } from '../search.mjs';

test('trips have a fare and minutes', () => {
  for (const trip of search(new URLSearchParams('from=Alba&to=Sierra'))) {
    assert.ok(trip.fare > 0);
    assert.ok(trip.minutes > 0);
  }
});
