import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openService } from '../testing/service.mjs';

test('a trip that arrives after midnight tells its minutes', async (t) => {
  const seats = await openService(t);
  const { body } = await seats.get('/trips?from=Sierra');
  assert.equal(body.find(({ id }) => id === 'T13').minutes, 50);
});

test('every town to which there is a trip has a price for luggage', async (t) => {
  const seats = await openService(t);
  for (const town of ['Alba', 'Molinos', 'Puerto', 'Sierra']) {
    const { body } = await seats.get(`/trips?to=${town}`);
    for (const { id, luggage } of body) assert.ok(luggage > 0, id);
  }
});

test('a trip without stops on the way can be held', async (t) => {
  const seats = await openService(t);
  assert.equal((await seats.post('/trips/T04/holds')).status, 201);
});
