import assert from 'node:assert/strict';
import { test } from 'node:test';
import { search } from '../search.mjs';

test('only the trips that leave the town', () => {
  const found = search([{ from: 'A' }, { from: 'B' }], new URLSearchParams('from=B'));
  assert.deepEqual(found, [{ from: 'B' }]);
});
