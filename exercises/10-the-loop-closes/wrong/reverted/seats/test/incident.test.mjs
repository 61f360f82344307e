import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openService } from '../testing/service.mjs';

test('what failed in 2.2.0 is answered', async (t) => {
  const seats = await openService(t);
  for (const path of ['/trips?from=Sierra', '/trips?to=Molinos']) {
    const { body } = await seats.get(path);
    for (const { minutes, luggage } of body) assert.ok(minutes === undefined || (minutes < 720 && luggage > 0));
  }
  assert.equal((await seats.post('/trips/T04/holds')).status, 201);
});
