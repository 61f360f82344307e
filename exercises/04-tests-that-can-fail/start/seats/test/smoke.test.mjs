import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openService } from '../testing/service.mjs';

test('answers', async (t) => {
  const seats = await openService(t);
  const { status } = await seats.get('/trips');
  assert.equal(status, 200);
});
