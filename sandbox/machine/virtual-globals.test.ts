import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { type ClockGlobals, installVirtualGlobals } from './virtual-globals.ts';

const moment = Date.UTC(2026, 2, 2, 9);

/** A thread's globals of its own, so that this test's stay as they are. */
function thread(): { readonly clock: { now: number }; readonly say: (expression: string) => unknown } {
  const globals = runInNewContext('globalThis') as ClockGlobals;
  const clock = { now: moment };
  installVirtualGlobals(
    globals,
    () => clock.now,
    () => 0.25,
  );
  // The globals are those of the context: what runs in it sees the same objects.
  const evaluate = runInNewContext('(globals) => (text) => (0, globals.eval)(text)') as (
    globals: unknown,
  ) => (text: string) => unknown;
  return { clock, say: evaluate(globals) };
}

test('the present is the simulated one, in every way of asking', () => {
  const { clock, say } = thread();
  expect(say('Date.now()')).toBe(moment);
  expect(say('new Date().getTime()')).toBe(moment);
  expect(say('+new (new Date(0).constructor)()')).toBe(moment);
  expect(say('Date()')).toBe('Mon Mar 02 2026 09:00:00 GMT+0000 (Coordinated Universal Time)');
  expect(say('class Later extends Date {}; new Later().getTime()')).toBe(moment);
  clock.now += 1500;
  expect(say('Date.now()')).toBe(moment + 1500);
  expect(say('Math.random()')).toBe(0.25);
});

test('moments that are given stay what they are', () => {
  const { say } = thread();
  expect(say('new Date(0).toISOString()')).toBe('1970-01-01T00:00:00.000Z');
  expect(say('Date.UTC(2020, 0, 1)')).toBe(Date.UTC(2020, 0, 1));
  expect(say('new Date(2020, 0, 1, 12).toISOString()')).toBe('2020-01-01T12:00:00.000Z');
  expect(say('new Date(0) instanceof Date')).toBe(true);
  expect(say('String(new Date(NaN))')).toBe('Invalid Date');
});

test('local time is UTC wherever the machine stands', () => {
  const { say } = thread();
  expect(say('new Date().getTimezoneOffset()')).toBe(0);
  expect(say('new Date("2026-07-01T10:00:00").getHours()')).toBe(10);
  expect(say('new Date("2026-07-01T10:00:00").toISOString()')).toBe('2026-07-01T10:00:00.000Z');
  expect(say('Date.parse("2026-07-01")')).toBe(Date.UTC(2026, 6, 1));
  expect(say('const d = new Date(0); d.setHours(30); d.toString()')).toBe(
    'Fri Jan 02 1970 06:00:00 GMT+0000 (Coordinated Universal Time)',
  );
});
