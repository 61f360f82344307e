import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Foreign, live, step } from './history.ts';
import { BEGINNING, nodeDevice } from './in-node.ts';
import { foreignFiles, storeScript } from './store.ts';

/** `NOVENTA_HISTORIES=20000 NOVENTA_SEED=7 npx vitest run tests/progress/losses` searches further. */
const HISTORIES = Number(process.env.NOVENTA_HISTORIES ?? 500);

let scripts: { this: string; next: string };
let foreign: readonly Foreign[];
beforeAll(async () => {
  scripts = { this: await storeScript('this'), next: await storeScript('next') };
  foreign = await foreignFiles([BEGINNING - 8.64e7, BEGINNING + 2000, BEGINNING + 8.64e7]);
});

// A page that dies leaves promises behind that nobody awaits: in a browser they die with it.
let listeners: NodeJS.UnhandledRejectionListener[] = [];
beforeAll(() => {
  listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', () => {});
});
afterAll(() => {
  process.removeAllListeners('unhandledRejection');
  for (const listener of listeners) process.on('unhandledRejection', listener);
});

test(`in ${HISTORIES} random histories nothing that was acknowledged as saved is missing`, {
  timeout: 60_000 + HISTORIES * 200,
}, async () => {
  const seen = { acknowledged: 0, aside: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 4, maxLength: 60, size: 'max' }),
      fc.integer({ min: 0, max: 4 }),
      async (steps, locks) => {
        const { missing, acknowledged, aside } = await live(nodeDevice(scripts, locks > 0), steps, foreign);
        seen.acknowledged += acknowledged;
        seen.aside += aside;
        expect(missing).toEqual([]);
      },
    ),
    { numRuns: HISTORIES, ...(process.env.NOVENTA_PATH ? { path: process.env.NOVENTA_PATH } : {}) },
  );
  // Histories that save nothing, or damage nothing, would show nothing.
  expect(seen.acknowledged).toBeGreaterThan(HISTORIES * 3);
  expect(seen.aside).toBeGreaterThan(HISTORIES / 20);
});
