// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows
import { expect, test } from 'vitest';
import { openStore } from '../../sandbox/forge/index.ts';
import { createKernel } from '../../sandbox/kernel/index.ts';
import { createMachine } from '../../sandbox/machine/index.ts';
import { readRuns, runAt } from '../../sandbox/pipeline/index.ts';
import { type Desk, desk } from './desk.ts';

const seats = ({ machine }: Desk) => readRuns(machine, 'seats');
const told = (one: Desk) =>
  seats(one).map(({ record, branch }) => [record.workflow, record.event, branch, record.conclusion]);
const ends = ({ machine }: Desk) =>
  machine.kernel.log
    .entries()
    .flatMap((entry) => (entry.type === 'WorkflowRunEnded' ? [[entry.run, entry.conclusion]] : []));
const change = (text: string, branch?: string): string =>
  `${branch === undefined ? '' : `git switch -qc ${branch}; `}echo '${text}' >> README.md; git commit -qam '${text}'; git push -q origin HEAD`;

const ci = `name: CI
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: cat README.md
`;

test('a push starts the workflows of its commit, whose run goes on in simulated time', async () => {
  const one = await desk({ 'ci.yml': ci });
  expect(told(one)).toEqual([['CI', 'push', 'main', 'success']]);
  const [run] = seats(one);
  if (run === undefined) throw new Error('no run');
  const { startedAt, endedAt } = run.record;
  expect(endedAt - startedAt).toBeGreaterThan(2000);
  expect(runAt(run, startedAt).status).toBe('in_progress');
  expect(runAt(run, startedAt).jobs[0]).toMatchObject({ status: 'in_progress', steps: [] });
  expect(runAt(run, endedAt)).toMatchObject({ status: 'completed', conclusion: 'success' });
  expect(ends(one)).toEqual([]);
  await one.run('sleep 600');
  expect(ends(one)).toEqual([[1, 'success']]);
  const checks = openStore(one.machine, 'seats').checks(run.commit);
  expect(checks).toMatchObject([{ name: 'test', conclusion: 'success', run: 1 }]);
  expect(run.record.jobs[0]?.steps.at(-1)?.log).toContain('hello');
});

test('filters of branches, tags and paths, and a message that skips', async () => {
  const one = await desk({
    'a.yml': ci.replace('name: CI', 'name: docs').replace('on: push', 'on: { push: { paths: ["docs/**"] } }'),
    'b.yml': ci.replace('name: CI', 'name: release').replace('on: push', 'on: { push: { tags: ["v*"] } }'),
    'c.yml': ci.replace('name: CI', 'name: main').replace('on: push', 'on: { push: { branches: [main] } }'),
  });
  expect(told(one).map(([name]) => name)).toEqual(['main']);
  await one.run(change('a change', 'other'));
  await one.run('mkdir docs; echo a > docs/a; git add .; git commit -qm docs; git push -q origin HEAD');
  await one.run('git tag v1; git push -q --tags');
  await one.run(change('no run [skip ci]'));
  expect(told(one).slice(1)).toEqual([
    ['docs', 'push', 'other', 'success'],
    // Paths are not looked at where a tag is pushed.
    ['docs', 'push', 'v1', 'success'],
    ['release', 'push', 'v1', 'success'],
  ]);
});

test('a file that cannot be read is a failed run with its problems', async () => {
  const one = await desk({ 'ci.yml': ci.replace('runs-on', 'runs-in') });
  expect(told(one)).toEqual([['.github/workflows/ci.yml', 'push', 'main', 'failure']]);
  expect(seats(one)[0]?.problems.map(({ line }) => line)).toContain(5);
});

// "Control the concurrency of workflows and jobs"
test('one run of a group at a time: the newest that waits takes the place of the others', async () => {
  const slow = ci.replace('on: push', 'on: push\nconcurrency: deploy').replace('cat README.md', 'sleep 300');
  const one = await desk({ 'ci.yml': slow });
  await one.run(change('two'));
  await one.run(change('three'));
  const [first, second, third] = seats(one);
  expect(second?.record).toMatchObject({ conclusion: 'cancelled', jobs: [] });
  expect(third?.record.startedAt).toBe(first?.record.endedAt);
  expect(third && runAt(third, one.machine.kernel.now()).status).toBe('queued');
});

test('cancel-in-progress ends the run that is under way', async () => {
  const group = 'on: push\nconcurrency: { group: one, cancel-in-progress: true }';
  const one = await desk({ 'ci.yml': ci.replace('on: push', group).replace('cat README.md', 'sleep 300') });
  await one.run(change('two'));
  const [first, second] = seats(one);
  expect(first?.record.conclusion).toBe('cancelled');
  expect(second?.record.startedAt).toBe(first?.record.endedAt);
  expect(first?.record.endedAt).toBeLessThan((first?.createdAt ?? 0) + 10_000);
  expect(second?.record.conclusion).toBe('success');
});

