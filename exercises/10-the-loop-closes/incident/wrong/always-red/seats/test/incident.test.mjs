import assert from 'node:assert/strict';
import { test } from 'node:test';
import { search } from '../search.mjs';

test('what failed in 1.3.0 fails', () => {
  assert.throws(() => search(new URLSearchParams('from=Nowhere')));
});
