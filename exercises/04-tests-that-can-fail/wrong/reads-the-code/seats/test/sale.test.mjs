import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const textOf = (name) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

test('says how much, and in units', () => {
  assert.match(textOf('booking.mjs'), /find\(held\.trip\).*\bprice/);
  assert.match(textOf('booking.mjs'), /currency: ['"`]units/);
});

test('refuses what is sold, used or not there', () => {
  assert.match(textOf('booking.mjs'), /409, 'no seat left'/);
  assert.match(textOf('booking.mjs'), /used: true/);
  assert.match(textOf('booking.mjs'), /sold\.set\(/);
  assert.match(textOf('app.mjs'), /error\.status|\bstatus, message\b/);
});
