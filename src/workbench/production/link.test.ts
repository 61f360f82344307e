import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { expect, test } from 'vitest';
import { fragmentOf, runIn, runInFile, sessionFragment, sessionText } from './link.ts';

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

const session = {
  day: 'd07',
  version: 'engine.1 day.2',
  journal: [{ actions: [{ call: 'type' as const, args: { id: 't1', data: 'ls\r' }, at: 1 }] }],
};

test('a session comes out of its link and out of its file as it was', () => {
  expect(runIn(sessionFragment(session))).toEqual({ ok: true, session });
  expect(runInFile(sessionText(session))).toEqual({ ok: true, session });
});

test('a session that does what no page does is refused, in a link and in a file', () => {
  const text = JSON.parse(sessionText(session));
  const refused = (changed: object): unknown =>
    runInFile(JSON.stringify({ ...text, session: { ...text.session, ...changed } }));
  const broken = { ok: false, why: 'linkBroken' };
  expect(refused({ day: 7 })).toEqual(broken);
  expect(refused({ version: undefined })).toEqual(broken);
  expect(refused({ journal: '{"v":2,"visits":[]}' })).toEqual(broken);
  expect(refused({ journal: '{"v":1,"visits":[{"actions":[{"call":"start","args":{},"at":1}]}]}' })).toEqual(broken);
  expect(runInFile(JSON.stringify({ ...text, v: 2 }))).toEqual({ ok: false, why: 'linkVersion' });
  expect(runInFile(' '.repeat(6_000_001))).toEqual({ ok: false, why: 'linkTooLong' });
  expect(runInFile('PK\u0003')).toEqual(broken);
});
