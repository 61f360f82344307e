import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { expect, test } from 'vitest';
import { fragmentOf, runIn } from './link.ts';

const linkOf = (content: string): string =>
  `#run=${Buffer.from(deflateSync(new TextEncoder().encode(content))).toString('base64url')}`;

test('what goes into a link comes out of it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2000, unit: 'grapheme' }), (run) => {
      expect(runIn(fragmentOf(run) ?? '')).toEqual({ ok: true, run });
    }),
  );
});

test('another fragment is not about a run', () => {
  expect([runIn(''), runIn('#bench'), runIn('#runs')]).toEqual([undefined, undefined, undefined]);
});

test('hostile links are refused, whatever is in them', () => {
  const why = (fragment: string): unknown => {
    const found = runIn(fragment);
    return found?.ok === false ? found.why : found;
  };
  expect(why(`#run=${'A'.repeat(40_000)}`)).toBe('linkTooLong');
  expect(why('#run=%3Cscript%3E')).toBe('linkBroken');
  expect(why('#run=')).toBe('linkBroken');
  expect(why(linkOf('[]'))).toBe('linkBroken');
  expect(why(linkOf('{"v":1,"run":{}}'))).toBe('linkBroken');
  expect(why(linkOf('{"v":2,"run":"x"}'))).toBe('linkVersion');
  expect(why(linkOf('{"__proto__":{"v":1,"run":"x"}}'))).toBe('linkVersion');
  // A bomb: 20 MB of spaces in 20 kB.
  expect(why(linkOf(`{"v":1,"run":"${' '.repeat(20_000_000)}"}`))).toBe('linkBroken');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(runIn(`#run=${Buffer.from(bytes).toString('base64url')}`)?.ok).toBe(false);
    }),
  );
});

test('a day that is too long for a link has none', () => {
  let noise = '';
  for (let n = 0; n < 40_000; n++) noise += ((n * 2654435761) >>> 7).toString(36);
  expect(fragmentOf(noise)).toBeUndefined();
});
