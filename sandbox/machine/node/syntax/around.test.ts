import { describe, expect, it } from 'vitest';
import { around, nameOf, offsetOf, placeAt } from './index.ts';

describe('the text of a program', () => {
  it.each([
    ['class A extends B {\n  run(x) {\n    HERE\n  }\n}', ['run', 'A']],
    ['exports.start = async (a, { b }) => {\n  try {\n HERE } catch {}\n}', ['exports.start']],
    ['const api = { load() { if (x) { HERE } } };', ['load']],
    ['function outer() { return [1].map(function (n) { HERE }) }', ['', 'outer']],
    ['const Thing = class { static make() { HERE } }', ['make', 'Thing']],
  ])('tells what stands around a place: %s', (text, expected) => {
    const found = around(text, text.indexOf('HERE')).filter(({ type }) => /Function|^Class[DE]/.test(type));
    expect(found.toReversed().map((node) => nameOf(text, node))).toEqual(expected);
  });

  it('counts lines and columns from 1, both ways', () => {
    const text = 'ab\ncde\n\nf';
    for (let offset = 0; offset < text.length; offset++) {
      const { line, column } = placeAt(text, offset);
      expect(offsetOf(text, line, column)).toBe(offset);
    }
  });
});
