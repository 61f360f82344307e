import { describe, expect, test } from 'vitest';
import { LineCounter, parseDocument } from 'yaml';
import { syntaxError } from './syntax.ts';

/** A file of rules whose rule goes on like that, from its fifth line. */
const rule = (...lines: readonly string[]): string =>
  ['groups:', '  - name: a', '    rules:', '      - alert: X', ...lines.map((line) => `        ${line}`), ''].join(
    '\n',
  );

describe('what is no YAML is told in the words of promtool, with its line', () => {
  test.each([
    [rule('expr: up', 'for 1m', 'labels: { a: b }'), "6: could not find expected ':'"],
    [rule('expr: up', 'for 1m'), "6: could not find expected ':'"],
    [rule('expr: up', 'for:1m', 'labels: { a: b }'), "6: could not find expected ':'"],
    [
      'groups:\n  - name: a\n    rules:\n      - alert X\n        expr: up\n',
      '5: mapping values are not allowed in this context',
    ],
    ['groups\n  - name: a\n', '2: mapping values are not allowed in this context'],
    [rule('expr: up', '  for: 1m'), '6: mapping values are not allowed in this context'],
    [rule('expr: a: b'), '5: mapping values are not allowed in this context'],
    ['groups:\n  - name: a\n    rules:\n      - alert: X\n       expr: up\n', "3: did not find expected '-' indicator"],
    [rule('expr: "up', 'for: 1m'), '5: found unexpected end of stream'],
    [rule("expr: 'up", 'for: 1m'), '5: found unexpected end of stream'],
    [rule('expr: up', 'labels: { a: b', 'for: 1m'), "5: did not find expected ',' or '}'"],
    [rule('expr: {job="a"} > 1', 'for: 1m'), '5: did not find expected comment or line break'],
    [rule('expr: "up" > 1', 'for: 1m'), '5: did not find expected comment or line break'],
    [rule('expr: up', 'annotations:', '  summary: {{ $value }} is bad'), '6: did not find expected key'],
    [rule('expr: @up'), '5: found character that cannot start any token'],
    ['groups:\n  - name: a\n    rules:\n\t- alert: X\n', '4: found character that cannot start any token'],
  ])('%s', (text, words) => {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
    expect(syntaxError(document, lines)).toBe(`yaml: line ${words}`);
  });
});
