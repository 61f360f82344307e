import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBooking } from '../booking.mjs';
import { openService } from '../testing/service.mjs';

const trips = [
  { id: 'A', from: 'Alba', to: 'Puerto', leaves: '07:10', seats: 2, price: 8 },
  { id: 'B', from: 'Alba', to: 'Sierra', leaves: '08:30', seats: 2, price: 6 },
  { id: 'C', from: 'Puerto', to: 'Sierra', leaves: '09:00', seats: 2, price: 9 },
  { id: 'D', from: 'Sierra', to: 'Alba', leaves: '10:00', seats: 1, price: 6 },
];
const ids = (found) => found.map(({ id }) => id);

test('a search by town of departure gives its trips only', () => {
  assert.deepEqual(ids(createBooking(trips).search('Alba', null)), ['A', 'B']);
});

test('a search without a town gives all trips', () => {
  assert.deepEqual(ids(createBooking(trips).search(null, null)), ['A', 'B', 'C', 'D']);
});

test('an unknown town gives an empty list, with status 200', async () => {
  const seats = await openService({ trips });
  assert.deepEqual(await seats.get('/trips?from=Nowhere'), { status: 200, body: [] });
  seats.close();
});
