import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutesBetween } from '../minutes.mjs';

test('a trip tells its minutes', () => {
  assert.equal(minutesBetween('07:10', '08:25'), 75);
});
