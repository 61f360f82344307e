import { describe, expect, test } from 'vitest';
import { compileRegex, expandTemplate, findMatch } from './index.ts';

const matches = (source: string, text: string): boolean => findMatch(compileRegex(source), text) !== undefined;

describe('a regular expression in the syntax of RE2', () => {
  test.each([
    ['a|b', 'b'],
    ['(?i:PRO).*', 'production'],
    ['.*?((?i)TION)', 'production'],
    ['[[:alpha:]]+-\\d{2,3}', 'web-123'],
    ['a.b', 'a\nb'],
    ['\\Qa.b\\E+', 'a.bbb'],
    ['(a*)*', 'aaaa'],
    ['[^a-c]+', 'xyz'],
    ['\\p{Greek}+', 'αβγ'],
    ['x*', ''],
  ])('%s matches %j', (source, text) => expect(matches(source, text)).toBe(true));

  test.each([
    ['a', 'ab'],
    ['a.b', 'a.bb'],
    ['(?-s:a.b)', 'a\nb'],
    ['a{2}', 'a'],
  ])('%s does not match the whole of %j', (source, text) => expect(matches(source, text)).toBe(false));

  test('groups take what a backtracking machine would give them', () => {
    const regex = compileRegex('(.*)-(?P<last>.*)');
    const match = findMatch(regex, 'a-b-c');
    expect(expandTemplate(regex, ['$2:$', '{last}:$1:$9:$$'].join(''), 'a-b-c', match ?? [])).toBe('c:c:a-b::$');
  });

  test('the leftmost match is found inside a text', () => {
    expect(findMatch(compileRegex('b+'), 'abbbc', { whole: false })?.slice(0, 2)).toEqual([1, 4]);
  });

  test('a pattern that makes RegExp hang takes linear time', () => {
    expect(matches('(a+)+b', 'a'.repeat(2000))).toBe(false);
  });

  test.each([
    ['(a', 'error parsing regexp: missing closing ): `(a`'],
    ['a)', 'error parsing regexp: unexpected ): `a)`'],
    ['*', 'error parsing regexp: missing argument to repetition operator: `*`'],
    ['a**', 'error parsing regexp: invalid nested repetition operator: `**`'],
    ['[z-a]', 'error parsing regexp: invalid character class range: `z-a`'],
    ['(?=a)', 'error parsing regexp: invalid or unsupported Perl syntax: `(?=`'],
    ['\\y', 'error parsing regexp: invalid escape sequence: `\\y`'],
    ['a{1001}', 'error parsing regexp: invalid repeat count: `{1001}`'],
  ])('%s is refused in the words of Go', (source, message) => {
    expect(() => compileRegex(source)).toThrow(message);
  });
});
