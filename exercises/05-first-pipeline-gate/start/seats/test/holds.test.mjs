import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSeats } from '../seats.mjs';

const trips = [{ id: 'B', from: 'Sierra', to: 'Alba', leaves: '09:00', seats: 1 }];

test('a hold takes a seat, and the last one can be taken once', () => {
  const seats = createSeats(trips, () => 0);
  assert.equal(seats.hold('B').status, 201);
  assert.equal(seats.trip('B').left, 0);
  assert.equal(seats.hold('B').status, 409);
});

test('a hold is over after ten minutes', () => {
  let now = 0;
  const seats = createSeats(trips, () => now);
  seats.hold('B');
  now = 10 * 60 * 1000;
  assert.equal(seats.trip('B').left, 1);
  assert.equal(seats.sell('H1').status, 409);
});

test('a seat is sold once', () => {
  const seats = createSeats(trips, () => 0);
  seats.hold('B');
  assert.equal(seats.sell('H1').status, 200);
  assert.equal(seats.sell('H1').status, 409);
});
