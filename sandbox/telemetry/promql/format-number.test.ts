import { expect, test } from 'vitest';
import { formatExponent, formatG, formatPlain } from './format-number.ts';

// What Go prints for these was looked up with promtool and Go's own documentation of fmt and strconv.
test.each([
  [0.1, '0.1', '0.1', '1E-01'],
  [1_000_000, '1e+06', '1000000', '1E+06'],
  [123_456, '123456', '123456', '1.23456E+05'],
  [1e21, '1e+21', '1000000000000000000000', '1E+21'],
  [1e-7, '1e-07', '0.0000001', '1E-07'],
  [-0, '-0', '-0', '-0E+00'],
  [Number.NEGATIVE_INFINITY, '-Inf', '-Inf', '-Inf'],
])('%d is printed as %s, %s and %s', (value, g, plain, exponent) => {
  expect([formatG(value), formatPlain(value), formatExponent(value)]).toEqual([g, plain, exponent]);
});
