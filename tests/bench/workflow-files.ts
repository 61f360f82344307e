// A project with a workflow of three jobs: checkout, `npm ci`, tests and an artifact.
const setUp = `      - uses: actions/checkout@v4
      - { uses: actions/setup-node@v4, with: { node-version: 22 } }
      - run: npm ci
`;
/** Path → text. */
export const workflowFiles = {
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
