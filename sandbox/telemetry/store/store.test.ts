import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labelsOf } from '../labels.ts';
import {
  append,
  createSamples,
  createStore,
  forgetBefore,
  readSamples,
  restoreStore,
  STALE,
  sizeOf,
  snapshotStore,
} from './store.ts';

const up = labelsOf('up', { job: 'web' });

const steps = fc.array(
  fc.record({
    gap: fc.integer({ min: 1, max: 100_000 }),
    value: fc.oneof(fc.integer({ min: -5, max: 5 }), fc.integer(), fc.double(), fc.float(), fc.constant(STALE)),
  }),
  { minLength: 1, maxLength: 800 },
);

test('what is read is what was put in, in whatever form it was packed, also after a snapshot', () => {
  fc.assert(
    fc.property(steps, fc.boolean(), (given, regular) => {
      const store = createStore();
      let time = 0;
      const kept: [number, number][] = [];
      for (const { gap, value } of given) {
        time += regular ? 15_000 : gap;
        expect(append(store, up, time, value)).toBe(true);
        if (value !== STALE) kept.push([time, value]);
      }
      for (const one of [store, restoreStore(structuredClone(snapshotStore(store)))]) {
        const samples = createSamples();
        for (const series of one.byKey.values()) readSamples(series, Number.NEGATIVE_INFINITY, time, samples);
        const read = [...samples.times.subarray(0, samples.count)].map((at, i) => [at, samples.values[i]]);
        expect(read).toEqual(kept);
      }
    }),
    { numRuns: 200 },
  );
});

test('time only goes forward within a series', () => {
  const store = createStore();
  expect([
    append(store, up, 10, 1),
    append(store, up, 10, 2),
    append(store, up, 5, 3),
    append(store, up, 11, 4),
  ]).toEqual([true, false, false, true]);
});

test('a counter that is scraped regularly takes less than 3 bytes a sample', () => {
  const store = createStore();
  for (let i = 0; i < 5760; i++) append(store, up, i * 15_000, i * 17);
  const { samples, bytes } = sizeOf(store);
  expect(samples).toBe(5760);
  expect(bytes / samples).toBeLessThan(3);
});

test('what is forgotten is gone, with series that have nothing left', () => {
  const store = createStore();
  for (let i = 0; i < 1000; i++) append(store, up, i * 15_000, i);
  append(store, labelsOf('old'), 0, 1);
  forgetBefore(store, 600 * 15_000);
  expect([...store.byName.keys()]).toEqual(['up']);
  expect(sizeOf(store).samples).toBeLessThan(600);
});
