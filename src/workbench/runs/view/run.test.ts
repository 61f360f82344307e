import { expect, test } from 'vitest';
import { showRun } from '../model.ts';
import { NINE, SECOND, sampleJob, sampleRun } from '../sample.ts';
import { placeIn } from './run.ts';

const step = {
  id: '',
  name: 'Unit tests',
  conclusion: 'failure',
  outcome: 'failure',
  startedAt: NINE,
  endedAt: NINE + SECOND,
} as const;
const run = showRun(
  sampleRun(7, [sampleJob('build'), sampleJob('test', { name: 'Tests', steps: [{ ...step, outputs: {}, log: [] }] })]),
  NINE + 100 * SECOND,
);

test('a job is found by its key in the file and by its name, its step by its name', () => {
  const found = { keys: ['seats#7.1/1', 'seats#7.1/1/0'], job: 1 };
  expect(placeIn(run, 'test', 'Unit tests')).toEqual(found);
  expect(placeIn(run, 'Tests', 'Unit tests')).toEqual(found);
});

test('what is not there is passed over: the step, then the job', () => {
  expect(placeIn(run, 'build', 'Unit tests')).toEqual({ keys: ['seats#7.1/0'], job: 0 });
  expect(placeIn(run, 'deploy', undefined)).toEqual({ keys: [] });
  expect(placeIn(run, undefined, undefined)).toEqual({ keys: [] });
});
