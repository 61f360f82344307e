// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lintWorkflow } from './index.ts';

/** Lines and rules that are found in a file. */
const found = (text: string): string[] => lintWorkflow(text, 'en').map(({ line, rule }) => `${line} ${rule}`);

const job = (lines: string): string => `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n${lines}`;
const step = (line: string): string => job(`    steps:\n      - ${line}\n`);

test('a workflow as people write it has nothing to be said of', () => {
  const text = `name: CI
on:
  push: { branches: [main, 'release/**'], paths-ignore: ['docs/**'] }
  schedule: [{ cron: '0 6 * * 1' }]
  workflow_dispatch: { inputs: { town: { type: choice, options: [Leon, Vigo], default: Leon } } }
concurrency: { group: '\${{ github.ref }}', cancel-in-progress: true }
jobs:
  test:
    runs-on: \${{ matrix.os }}
    timeout-minutes: 10
    strategy: { matrix: { os: [ubuntu-latest, macos-latest], node: [22, 24], exclude: [{ os: macos-latest, node: 22 }] } }
    outputs: { v: '\${{ steps.v.outputs.v }}' }
    steps:
      - uses: actions/checkout@v4
      - { id: v, run: 'echo "v=1" >> "$GITHUB_OUTPUT"' }
  deploy:
    needs: test
    if: github.ref == 'refs/heads/main' && inputs.town != ''
    runs-on: ubuntu-latest
    env: { TITLE: '\${{ github.event.head_commit.message }}' }
    steps:
      - run: echo "\${{ needs.test.outputs.v }} $TITLE"
`;
  expect(lintWorkflow(text, 'en')).toEqual([]);
});

