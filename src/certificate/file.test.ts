import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seal } from '../progress/file.ts';
import { foldDays } from '../progress/fold.ts';
import type { Certificate } from './contract.ts';
import { dataOf, readCertificate } from './file.ts';
import { certificateOf } from './made.ts';

/** A file as `certificateFile` makes it, around any data. */
const around = (data: string): string =>
  `<!doctype html><html><body><p>…</p><script type="application/json" id="noventa-certificate">${data}</script></body></html>`;
const refused = (text: string): unknown => {
  const read = readCertificate(text);
  return read.ok ? 'read' : read.reason;
};
const sealed = (contents: unknown): string => around(seal('noventa-certificate', contents));

const day = { id: 'd01', passedAt: 5, checks: ['d01-c1'], stars: [], run: { version: 'v', run: 'abc' } };
const certificate: Certificate = { name: 'Ana', part: 1, of: 10, made: 7, days: [day] };

test('a certificate comes back as it was, whatever the name is, and the name cannot end its element', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 50, unit: 'binary' }), (name) => {
      for (const hostile of [name, `</script><script>${name.slice(0, 40)}`, `base64:${name}`, `<!--${name}`]) {
        const made = { ...certificate, name: hostile };
        expect(dataOf(made)).not.toContain('<');
        expect(readCertificate(around(dataOf(made)))).toEqual({ ok: true, certificate: made });
      }
    }),
  );
});

test('what is no certificate, cut off, of a newer version or changed is told apart', () => {
  const data = dataOf(certificate);
  expect(refused('')).toBe('not-ours');
  expect(refused('<p>certificate</p>')).toBe('not-ours');
  expect(refused(around('{"format":"noventa-progress"}'))).toBe('not-ours');
  expect(refused(around('[]'))).toBe('not-ours');
  expect(refused(around(data).slice(0, -40))).toBe('truncated');
  expect(refused(around(data.slice(0, -9)))).toBe('truncated');
  expect(refused(around(data.replace('"version":1', '"version":2')))).toBe('newer');
  expect(refused(around(data.replace('Ana', 'Eva')))).toBe('damaged');
});

test('proper data with other contents than a certificate has is refused as damaged', () => {
  for (const some of [
    {},
    { ...certificate, name: 7 },
    { ...certificate, name: 'x'.repeat(101) },
    { ...certificate, made: '2026' },
    { ...certificate, made: 9e15 },
    { ...certificate, of: 91 },
    { ...certificate, of: 0 },
    { ...certificate, part: 'everything' },
    { ...certificate, days: [day, day] },
    { ...certificate, days: Array.from({ length: 11 }, (_, n) => ({ ...day, id: `d${n + 10}` })) },
    { ...certificate, days: [{ ...day, id: '../../d01' }] },
    { ...certificate, days: [{ ...day, id: '__proto__' }] },
    { ...certificate, days: [{ ...day, checks: [{}] }] },
    { ...certificate, days: [{ ...day, run: 'abc' }] },
    { ...certificate, days: [{ ...day, run: { version: 'v', run: new Uint8Array(3) } }] },
    { ...certificate, days: [{ ...day, run: { version: 'v', run: 'A'.repeat(1_000_001) } }] },
  ])
    expect(refused(sealed(some))).toBe('damaged');
  expect(refused(sealed(certificate))).toBe('read');
});

test('fields that no certificate has do not come in, and nothing reaches a prototype', () => {
  const text = seal('noventa-certificate', { ...certificate, more: 1 }).replace('"more"', '"__proto__"');
  expect(refused(around(text))).toBe('damaged');
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const read = readCertificate(sealed(value));
      expect(read.ok).toBe(false);
    }),
  );
  expect(({} as { more?: unknown }).more).toBeUndefined();
});

test('it names the days of a part that were passed, and the last run of each', () => {
  const progress = foldDays([
    { at: 1, event: { type: 'CheckPassed', day: 'd01', check: 'd01-c1' } },
    { at: 2, event: { type: 'DayPassed', day: 'd01' } },
    { at: 3, event: { type: 'RunKept', day: 'd01', version: 'v1', run: 'a' } },
    { at: 4, event: { type: 'StarEarned', day: 'd01', star: 'd01-star' } },
    { at: 5, event: { type: 'DayPassed', day: 'd01' } },
    { at: 6, event: { type: 'RunKept', day: 'd01', version: 'v2', run: 'b' } },
    { at: 7, event: { type: 'CheckPassed', day: 'd02', check: 'd02-c1' } },
    { at: 8, event: { type: 'DayPassed', day: 'd03' } },
    { at: 9, event: { type: 'DayPassed', day: 'd11' } },
  ]);
  expect(certificateOf(progress, { part: 1, days: ['d01', 'd02', 'd03'] }, ' Ana ', 10)).toEqual({
    name: 'Ana',
    part: 1,
    of: 3,
    made: 10,
    days: [
      { id: 'd01', passedAt: 2, checks: ['d01-c1'], stars: ['d01-star'], run: { version: 'v2', run: 'b' } },
      { id: 'd03', passedAt: 8, checks: [], stars: [] },
    ],
  });
});
