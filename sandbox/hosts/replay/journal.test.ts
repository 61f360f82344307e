import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Journal, journalAfter, journalText, type Kept, readJournal, withWritings } from './journal.ts';
import type { Action } from './recording.ts';

const at = fc.nat();
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ call: fc.constant('type' as const), args: fc.record({ id: fc.string(), data: fc.string() }), at }),
  fc.record({
    call: fc.constant('writeFile' as const),
    args: fc.record({ path: fc.string(), bytes: fc.oneof(fc.uint8Array(), fc.string().map(bytes)) }),
    at,
    during: fc.nat(),
  }),
  fc.record({ call: fc.constant('interrupt' as const), args: fc.constant({}), at }),
);
const journals = fc.array(
  fc.oneof(fc.record({ actions: fc.array(action) }), fc.record({ actions: fc.array(action), cut: fc.nat() })),
);

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const typed = (data: string): Action => ({ call: 'type', args: { id: 't1', data }, at: 1 });

test('a journal comes back from its text as it was, whatever bytes its files have', () => {
  fc.assert(
    fc.property(journals, (journal) => {
      expect(readJournal(journalText(journal))).toEqual(journal);
    }),
  );
});

test('what does other things than a page does, or is no journal, is none', () => {
  const with1 = (one: unknown): string => JSON.stringify({ v: 1, visits: [{ actions: [one] }] });
  expect(readJournal(with1({ call: 'type', args: { id: 't1', data: 'ls\r' }, at: 1 }))).toHaveLength(1);
  for (const hostile of [
    '',
    'null',
    '[]',
    '{"v":2,"visits":[]}',
    '{"v":1,"visits":{}}',
    '{"v":1,"visits":[{"actions":7}]}',
    with1({ call: 'snapshot', args: {}, at: 1 }),
    with1({ call: 'start', args: { pack: {} }, at: 1 }),
    with1({ call: 'constructor', args: {}, at: 1 }),
    with1({ call: '__proto__', args: {}, at: 1 }),
    with1({ call: 'type', args: { id: 't1' }, at: 1 }),
    with1({ call: 'type', args: { id: 't1', data: {} }, at: 1 }),
    with1({ call: 'type', args: null, at: 1 }),
    with1({ call: 'writeFile', args: { path: 'x', base64: '!' }, at: 1 }),
    with1({ call: 'advance', args: { until: '1' }, at: 1 }),
    JSON.stringify({ v: 1, visits: [{ actions: Array.from({ length: 5001 }, () => typed('\r')) }] }),
  ])
    expect([hostile.slice(0, 80), readJournal(hostile)]).toEqual([hostile.slice(0, 80), undefined]);
  // Fields that no action has do not come in.
  expect(readJournal(with1({ call: 'closeTerminal', args: { id: 't', more: 1 }, at: 1, x: 2 }))).toEqual([
    { actions: [{ call: 'closeTerminal', args: { id: 't' }, at: 1 }] },
  ]);
});

test('a visit is added to what was before; what is not known in full stays unknown', () => {
  const before: Journal = [{ actions: [typed('a\r')] }];
  const visit = { actions: [typed('b\r')], isFull: false };
  expect(journalAfter(before, visit)).toEqual([...before, { actions: visit.actions }]);
  expect(journalAfter(before, visit, 7)).toEqual([...before, { actions: visit.actions, cut: 7 }]);
  expect(journalAfter(before, { actions: [], isFull: false }, 7)).toBe(before);
  expect(journalAfter(undefined, visit)).toBeUndefined();
  expect(journalAfter(before, { ...visit, isFull: true })).toBeUndefined();
  expect(journalAfter([{ actions: [typed('x'.repeat(1_999_999))] }], visit)).toBeUndefined();
});

test('what is written last belongs to the visit, unless a program was cut off before', () => {
  const kept = (journal: Journal): Kept => ({ journal, kernel: { now: 5 } }) as unknown as Kept;
  const writing = { call: 'writeFile', args: { path: '/x', bytes: bytes('1') }, at: 5 } as const;
  const files = { '/x': bytes('1') };
  expect(withWritings(kept([{ actions: [typed('a')] }]), files).journal).toEqual([{ actions: [typed('a'), writing] }]);
  const cut = { actions: [typed('a')], cut: 3 };
  expect(withWritings(kept([cut]), files).journal).toEqual([cut, { actions: [writing] }]);
  expect(withWritings(kept([]), files).journal).toEqual([{ actions: [writing] }]);
});
