import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hold } from '../holds.mjs';
import { search } from '../search.mjs';

test('what failed in 1.3.0 is answered', () => {
  assert.equal(search(new URLSearchParams('from=Sierra')).length, 2);
  assert.equal(search(new URLSearchParams('to=Molinos')).length, 1);
  assert.equal(hold({ trip: 'T04', seats: 2 })[0], 201);
});
