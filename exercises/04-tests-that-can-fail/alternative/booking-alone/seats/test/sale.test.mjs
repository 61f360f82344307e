import assert from 'node:assert';
import test from 'node:test';
import { createBooking } from '../booking.mjs';

const trips = [
  { id: 'A', from: 'Alba', to: 'Puerto', seats: 1, price: 8 },
  { id: 'B', from: 'Alba', to: 'Sierra', seats: 1, price: 6 },
];

test('selling', async (t) => {
  await t.test('gives a ticket', () => {
    const booking = createBooking(trips, () => 0);
    const { price } = booking.sell(booking.hold('B').hold);
    assert.strictEqual(price.amount, 6);
    assert.strictEqual(price.currency, 'units');
  });
  await t.test('takes the seat for good', () => {
    let now = 0;
    const booking = createBooking(trips, () => now);
    const { hold } = booking.hold('A');
    booking.sell(hold);
    now = 20 * 60 * 1000;
    assert.strictEqual(booking.find('A').left, 0);
    assert.throws(() => booking.sell(hold));
    assert.throws(() => booking.hold('A'), { status: 409 });
  });
});
