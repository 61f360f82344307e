// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows
import { expect, test } from 'vitest';
import { conclusions, outcomes, trial, withSteps } from './trial.ts';

// Each test names the page and section of GitHub's documentation from which it comes.

test('Workflow syntax, steps.run: a block is YAML’s text, whatever its expressions: no indentation, folded where it says so', async () => {
  const run = await trial(
    withSteps(
      '- run: |',
      '    cat <<END > out',
      '    v ${{ github.actor }}',
      '    END',
      '    test "$(cat out)" = "v ana"',
      '- run: >-',
      '    test',
      '    ${{ github.actor }}',
      '    = ana',
    ),
  );
  expect(outcomes(run)).toEqual(['success', 'success']);
  expect(run.jobs[0]?.steps[0]?.name).toBe('Run cat <<END > out');
});

test('Workflow syntax, steps.run: a file with Windows line ends runs as any other', async () => {
  const run = await trial(withSteps('- run: |', '    true', '    echo ${{ github.actor }}').replaceAll('\n', '\r\n'));
  expect(run.jobs[0]?.steps[0]?.log).toEqual(['ana']);
});

test('Workflow syntax, steps.shell: what each name stands for, and what is not there', async () => {
  const run = await trial(
    withSteps(
      '- { run: "false | true; true", shell: bash }',
      '- { run: "false | true", if: always(), shell: sh }',
      '- { run: "set +e; false; true", if: always() }',
      '- { run: "run: me", if: always(), shell: "cp {0} copy" }',
      '- { run: "grep -x \'run: me\' copy", if: always() }',
      '- { run: "print(1)", if: always(), shell: python }',
      '- { run: "ls", if: always(), shell: fish }',
    ),
  );
  expect(outcomes(run)).toEqual(['failure', 'success', 'success', 'success', 'success', 'failure', 'failure']);
  expect(run.jobs[0]?.steps[5]?.log.at(-1)).toContain("The shell 'python' is not part of this sandbox");
  expect(run.jobs[0]?.steps[6]?.log.at(-1)).toContain('Invalid shell option');
});

test('Workflow syntax, env: the step wins over the job, the job over the workflow, GITHUB_ENV over both but not over the step', async () => {
  const run = await trial(`
on: push
env: { A: workflow, B: workflow, C: workflow, D: workflow }
jobs:
  a:
    runs-on: ubuntu-latest
    env: { B: job, C: job, D: job }
    steps:
      - run: test "$A$B$C$D" = workflowjobstepjob
        env: { C: step }
      - run: echo D=file >> "$GITHUB_ENV"
      - run: test "$D" = file && test "\${{ env.D }}" = file
      - run: test "$D" = step
        env: { D: step }
`);
  expect(outcomes(run)).toEqual(['success', 'success', 'success', 'success']);
});

test('Variables, default variables: GITHUB_* and RUNNER_* cannot be overwritten, CI can', async () => {
  const run = await trial(
    withSteps(
      '- run: test "$CI" = no && test "$GITHUB_ACTOR" = ana && test "$RUNNER_OS" = Linux',
      '  env: { CI: no, GITHUB_ACTOR: eve, RUNNER_OS: Mac }',
    ),
  );
  expect(outcomes(run)).toEqual(['success']);
});

test('Workflow syntax, defaults.run: the job’s over the workflow’s, the step’s over both; a folder that is not there fails', async () => {
  const run = await trial(`
on: push
defaults: { run: { shell: bash, working-directory: one } }
jobs:
  a:
    runs-on: ubuntu-latest
    defaults: { run: { working-directory: two } }
    steps:
      - { run: 'mkdir -p two three', working-directory: . }
      - run: test "$(basename "$PWD")" = two
      - { run: 'test "$(basename "$PWD")" = three', working-directory: three }
      - { run: 'true', working-directory: four }
`);
  expect(outcomes(run)).toEqual(['success', 'success', 'success', 'failure']);
  expect(run.jobs[0]?.steps[3]?.log.at(-1)).toContain('No such file or directory');
});

test('Workflow commands, GITHUB_OUTPUT: several lines between delimiters; a delimiter that never comes fails the step', async () => {
  const run = await trial(
    withSteps(
      '- { id: o, run: "printf \'text<<E_1\\na=b\\nc<<d\\nE_1\\nlast=x=y\\n\' >> \\"$GITHUB_OUTPUT\\"" }',
      '- run: test "${{ steps.o.outputs.last }}" = "x=y"',
      '- run: echo "text<<END" >> $GITHUB_OUTPUT',
      '- { if: always(), run: "echo nothing >> $GITHUB_OUTPUT" }',
    ),
  );
  expect(run.jobs[0]?.steps[0]?.outputs).toEqual({ text: 'a=b\nc<<d', last: 'x=y' });
  expect(outcomes(run)).toEqual(['success', 'success', 'failure', 'failure']);
  expect(run.jobs[0]?.annotations.map(({ message }) => message)).toEqual([
    "Unable to process file command: Invalid value. Matching delimiter not found 'END'",
    "Unable to process file command: Invalid format 'nothing'",
  ]);
});

