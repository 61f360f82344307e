// Workflow files as people write them. What is expected of each stands at its head, written by hand before it was run.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSandbox, type Sandbox } from '../../sandbox/hosts/node/sandbox.ts';

const folder = join(import.meta.dirname, 'cases');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The repository that they belong to. */
const repository = {
  'package.json': '{ "name": "seats", "version": "1.0.0", "type": "module", "scripts": { "test": "node --test" } }\n',
  'package-lock.json':
    '{ "name": "seats", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": { "": { "name": "seats", "version": "1.0.0" } } }\n',
  'app.mjs': 'export const add = (a, b) => a + b;\n',
  'app.test.mjs':
    "import { test } from 'node:test';\nimport assert from 'node:assert';\nimport { add } from './app.mjs';\ntest('adds', () => assert.equal(add(2, 3), 5));\n",
  '.github/actions/greet/action.yml': `name: Greet
inputs: { who: { default: nobody } }
outputs: { text: { value: '\${{ steps.say.outputs.text }}' } }
runs:
  using: composite
  steps:
    - id: say
      shell: bash
      run: echo "text=hello \${{ inputs.who }}" >> "$GITHUB_OUTPUT"
`,
  '.github/workflows/called.yml': `on:
  workflow_call:
    inputs: { town: { type: string, required: true } }
    outputs: { greeting: { value: '\${{ jobs.check.outputs.greeting }}' } }
jobs:
  check:
    runs-on: ubuntu-latest
    outputs: { greeting: '\${{ steps.g.outputs.greeting }}' }
    steps:
      - id: g
        run: echo "greeting=hello \${{ inputs.town }}" >> "$GITHUB_OUTPUT"
`,
};

let sandbox: Sandbox;
beforeAll(async () => {
  const files = Object.fromEntries(Object.entries(repository).map(([path, text]) => [path, bytes(text)]));
  sandbox = await openSandbox({ language: 'en', files });
});
afterAll(() => sandbox.close());

/** Lines `#= …` at the head of a case, and the file without them. */
function read(name: string): { readonly expected: readonly string[]; readonly text: string } {
  const lines = readFileSync(join(folder, name), 'utf8').split('\n');
  const head = lines.filter((line) => line.startsWith('#= '));
  return { expected: head.map((line) => line.slice(3)), text: lines.slice(head.length).join('\n') };
}

const pairs = (lines: readonly string[], kind: string): Record<string, string> =>
  Object.fromEntries(
    lines.flatMap((line) =>
      line.startsWith(`${kind} `) ? [line.slice(kind.length + 1).split('=') as [string, string]] : [],
    ),
  );
const word = (lines: readonly string[], kind: string): string | undefined =>
  lines.find((line) => line.startsWith(`${kind} `))?.slice(kind.length + 1);

test.each(readdirSync(folder))('%s', async (name) => {
  const { expected, text } = read(name);
  const path = `.github/workflows/${name}`;
  await sandbox.host.call('writeFile', { path, bytes: bytes(text) });
  const [event = 'push', ref] = [word(expected, 'event'), word(expected, 'ref')];
  const { problems, run } = await sandbox.runWorkflow({
    path,
    event,
    ...(ref !== undefined && { ref }),
    inputs: pairs(expected, 'input'),
    secrets: pairs(expected, 'secret'),
    vars: pairs(expected, 'var'),
  });
  const errors = problems.filter(({ severity }) => severity === 'error');
  const told = [
    ...(run !== undefined ? [`run ${run.conclusion}`] : [errors.length > 0 ? 'invalid' : 'not started']),
    ...(run?.jobs ?? []).map((job) => `job ${job.name}: ${job.conclusion}`),
  ];
  expect(told.sort()).toEqual(expected.filter((line) => /^(run|job|invalid|not started)/.test(line)).sort());
  for (const line of expected) {
    const [, problem] = /^problem (\d+)$/.exec(line) ?? [];
    if (problem !== undefined) expect(problems.map((one) => one.line)).toContain(Number(problem));
    const [, job, outcomes] = /^steps (.+): (.+)$/.exec(line) ?? [];
    if (job !== undefined) {
      const steps = run?.jobs.find((one) => one.name === job)?.steps ?? [];
      const own = steps.filter(({ id }) => !id.startsWith('__post'));
      expect(own.map(({ outcome }) => outcome).join(' ')).toBe(outcomes);
    }
    const [, of, step, words] = /^log (\S+) (\d+): (.+)$/.exec(line) ?? [];
    if (of !== undefined)
      expect(run?.jobs.find((one) => one.name === of)?.steps[Number(step) - 1]?.log.join('\n')).toBe(words);
  }
});

test('there are at least fifty', () => {
  expect(readdirSync(folder).length).toBeGreaterThanOrEqual(50);
});
