import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createBooking } from '../booking.mjs';

const trips = JSON.parse(readFileSync(new URL('../trips.json', import.meta.url), 'utf8'));
const idsOf = (found) => found.map(({ id }) => id);

test('finds the trips between two towns', () => {
  const booking = createBooking(trips);
  for (const { from, to } of trips)
    assert.deepEqual(idsOf(booking.search(from, to)), idsOf(trips.filter((trip) => trip.from === from && trip.to === to)));
});

test('finds all trips that leave a town, or go to one', () => {
  const booking = createBooking(trips);
  for (const { from, to } of trips) {
    assert.deepEqual(idsOf(booking.search(from, null)), idsOf(trips.filter((trip) => trip.from === from)));
    assert.deepEqual(idsOf(booking.search(null, to)), idsOf(trips.filter((trip) => trip.to === to)));
  }
});