test('Workflow commands, GITHUB_PATH and GITHUB_STEP_SUMMARY: for the steps that follow; summaries stand one below another', async () => {
  const run = await trial(
    withSteps(
      '- run: mkdir bin && printf "#!/bin/bash\\necho here\\n" > bin/tool && chmod +x bin/tool && echo "$PWD/bin" >> $GITHUB_PATH',
      '- run: test "$(tool)" = here && echo "# One" >> $GITHUB_STEP_SUMMARY',
      '- run: echo "- two" >> $GITHUB_STEP_SUMMARY',
    ),
  );
  expect(conclusions(run)).toEqual({ a: 'success' });
  expect(run.jobs[0]?.summary).toBe('# One\n- two\n');
});

test('Workflow commands: annotations with their places, groups, and what is said between stop-commands', async () => {
  const run = await trial(
    withSteps(
      '- run: |',
      '    echo "::group::Build"',
      '    echo "::warning file=a.js,line=3,col=5,title=Old%3A api::use%0Athe new one"',
      '    echo "::endgroup::"',
      '    echo "::stop-commands::x_1"',
      '    echo "::error::not told"',
      '    echo "::x_1::"',
      '    echo "::notice::told: a::b"',
      '    echo "::unknown::stays"',
    ),
  );
  expect(run.jobs[0]?.annotations).toEqual([
    { level: 'warning', message: 'use\nthe new one', title: 'Old: api', file: 'a.js', line: 3, column: 5 },
    { level: 'notice', message: 'told: a::b' },
  ]);
  expect(run.jobs[0]?.steps[0]?.log).toEqual([
    '##[group]Build',
    '##[warning]use\nthe new one',
    '##[endgroup]',
    '::error::not told',
    '##[notice]told: a::b',
    '::unknown::stays',
  ]);
});

test('Workflow commands, deprecated ones: set-output still works and warns; set-env fails the step unless it is allowed', async () => {
  const run = await trial(
    withSteps(
      '- { id: o, run: "echo \\"::set-output name=a::b\\"" }',
      '- run: test "${{ steps.o.outputs.a }}" = b',
      '- run: echo "::set-env name=A::b"',
      '- { if: always(), run: "echo \\"::set-env name=A::b\\"", env: { ACTIONS_ALLOW_UNSECURE_COMMANDS: true } }',
      '- { if: always(), run: test "$A" = b }',
    ),
  );
  expect(outcomes(run)).toEqual(['success', 'success', 'failure', 'success', 'success']);
  expect(run.jobs[0]?.annotations.map(({ level }) => level)).toEqual(['warning', 'error']);
});

test('Workflow commands, add-mask: from then on, in every later step, in annotations, summaries, names and outputs of the job', async () => {
  const run = await trial(
    `
on: push
jobs:
  a:
    runs-on: ubuntu-latest
    outputs: { open: '\${{ steps.o.outputs.open }}', shut: '\${{ steps.o.outputs.shut }}' }
    steps:
      - run: echo "::add-mask::first"
      - run: echo "::add-mask::second"
      - id: o
        name: Say \${{ secrets.KEY }}
        run: |
          echo "first second key-1"
          echo "::error::second key-1"
          echo "key-1" >> $GITHUB_STEP_SUMMARY
          echo "open=1" >> $GITHUB_OUTPUT
          echo "shut=x-key-1" >> $GITHUB_OUTPUT
`,
    { secrets: { KEY: 'key-1' } },
  );
  const [job] = run.jobs;
  expect(job?.steps[2]).toMatchObject({ name: 'Say ***', log: ['*** *** ***', '##[error]*** ***'] });
  expect(job?.summary).toBe('***\n');
  expect(job?.outputs).toEqual({ open: '1' });
  expect(job?.annotations).toEqual([
    { level: 'error', message: '*** ***' },
    { level: 'warning', message: "Skip output 'shut' since it may contain secret." },
  ]);
});

test('Workflow syntax, steps.timeout-minutes and jobs.timeout-minutes: what never ends is ended in simulated time', async () => {
  const run = await trial(`
on: push
jobs:
  step:
    runs-on: ubuntu-latest
    steps:
      - { name: Loop, run: 'while true; do :; done', timeout-minutes: 3 }
      - { if: always(), run: echo after }
  job:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - run: 'while true; do :; done'
      - { if: always(), run: echo after }
      - { if: cancelled(), run: 'sleep 3600' }
      - { if: always(), run: echo never }
`);
  const [step, job] = run.jobs;
  expect(outcomes(run, 0)).toEqual(['failure', 'success']);
  expect(step?.steps[0]?.log.at(-1)).toBe("##[error]The action 'Loop' has timed out after 3 minutes.");
  expect(step?.conclusion).toBe('failure');
  // What still runs five minutes after the cancelling is ended by force ("Workflow cancellation reference").
  expect(outcomes(run, 1)).toEqual(['cancelled', 'success', 'cancelled', 'skipped']);
  expect(job?.conclusion).toBe('cancelled');
  expect(((job?.endedAt ?? 0) - (job?.startedAt ?? 0)) / 60_000).toBeCloseTo(15, 0);
});

