import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBooking } from '../booking.mjs';

const trips = [
  { id: 'A', from: 'Alba', to: 'Puerto', leaves: '07:10', seats: 2, price: 8 },
  { id: 'B', from: 'Alba', to: 'Sierra', leaves: '08:30', seats: 2, price: 6 },
];

function open() {
  return { booking: createBooking(trips) };
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

