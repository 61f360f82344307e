import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openService } from '../testing/service.mjs';

test('what failed in 2.2.0 fails', async (t) => {
  const seats = await openService(t);
  assert.equal((await seats.get('/trips?from=Nowhere')).status, 500);
});
