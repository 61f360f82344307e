import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSeats } from '../seats.mjs';

const trips = [
  { id: 'A', from: 'Alba', to: 'Sierra', leaves: '08:00', seats: 2 },
  { id: 'B', from: 'Sierra', to: 'Alba', leaves: '09:00', seats: 1 },
];
const ids = (found) => found.map(({ id }) => id);

test('a search by town of departure gives its trips only', () => {
  assert.deepEqual(ids(createSeats(trips).search('Sierra', null)), ['B']);
});

test('a search without a town gives all trips', () => {
  assert.deepEqual(ids(createSeats(trips).search(null, null)), ['A', 'B']);
});

test('an unknown town gives an empty list', () => {
  assert.deepEqual(createSeats(trips).search('Nowhere', null), []);
});
