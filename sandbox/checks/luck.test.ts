import { expect, test } from 'vitest';
import type { RunDocument } from '../monitoring/index.ts';
import type { Check, Desk } from './contract.ts';
import { type Lucky, tryLuck } from './luck.ts';
import { failed, passed } from './verdict.ts';

const words = { es: 'x', en: 'x' };
const verdict = failed({ expected: words, found: words, next: words });
const run = { day: 'friday-1700', seed: '2' } as const;
const check = (id: string, judge: Check['run'], kind: Check['kind'] = 'world'): Check => ({
  id,
  goal: words,
  kind,
  run: judge,
});

test('what has no luck in it is judged once or not at all, the rest on each seed, with what failing checks looked at', async () => {
  const judged: string[] = [];
  const note = (name: string, luck: string): void => void judged.push(`${name} ${luck}`);
  const seedOf = (desk: Desk): string => (desk as unknown as { seed: string }).seed;
  const checks = [
    check('file', () => verdict, 'file'),
    check('fixed', (desk) => {
      note('fixed', seedOf(desk));
      return passed;
    }),
    check('drawn', (desk) => {
      note('drawn', String(desk.integer(1, 6)));
      return passed;
    }),
    check('lived', (desk) => {
      const { live } = desk as unknown as { live(): void };
      live();
      live();
      return seedOf(desk) === '2' ? verdict : passed;
    }),
  ];
  const told: Lucky<string>[] = [];
  await tryLuck(
    checks,
    ['1', '2'],
    async (seed) => {
      let drawn = false;
      const integer = (): number => {
        drawn = true;
        return 4;
      };
      const runs: RunDocument[] = [];
      const live = (): void => void runs.push({ ...run, seed });
      const desk = { seed, integer, live } as unknown as Desk;
      const isChance = (): boolean => drawn || runs.length > 0;
      return { desk, runs: () => runs, states: () => (drawn ? ['a morning'] : []), isChance };
    },
    (lucky) => told.push(lucky),
  );
  expect(judged).toEqual(['fixed 1', 'drawn 4', 'drawn 4']);
  const outcomes = told.map(({ results }) => results.map(({ id, outcome }) => [id, outcome]));
  const both = [
    ['fixed', 'passed'],
    ['drawn', 'passed'],
  ];
  expect(outcomes).toEqual([
    [...both, ['lived', 'passed']],
    [...both, ['lived', 'failed']],
  ]);
  expect(told.map(({ seen }) => seen)).toEqual([[], [{ check: 'lived', run }]]);
});
