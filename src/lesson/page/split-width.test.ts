import { expect, test } from 'vitest';
import { bounded, widthAfter } from './split-width.ts';

test('arrows move the handle a little, pages more', () => {
  expect(['ArrowLeft', 'ArrowRight', 'PageDown', 'PageUp'].map((key) => widthAfter(key, 50))).toEqual([48, 52, 40, 60]);
});

test('Home and End go to the ends, and no key goes beyond them', () => {
  expect(widthAfter('Home', 50)).toBe(30);
  expect(widthAfter('End', 50)).toBe(75);
  expect(widthAfter('ArrowLeft', 30)).toBe(30);
  expect(widthAfter('PageUp', 74)).toBe(75);
});

test('other keys are left alone', () => {
  expect(widthAfter('Tab', 50)).toBeUndefined();
});

test('a width kept from another window is brought back in bounds', () => {
  expect([bounded(3), bounded(99), bounded(44.44)]).toEqual([30, 75, 44.4]);
});
