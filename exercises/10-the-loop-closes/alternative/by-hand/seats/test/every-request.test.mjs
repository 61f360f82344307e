import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hold } from '../holds.mjs';
import { search, trips } from '../search.mjs';

describe('whatever the timetable holds', () => {
  for (const { id, from, to } of trips)
    it(`answers for ${id}`, () => {
      const query = new URLSearchParams({ from, to });
      assert.ok(search(query).every((trip) => trip.minutes > 0 && trip.minutes < 24 * 60 && trip.fare > 0));
      assert.equal(hold({ trip: id })[0], 201);
    });
});
