// A forge with something on it: documents as the engine keeps them, put onto a day's disk through its terminal.
import type { Page } from '@playwright/test';
import type { CheckRun, PullRequest, Settings, StoredRun } from '../../sandbox/hosts/forge-view.ts';
import { HEAD, NINE, SECOND, sampleJob, sampleRun } from '../../src/workbench/runs/sample.ts';
import { type, write } from './learner.ts';

const MINUTE = 60 * SECOND;
/** When day 2 begins. */
const MORNING = NINE + 24 * 60 * MINUTE;
type Step = StoredRun['record']['jobs'][number]['steps'][number];

function step(name: string, from: number, seconds: number, log: readonly string[], more: Partial<Step> = {}): Step {
  return {
    id: name,
    name,
    outcome: 'success',
    conclusion: 'success',
    outputs: {},
    startedAt: from,
    endedAt: from + seconds * SECOND,
    log,
    ...more,
  };
}

/** A run whose times are moved as a whole, with parts of its record of its own. */
function run(
  number: number,
  jobs: StoredRun['record']['jobs'],
  more: Partial<StoredRun>,
  record: object = {},
): StoredRun {
  const plain = sampleRun(number, jobs, more);
  const startedAt = plain.createdAt;
  return { ...plain, record: { ...plain.record, startedAt, ...record } };
}

const from = NINE - 30 * MINUTE;
const test = (node: number, failed: boolean) =>
  sampleJob('test', {
    name: `test (${node}, ubuntu-latest)`,
    matrix: { node, os: 'ubuntu-latest' },
    queuedAt: from,
    startedAt: from + SECOND,
    endedAt: from + 95 * SECOND,
    conclusion: failed ? 'failure' : 'success',
    steps: [
      step('Run actions/checkout@v4', from + 2 * SECOND, 2, [
        '##[group]Fetching the repository',
        '1 commit',
        '##[endgroup]',
      ]),
      step('Run npm ci', from + 4 * SECOND, 31, ['added 84 packages in 31s']),
      failed
        ? step(
            'Run npm test',
            from + 35 * SECOND,
            60,
            [
              '##[group]Run npm test',
              'npm test',
              'shell: bash -e {0}',
              '##[endgroup]',
              '✖ trips leave from the town that was asked for (12.1ms)',
              '##[error]Expected 2 trips, found 31',
              '##[warning]This took longer than yesterday',
              '##[error]Process completed with exit code 1.',
            ],
            { conclusion: 'failure', outcome: 'failure' },
          )
        : step('Run npm test', from + 35 * SECOND, 60, ['✔ 14 tests passed']),
    ],
    ...(failed && {
      annotations: [
        { level: 'error', message: 'Expected 2 trips, found 31', title: 'Wrong filter', file: 'app.mjs', line: 12 },
        { level: 'warning', message: 'This took longer than yesterday' },
      ],
      summary: `## Tests on Node ${node}\n\n| suite | passed | failed |\n| --- | --- | --- |\n| trips | 13 | **1** |\n| seats | 9 | 0 |\n\n- [x] unit tests\n- [ ] the town of departure\n\n<b onclick="alert(1)">not bold</b>, see [the guide](https://docs.example.org/).`,
    }),
  });
const after = (needs: readonly string[], conclusion: 'skipped' | 'success' = 'skipped') => ({
  needs,
  conclusion,
  queuedAt: from + 95 * SECOND,
  startedAt: from + 95 * SECOND,
  endedAt: from + 95 * SECOND,
});

export const runs: readonly StoredRun[] = [
  run(
    1,
    [
      sampleJob('build', {
        queuedAt: from - MINUTE,
        startedAt: from - MINUTE,
        endedAt: from,
        steps: [step('Run a long log', from - MINUTE, 60, ['LONG'])],
      }),
    ],
    { createdAt: from - MINUTE },
    { title: 'Add the timetable', endedAt: from },
  ),
  run(
    2,
    [
      sampleJob('lint', {
        queuedAt: from,
        startedAt: from + SECOND,
        endedAt: from + 21 * SECOND,
        steps: [step('Run npm run lint', from + 2 * SECOND, 19, ['No problems'])],
      }),
      test(20, false),
      test(22, true),
      test(24, false),
      sampleJob('build', after(['lint', 'test'])),
      sampleJob('ship / pack', after(['build'])),
      sampleJob('ship / publish', after(['ship / pack'])),
      sampleJob('deploy to production', after(['ship'])),
    ],
    { createdAt: from, branch: 'fix/from-filter', ref: 'refs/heads/fix/from-filter', commit: HEAD },
    {
      title: 'Let a search by town find only trips that leave there',
      endedAt: from + 95 * SECOND,
      artifacts: [{ name: 'test-report', uploadedAt: from + 90 * SECOND }],
    },
  ),
  run(
    3,
    [
      sampleJob('build', {
        queuedAt: MORNING,
        startedAt: MORNING,
        endedAt: MORNING + 600 * MINUTE,
        steps: [
          step(
            'Run npm run build',
            MORNING,
            36_000,
            Array.from({ length: 36_000 }, (_, index) => `file ${index}`).slice(0, 40),
          ),
        ],
      }),
      sampleJob('test', {
        needs: ['build'],
        queuedAt: MORNING + 600 * MINUTE,
        startedAt: MORNING + 600 * MINUTE,
        endedAt: MORNING + 700 * MINUTE,
      }),
    ],
    { createdAt: MORNING },
    { title: 'Sort trips by hour', endedAt: MORNING + 700 * MINUTE },
  ),
  run(
    4,
    [
      sampleJob('build', { queuedAt: from, startedAt: from, endedAt: from + 50 * SECOND }),
      sampleJob('deploy', {
        needs: ['build'],
        queuedAt: from + 50 * SECOND,
        startedAt: from + 50 * SECOND,
        endedAt: from + 50 * SECOND,
      }),
    ],
    { createdAt: from + 10 },
    {
      waiting: [{ environment: 'production', job: 'deploy', since: from + 50 * SECOND }],
      title: 'Deploy',
      workflow: 'Deploy',
      path: '.github/workflows/deploy.yml',
      event: 'workflow_dispatch',
      endedAt: from + 50 * SECOND,
    },
  ),
];

