import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openService } from '../testing/service.mjs';

const trips = JSON.parse(readFileSync(new URL('../trips.json', import.meta.url), 'utf8'));

for (const { id, from, to } of trips) {
  test(`${id} is found, with its minutes and what luggage costs`, async (t) => {
    const seats = await openService(t);
    const { body } = await seats.get(`/trips?from=${from}&to=${to}`);
    const trip = body.find((one) => one.id === id);
    assert.ok(trip.minutes > 0);
    assert.ok(trip.luggage > 0);
  });

  test(`a seat of ${id} can be held`, async (t) => {
    const seats = await openService(t);
    assert.equal((await seats.post(`/trips/${id}/holds`)).status, 201);
  });
}
