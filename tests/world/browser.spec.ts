import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { build } from 'esbuild';
import { companyDays, createWorld } from '../../sandbox/world/index.ts';

/** Runs in a worker of the page: a day with a rule by load, to its end. */
const program = `
  import { companyDays, createWorld } from './sandbox/world/index.ts';
  onmessage = ({ data: { day, capacity } }) => {
    const scenario = { ...companyDays[day], capacity };
    const started = performance.now();
    const world = createWorld({ scenario, seed: 'same' });
    world.runUntil(scenario.start + scenario.length);
    const ms = performance.now() - started;
    postMessage({ ms, snapshot: JSON.stringify(world.snapshot()), events: world.events() });
  };
`;

const capacity = { seats: { min: 1, max: 6, load: { target: 0.6 } } };

test('Friday is the same in a worker of the browser and in Node, byte for byte', async ({ page }) => {
  const bundle = await build({
    stdin: { contents: program, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
  });
  const there = await page.evaluate(
    async ([script, given]) => {
      const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
      const worker = new Worker(url);
      try {
        return await new Promise<{ ms: number; snapshot: string; events: readonly unknown[] }>((resolve, reject) => {
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message));
          worker.postMessage(given);
        });
      } finally {
        worker.terminate();
      }
    },
    [bundle.outputFiles[0]?.text ?? '', { day: 'friday-1700', capacity }] as const,
  );
  test.info().annotations.push({ type: 'ms in the worker', description: `${Math.round(there.ms)}` });
  const scenario = { ...companyDays['friday-1700'], capacity };
  const world = createWorld({ scenario, seed: 'same' });
  world.runUntil(scenario.start + scenario.length);
  expect(there.events).toEqual(world.events());
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
  expect(digest(there.snapshot)).toBe(digest(JSON.stringify(world.snapshot())));
});
