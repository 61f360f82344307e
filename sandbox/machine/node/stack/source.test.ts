import { describe, expect, it } from 'vitest';
import { codeOnly, offsetOf, placeAt, scopesAt } from './source.ts';

describe('the text of a program', () => {
  it('is only code where comments, texts and patterns are taken out, and every place stays', () => {
    const text = `const a = '}'; // {\nconst b = \`x\${ { c: 1 }.c }y\`; const d = /[/}]/.test(a) /* { */;`;
    const code = codeOnly(text);
    expect(code.length).toBe(text.length);
    expect([...code].filter((char) => char === '{').length).toBe([...code].filter((char) => char === '}').length);
    expect(code).toContain('{ c: 1 }.c');
    expect(code).not.toContain('x$');
  });

  it.each([
    ['class A extends B {\n  run(x) {\n    HERE\n  }\n}', ['function run', 'class A']],
    ['exports.start = async (a, { b }) => {\n  try {\n HERE } catch {}\n}', ['block try', 'function exports.start']],
    ['const api = { load() { if (x) { HERE } } };', ['block if', 'function load', 'literal ']],
    ['function outer() { return [1].map(function (n) { HERE }) }', ['function ', 'function outer']],
    ['const Thing = class { static make() { HERE } }', ['function make', 'class Thing']],
  ])('tells what stands around a place: %s', (text, expected) => {
    const found = scopesAt(codeOnly(text), text.indexOf('HERE')).map(({ kind, name }) => `${kind} ${name}`);
    expect(found).toEqual(expected);
  });

  it('counts lines and columns from 1, both ways', () => {
    const text = 'ab\ncde\n\nf';
    for (let offset = 0; offset < text.length; offset++) {
      const { line, column } = placeAt(text, offset);
      expect(offsetOf(text, line, column)).toBe(offset);
    }
  });
});
