import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hold } from '../holds.mjs';
import { search } from '../search.mjs';

test('searches and holds are answered', () => {
  assert.ok(search(new URLSearchParams('from=Alba&to=Puerto')).length > 0);
  assert.equal(hold({ trip: 'T01' })[0], 201);
});
