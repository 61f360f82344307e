import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createBooking } from '../booking.mjs';

test('the ticket is written down', () => {
  const booking = createBooking([{ id: 'A', from: 'Alba', to: 'Puerto', seats: 2, price: 8 }]);
  const { ticket } = booking.sell(booking.hold('A').hold);
  appendFileSync('tickets.txt', `${ticket}\n`);
  assert.ok(readFileSync('tickets.txt', 'utf8').includes(ticket));
});
