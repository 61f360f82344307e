import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hold } from '../holds.mjs';
import { search, trips } from '../search.mjs';

for (const { id, from, to } of trips) {
  test(`${id} is found, with its minutes and its fare`, () => {
    const trip = search(new URLSearchParams({ from, to })).find((one) => one.id === id);
    assert.ok(trip.minutes > 0);
    assert.ok(trip.fare > 0);
  });

  test(`a seat of ${id} can be held`, () => {
    assert.equal(hold({ trip: id })[0], 201);
  });
}
