// `node tests/bench/workflow.ts`: a workflow of three jobs with checkout, `npm ci`, tests and an artifact, in the engine's own thread, as a median.
import { openSandbox } from '../../sandbox/hosts/node/sandbox.ts';

const ROUNDS = 9;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const setUp = `      - uses: actions/checkout@v4
      - { uses: actions/setup-node@v4, with: { node-version: 22 } }
      - run: npm ci
`;
const files = {
  'package.json': '{ "name": "seats", "version": "1.0.0", "type": "module", "scripts": { "test": "node --test" } }\n',
  'package-lock.json':
    '{ "name": "seats", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": { "": { "name": "seats", "version": "1.0.0" } } }\n',
  'app.mjs': 'export const add = (a, b) => a + b;\n',
  'app.test.mjs':
    "import { test } from 'node:test';\nimport assert from 'node:assert';\nimport { add } from './app.mjs';\ntest('adds', () => assert.equal(add(2, 3), 5));\n",
  '.github/workflows/ci.yml': `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
${setUp}      - run: mkdir dist && cp app.mjs dist/
      - { uses: actions/upload-artifact@v4, with: { name: dist, path: dist } }
  test:
    runs-on: ubuntu-latest
    steps:
${setUp}      - run: npm test
  deploy:
    needs: [build, test]
    runs-on: ubuntu-latest
    steps:
${setUp}      - { uses: actions/download-artifact@v4, with: { name: dist } }
      - run: test -f app.mjs
`,
};

const sandbox = await openSandbox({
  language: 'en',
  files: Object.fromEntries(Object.entries(files).map(([path, text]) => [path, bytes(text)])),
});
const times: number[] = [];
let simulated = 0;
for (let round = 0; round <= ROUNDS; round++) {
  const started = performance.now();
  const { run } = await sandbox.runWorkflow({ path: '.github/workflows/ci.yml', inputs: {}, secrets: {}, vars: {} });
  times.push(performance.now() - started);
  if (run?.conclusion !== 'success') throw new Error(`the run ended with ${run?.conclusion}`);
  simulated = run.endedAt - run.startedAt;
}
sandbox.close();
const [first = 0, ...rest] = times;
const median = rest.sort((a, b) => a - b)[Math.floor(rest.length / 2)] ?? 0;
console.log(
  `workflow of three jobs: ${Math.round(first)} ms the first time, then ${Math.round(median)} ms (median of ${ROUNDS}); ${Math.round(simulated / 1000)} s simulated`,
);
