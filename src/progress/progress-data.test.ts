import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checksum, crc32 } from './checksum.ts';
import type { ProgressEvent } from './contract.ts';
import { draftOf } from './draft.ts';
import { readFile, writeFile, writeSetAside } from './file.ts';
import { foldDays } from './fold.ts';
import { identityOf, isLaterRecord, isRecord, recordOf } from './record.ts';

const day = fc.constantFrom('d01', 'd02');
const event: fc.Arbitrary<ProgressEvent> = fc.oneof(
  fc.record({ type: fc.constant('DayStarted' as const), day }),
  fc.record({ type: fc.constant('CheckPassed' as const), day, check: fc.string() }),
  fc.record({ type: fc.constant('StepPassed' as const), day, step: fc.string() }),
  fc.record({ type: fc.constant('DayPassed' as const), day }),
  fc.record({ type: fc.constant('DayLearned' as const), day }),
  fc.record({
    type: fc.constant('ItemReviewed' as const),
    day,
    item: fc.string(),
    seed: fc.string(),
    rating: fc.integer({ min: -1, max: 6 }),
  }),
  fc.record({ type: fc.constant('PredictionMade' as const), day, question: fc.string(), choice: fc.nat(5) }),
  fc.record({
    type: fc.constant('QuestionAnswered' as const),
    day,
    question: fc.string(),
    choices: fc.array(fc.nat(5)),
    right: fc.boolean(),
  }),
);
const record = fc.tuple(event, fc.nat()).map(([one, at]) => recordOf(one, at));
const snapshot = (bytes: Uint8Array) => ({
  version: 1 as const,
  day: 'd01',
  kernel: { seed: 's', now: 1, random: {}, log: [] },
  files: { '/x': { type: 'file' as const, mode: 0o644, mtimeMs: 1, bytes } },
  shell: { cwd: '/', variables: {}, exported: [], functions: [], aliases: {}, history: [] },
});

test('the checksum of bytes is CRC-32 as everybody else computes it', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

test('the checksum does not look at the order of fields, and tells values apart that print alike', () => {
  expect(checksum({ a: 1, b: [2] })).toBe(checksum({ b: [2], a: 1 }));
  const alike = [1, '1', [1], { 0: 1 }, [[1]], new Uint8Array([1]), null, 'null', undefined, true, 'true'];
  expect(new Set(alike.map(checksum)).size).toBe(alike.length);
});

test('what is written is a record; with any field changed it is none', () => {
  fc.assert(
    fc.property(record, fc.integer({ min: 1 }), (one, by) => {
      expect(isRecord(structuredClone(one))).toBe(true);
      expect(isRecord({ ...one, at: one.at + by })).toBe(false);
      expect(isRecord({ ...one, event: { ...one.event, day: 'd99' } })).toBe(false);
    }),
  );
  expect(
    [null, 1, {}, { version: 2 }, recordOf({ type: 'Nonsense', day: 'd01' } as unknown as ProgressEvent, 1)].some(
      isRecord,
    ),
  ).toBe(false);
});

test('a file holds everything, bytes too', () => {
  fc.assert(
    fc.property(fc.array(record), fc.uint8Array({ maxLength: 20_000 }), (records, bytes) => {
      const contents = { records, drafts: [draftOf('d01', snapshot(new Uint8Array(bytes)), 5, 'tab')] };
      expect(readFile(writeFile(contents))).toEqual(contents);
    }),
    { numRuns: 30 },
  );
});

test('any byte of a file that is changed is noticed', () => {
  const text = writeFile({ records: [recordOf({ type: 'DayPassed', day: 'd01' }, 7)], drafts: [] });
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.integer({ min: 33, max: 126 }), (at, code) => {
      const damaged = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
      fc.pre(damaged !== text);
      expect(readFile(damaged)).toMatchObject({ ok: false });
    }),
    { numRuns: 500 },
  );
});

test('a file that is not ours, cut short, or of a newer course is refused with its reason', () => {
  const text = writeFile({ records: [recordOf({ type: 'DayPassed', day: 'd01' }, 7)], drafts: [] });
  const reasonOf = (one: string) => (readFile(one) as { reason?: string }).reason;
  expect(['', 'hello', '{}', 'null', '[1]'].map(reasonOf)).toEqual(Array(5).fill('not-ours'));
  expect(reasonOf(text.slice(0, -5))).toBe('truncated');
  expect(reasonOf(text.replace('"version":1', '"version":2'))).toBe('newer');
  expect(reasonOf(text.replace('d01', 'd02'))).toBe('damaged');
  expect(reasonOf(text.replace('"version":1', '"version":0'))).toBe('damaged');
});

test('what has been passed stays passed, whatever comes after', () => {
  fc.assert(
    fc.property(fc.array(record), event, (records, more) => {
      const before = foldDays(records);
      const after = foldDays([...records, recordOf(more, 1)]);
      for (const [id, { checks, steps, predictions, state }] of Object.entries(before)) {
        expect(after[id]?.checks).toEqual(expect.arrayContaining([...checks]));
        expect(after[id]?.steps).toEqual(expect.arrayContaining([...steps]));
        expect(after[id]?.predictions).toMatchObject(predictions);
        if (state === 'done') expect(['done', 'learned']).toContain(after[id]?.state);
        if (state === 'learned') expect(after[id]?.state).toBe('learned');
      }
    }),
  );
});

