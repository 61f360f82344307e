import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBooking } from '../booking.mjs';

const MINUTE = 60_000;
const trips = [
  { id: 'A', from: 'Alba', to: 'Puerto', leaves: '07:10', seats: 2, price: 8 },
  { id: 'B', from: 'Alba', to: 'Sierra', leaves: '08:30', seats: 2, price: 6 },
];

let ms = 0;
const booking = createBooking(trips, () => ms);

test('a held seat is not free any more', () => {
  booking.hold('A');
  ms = 10 * MINUTE - 1;
  assert.equal(booking.find('A').left, 1);
});

test('after ten minutes the seat is free again', () => {
  ms = 10 * MINUTE;
  assert.equal(booking.find('A').left, 2);
  ms = 0;
});
