import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBooking } from '../booking.mjs';

const trips = [
  { id: 'A', from: 'Alba', to: 'Puerto', leaves: '07:10', seats: 2, price: 8 },
  { id: 'B', from: 'Alba', to: 'Sierra', leaves: '08:30', seats: 2, price: 6 },
  { id: 'C', from: 'Puerto', to: 'Sierra', leaves: '09:00', seats: 2, price: 9 },
  { id: 'D', from: 'Sierra', to: 'Alba', leaves: '10:00', seats: 2, price: 6 },
];

const idsOf = (found) => found.map(({ id }) => id);

test('finds the trips between two towns', () => {
  const booking = createBooking(trips);
  const found = booking.search('Alba', 'Sierra');
  assert.deepEqual(idsOf(found), ['B']);
});

test('finds all trips that leave a town, or go to one', () => {
  const booking = createBooking(trips);
  assert.deepEqual(idsOf(booking.search('Alba', null)), ['A', 'B']);
  assert.deepEqual(idsOf(booking.search(null, 'Sierra')), ['B', 'C']);
});

test('finds nothing from a town that has no coach', () => {
  assert.deepEqual(createBooking(trips).search('Nowhere', null), []);
});