test('Contexts, job.status and steps: conclusions and outcomes under continue-on-error', async () => {
  const run = await trial(
    withSteps(
      '- { id: a, run: exit 1, continue-on-error: true }',
      '- run: test ${{ job.status }}-${{ steps.a.outcome }}-${{ steps.a.conclusion }} = success-failure-success',
      '- { id: b, run: exit 1 }',
      '- { if: "failure() && steps.b.conclusion == \'failure\'", run: "test ${{ job.status }} = failure" }',
      '- { id: c, run: echo never }',
      '- { if: "steps.c.conclusion == \'skipped\' && always()", run: echo }',
    ),
  );
  expect(outcomes(run)).toEqual(['failure', 'success', 'failure', 'success', 'skipped', 'success']);
});

test('Metadata syntax, composite: own inputs, defaults, outputs also of a failure, its folder; its steps see the env of the step', async () => {
  const action = `
inputs: { who: { default: '\${{ github.actor }}' } }
outputs: { said: { value: '\${{ steps.s.outputs.said }}' } }
runs:
  using: composite
  steps:
    - { id: s, shell: bash, run: 'echo "said=\${{ inputs.who }} $MOOD" >> $GITHUB_OUTPUT' }
    - { shell: bash, run: 'test -f "$GITHUB_ACTION_PATH/action.yml" && test -f "\${{ github.action_path }}/action.yml"' }
    - { shell: bash, run: 'echo MOOD=late >> $GITHUB_ENV' }
    - { shell: bash, run: 'test "$MOOD" = good' }
    - { shell: bash, if: "inputs.who == 'eve'", run: exit 1 }
`;
  const run = await trial(
    withSteps(
      '- uses: actions/checkout@v4',
      '- { id: a, uses: ./act, env: { MOOD: good } }',
      '- { id: b, uses: ./act, with: { who: eve }, env: { MOOD: good }, continue-on-error: true }',
      '- run: test "${{ steps.a.outputs.said }}, ${{ steps.b.outputs.said }}" = "ana good, eve good" && test "$MOOD" = late',
    ),
    {},
    { 'act/action.yml': action },
  );
  expect(outcomes(run)).toEqual(['success', 'success', 'failure', 'success']);
});

test('Metadata syntax, composite: what it must have', async () => {
  const of = (steps: string) => ({ 'act/action.yml': `runs:\n  using: composite\n${steps}` });
  const failing = async (files: Record<string, string>) =>
    (await trial(withSteps('- uses: actions/checkout@v4', '- uses: ./act'), {}, files)).jobs[0]?.steps[1]?.log.at(-1);
  expect(await failing(of(''))).toContain('Required property is missing: steps');
  expect(await failing(of('  steps: [{ name: x }]'))).toContain('step 1: Required property is missing: run or uses');
  expect(await failing(of('  steps: [{ run: x }]'))).toContain('step 1: Required property is missing: shell');
  expect(await failing({ 'act/action.yml': 'runs: { using: docker, image: Dockerfile }' })).toContain(
    'not part of this sandbox',
  );
});

test('actions/setup-node: the version that programs are told, and versions that do not exist', async () => {
  const asked = ['20', '"22.x"', 'lts/jod', '18.20.8', '20.1', '99', '22.99'];
  const run = await trial(
    withSteps(
      ...asked.map(
        (one) => `- { uses: actions/setup-node@v4, with: { node-version: ${one} }, continue-on-error: true }`,
      ),
    ),
  );
  expect(run.jobs[0]?.steps.map(({ outputs }) => outputs['node-version'] ?? 'failed')).toEqual([
    'v20.19.5',
    'v22.21.0',
    'v22.21.0',
    'v18.20.8',
    'v20.1.0',
    'failed',
    'failed',
  ]);
});

test('An upload refuses a word that if-no-files-found does not know, whether there are files or not', async () => {
  const run = await trial(
    withSteps(
      '- run: echo 1 > a.txt',
      '- { uses: actions/upload-artifact@v4, with: { path: a.txt, if-no-files-found: errorx } }',
    ),
  );
  expect(outcomes(run)).toEqual(['success', 'failure']);
  expect(run.artifacts).toEqual([]);
});

test('An artifact is named by a word, and its files from the folder that they share: no path leads out of it', async () => {
  const run = await trial(
    withSteps(
      '- run: mkdir -p out/a && echo 1 > out/a/b.txt && echo 2 > top.txt',
      '- { uses: actions/upload-artifact@v4, with: { name: "../x", path: out }, continue-on-error: true }',
      '- { uses: actions/upload-artifact@v4, with: { name: y, path: "out/../../../../../etc" }, continue-on-error: true }',
      '- { uses: actions/upload-artifact@v4, with: { name: z, path: top.txt } }',
      '- { uses: actions/download-artifact@v4, with: { name: z, path: "../../../../tmp/../.." }, continue-on-error: true }',
    ),
  );
  expect(outcomes(run).slice(0, 4)).toEqual(['success', 'failure', 'failure', 'success']);
  expect(run.artifacts.map(({ name, files }) => [name, Object.keys(files)])).toEqual([['z', ['top.txt']]]);
});