test('an environment waits for its reviewer, and adds its secrets', async () => {
  const deploy = `${ci}  deploy:
    needs: test
    environment: production
    runs-on: ubuntu-latest
    steps:
      - run: test "\${{ secrets.KEY }}" = open
  after:
    needs: deploy
    runs-on: ubuntu-latest
    steps: [{ run: echo done }]
`;
  const one = await desk({
    'x.yml': 'on: [workflow_dispatch]\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: "true"}]}}',
  });
  const store = openStore(one.machine, 'seats');
  const production = {
    reviewers: ['dev'],
    waitMinutes: 0,
    preventSelfReview: false,
    secrets: { KEY: 'open' },
    variables: {},
  };
  store.change({ environments: { production } });
  one.machine.files.writeFile('/home/dev/seats/.github/workflows/deploy.yml', deploy);
  await one.run('git add .; git commit -qm deploy; git push -q; sleep 3600');
  const waiting = runAt(seats(one)[0] as never, one.machine.kernel.now());
  expect(waiting.status).toBe('waiting');
  expect(waiting.jobs.map(({ status }) => status)).toEqual(['completed', 'waiting', 'queued']);
  const said = { environments: ['production'], state: 'approved', by: 'dev' } as const;
  expect(await one.ci.review(one.machine, 'seats', 1, { ...said, by: 'bea' })).toMatchObject({ ok: false });
  expect(await one.ci.review(one.machine, 'seats', 1, said)).toEqual({ ok: true });
  expect(told(one)[0]?.[3]).toBe('success');
  await one.run('sleep 600');
  expect(ends(one)).toEqual([[1, 'success']]);
});

// "Using environments for deployment": `environment` may use the context `matrix`.
test('each job of a matrix has the environment of its combination: one waits, one is refused, one goes on', async () => {
  const one = await desk({});
  const none = { reviewers: [], waitMinutes: 0, preventSelfReview: false, secrets: {}, variables: {} };
  const environments = {
    test: { ...none, secrets: { KEY: 'of test' }, variables: { TOWN: 'Vigo' } },
    live: { ...none, reviewers: ['dev'], secrets: { KEY: 'of live' }, variables: { TOWN: 'Leon' } },
    old: { ...none, branches: ['release/*'] },
  };
  openStore(one.machine, 'seats').change({ environments });
  const deploy = `on: push
jobs:
  deploy:
    strategy: { fail-fast: false, matrix: { to: [test, live, old] } }
    environment: \${{ matrix.to }}
    runs-on: ubuntu-latest
    steps:
      - run: test "\${{ secrets.KEY }}" = "of \${{ matrix.to }}"
      - run: echo "to \${{ vars.TOWN }}"
  after: { needs: deploy, if: always(), runs-on: ubuntu-latest, steps: [{ run: echo done }] }
`;
  one.machine.files.mkdir('/home/dev/seats/.github/workflows', { recursive: true });
  one.machine.files.writeFile('/home/dev/seats/.github/workflows/deploy.yml', deploy);
  await one.run('git add .; git commit -qm deploy; git push -q; sleep 3600');
  const jobs = () => runAt(seats(one)[0] as never, one.machine.kernel.now()).jobs;
  expect(jobs().map(({ name, status, conclusion }) => [name, status, conclusion])).toEqual([
    ['deploy (test)', 'completed', 'success'],
    ['deploy (live)', 'waiting', undefined],
    ['deploy (old)', 'completed', 'failure'],
    ['after', 'queued', undefined],
  ]);
  expect(jobs()[0]?.steps[1]?.log).toEqual(['to Vigo']);
  expect(jobs()[2]?.annotations[0]?.message).toContain('Branch "main" is not allowed to deploy to old');
  const said = { environments: ['live'], state: 'approved', by: 'dev' } as const;
  expect(await one.ci.review(one.machine, 'seats', 1, said)).toEqual({ ok: true });
  await one.run('sleep 60');
  expect(jobs()[1]?.steps[1]?.log).toEqual(['to Leon']);
  expect(jobs().map(({ conclusion }) => conclusion)).toEqual(['success', 'success', 'failure', 'success']);
});

