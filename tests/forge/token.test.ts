// What a job may do on the forge with its GITHUB_TOKEN, and when it is done.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows
import { expect, test } from 'vitest';
import { openOrigin, openStore } from '../../sandbox/forge/index.ts';
import { readRuns } from '../../sandbox/pipeline/index.ts';
import { type Desk, desk } from './desk.ts';

const workflow = (permissions: string, ...steps: readonly string[]): string =>
  [
    'on: push',
    `permissions: ${permissions}`,
    'jobs:',
    '  a:',
    '    runs-on: ubuntu-latest',
    '    env: { GH_TOKEN: "${{ github.token }}" }',
    '    steps:',
    '      - uses: actions/checkout@v4',
    ...steps.map((step) => `      - ${step}`),
  ].join('\n');

const logOf = ({ machine }: Desk, step: number): string =>
  readRuns(machine, 'seats')[0]?.record.jobs[0]?.steps[step]?.log.join('\n') ?? '';
const outcomesOf = ({ machine }: Desk) =>
  readRuns(machine, 'seats')[0]?.record.jobs[0]?.steps.map((one) => one.outcome);

const push =
  'run: git config user.name bot; git config user.email bot@ventarela.test; echo 1 > made; git add .; git commit -qm Make; git push';

test('a job with contents: write pushes; the branch moves when the clock gets there, and no run begins', async () => {
  const one = await desk({ 'ci.yml': workflow('{ contents: write }', push) });
  expect(outcomesOf(one)).toEqual(['success', 'success']);
  const origin = () => openOrigin(one.machine, 'seats');
  expect(await origin()?.paths('main')).not.toContain('made');
  await one.run('sleep 60; git fetch -q; git log --format=%s origin/main > /tmp/log; gh run list > /tmp/runs');
  expect(await origin()?.paths('main')).toContain('made');
  expect((await one.run('cat /tmp/log')).split('\n')[0]).toBe('Make');
  expect(readRuns(one.machine, 'seats')).toHaveLength(1);
  expect(one.machine.kernel.log.entries()).toContainEqual(
    expect.objectContaining({ type: 'RefUpdated', ref: 'refs/heads/main', by: 'github-actions[bot]' }),
  );
});

test('without it the push is denied in the words of the forge, and gh in those of the interface', async () => {
  const one = await desk({
    'ci.yml': workflow(
      '{ contents: read }',
      `${push}`,
      'if: always()\n        run: gh issue create --title Nightly --body red',
      'if: always()\n        run: gh api repos/{owner}/{repo}/issues -f title=Nightly',
      'if: always()\n        run: gh release create v1 --notes a',
      'if: always()\n        env: { GH_TOKEN: "" }\n        run: gh pr list',
      'if: always()\n        env: { GH_TOKEN: other }\n        run: gh pr list',
    ),
  });
  expect(logOf(one, 1)).toContain(
    "remote: Permission to ventarela/seats.git denied to github-actions[bot].\nfatal: unable to access 'https://git.ventarela.test/seats.git/': The requested URL returned error: 403\n##[error]Process completed with exit code 128.",
  );
  expect(logOf(one, 2)).toContain('GraphQL: Resource not accessible by integration (createIssue)');
  expect(logOf(one, 3)).toContain('gh: Resource not accessible by integration (HTTP 403)');
  expect(logOf(one, 4)).toContain('HTTP 403: Resource not accessible by integration');
  expect(logOf(one, 5)).toContain('set the GH_TOKEN environment variable');
  expect(logOf(one, 5)).toContain('exit code 4');
  expect(logOf(one, 6)).toContain('HTTP 401: Bad credentials');
});

test('what says nothing of permissions may read contents; write-all, {} and a job of its own change that', async () => {
  const tried = async (permissions: string) => {
    const one = await desk({
      'ci.yml': workflow(permissions, 'run: gh release list', 'if: always()\n        run: gh issue list'),
    });
    return outcomesOf(one)?.slice(1);
  };
  expect(await tried('read-all')).toEqual(['success', 'success']);
  expect(await tried('{}')).toEqual(['failure', 'failure']);
  expect(await tried('{ issues: write }')).toEqual(['failure', 'success']);
  const usual = await desk({ 'ci.yml': workflow('read-all', push).replace('permissions: read-all\n', '') });
  expect(outcomesOf(usual)?.[1]).toBe('failure');
});