// Each by the page of GitHub's documentation that speaks of it.
test.each<[page: string, text: string, expected: string[]]>([
  [
    'Workflow syntax, on.<event>.branches-ignore',
    'on:\n  push:\n    branches: [a]\n    branches-ignore: [b]\njobs: {}',
    ['4 events'],
  ],
  ['Workflow syntax, filters', 'on:\n  push:\n    branches: []\njobs: {}', ['3 syntax']],
  ['Events, schedule', 'on:\n  schedule:\n    - cron: "*/2 * * * *"\njobs: {}', ['3 events']],
  ['Events, schedule', 'on: [push, schedule]\njobs: {}', ['1 events']],
  [
    'Workflow syntax, workflow_dispatch.inputs',
    'on:\n  workflow_dispatch:\n    inputs:\n      a: { type: choice }\njobs: {}',
    ['4 events'],
  ],
  [
    'Workflow syntax, inputs default',
    'on:\n  workflow_dispatch:\n    inputs:\n      a: { type: choice, options: [x], default: y }\njobs: {}',
    ['4 events'],
  ],
  [
    'Workflow syntax, workflow_call.inputs.type',
    'on:\n  workflow_call:\n    inputs:\n      a: { required: true }\njobs: {}',
    ['4 events'],
  ],
  [
    'Workflow syntax, workflow_call.outputs',
    'on:\n  workflow_call:\n    outputs:\n      a: { description: x }\njobs: {}',
    ['4 syntax'],
  ],
  [
    'Filter pattern cheat sheet',
    'on:\n  push:\n    branches: ["v[9-1]", "a b", "x[", "!"]\njobs: {}',
    ['3 glob', '3 glob', '3 glob', '3 glob'],
  ],
  ['Filter pattern cheat sheet, paths', 'on:\n  push:\n    paths: ["./a"]\njobs: {}', ['3 glob']],
  [
    'Workflow syntax, jobs.<job_id>',
    'on: push\njobs:\n  1a:\n    runs-on: ubuntu-latest\n    steps: [{ run: a }]',
    ['3 id'],
  ],
  ['Workflow syntax, jobs.<job_id>.runs-on', 'on: push\njobs:\n  a:\n    steps: [{ run: a }]', ['3 syntax']],
  ['Workflow syntax, steps', step('{ run: a, uses: b/c@v1 }'), ['6 syntax']],
  ['Workflow syntax, timeout-minutes', step('{ run: a, timeout-minutes: 0 }'), ['6 syntax']],
  [
    'Workflow syntax, runs-on',
    'on: push\njobs:\n  a:\n    runs-on: [ubuntu-latest, windows-latest]\n    steps: [{ run: a }]',
    ['4 runner-label'],
  ],
  [
    'Workflow syntax, matrix.exclude',
    job('    strategy: { matrix: { os: [x], exclude: [{ os: y }, { on: x }] } }\n    steps: [{ run: a }]'),
    ['5 matrix', '5 matrix'],
  ],
  ['Workflow syntax, container', job('    container: { env: { A: b } }\n    steps: [{ run: a }]'), ['5 syntax']],
  [
    'Using secrets',
    job('    container: { image: x, credentials: { username: a, password: b } }\n    steps: [{ run: a }]'),
    ['5 credentials'],
  ],
  ['Reuse workflows', 'on: push\njobs:\n  a: { uses: some/repository@v1 }', ['3 workflow-call']],
  ['Workflow syntax, if', step('{ run: a, if: "${{ true }} " }'), ['6 if-cond']],
  ['Workflow syntax, if', step("if: contains('ab', 'a')\n        run: a"), ['6 if-cond']],
  ['Workflow commands, deprecated', step('run: echo "::set-output name=a::b"'), ['6 deprecated-commands']],
  ['Script injections', step('run: echo "${{ github.event.issue.title }}"'), ['6 expression']],
  [
    'Script injections, within a block',
    step('run: |\n          echo a\n          echo ${{ github.head_ref }}'),
    ['8 expression'],
  ],
  ['Using secrets', step('run: echo ${{ secrets.KEY }}'), ['6 secret']],
  [
    'Events, pull_request_target',
    'on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n        with: { ref: "${{ github.event.pull_request.head.sha }}" }',
    ['7 fork'],
  ],
  [
    'Security hardening, secrets and forks',
    'on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n        with: { ref: "${{ github.event.pull_request.head.sha }}" }\n      - run: npm test\n        env: { KEY: "${{ secrets.KEY }}", T: "${{ secrets.GITHUB_TOKEN }}" }',
    ['7 fork', '9 fork'],
  ],
  ['Contexts, steps', step('run: echo ${{ steps.x.outputs.y }}'), ['6 expression']],
  ['Contexts, needs', step('run: echo ${{ needs.x.result }}'), ['6 expression']],
  ['Contexts, inputs', step('run: echo ${{ inputs.x }}'), ['6 expression']],
  ['Context availability', job('    if: env.A\n    steps: [{ run: a }]'), ['5 expression']],
  ['Expressions, fromJSON', step("run: echo ${{ fromJSON('{') }}"), ['6 expression']],
  ['Expressions, objects', step('run: echo ${{ github }}'), ['6 expression']],
  ['Workflow syntax, anchors', 'on: push\nenv: &unused { A: b }\njobs: {}', ['2 syntax']],
  [
    'Workflow syntax, needs',
    'on: push\njobs:\n  a: { runs-on: linux, needs: [b, B, c], steps: [{ run: a }] }\n  b: { runs-on: linux, steps: [{ run: a }] }',
    ['3 job-needs', '3 job-needs'],
  ],
  ['Workflow syntax, steps.id', job('    steps: [{ id: a, run: a }, { id: A, run: a }]'), ['5 id']],
  ['Workflow syntax, steps.shell', step('{ run: a, shell: fish }'), ['6 shell-name']],
  ['Workflow syntax, steps.shell', step('{ run: a, shell: powershell }'), ['6 shell-name']],
  ['Workflow syntax, env', step('{ run: a, env: { A B: c } }'), ['6 env-var']],
  [
    'Choosing the runner',
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-newest\n    steps: [{ run: a }]',
    ['4 runner-label'],
  ],
  [
    'Choosing the runner, own machines',
    'on: push\njobs:\n  a:\n    runs-on: [self-hosted, gpu]\n    steps: [{ run: a }]',
    [],
  ],
  [
    'Choosing the runner, matrix',
    'on: push\njobs:\n  a:\n    strategy:\n      matrix:\n        os: [ubuntu-latest, ubuntu-oldest]\n    runs-on: ${{ matrix.os }}\n    steps: [{ run: a }]',
    ['6 runner-label'],
  ],
  [
    'Choosing the runner, matrix with own machines: each value is looked at by itself',
    'on: push\njobs:\n  a:\n    strategy:\n      matrix:\n        os:\n          - [self-hosted, gpu]\n          - ubuntu-oldest\n    runs-on: ${{ matrix.os }}\n    steps: [{ run: a }]',
    ['8 runner-label'],
  ],
  ['Workflow syntax, steps.uses', step('uses: actions/checkout'), ['6 action']],
  ['actions/setup-node, inputs', step('{ uses: actions/setup-node@v4, with: { node_version: 20 } }'), ['6 action']],
  ['actions/upload-artifact, inputs and versions', step('uses: actions/upload-artifact@v3'), ['6 action', '6 action']],
  [
    'Events, workflow_dispatch',
    `on:\n  workflow_dispatch:\n    inputs:\n${Array.from({ length: 26 }, (_, n) => `      i${n}: { type: string }`).join('\n')}\njobs: {}`,
    ['4 events'],
  ],
  ['Filter pattern cheat sheet, +', 'on:\n  push:\n    tags: ["+1", "v?+"]\njobs: {}', ['3 glob']],
  ['Contexts, github', step('run: echo ${{ github.repositry }}'), ['6 expression']],
  ['Contexts, a text has no parts', step('run: echo ${{ github.repository.owner }}'), ['6 expression']],
  [
    'Contexts, matrix',
    job('    strategy: { matrix: { os: [a] } }\n    steps: [{ run: "echo ${{ matrix.platform }}" }]'),
    ['6 expression'],
  ],
  [
    'Contexts, matrix of an expression',
    job("    strategy: { matrix: '${{ fromJSON(inputs.m) }}' }\n    steps: [{ run: 'echo ${{ matrix.any }}' }]"),
    ['5 expression'],
  ],
  [
    'Contexts, steps of a known action',
    job(
      '    steps:\n      - { id: c, uses: actions/cache@v4, with: { path: a, key: b } }\n      - run: echo ${{ steps.c.outputs.cache_hit }}',
    ),
    ['7 expression'],
  ],
  ['Expressions, format', step("run: echo ${{ format('{0} {1}', 1) }}"), ['6 expression']],
  ['Expressions, format', step("run: echo ${{ format('{0}', 1, 2) }}"), ['6 expression']],
  ['Expressions, operators', step('{ run: a, if: "github.event_name > null" }'), ['6 expression']],
  ['Expressions, operators', step('{ run: a, if: "env == \'x\'" }'), ['6 expression']],
  ['Expressions, functions', step('{ run: a, if: "startsWith(github, 1)" }'), ['6 expression']],
  ['Expressions, braces in quotes are not the end', step('run: echo ${{ fromJSON(\'{"a":{"b":1}}\').a.b }}'), []],
  ['Expressions, filters', step('{ run: a, if: "contains(github.event.pull_request.labels.*.name, \'x\')" }'), []],
  ['Workflow syntax, concurrency', 'on: push\nconcurrency: { cancel-in-progress: true }\njobs: {}', ['2 syntax']],
])('%s: %s', (_, text, expected) => {
  expect(found(text)).toEqual(expected);
});

