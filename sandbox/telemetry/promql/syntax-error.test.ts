import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ParseError } from './errors.ts';
import { parseExpr } from './read.ts';

test.each([
  ['', 'unknown position: parse error: no expression found in input'],
  ['# nothing but a comment', '1:1: parse error: no expression found in input'],
  ['# above\n0,95', '2:2: parse error: unexpected ","'],
  ['sum(', '1:5: parse error: unclosed left parenthesis'],
  ['a b', '1:3: parse error: unexpected identifier "b"'],
  ['sum(a b)', '1:7: parse error: unexpected identifier "b" in aggregation'],
  ['1 +', '1:4: parse error: unexpected end of input'],
  ['x{a=b}', '1:5: parse error: unexpected identifier "b" in label matching, expected string'],
  ['x{a="b"', '1:8: parse error: unexpected end of input inside braces'],
  ['foo(x)', '1:1: parse error: unknown function with name "foo"'],
  ['x[5m', '1:5: parse error: unclosed left bracket'],
  [
    'x offset y',
    '1:10: parse error: unexpected identifier "y" in offset, expected number, duration, step(), or range()',
  ],
  ['sum by x (y)', '1:8: parse error: unexpected identifier "x" in grouping opts, expected "("'],
  ['a @ b', '1:5: parse error: unexpected identifier "b" in @, expected timestamp'],
  ['a\n  b', '2:3: parse error: unexpected identifier "b"'],
  ['x[5m1h]', '1:3: parse error: not a valid duration string: "5m1h"'],
  ['x =~ "a"', `1:3: parse error: unexpected character after '=': '~'`],
  ['"a', '1:1: parse error: unterminated quoted string'],
  ['sum(x,)', '1:6: parse error: trailing commas not allowed in function call args'],
])('%j is refused: %s', (text, message) => expect(() => parseExpr(text)).toThrow(message));

test('whatever is written is an expression or refused in words', () => {
  const pieces = 'x|sum|rate|by|on|offset|(|)|[|]|{|}|,|:|@|-|^|== |bool |0.95|2.|5m|"a"|=~|# c\n|#|\n| '.split('|');
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (text) => {
      try {
        parseExpr(text.join(''));
      } catch (error) {
        expect(error).toBeInstanceOf(ParseError);
      }
    }),
    { numRuns: 2000 },
  );
});
