import { expect, test } from 'vitest';
import { billedMinutes, durationText, groupsOf, linesSoFar, showRun, together } from './model.ts';
import { NINE, SECOND, sampleJob, sampleRun } from './sample.ts';

const later = { queuedAt: NINE + 60 * SECOND, startedAt: NINE + 62 * SECOND, endedAt: NINE + 125 * SECOND };
const run = sampleRun(3, [
  sampleJob('build'),
  sampleJob('test', { ...later, needs: ['build'], conclusion: 'failure', summary: 'bad' }),
]);

test('a run in the middle: what has ended, what waits for it, and nothing of the future', () => {
  const { state, jobs, duration } = showRun(run, NINE + 30 * SECOND);
  expect([state, duration]).toEqual(['in_progress', 30 * SECOND]);
  expect(jobs.map((job) => [job.name, job.state, job.summary])).toEqual([
    ['build', 'in_progress', ''],
    ['test', 'pending', ''],
  ]);
});

test('a run at its end, and its minutes rounded up job by job', () => {
  const { state, jobs, duration } = showRun(run, NINE + 600 * SECOND);
  expect([state, duration, billedMinutes(jobs)]).toEqual(['failure', 125 * SECOND, 3]);
  expect(jobs.map((job) => job.state)).toEqual(['success', 'failure']);
});

test('a skipped job is not billed', () => {
  const { jobs } = showRun(sampleRun(1, [sampleJob('a', { conclusion: 'skipped' })]), NINE + 600 * SECOND);
  expect(billedMinutes(jobs)).toBe(0);
});

test('a log grows with the step that writes it', () => {
  const log = ['a', 'b', 'c', 'd'];
  expect([0, 50, 99, 100, 500].map((now) => linesSoFar(log, 0, 100, now).length)).toEqual([0, 2, 3, 4, 4]);
});

test('jobs of a matrix are one box, those of a reusable workflow too', () => {
  const { jobs } = showRun(
    sampleRun(1, [
      sampleJob('test', { name: 'test (20)', matrix: { node: 20 } }),
      sampleJob('test', { name: 'test (22)', matrix: { node: 22 }, conclusion: 'failure' }),
      sampleJob('ship / pack', { needs: [] }),
      sampleJob('ship / push', { needs: ['ship / pack'] }),
      sampleJob('tell', { needs: ['ship', 'test'] }),
    ]),
    NINE + 600 * SECOND,
  );
  expect(groupsOf(jobs).map(({ id, kind, needs, state, jobs }) => [id, kind, needs, state, jobs.length])).toEqual([
    ['test', 'matrix', [], 'failure', 2],
    ['ship', 'workflow', [], 'success', 2],
    ['tell', 'job', ['ship', 'test'], 'success', 1],
  ]);
});

test('needs of a called job outside its workflow are those of the box', () => {
  const { jobs } = showRun(
    sampleRun(1, [
      sampleJob('build'),
      sampleJob('ship / pack', { needs: ['build'] }),
      sampleJob('ship / push', { needs: ['ship / pack'] }),
    ]),
    NINE,
  );
  expect(groupsOf(jobs)[1]?.needs).toEqual(['build']);
});

test('of several states the most telling', () => {
  expect(together(['success', 'skipped'])).toBe('success');
  expect(together(['success', 'pending', 'in_progress'])).toBe('in_progress');
  expect(together(['skipped', 'skipped'])).toBe('skipped');
});

test('durations in words', () => {
  expect([400, 45_000, 60_000, 125_000, 3_600_000, 3_780_000].map(durationText)).toEqual([
    '0 s',
    '45 s',
    '1 min',
    '2 min 5 s',
    '1 h',
    '1 h 3 min',
  ]);
});
