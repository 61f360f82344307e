import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBooking } from '../booking.mjs';

const trips = [{ id: 'A', from: 'Alba', to: 'Puerto', leaves: '07:10', seats: 2, price: 8 }];
let ms = 0;
const booking = createBooking(trips, () => ms);

test('a held seat is not free', () => {
  booking.hold('A');
  assert.equal(booking.find('A').left, 1);
});

test('after ten minutes it is free', () => {
  ms = 600_000;
  assert.equal(booking.find('A').left, 2);
});

test('a seat that is free again can be held', () => {
  booking.hold('A');
  assert.equal(booking.find('A').left, 1);
});
