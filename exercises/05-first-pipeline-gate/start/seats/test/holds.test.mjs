import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBooking } from '../booking.mjs';

const trips = [{ id: 'B', from: 'Sierra', to: 'Alba', leaves: '09:00', seats: 1, price: 6 }];
const refused = (status) => (error) => error.status === status;

test('a hold takes a seat, and the last one can be taken once', () => {
  const booking = createBooking(trips, () => 0);
  booking.hold('B');
  assert.equal(booking.find('B').left, 0);
  assert.throws(() => booking.hold('B'), refused(409));
});

test('a hold is over after ten minutes', () => {
  let now = 0;
  const booking = createBooking(trips, () => now);
  booking.hold('B');
  now = 10 * 60_000;
  assert.equal(booking.find('B').left, 1);
  assert.throws(() => booking.sell('H1'), refused(410));
});

test('a seat is sold once', () => {
  const booking = createBooking(trips, () => 0);
  booking.hold('B');
  assert.deepEqual(booking.sell('H1').price, { amount: 6, currency: 'units' });
  assert.throws(() => booking.sell('H1'), refused(409));
});
