import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { openService } from '../testing/service.mjs';

const trips = JSON.parse(readFileSync(new URL('../trips.json', import.meta.url), 'utf8'));

describe('whatever the timetable holds', () => {
  for (const { id, from, to } of trips)
    it(`answers for ${id}`, async (t) => {
      const seats = await openService(t);
      const { body } = await seats.get(`/trips?from=${from}&to=${to}`);
      assert.ok(body.every((trip) => trip.minutes > 0 && trip.minutes < 12 * 60 && trip.luggage > 0));
      assert.equal((await seats.post(`/trips/${id}/holds`)).status, 201);
    });
});
