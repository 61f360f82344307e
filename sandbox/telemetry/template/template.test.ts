import { describe, expect, test } from 'vitest';
import { createLabels } from '../labels.ts';
import { checkTemplate, fillTemplate } from './index.ts';
import { sprintf } from './printf.ts';

const labels = createLabels([
  ['job', 'web'],
  ['instance', 'web-1:8080'],
]);
const fill = (text: string, value = 0.1234567): string =>
  fillTemplate(text, { labels, value, now: 86_400, query: (expression) => [{ labels, value: expression.length }] });

describe('a template', () => {
  test.each([
    ['{{ $labels.job }}/{{ .Labels.instance }}', 'web/web-1:8080'],
    ['{{ $value }}', '0.1234567'],
    ['{{ $labels.absent }}|', '|'],
    ['{{ $value | humanizePercentage }}', '12.35%'],
    ['{{ printf "%.2f and %5s|%-5s|%05d|%q" $value "a" "b" 42 "c" }}', '0.12 and     a|b    |00042|"c"'],
    ['{{ if gt $value 0.1 }}high{{ else }}low{{ end }}', 'high'],
    ['{{ if eq $labels.job "db" "web" }}ours{{ end }}', 'ours'],
    ['{{ range $name, $text := $labels }}{{ $name }}={{ $text }} {{ end }}', 'instance=web-1:8080 job=web '],
    ['{{ with query "up" }}{{ . | first | value | humanize }}{{ end }}', '2'],
    ['{{ (query "up" | first).Labels.job }}', 'web'],
    ['{{ $x := index $labels "job" }}{{ $x | toUpper }}', 'WEB'],
    ['a {{- " b " -}} c', 'a b c'],
    ['{{ reReplaceAll "(.*):.*" "$1" $labels.instance }} {{ stripPort $labels.instance }}', 'web-1 web-1'],
    ['{{/* nothing */}}x', 'x'],
    ['{{ now | humanizeTimestamp }}', '1970-01-02 00:00:00 +0000 UTC'],
  ])('%s gives %j', (text, expected) => expect(fill(text)).toBe(expected));

  test.each([
    ['{{ humanize $value }}', 1_234_567, '1.235M'],
    ['{{ humanize $value }}', 0.00123, '1.23m'],
    ['{{ humanize1024 $value }}', 1_048_576, '1Mi'],
    ['{{ humanizeDuration $value }}', 3725, '1h 2m 5s'],
    ['{{ humanizeDuration $value }}', 0.0042, '4.2ms'],
    ['{{ $value }}', 1e21, '1e+21'],
    ['{{ $value }}', Number.POSITIVE_INFINITY, '+Inf'],
  ])('%s of %d gives %s', (text, value, expected) => expect(fill(text, value)).toBe(expected));

  test.each([
    ['{{ foo }}', 'function "foo" not defined'],
    ['{{ $labels.job', 'unclosed action'],
    ['{{ if $value }}', 'unexpected EOF'],
    ['{{ end }}', 'unexpected {{end}}'],
    ['{{ $nope }}', 'undefined variable "$nope"'],
  ])('%s is refused: %s', (text, message) => expect(checkTemplate(text)?.message).toBe(message));

  test('what is missing is refused by its name', () => {
    expect(() => fill('{{ graphLink "up" }}')).toThrow('function "graphLink" is not part of this sandbox');
  });
});

test('printf tells of verbs that do not fit, and of arguments that are missing or too many', () => {
  expect(sprintf('%d %s', [1.5])).toBe('%!d(float64=1.5) %!s(MISSING)');
  expect(sprintf('%s', ['a', 'b'])).toBe('a%!(EXTRA string=b)');
});
