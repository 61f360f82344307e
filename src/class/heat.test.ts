import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DayOutline } from '../lesson/outline.ts';
import type { ProgressEvent } from '../progress/contract.ts';
import { heatOf } from './heat.ts';

const days: readonly DayOutline[] = ['d01', 'd02'].map((id) => ({
  id,
  title: id,
  steps: [1, 2].map((n) => ({
    id: `${id}-s${n}`,
    title: `step ${n}`,
    checks: [{ id: `${id}-c${n}`, goal: `goal ${n}` }],
  })),
}));
const at = (time: number, event: ProgressEvent) => ({ at: time, event });

test('a row tells the steps of each day, and the first check not reached of the day touched last', () => {
  const { rows, stuck } = heatOf(
    [
      {
        name: 'ana',
        records: [
          at(1, { type: 'DayPassed', day: 'd01' }),
          at(2, { type: 'CheckPassed', day: 'd02', check: 'd02-c1' }),
          at(3, { type: 'StepPassed', day: 'd02', step: 'd02-s1' }),
        ],
      },
      { name: 'ben', records: [at(1, { type: 'DayStarted', day: 'd01' })] },
      { name: 'eva', records: [at(1, { type: 'DayPassed', day: 'd01' })] },
      { name: 'leo', records: [] },
    ],
    days,
  );
  expect(rows.map(({ name, steps, next }) => [name, steps.d01, steps.d02, next?.check.id])).toEqual([
    ['ana', 0, 1, 'd02-c2'],
    ['ben', 0, 0, 'd01-c1'],
    ['eva', 0, 0, undefined],
    ['leo', 0, 0, undefined],
  ]);
  expect(stuck.map(({ check, learners }) => [check.id, learners])).toEqual([
    ['d01-c1', 1],
    ['d02-c2', 1],
  ]);
});

test('records with any names and times give a row all the same', () => {
  const event = fc.record({
    type: fc.constantFrom('StepPassed', 'CheckPassed', 'Nonsense'),
    day: fc.constantFrom('d01', '__proto__', 'constructor', 'toString'),
    step: fc.string(),
    check: fc.string(),
  });
  fc.assert(
    fc.property(fc.array(fc.record({ at: fc.double(), event })), (records) => {
      const { rows } = heatOf([{ name: 'x', records: records as never }], days);
      expect(rows.length).toBe(1);
    }),
  );
  expect(({} as { state?: string }).state).toBeUndefined();
});
