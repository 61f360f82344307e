import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openService } from '../testing/service.mjs';

test('searches and holds are answered', async (t) => {
  const seats = await openService(t);
  assert.equal((await seats.get('/trips?from=Alba&to=Puerto')).status, 200);
  assert.equal((await seats.post('/trips/T01/holds')).status, 201);
});