test('words come in the reader’s language', () => {
  const [es, en] = (['es', 'en'] as const).map(
    (language) => lintWorkflow(step('{ run: a, if: true }'), language)[0]?.message,
  );
  expect(es).toContain('siempre');
  expect(en).toContain('always');
});

test('no text takes long, whatever its quotes and braces', () => {
  const nasty = [
    `\${{ ${"'a'".repeat(5000)}`,
    `\${{ ${"'".repeat(9999)}`,
    '${{'.repeat(5000),
    `\${{ ${'('.repeat(5000)}`,
  ];
  for (const one of nasty) lintWorkflow(step(`run: ${JSON.stringify(one)}`), 'en');
});

test('any text is read without breaking', () => {
  const piece = fc.constantFrom(
    'on:',
    ' push',
    '\n',
    '  ',
    '- ',
    'jobs:',
    'a:',
    '${{',
    '}}',
    '&x ',
    '*x',
    '<<: ',
    '{',
    '}',
    '[',
    ']',
    'if: ',
    'run: |',
    'steps:',
    "'",
    '"',
    '0',
    'schedule',
  );
  fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (parts) => void lintWorkflow(parts.join(''), 'en')));
  fc.assert(fc.property(fc.string(), (text) => void lintWorkflow(text, 'es')));
});
