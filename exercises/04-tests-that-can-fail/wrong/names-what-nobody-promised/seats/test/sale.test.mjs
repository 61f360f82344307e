import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openService } from '../testing/service.mjs';

const trips = [
  { id: 'A', from: 'Alba', to: 'Puerto', leaves: '07:10', seats: 1, price: 8 },
  { id: 'B', from: 'Alba', to: 'Sierra', leaves: '08:30', seats: 2, price: 6 },
];

test('sells a held seat at the price of its trip', async (t) => {
  const seats = await openService(t, { trips });
  await seats.post('/trips/B/holds');
  const sale = await seats.post('/holds/H1/sale');
  assert.equal(sale.status, 201);
  assert.equal(sale.body.trip, 'B');
  assert.deepEqual(sale.body.price, { amount: 6, currency: 'units' });
});

test('the last seat is sold once', async (t) => {
  const seats = await openService(t, { trips });
  const { body } = await seats.post('/trips/A/holds');
  await seats.post(`/holds/${body.hold}/sale`);
  assert.equal((await seats.get('/trips/A')).body.left, 0);
  assert.equal((await seats.post(`/holds/${body.hold}/sale`)).status, 409);
  assert.equal((await seats.post('/trips/A/holds')).status, 409);
});

test('tells what is not there with 404', async (t) => {
  const seats = await openService(t, { trips });
  assert.equal((await seats.get('/trips/Z')).status, 404);
  assert.equal((await seats.post('/holds/H9/sale')).status, 404);
});
