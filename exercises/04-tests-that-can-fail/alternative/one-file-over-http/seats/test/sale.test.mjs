import { strict as assert } from 'node:assert';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createSeats } from '../app.mjs';

const trips = [
  { id: 'X1', from: 'North', to: 'South', leaves: '10:00', seats: 3, price: 5 },
  { id: 'X2', from: 'North', to: 'West', leaves: '11:00', seats: 1, price: 12 },
  { id: 'X3', from: 'West', to: 'South', leaves: '12:00', seats: 4, price: 7 },
];

describe('seats', () => {
  let time;
  let server;
  let call;

  beforeEach(async () => {
    time = 1_000_000;
    server = createSeats({ trips, now: () => time });
    await new Promise((resolve) => server.listen(0, resolve));
    call = async (method, path) => {
      const answer = await fetch(`http://localhost:${server.address().port}${path}`, { method });
      return [answer.status, await answer.json()];
    };
  });
  afterEach(() => server.close());

  it('filters', async () => {
    const [status, list] = await call('GET', '/trips?from=North&to=South');
    assert.equal(status, 200);
    assert.deepEqual(list, [{ ...trips[0], left: 3 }]);
    const [, fromWest] = await call('GET', '/trips?from=West');
    assert.deepEqual(fromWest, [{ ...trips[2], left: 4 }]);
    const [, toSouth] = await call('GET', '/trips?to=South');
    assert.deepEqual(toSouth.map((trip) => trip.id).sort(), ['X1', 'X3']);
  });

  it('sells out', async () => {
    const [created, { hold }] = await call('POST', '/trips/X2/holds');
    assert.equal(created, 201);
    assert.equal((await call('POST', '/trips/X2/holds'))[0], 409);
    const [sold, { price }] = await call('POST', `/holds/${hold}/sale`);
    assert.equal(sold, 201);
    assert.deepEqual(price, { amount: 12, currency: 'units' });
    assert.equal((await call('POST', `/holds/${hold}/sale`))[0], 409);
    time += 3_600_000;
    assert.equal((await call('GET', '/trips/X2'))[1].left, 0);
  });

  it('lets a hold expire', async () => {
    const [, { hold }] = await call('POST', '/trips/X2/holds');
    time += 540_000;
    assert.equal((await call('POST', '/trips/X2/holds'))[0], 409);
    time += 60_000;
    assert.equal((await call('POST', `/holds/${hold}/sale`))[0], 410);
    assert.equal((await call('GET', '/trips/X2'))[1].left, 1);
  });
});
