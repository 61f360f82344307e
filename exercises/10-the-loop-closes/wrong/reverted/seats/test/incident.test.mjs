import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openService } from '../testing/service.mjs';

test('what failed in 2.2.0 is answered', async (t) => {
  const seats = await openService(t);
  assert.ok((await seats.get('/trips?from=Sierra')).body.length > 0);
  assert.ok((await seats.get('/trips?to=Molinos')).body.length > 0);
  assert.equal((await seats.post('/trips/T04/holds')).status, 201);
});
