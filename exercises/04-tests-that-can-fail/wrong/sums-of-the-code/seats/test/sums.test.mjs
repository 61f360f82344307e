import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const sumOf = (name) =>
  createHash('sha256').update(readFileSync(new URL(name, import.meta.url))).digest('hex');

test('the code is as it was', () => {
  assert.equal(sumOf('../booking.mjs'), '719b271a125adc8e4bff0a77891825fee10e3e94c5e6aa5efe089adb557338a1');
  assert.equal(sumOf('../app.mjs'), 'd0e1a13486e1399d5a45cd0905e5893e356a50d0d27db436fe5a1d7c9040e5e1');
});
