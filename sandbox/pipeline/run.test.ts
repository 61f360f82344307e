import { expect, test } from 'vitest';
import { conclusions, outcomes, trial } from './trial.ts';

test('a failing step skips the next ones, but those that run always or on failure', async () => {
  const record = await trial(`
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: echo one
      - run: exit 3
      - run: echo never
      - if: always()
        run: echo always
      - if: failure()
        run: echo failed
      - if: success()
        run: echo well
`);
  expect(outcomes(record)).toEqual(['success', 'failure', 'skipped', 'success', 'success', 'skipped']);
  expect(record.conclusion).toBe('failure');
  expect(record.jobs[0]?.annotations).toEqual([{ level: 'error', message: 'Process completed with exit code 3.' }]);
});

test('without a named shell a failing command within a pipe does not count; with shell: bash it does', async () => {
  const record = await trial(`
on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: 'false | cat'
  b:
    runs-on: ubuntu-latest
    steps:
      - run: 'false | cat'
        shell: bash
`);
  expect(conclusions(record)).toEqual({ a: 'success', b: 'failure' });
});

test('a skip or a failure counts for the whole chain behind it', async () => {
  const record = await trial(`
on: push
jobs:
  a: { runs-on: ubuntu-latest, steps: [{ run: exit 1 }] }
  b: { runs-on: ubuntu-latest, needs: a, if: always(), steps: [{ run: echo }] }
  c: { runs-on: ubuntu-latest, needs: b, steps: [{ run: echo }] }
  d: { runs-on: ubuntu-latest, needs: c, if: failure(), steps: [{ run: echo }] }
  e: { runs-on: ubuntu-latest, needs: [b], if: "!cancelled() && needs.b.result == 'success'", steps: [{ run: echo }] }
`);
  expect(conclusions(record)).toEqual({ a: 'failure', b: 'success', c: 'skipped', d: 'success', e: 'success' });
});

test('outputs travel from steps to jobs to the jobs that need them; environment files last for the job', async () => {
  const record = await trial(`
on: push
env: { WHO: company }
jobs:
  make:
    runs-on: ubuntu-latest
    outputs: { version: '\${{ steps.v.outputs.version }}' }
    steps:
      - id: v
        run: |
          echo "version=1.2.3" >> "$GITHUB_OUTPUT"
          echo "MODE=fast" >> $GITHUB_ENV
          { echo "note<<END"; echo "two"; echo "lines"; echo END; } >> $GITHUB_OUTPUT
      - run: test "$MODE" = fast && test "$WHO" = company && test "\${{ steps.v.outputs.note }}" = "$(printf 'two\\nlines')"
  use:
    needs: make
    runs-on: ubuntu-latest
    steps:
      - run: echo "v\${{ needs.make.outputs.version }}" | grep -x v1.2.3
`);
  expect(conclusions(record)).toEqual({ make: 'success', use: 'success' });
});

test('secrets and masked values never stand in a log', async () => {
  const record = await trial(
    `
on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: |
          echo "\${{ secrets.TOKEN }}"
          echo "::add-mask::hidden"
          echo "it is hidden"
          echo "::error file=app.mjs,line=3::broken hidden"
`,
    { secrets: { TOKEN: 's3cret' } },
  );
  expect(record.jobs[0]?.steps[0]?.log).toEqual(['***', 'it is ***', '##[error]broken ***']);
});

test('a matrix makes a job for each combination; the first failure cancels those that still run', async () => {
  const record = await trial(`
on: push
jobs:
  t:
    runs-on: ubuntu-latest
    strategy:
      matrix: { node: [20, 22], os: [a, b], exclude: [{ node: 20, os: b }], include: [{ node: 22, os: b, slow: yes }] }
    steps:
      - run: |
          if [ "\${{ matrix.slow }}" = yes ]; then sleep 600; fi
          test \${{ matrix.node }} != 20 || { sleep 5; exit 1; }
      - if: always()
        run: echo end
`);
  expect(conclusions(record)).toEqual({
    't (20, a)': 'failure',
    't (22, a)': 'success',
    't (22, b, yes)': 'cancelled',
  });
  expect(record.jobs[2]?.steps.map(({ outcome }) => outcome)).toEqual(['cancelled', 'success']);
});