test('a day is new, started, then done; the first prediction counts', () => {
  const days = foldDays([
    recordOf({ type: 'PredictionMade', day: 'd01', question: 'p', choice: 2 }, 1),
    recordOf({ type: 'PredictionMade', day: 'd01', question: 'p', choice: 0 }, 2),
    recordOf({ type: 'DayPassed', day: 'd02' }, 9),
  ]);
  expect(days).toEqual({
    d01: { state: 'started', checks: [], steps: [], stars: [], work: {}, reviews: {}, predictions: { p: 2 }, at: 2 },
    d02: {
      state: 'done',
      passedAt: 9,
      checks: [],
      steps: [],
      stars: [],
      work: {},
      reviews: {},
      predictions: {},
      at: 9,
    },
  });
});

test('the same happening has the same identity after a trip through a file', () => {
  fc.assert(
    fc.property(record, (one) => {
      const back = readFile(writeFile({ records: [one], drafts: [] }));
      expect('records' in back && back.records.map(identityOf)).toEqual([identityOf(one)]);
    }),
    { numRuns: 30 },
  );
});

test('texts of the learner that look like the bytes of the file come back as texts', () => {
  const looks = { base64: 'base64 -w0', a: 'base64:AAAA', b: 'text:base64:' };
  const shell = { ...snapshot(new Uint8Array()).shell, aliases: { base64: 'base64 -w0' }, variables: looks };
  const drafts = [draftOf('d01', { ...snapshot(new Uint8Array([1])), shell }, 5, 'tab')];
  expect(readFile(writeFile({ records: [], drafts }))).toEqual({ records: [], drafts });
});

test('stars, the work of each step and the sight of the solution are kept by day; work that is none is passed over', () => {
  const work = { now: 5, files: { 'a.txt': 'a' }, gone: [], left: [], passed: ['d01-c1'] };
  const kept = (text: string): ProgressEvent => ({ type: 'WorkKept', day: 'd01', step: 'd01-s1', work: text });
  const days = foldDays([
    recordOf({ type: 'StarEarned', day: 'd01', star: 'd01-x1' }, 1),
    recordOf(kept(JSON.stringify({ ...work, now: 4 })), 2),
    recordOf(kept(JSON.stringify(work)), 3),
    recordOf(kept('{"files":{"a":1}}'), 4),
    recordOf(kept('no JSON'), 5),
    recordOf({ type: 'HintShown', day: 'd01', step: 'd01-s1', hint: 3 }, 6),
    recordOf({ type: 'HintShown', day: 'd01', step: 'd01-s1', hint: 4 }, 7),
  ]);
  expect(days.d01).toMatchObject({ stars: ['d01-x1'], work: { 'd01-s1': { ...work, at: 3 } }, solutionSeen: 7 });
});

// Written by the store as it was at commits 0001001 and 9e364bb, since when its format is what it is, with each kind of record that the first course had.
test.each(['store-0.txt', 'store-1.txt'])(
  'what an early version of the store wrote is read whole by this one: %s',
  (name) => {
    const text = readFileSync(`tests/progress/fixtures/${name}`, 'utf8').trim();
    const contents = readFile(text);
    if ('ok' in contents) throw new Error(contents.detail);
    expect(contents.records).toHaveLength(8);
    expect(contents.drafts.map((draft) => draft.snapshot.files['/x'])).toMatchObject([
      { bytes: new TextEncoder().encode('mi año') },
    ]);
    expect(foldDays(contents.records).d01).toMatchObject({
      state: 'done',
      checks: ['d01-c1'],
      steps: ['d01-s1'],
      predictions: { 'd01-q1': 2 },
    });
    expect(readFile(writeFile(contents))).toEqual(contents);
    expect(readFile(text.replace('"choice":2', '"choice":3'))).toMatchObject({ ok: false, reason: 'damaged' });
  },
);

test('a record of a later course is known from a damaged one', () => {
  const later = recordOf({ type: 'TeaMade', day: 'd01' } as unknown as ProgressEvent, 1);
  const laterVersion = { version: 2, at: 1, event: { kind: 'x' }, sum: checksum([2, 1, { kind: 'x' }]) };
  expect([later, laterVersion].map(isRecord)).toEqual([false, false]);
  expect([later, laterVersion].map(isLaterRecord)).toEqual([true, true]);
  const damaged = [{ ...later, at: 2 }, { ...laterVersion, version: 3 }, 'x', null];
  expect(damaged.map(isLaterRecord)).toEqual([false, false, false, false]);
});

test('what no JSON can hold is set aside with the rest', () => {
  const held: Record<string, unknown> = { big: 9n, bytes: new Uint8Array([1]) };
  held.self = held;
  const text = writeSetAside([
    { at: 1, why: 'record', held },
    { at: 2, why: 'draft', held: 'good' },
  ]);
  expect(JSON.parse(text).entries).toEqual([
    { at: 1, why: 'record', held: { big: '9n', bytes: 'base64:AQ==', self: '…' } },
    { at: 2, why: 'draft', held: 'good' },
  ]);
});
