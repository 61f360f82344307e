import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunRecord } from './record.ts';
import { trial } from './trial.ts';

interface Drawn {
  readonly needs: readonly number[];
  readonly condition: 'none' | 'always' | 'failure' | 'not cancelled';
  readonly fails: boolean;
  readonly tolerant: boolean;
  readonly minutes: number;
  readonly matrix: boolean;
}

const conditions = { none: '', always: 'always()', failure: 'failure()', 'not cancelled': '${' + '{ !cancelled() }}' };

/** Needs point to jobs before, so that there is no circle. */
const graphs = fc
  .array(
    fc.record({
      needs: fc.array(fc.nat(6), { maxLength: 3 }),
      condition: fc.constantFrom('none', 'none', 'always', 'failure', 'not cancelled'),
      fails: fc.boolean(),
      tolerant: fc.boolean(),
      minutes: fc.integer({ min: 0, max: 9 }),
      matrix: fc.boolean(),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .map((jobs) =>
    jobs.map((job, index) => ({
      ...job,
      needs: index === 0 ? [] : [...new Set(job.needs.map((need) => need % index))],
    })),
  ) as fc.Arbitrary<readonly Drawn[]>;

function textOf(jobs: readonly Drawn[]): string {
  const lines = jobs.flatMap(({ needs, condition, fails, tolerant, minutes, matrix }, index) => [
    `  j${index}:`,
    '    runs-on: ubuntu-latest',
    ...(needs.length > 0 ? [`    needs: [${needs.map((need) => `j${need}`).join(', ')}]`] : []),
    ...(condition === 'none' ? [] : [`    if: ${conditions[condition]}`]),
    ...(tolerant ? ['    continue-on-error: true'] : []),
    ...(matrix ? ['    strategy: { fail-fast: false, max-parallel: 1, matrix: { n: [1, 2] } }'] : []),
    '    steps:',
    `      - run: sleep ${minutes * 60}`,
    `      - run: exit ${fails ? 1 : 0}`,
  ]);
  return ['on: push', 'jobs:', ...lines].join('\n');
}

const of = (run: RunRecord, index: number) => run.jobs.filter(({ id }) => id === `j${index}`);

test('no job starts before its needs end, machines are never more than there are, and the same seed gives the same run', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, fc.integer({ min: 1, max: 3 }), async (jobs, runners) => {
      const run = await trial(textOf(jobs), { runners });
      for (const [index, { needs }] of jobs.entries())
        for (const need of needs) {
          const ended = Math.max(...of(run, need).map(({ endedAt }) => endedAt));
          for (const { startedAt } of of(run, index)) expect(startedAt).toBeGreaterThanOrEqual(ended);
        }
      const worked = run.jobs.filter(({ steps }) => steps.length > 0);
      for (const { startedAt } of worked)
        expect(
          worked.filter((one) => one.startedAt <= startedAt && one.endedAt > startedAt).length,
        ).toBeLessThanOrEqual(runners);
      expect(await trial(textOf(jobs), { runners })).toEqual(run);
    }),
    { numRuns: 25 },
  );
});

test('Using jobs, needs and conditions: a job runs as its condition says of all jobs before it', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, async (jobs) => {
      const run = await trial(textOf(jobs));
      const results: ('success' | 'failure' | 'skipped')[] = [];
      const before = (index: number): readonly number[] => [
        ...new Set((jobs[index]?.needs ?? []).flatMap((need) => [need, ...before(need)])),
      ];
      for (const [index, { condition, fails, tolerant }] of jobs.entries()) {
        const earlier = before(index).map((one) => results[one]);
        const runs =
          condition === 'none'
            ? earlier.every((one) => one === 'success')
            : condition === 'failure'
              ? earlier.includes('failure')
              : true;
        results.push(!runs ? 'skipped' : fails && !tolerant ? 'failure' : 'success');
        const expected = !runs ? 'skipped' : fails ? 'failure' : 'success';
        for (const { conclusion } of of(run, index)) expect(conclusion).toBe(expected);
      }
      expect(run.conclusion).toBe(
        results.includes('failure') ? 'failure' : results.every((one) => one === 'skipped') ? 'skipped' : 'success',
      );
    }),
    { numRuns: 40 },
  );
});

test('a cancelling leaves no job running: what must run in spite of it ends at most five minutes later', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, fc.integer({ min: 0, max: 20 * 60_000 }), async (jobs, cancelAt) => {
      const run = await trial(textOf(jobs), { cancelAt });
      for (const [index, { condition }] of jobs.entries())
        for (const { startedAt, endedAt, conclusion, steps } of of(run, index)) {
          if (endedAt <= cancelAt) continue;
          // A job that had not begun is written down when the jobs that it needs have ended: it has no steps.
          if (condition !== 'always' && startedAt >= cancelAt) expect(steps).toEqual([]);
          else if (condition !== 'always') expect(endedAt).toBeLessThanOrEqual(cancelAt + 5 * 60_000 + 5000);
          expect(['cancelled', 'success', 'failure', 'skipped']).toContain(conclusion);
        }
      if (
        run.jobs.some(({ conclusion }) => conclusion === 'cancelled') &&
        !run.jobs.some(({ conclusion }) => conclusion === 'failure')
      )
        expect(run.conclusion).toBe('cancelled');
    }),
    { numRuns: 25 },
  );
});