test('a run of failed jobs keeps what had succeeded; a cancelled run says so', async () => {
  const flaky = `on: push
jobs:
  good: { runs-on: ubuntu-latest, steps: [{ run: echo fine }] }
  bad: { runs-on: ubuntu-latest, steps: [{ run: 'test "\${{ github.run_attempt }}" = 2' }] }
  last: { needs: [good, bad], runs-on: ubuntu-latest, steps: [{ run: echo last }] }
`;
  const one = await desk({ 'ci.yml': flaky });
  const { machine, ci: service } = one;
  expect(await service.rerun(machine, 'seats', 1, { failedOnly: true, by: 'dev' })).toMatchObject({ ok: false });
  expect(await service.cancel(machine, 'seats', 1, 'dev')).toEqual({ ok: true });
  expect(told(one)[0]?.[3]).toBe('cancelled');
  await one.run('sleep 60');
  expect(await service.cancel(machine, 'seats', 1, 'dev')).toMatchObject({ ok: false });
  expect(await service.rerun(machine, 'seats', 1, { failedOnly: false, by: 'dev' })).toEqual({ ok: true });
  expect(seats(one)[0]?.record).toMatchObject({ conclusion: 'success' });
  expect(seats(one)[0]?.attempt).toBe(2);
});

test('schedules run on the default branch at their moments, and a run starts the next', async () => {
  const one = await desk({
    'night.yml': ci
      .replace('name: CI', 'name: night')
      .replace('on: push', 'on: { schedule: [{ cron: "0 */6 * * *" }] }'),
    'then.yml': ci
      .replace('name: CI', 'name: then')
      .replace('on: push', 'on: { workflow_run: { workflows: [night], types: [completed] } }'),
  });
  await one.run('sleep 6h');
  await one.run('sleep 1h');
  expect(told(one)).toEqual([
    ['night', 'schedule', 'main', 'success'],
    ['then', 'workflow_run', 'main', 'success'],
  ]);
  expect(seats(one)[0]?.createdAt).toBe(Date.parse('2026-03-02T12:00:00Z'));
});

test('what is restored from a snapshot goes on as if nothing had been', async () => {
  const one = await desk({ 'ci.yml': ci });
  const { kernel, files } = one.machine;
  const copy = createMachine({ kernel: createKernel(kernel.snapshot()), language: 'en', tree: files.snapshot() });
  one.ci.resume(copy);
  for (const machine of [one.machine, copy]) machine.kernel.advance(600_000);
  expect(copy.kernel.log.entries()).toEqual(kernel.log.entries());
  expect(ends(one)).toHaveLength(1);
});

test('a day that begins from the files of another one, with a log of its own, runs what is pushed then', async () => {
  const one = await desk({ 'ci.yml': ci });
  await one.run(change('a change', 'other'));
  const { kernel, files } = one.machine;
  const next = createMachine({
    kernel: createKernel({ seed: 'next', now: kernel.now() + 86_400_000 }),
    language: 'en',
    tree: files.snapshot(),
  });
  one.ci.resume(next);
  next.kernel.record({
    type: 'RefUpdated',
    repository: 'seats',
    ref: 'refs/heads/other',
    from: '',
    to: seats(one)[1]?.commit ?? '',
    by: 'dev',
  });
  await one.ci.settle(next);
  expect(readRuns(next, 'seats')).toHaveLength(3);
});

test('a job of a group waits for those of other runs, whatever its combination; or has them cancelled', async () => {
  const text = (concurrency: string) => `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    strategy: { matrix: { town: [leon, soria] } }
    concurrency: ${concurrency}
    steps: [run: sleep 300]
`;
  const pushed = async (concurrency: string) => {
    const one = await desk({ 'ci.yml': text(concurrency) });
    await one.run(
      'git commit -q --allow-empty -m Again; git push -q; git commit -q --allow-empty -m More; git push -q',
    );
    return readRuns(one.machine, 'seats').map(({ record }) => record.jobs);
  };
  const town = '"${{ matrix.town }}"';
  const [first = [], second = [], third = []] = await pushed(town);
  expect(first.map(({ conclusion }) => conclusion)).toEqual(['success', 'success']);
  // The newest that waits takes the place of the others, in each group.
  expect(second.map(({ conclusion }) => conclusion)).toEqual(['cancelled', 'cancelled']);
  for (const [at, job] of third.entries()) {
    expect(job.conclusion).toBe('success');
    expect(job.startedAt).toBe(first[at]?.endedAt);
  }
  const cut = await pushed(`{ group: ${town}, cancel-in-progress: true }`);
  expect(cut.map((jobs) => jobs.map(({ conclusion }) => conclusion))).toEqual([
    ['cancelled', 'cancelled'],
    ['cancelled', 'cancelled'],
    ['success', 'success'],
  ]);
});
