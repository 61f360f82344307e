import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
const code = readFileSync(new URL('../booking.mjs', import.meta.url), 'utf8');
const app = readFileSync(new URL('../app.mjs', import.meta.url), 'utf8');
test('search', () => { assert.match(code, /trip\.to === to/); assert.match(code, /trip\.from === from/); });
test('sale', () => { assert.match(code, /trip\.left <= 0/); assert.match(code, /'units'/); assert.match(code, /find\(held\.trip\)\.price/); });
test('errors', () => { assert.match(app, /error\.status/); });
test('holds', () => { assert.match(code, /hold\.until > now\(\)/); assert.match(code, /held\.until <= now\(\)/); assert.match(code, /- held\.length;/); assert.match(code, /until: 0, used: true/); assert.match(code, /sold\.set\(/); });
