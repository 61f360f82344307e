import { expect, test } from 'vitest';
import { formatRun } from '../monitoring/index.ts';
import { type Minute, replayDay } from '../world/index.ts';
import { compareRuns, restoreOf } from './compare.ts';

const HOUR = 3_600_000;
const surroundings = { commands: () => [], language: 'en', pause: async () => {} } as const;
const one = formatRun({ day: 'friday-1700', seed: '1' });
const six = formatRun({
  day: 'friday-1700',
  seed: '1',
  capacity: 'seats: { min: 1, max: 6, load: { target: 60% } }\n',
});

test('the same Friday with and without rules, to its end: more instances cost more and fail less', async () => {
  const compared = await compareRuns({ runs: [one, six], horizon: 24 * HOUR }, surroundings);
  if (!compared.ok) throw new Error(compared.message);
  const [without, withRules] = compared.figures;
  const { summary } = replayDay('friday-1700', {});
  expect(without).toMatchObject({ asked: summary.asked, failed: summary.failed, calls: summary.supportCalls });
  expect(without?.cost).toBeCloseTo(summary.cost, 6);
  expect(withRules?.failed).toBeLessThan(without?.failed ?? 0);
  expect(withRules?.cost).toBeGreaterThan(without?.cost ?? 0);
  expect(withRules?.p95).toBeLessThan(without?.p95 ?? 0);
  expect(withRules?.restore).toBeLessThan(without?.restore ?? 0);
}, 120_000);

test('up to noon nothing has happened yet, and a day against itself is the same', async () => {
  const compared = await compareRuns({ runs: [one, one, 'no run'], horizon: 12 * HOUR }, surroundings);
  expect(compared).toEqual({ ok: false, message: expect.stringContaining('run.json') });
  const same = await compareRuns({ runs: [one, one], horizon: 12 * HOUR }, surroundings);
  expect(same.ok && same.figures[0]).toEqual(same.ok && same.figures[1]);
}, 120_000);

const minute = (asked: number, failed: number, p95 = 100): Minute => ({ asked, failed, p95 }) as Minute;

test('the longest row of bad minutes: one without anybody neither ends nor lengthens it', () => {
  const good = minute(100, 1);
  const bad = minute(100, 2);
  const slow = minute(100, 0, 800);
  expect(restoreOf([good, bad, slow, minute(0, 0), bad, good, bad])).toEqual({ restore: 180_000, isOpen: false });
  expect(restoreOf([good, bad])).toEqual({ restore: 60_000, isOpen: true });
  expect(restoreOf([])).toEqual({ restore: 0, isOpen: false });
});