test('a cancelling undoes what has not happened yet, and nothing else', async () => {
  const slow = workflow(
    'write-all',
    'run: gh issue create --title First --body a',
    'run: sleep 600',
    'run: gh issue create --title Second --body b',
  );
  const one = await desk({ 'ci.yml': slow });
  await one.run('sleep 60; gh run cancel 1; sleep 3600; gh issue list > /tmp/list');
  const list = await one.run('cat /tmp/list');
  expect([list.includes('First'), list.includes('Second')]).toEqual([true, false]);
  expect(list.trim().split('\n')).toHaveLength(1);
});

test('who was faster wins: a run whose push comes too late is computed again from what there is', async () => {
  const one = await desk({ 'ci.yml': workflow('write-all', 'run: sleep 120', push) });
  await one.run('echo 2 > other; git add .; git commit -qm "Other [skip ci]"; git push -q; sleep 300; true');
  await one.run('true');
  const [run] = readRuns(one.machine, 'seats');
  expect(run?.record.conclusion).toBe('failure');
  expect(logOf(one, 2)).toContain('! [rejected]        main -> main (fetch first)');
});

test('two that write on one pull request at the same time lose nothing', async () => {
  const comment = (body: string) =>
    workflow(
      'write-all',
      `run: gh pr comment 1 --body ${body}-1`,
      'run: sleep 30',
      `run: gh pr comment 1 --body ${body}-2`,
    ).replace('on: push', 'on: workflow_dispatch');
  const one = await desk({ 'a.yml': comment('A'), 'b.yml': comment('B') });
  await one.run('git switch -q -c c; git commit -q --allow-empty -m C; git push -q -u origin c; gh pr create --fill');
  await one.run(
    'gh workflow run a.yml; gh workflow run b.yml; gh pr comment 1 --body mine; sleep 10; gh pr comment 1 --body more; sleep 300; true',
  );
  await one.run('true');
  const said = JSON.parse(await one.run('gh pr view 1 --json comments')).comments.map(
    ({ body }: { body: string }) => body,
  );
  expect([...said].sort()).toEqual(['A-1', 'A-2', 'B-1', 'B-2', 'mine', 'more']);
});

test('a job that needs another one finds what that one made on the forge', async () => {
  const text = `on: push
permissions: write-all
jobs:
  make:
    runs-on: ubuntu-latest
    steps: [{ run: 'gh release create v1 --repo ventarela/seats --notes a', env: { GH_TOKEN: "\${{ secrets.GITHUB_TOKEN }}" } }]
  look:
    needs: make
    runs-on: ubuntu-latest
    steps: [{ run: 'gh release view v1 --repo ventarela/seats', env: { GH_TOKEN: "\${{ secrets.GITHUB_TOKEN }}" } }]
`;
  const one = await desk({ 'ci.yml': text });
  expect(readRuns(one.machine, 'seats')[0]?.record.jobs.map(({ conclusion }) => conclusion)).toEqual([
    'success',
    'success',
  ]);
  await one.run('sleep 60; gh release view v1; git fetch -q --tags; git rev-parse v1');
});

test('a called workflow may lower permissions, not raise them', async () => {
  const called = `on: workflow_call
permissions: { contents: write }
jobs: { a: { runs-on: ubuntu-latest, steps: [run: echo] } }
`;
  const caller = `on: push
permissions: { contents: read }
jobs: { call: { uses: ./.github/workflows/called.yml } }
`;
  const { machine } = await desk({ 'ci.yml': caller, 'called.yml': called });
  expect(readRuns(machine, 'seats')[0]?.record.jobs[0]?.annotations[0]?.message).toContain(
    "is requesting 'contents: write', but is only allowed 'contents: read'",
  );
});

test('github-script asks the interface with the token: comments, labels, issues; refusals have their status', async () => {
  const script = (...lines: readonly string[]) =>
    `uses: actions/github-script@v7\n        with:\n          script: |\n${lines.map((line) => `            ${line}`).join('\n')}`;
  const text = workflow(
    '{ issues: write, contents: read }',
    script(
      "const made = await github.rest.issues.create({ ...context.repo, title: 'Nightly', body: 'red', labels: ['bug'] });",
      'await github.rest.issues.createComment({ ...context.repo, issue_number: made.data.number, body: `Run ${context.runId}` });',
      'const all = await github.paginate(github.rest.issues.listComments, { ...context.repo, issue_number: 1 });',
      'return all.map(({ user, body }) => user.login + ": " + body);',
    ),
    script("await github.rest.repos.createRelease({ ...context.repo, tag_name: 'v1' });"),
    `if: always()\n        ${script("try { await github.request('GET /repos/{owner}/{repo}/actions/secrets', context.repo); } catch (error) { core.info(error.status + error.message); }")}`,
    `if: always()\n        ${script('await github.rest.teams.list();')}`,
  );
  const one = await desk({ 'ci.yml': text });
  expect(outcomesOf(one)).toEqual(['success', 'success', 'failure', 'success', 'failure']);
  const outputs = readRuns(one.machine, 'seats')[0]?.record.jobs[0]?.steps[1]?.outputs;
  expect(outputs).toEqual({ result: '["github-actions[bot]: Run 1"]' });
  expect(logOf(one, 2)).toContain('##[error]Unhandled error: HttpError: Resource not accessible by integration');
  expect(logOf(one, 3)).toBe('403Resource not accessible by integration');
  expect(logOf(one, 4)).toContain('github.rest.teams');
  expect(await one.run('sleep 60; gh issue view 1 --comments')).toContain('Run 1');
});