test('checkout, cache and artifacts carry files; reusable workflows and composite actions run', async () => {
  const record = await trial(
    `
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: ./.github/actions/greet
        id: greet
        with: { who: Ana }
      - run: mkdir dist && echo "\${{ steps.greet.outputs.text }}" > dist/out.txt
      - uses: actions/upload-artifact@v4
        with: { name: site, path: dist }
  call:
    needs: build
    uses: ./.github/workflows/check.yml
    with: { artifact: site }
  after:
    needs: call
    runs-on: ubuntu-latest
    steps:
      - run: test "\${{ needs.call.outputs.seen }}" = "hello Ana"
`,
    {},
    {
      '.github/actions/greet/action.yml': `
name: greet
inputs: { who: { default: nobody } }
outputs: { text: { value: '\${{ steps.say.outputs.text }}' } }
runs:
  using: composite
  steps:
    - id: say
      shell: bash
      run: echo "text=hello \${{ inputs.who }}" >> $GITHUB_OUTPUT
`,
      '.github/workflows/check.yml': `
on:
  workflow_call:
    inputs: { artifact: { type: string, required: true } }
    outputs: { seen: { value: '\${{ jobs.read.outputs.seen }}' } }
jobs:
  read:
    runs-on: ubuntu-latest
    outputs: { seen: '\${{ steps.s.outputs.seen }}' }
    steps:
      - uses: actions/download-artifact@v4
        with: { name: '\${{ inputs.artifact }}' }
      - id: s
        run: echo "seen=$(cat out.txt)" >> $GITHUB_OUTPUT
`,
    },
  );
  expect(conclusions(record)).toEqual({ build: 'success', 'call / read': 'success', after: 'success' });
  expect(record.jobs.map(({ id, needs }) => [id, needs])).toEqual([
    ['build', []],
    ['call / read', ['build']],
    ['after', ['call']],
  ]);
});

test('what takes too long is stopped in simulated time; continue-on-error keeps the outcome and not the conclusion', async () => {
  const record = await trial(`
on: push
jobs:
  slow:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - run: sleep 3600
  step:
    runs-on: ubuntu-latest
    steps:
      - run: sleep 600
        timeout-minutes: 2
        continue-on-error: true
      - run: echo after
`);
  expect(conclusions(record)).toEqual({ slow: 'cancelled', step: 'success' });
  expect(record.jobs[1]?.steps.map(({ outcome, conclusion }) => `${outcome}/${conclusion}`)).toEqual([
    'failure/success',
    'success/success',
  ]);
  expect((record.jobs[0]?.endedAt ?? 0) - (record.jobs[0]?.startedAt ?? 0)).toBeGreaterThanOrEqual(600_000 + 2000);
});

test('Choosing the runner: what there is no machine for is said, by its label', async () => {
  const of = (label: string) => trial(`on: push\njobs:\n  a:\n    runs-on: ${label}\n    steps: [run: uname]`);
  const said = async (label: string) => {
    const [job] = (await of(label)).jobs;
    return [job?.conclusion, ...(job?.annotations ?? []).map(({ message }) => message)];
  };
  expect(await said('ubuntu-24.04')).toEqual(['success']);
  expect(await said('[self-hosted, gpu]')).toEqual(['success']);
  expect(await said('{ group: ours }')).toEqual(['success']);
  expect(await said('macos-15')).toEqual([
    'success',
    'There is no macos-15 in this sandbox: the job runs on a machine with Linux.',
  ]);
  expect(await said('ubuntu-latestx')).toEqual([
    'failure',
    'ubuntu-latestx is not part of this sandbox: use ubuntu-latest.',
  ]);
  expect(await said('windows-2025')).toEqual([
    'failure',
    'windows-2025 is not part of this sandbox: use ubuntu-latest.',
  ]);
});

test('Control concurrency: two jobs of one run that share a group do not run at the same time', async () => {
  const job = (name: string, group: string): string =>
    `  ${name}: { runs-on: ubuntu-latest, concurrency: ${group}, steps: [{ run: sleep 60 }] }`;
  const { jobs } = await trial(
    ['on: push', 'jobs:', job('a', 'Deploy'), job('b', 'deploy'), job('c', 'other')].join('\n'),
  );
  const [a, b, c] = jobs;
  expect(b?.startedAt).toBe(a?.endedAt);
  expect(c?.startedAt).toBe(a?.startedAt);
});

test('Reuse workflows: defaults may be expressions; what is required, unknown or not reusable is told', async () => {
  const called = `on: { workflow_call: { inputs: { n: { type: number, default: '\${{ 1 }}' }, s: { type: string, required: true } } } }
jobs:
  j:
    runs-on: ubuntu-latest
    steps: [run: 'test "\${{ toJSON(inputs.n) }}\${{ inputs.s }}" = 1x']
`;
  const call = async (lines: string, file = called) => {
    const text = `on: push\njobs:\n  c:\n    uses: ./.github/workflows/b.yml\n${lines}`;
    const run = await trial(text, {}, { '.github/workflows/b.yml': file });
    return [run.conclusion, ...run.jobs.flatMap(({ annotations }) => annotations.map(({ message }) => message))];
  };
  expect(await call('    with: { s: x }')).toEqual(['success']);
  expect(await call('')).toEqual(['failure', 'Input s is required, but not provided while calling.']);
  expect(await call('    with: { s: x, z: 1 }')).toEqual([
    'failure',
    'Invalid input, z is not defined in the referenced workflow.',
  ]);
  expect((await call('', 'on: push\njobs: { j: { runs-on: x, steps: [{ run: a }] } }')).at(-1)).toContain(
    'not reusable',
  );
  const loop = 'on: { workflow_call: }\njobs:\n  again:\n    uses: ./.github/workflows/b.yml\n';
  expect((await call('', loop)).at(-1)).toContain('more than 10 levels');
});
