// Forks: pull requests from a person's own copy, and what their runs are not given.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows
import { expect, test } from 'vitest';
import { openStore } from '../../sandbox/forge/index.ts';
import { readRuns } from '../../sandbox/pipeline/index.ts';
import { desk } from './desk.ts';

const steps = `
    steps:
      - uses: actions/checkout@v4
      - run: test -n "\${{ secrets.KEY }}" && echo "has the secret" || echo "has no secret"
      - run: cat new.txt || echo "the base"
      - run: echo "\${{ github.event.pull_request.head.repo.full_name }} \${{ github.head_ref }}"
      - run: gh pr comment \${{ github.event.number }} --body seen
        env: { GH_TOKEN: "\${{ github.token }}" }
`;
const job = (on: string) => `on: ${on}
permissions: { contents: read, pull-requests: write }
jobs:
  a:
    runs-on: ubuntu-latest${steps}`;

const propose = `forge person ana 'Ana Ruiz'
forge as ana 'cd /tmp && gh repo fork ventarela/seats --clone && cd seats && git switch -q -c idea && echo hi > new.txt && git add . && git commit -qm Idea && git push -q origin idea && gh pr create --fill'`;

test('a pull request from a fork runs without secrets and with a token that reads; pull_request_target has both', async () => {
  const one = await desk({ 'pr.yml': job('pull_request'), 'target.yml': job('pull_request_target') });
  await one.run('gh secret set KEY --body value');
  expect(await one.run(propose)).toContain('https://git.ventarela.test/ventarela/seats/pull/1');
  const runs = readRuns(one.machine, 'seats');
  const said = (event: string) => {
    const all = runs.find(({ record }) => record.event === event)?.record.jobs[0]?.steps ?? [];
    return all.slice(1).map(({ outcome, log }) => `${outcome}: ${log[0]}`);
  };
  expect(said('pull_request')).toEqual([
    'success: has no secret',
    'success: hi',
    'success: ana/seats idea',
    'failure: GraphQL: Resource not accessible by integration (addComment)',
  ]);
  expect(said('pull_request_target')).toEqual([
    'success: has the secret',
    expect.stringMatching(/^success: cat: new.txt/),
    'success: ana/seats idea',
    expect.stringMatching(/^success: https:/),
  ]);
  // The branch of a run bears no owner: a fork's main is in the list of main's runs.
  expect(JSON.parse(await one.run('gh run list --branch idea --json headBranch'))[0]).toEqual({ headBranch: 'idea' });
  // Nothing ran for the pushes to the fork itself.
  expect(runs.map(({ record }) => record.event).sort()).toEqual(['pull_request', 'pull_request_target']);
});

test('the pull request follows the branch of the fork, can be checked out and merged, and nobody else pushes there', async () => {
  const one = await desk({ 'pr.yml': job('push') });
  await one.run(propose);
  await one.run(
    "forge as ana 'cd /tmp/seats && echo more >> new.txt && git commit -qam More && git push -q origin idea'",
  );
  const [pull] = openStore(one.machine, 'seats').pulls();
  expect(pull).toMatchObject({ head: 'ana:idea', author: 'ana', state: 'OPEN', comparison: { commits: 2 } });
  expect(JSON.parse(await one.run('gh pr view 1 --json headRefName,headRepositoryOwner,isCrossRepository'))).toEqual({
    headRefName: 'idea',
    headRepositoryOwner: { login: 'ana' },
    isCrossRepository: true,
  });
  expect(await one.fail('git push https://git.ventarela.test/ana/seats.git HEAD:idea')).toContain(
    'remote: Permission to ana/seats.git denied to dev.',
  );
  await one.run(
    'gh pr checkout 1 && test -f new.txt && git switch -q main && gh pr merge 1 --squash && git pull -q && cat new.txt',
  );
  expect(openStore(one.machine, 'seats').pulls()[0]?.state).toBe('MERGED');
});

test('one has one fork of a repository, and its folder proposes to what it came from', async () => {
  const one = await desk({ 'pr.yml': job('push') });
  expect(await one.run('gh repo fork --remote')).toContain('https://git.ventarela.test/dev/seats');
  expect(await one.run('git remote')).toBe('origin\nupstream\n');
  await one.run(
    'git switch -q -c mine && git commit -q --allow-empty -m Mine && git push -q -u origin mine && gh pr create --fill',
  );
  expect(openStore(one.machine, 'seats').pulls()[0]?.head).toBe('dev:mine');
  await one.run('gh repo fork > /tmp/said 2>&1');
  expect(await one.run('cat /tmp/said')).toBe('dev/seats already exists\n');
});