test('a job publishes packages with packages: write; the forge shows them with their digests, and who made them', async () => {
  const publish = `run: |
          echo '{ "name": "@ventarela/a", "version": "1.0.0" }' > package.json
          echo "//npm.ventarela.test/:_authToken=$GH_TOKEN" > .npmrc
          npm publish`;
  const upload = 'run: curl -fsST README.md http://registry.ventarela.test/seats/1.0.0/README.md';
  const one = await desk({ 'ci.yml': workflow('{ contents: read, packages: write }', publish, upload) });
  expect(outcomesOf(one)).toEqual(['success', 'success', 'success']);
  expect(JSON.parse(await one.run('gh api "orgs/ventarela/packages?package_type=npm"'))).toEqual([]);
  await one.run('sleep 60');
  const versions = await one.run('gh api orgs/ventarela/packages/generic/seats/versions');
  expect(JSON.parse(versions)).toMatchObject([
    {
      name: '1.0.0',
      package_files: [{ name: 'README.md', size: 6, digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) }],
    },
  ]);
  expect(JSON.parse(await one.run('gh api orgs/ventarela/packages/npm/%40ventarela%2Fa'))).toMatchObject({
    version_count: 1,
  });
  const audit = JSON.parse(await one.run('gh api "orgs/ventarela/audit-log?phrase=action:packages"'));
  expect(audit.map((row: Record<string, string>) => [row.actor, row.package, row.ecosystem])).toEqual([
    ['runner', 'seats', 'generic'],
    ['github-actions[bot]', '@ventarela/a', 'npm'],
  ]);
  const denied = await desk({ 'ci.yml': workflow('{ contents: read, packages: read }', publish) });
  expect(logOf(denied, 1)).toContain('npm error 403 403 Forbidden - PUT https://npm.ventarela.test/@ventarela');
});

test('the disks of the forge and of the registries are out of reach of what a job runs', async () => {
  const reach = [
    'run: find / -path /proc -prune -o -type f -print | xargs grep -ls "top-secret-valu[e]" || echo nowhere',
    'if: always()\n        run: ls /srv/forge /srv/npm /srv/registry',
    "if: always()\n        run: node -e \"console.log(require('node:fs').readdirSync('/srv/git').length)\"",
    'if: always()\n        run: git clone /srv/git/seats.git /tmp/copy',
    'if: always()\n        run: git push /srv/git/seats.git HEAD:refs/heads/stolen',
    'if: always()\n        run: curl -s file:///srv/forge/seats/settings.json',
    'if: always()\n        run: mkdir -p /srv/forge/seats && echo "{}" > /srv/forge/seats/settings.json && echo "{}" > /srv/forge/token.json',
    'if: always()\n        run: gh issue create --title Nightly --body red',
  ];
  const one = await desk({ 'ci.yml': workflow('{ contents: read }', ...reach) });
  await one.run(
    'gh secret set KEY --body top-secret-value; git commit -q --allow-empty -m Again; git push -q; sleep 120',
  );
  const steps = readRuns(one.machine, 'seats').at(-1)?.record.jobs[0]?.steps ?? [];
  expect(steps[1]?.log).toEqual(['nowhere']);
  expect(steps.slice(2).map(({ outcome }) => outcome)).toEqual([
    'failure',
    'success',
    'failure',
    'failure',
    'failure',
    'success',
    'failure',
  ]);
  expect(steps[3]?.log).toEqual(['0']);
  expect(steps[8]?.log[0]).toContain('Resource not accessible by integration');
  expect(openStore(one.machine, 'seats').settings().secrets).toEqual({ KEY: 'top-secret-value' });
  expect(await openOrigin(one.machine, 'seats')?.resolve('refs/heads/stolen')).toBeUndefined();
});
