import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBooking } from '../booking.mjs';

const trips = [
  { id: 'A', from: 'Alba', to: 'Puerto', leaves: '07:10', seats: 2, price: 8 },
  { id: 'B', from: 'Alba', to: 'Sierra', leaves: '08:30', seats: 2, price: 6 },
];

const idsOf = (found) => found.map(({ id }) => id);

test('finds the trips between two towns', () => {
  assert.deepEqual(idsOf(createBooking(trips).search('Alba', 'Sierra')), ['B']);
});

test('finds all trips that go to a town', () => {
  assert.deepEqual(idsOf(createBooking(trips).search(null, 'Puerto')), ['A']);
});