const pull: PullRequest = {
  number: 5,
  title: 'Let a search by town find only trips that leave there',
  body: 'Passengers found trips that **never** leave their town. Closes #3.',
  author: 'aprendiz',
  state: 'OPEN',
  isDraft: false,
  labels: ['bug'],
  assignees: [],
  comments: [],
  createdAt: from,
  updatedAt: from,
  head: 'fix/from-filter',
  base: 'main',
  headCommit: HEAD,
  reviews: [
    {
      author: 'nora',
      state: 'APPROVED',
      body: 'Reads well. `from` is what I expected.',
      createdAt: from + MINUTE,
      commit: HEAD,
    },
  ],
  reviewRequests: ['leo'],
  comparison: {
    baseCommit: HEAD,
    conflicts: [],
    isBehind: false,
    commits: 2,
    files: [{ path: 'app.mjs', additions: 12, deletions: 3 }],
    owners: [],
  },
};

const check = (name: string, job: number, conclusion: CheckRun['conclusion']): CheckRun => ({
  name,
  workflow: 'CI',
  event: 'pull_request',
  run: 2,
  job,
  startedAt: from,
  completedAt: from + 95 * SECOND,
  conclusion,
});

const settings: Partial<Settings> = {
  defaultBranch: 'main',
  methods: ['squash', 'merge'],
  rulesets: [
    {
      id: 1,
      name: 'main',
      target: 'branch',
      enforcement: 'active',
      include: ['~DEFAULT_BRANCH'],
      exclude: [],
      bypass: [],
      rules: {
        pullRequest: {
          approvals: 2,
          dismissStale: false,
          codeOwners: false,
          lastPushApproval: false,
          methods: ['squash', 'merge'],
        },
        requiredChecks: { names: ['lint', 'test (22, ubuntu-latest)', 'security'], strict: false },
      },
    },
  ],
};

const documents = {
  ...Object.fromEntries(runs.map((one) => [`runs/${one.number}.json`, one])),
  'pulls/5.json': pull,
  'pulls/2.json': {
    ...pull,
    number: 2,
    title: 'Describe the service',
    head: 'docs/readme',
    state: 'MERGED',
    mergedBy: 'nora',
    createdAt: from - MINUTE,
  },
  [`checks/${HEAD}.json`]: [
    check('lint', 0, 'success'),
    check('test (20, ubuntu-latest)', 1, 'success'),
    check('test (22, ubuntu-latest)', 2, 'failure'),
    check('build', 4, 'skipped'),
  ],
  'settings.json': settings,
};

/** Lines of the first run's log. */
export const LONG = 50_000;

/** Puts the documents onto the disk of day 2, which has the repository `seats` and a copy of it at home. */
export async function fillForge(page: Page): Promise<void> {
  const script = `import { mkdirSync, writeFileSync } from 'node:fs';
const documents = ${JSON.stringify(documents, null, 1)};
const log = Array.from({ length: ${LONG} }, (_, index) => 'line ' + (index + 1) + ' of a log that is long');
log[30000] = '##[error]in the middle';
documents['runs/1.json'].record.jobs[0].steps[0].log = log;
const root = '/srv/forge/seats';
for (const folder of ['runs', 'pulls', 'checks', 'runs/2/artifacts/test-report']) mkdirSync(root + '/' + folder, { recursive: true });
for (const [name, value] of Object.entries(documents)) writeFileSync(root + '/' + name, JSON.stringify(value, null, 1) + '\\n');
writeFileSync(root + '/runs/2/artifacts/test-report/report.txt', '13 passed\\n1 failed\\n');
writeFileSync(root + '/runs/2/artifacts/test-report/picture.png', new Uint8Array([137, 80, 78, 71, 0, 1]));
// done
`;
  await type(page, 'echo begin > fill.mjs');
  await write(page, 'fill.mjs', script);
  // Until the desk has what was typed.
  await page.waitForTimeout(400);
  await type(page, 'node fill.mjs', 'rm fill.mjs');
}
