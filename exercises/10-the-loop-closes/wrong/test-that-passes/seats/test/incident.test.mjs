import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openService } from '../testing/service.mjs';

test('trips have minutes and a price for luggage', async (t) => {
  const seats = await openService(t);
  const { body } = await seats.get('/trips?from=Alba&to=Sierra');
  for (const trip of body) {
    assert.ok(trip.luggage > 0);
    assert.ok(trip.minutes > 0);
  }
});
