import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openService } from '../testing/service.mjs';

test('what failed in 2.2.0 is answered', async (t) => {
  const seats = await openService(t);
  assert.equal((await seats.get('/trips?from=Sierra')).status, 200);
  assert.equal((await seats.get('/trips?to=Molinos')).status, 200);
  assert.ok((await seats.post('/trips/T04/holds')).status < 300);
});
