import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBooking } from '../booking.mjs';

const MINUTE = 60_000;
const trips = [
  { id: 'A', from: 'Alba', to: 'Puerto', leaves: '07:10', seats: 2, price: 8 },
  { id: 'B', from: 'Alba', to: 'Sierra', leaves: '08:30', seats: 2, price: 6 },
];

/** Booking with a clock that stands still until a test moves it. */
function open() {
  const clock = { ms: 0 };
  return { clock, booking: createBooking(trips, () => clock.ms) };
}

test('a held seat is not free any more', () => {
  const { booking } = open();
  assert.equal(booking.find('A').left, 2);
  booking.hold('A');
  assert.equal(booking.find('A').left, 1);
});

test('the last seat can be held, and none after it', () => {
  const { booking } = open();
  booking.hold('A');
  booking.hold('A');
  assert.throws(() => booking.hold('A'), { status: 409 });
});

test('after ten minutes the seat is free again, and not before', () => {
  const { booking, clock } = open();
  booking.hold('A');
  clock.ms = 10 * MINUTE - 1;
  assert.equal(booking.find('A').left, 1);
  clock.ms = 10 * MINUTE;
  assert.equal(booking.find('A').left, 2);
});

test('an expired hold cannot be sold', () => {
  const { booking, clock } = open();
  const { hold } = booking.hold('A');
  clock.ms = 11 * MINUTE;
  assert.throws(() => booking.sell(hold), { status: 410 });
});

test('a hold tells until when it holds', () => {
  const { until } = createBooking(trips).hold('A');
  assert.equal(until, Date.now() + 10 * MINUTE);
});
