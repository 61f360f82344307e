// `gh` by stories. The real one cannot run here: its words are those that it prints elsewhere.
import { expect, test } from 'vitest';
import { openStore } from '../../sandbox/forge/index.ts';
import { desk } from './desk.ts';

const ci = `name: CI
on: { push: , workflow_dispatch: { inputs: { town: { type: choice, options: [Leon, Vigo], required: true } } } }
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: echo "to \${{ inputs.town }} with $TOKEN"
        env: { TOKEN: "\${{ secrets.TOKEN }}" }
      - run: test -f GO
      - uses: actions/upload-artifact@v4
        with: { name: out, path: README.md }
`;

test('a run is listed, watched to its end, and its failed step read', async () => {
  const { run, fail } = await desk({ 'ci.yml': ci });
  expect(await run('gh run list')).toMatch(/^in_progress\t\tBegin\tCI\tmain\tpush\t1\t\S+\t2026-03-02T\S+\n$/);
  expect(await fail('gh run view')).toBe('run or job ID required when not running interactively\n');
  expect(await fail('gh run view 1 --log')).toContain('still in progress');
  await fail('gh run watch 1 --exit-status');
  expect(await run('gh run view 1')).toMatch(
    /X main CI · 1\n[\s\S]*\nJOBS\nX test in \d+s \(ID 1001\)\n {2}✓ [\s\S]* {2}X Run test -f GO\n/,
  );
  const log = await run('gh run view 1 --log-failed');
  expect(log).toMatch(/^test\tRun test -f GO\t2026-03-02T\S+Z ##\[error\]Process completed with exit code 1\.\n$/);
  expect(await run("gh run list --json status,databaseId -q '.[0].status'")).toBe('completed\n');
  expect(await run("gh run list --json status -q '.[9].status'")).toBe('\n');
  expect(await fail('gh run list --json nope')).toContain('Unknown JSON field: "nope"');
});

test('a workflow is started by hand with inputs that are checked, knows the secrets, and leaves what it made', async () => {
  const { run, fail } = await desk({ 'ci.yml': ci });
  expect(await fail('gh workflow run ci.yml')).toContain("HTTP 422: Required input 'town' not provided");
  expect(await fail('gh workflow run ci.yml -f town=Roma')).toContain(
    "Provided value 'Roma' for input 'town' not in the list",
  );
  expect(await fail('gh workflow run ci.yml -f town=Leon -f x=1')).toContain('Unexpected inputs provided: ["x"]');
  expect(await fail('gh workflow run other.yml')).toContain('HTTP 404: workflow other.yml not found');
  expect(await run('gh secret set token -b hush')).toBe('');
  expect(await fail('gh secret set 1st -b x')).toContain('HTTP 422');
  await run('touch GO; git add .; git commit -qm go; git push -q; gh workflow run CI -f town=Leon; sleep 60');
  expect(await run('gh run view 3 --log')).toContain('to Leon with ***');
  expect(await run('gh run download 3 -n out -D got; cat got/README.md')).toBe('hello\n');
  await run('echo again > README.md; git commit -qam again; git push -q; sleep 60');
  expect(await run('gh run download -n out -D newest; cat newest/README.md')).toBe('again\n');
  expect(await run("gh run download -p 'o?t' -D some; cat some/out/README.md")).toBe('again\n');
  expect(await fail("gh run download -p 'none*'")).toContain(
    'no artifact matches any of the names or patterns provided',
  );
  expect(await fail('gh run download -n none')).toContain('no artifact matches any of the names or patterns provided');
  expect(await fail('gh run download')).toContain('run or job ID required');
});

test('inputs of the wrong kind are refused before anything runs', async () => {
  const { run, fail } = await desk({
    'go.yml': `on: { workflow_dispatch: { inputs: { dry: { type: boolean }, many: { type: number, default: 2 } } } }
jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: 'echo "\${{ inputs.dry }} \${{ inputs.many }}"' }] } }`,
  });
  expect(await fail('gh workflow run go.yml -f dry=maybe')).toContain(
    "HTTP 422: Provided value 'maybe' for input 'dry' not in the list of allowed values",
  );
  expect(await fail('gh workflow run go.yml -f many=lots')).toContain("'lots' for input 'many' is not a number");
  expect(await fail('echo nonsense | gh workflow run go.yml --json')).toContain('could not parse provided JSON: ');
  expect(await run('gh run list')).toBe('');
  await run(`echo '{"dry":"true"}' | gh workflow run go.yml --json; sleep 60`);
  expect(await run('gh run view 1 --log')).toContain('true 2');
});

test('an artifact has the digest of its zip, which the step tells and a download proves', async () => {
  const { run, fail } = await desk({ 'ci.yml': ci.replace('- run: test -f GO', '- run: echo go') });
  await run('sleep 60');
  const digest = (await run("gh api repos/{owner}/{repo}/actions/runs/1/artifacts -q '.artifacts[0].digest'")).trim();
  expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  const hex = digest.slice('sha256:'.length);
  expect(await run('gh run view 1 --log')).toContain(`SHA256 digest of uploaded artifact zip is ${hex}`);
  expect(await run('gh api repos/{owner}/{repo}/actions/artifacts/1001/zip | sha256sum')).toBe(`${hex}  -\n`);
  expect(await run('gh api repos/{owner}/{repo}/actions/artifacts -q .total_count')).toBe('1\n');
  expect(await fail('gh api repos/{owner}/{repo}/actions/artifacts/7')).toContain('Not Found (HTTP 404)');
});

test('a run is cancelled once, and run again once it is over', async () => {
  const { run, fail } = await desk({ 'ci.yml': ci });
  expect(await fail('gh run rerun 1')).toContain('run 1 cannot be rerun; This workflow is already running');
  expect(await run('gh run cancel 1')).toBe('✓ Request to cancel workflow 1 submitted.\n');
  await run('sleep 60');
  expect(await fail('gh run cancel 1')).toBe('Cannot cancel a workflow run that is completed\n');
  expect(await fail('gh run cancel 9')).toBe('Could not find any workflow run with ID 9\n');
  expect(await run('gh run rerun 1')).toBe('');
  expect(await run('gh run view 1 --json attempt')).toBe('{"attempt":2}\n');
});

test('the reviewer of an environment speaks through the API', async () => {
  const { machine, run, fail } = await desk({});
  const none = { waitMinutes: 0, preventSelfReview: false, secrets: {}, variables: {} };
  openStore(machine, 'seats').change({
    environments: { live: { ...none, reviewers: ['dev'] }, test: { ...none, reviewers: [] } },
  });
  await run(`mkdir -p .github/workflows; echo 'on: push
jobs: { d: { environment: live, runs-on: ubuntu-latest, steps: [{ run: echo out }] } }' > .github/workflows/d.yml
    git add .; git commit -qm deploy; git push -q`);
  const path = 'repos/{owner}/{repo}/actions/runs/1/pending_deployments';
  expect(await run(`gh api ${path} --jq '.[].environment.name'`)).toBe('live\n');
  expect(await fail(`gh api --method POST ${path} -F 'environment_ids[]=2' -f state=approved`)).toContain(
    'no pending deployments',
  );
  await run(
    `gh api --method POST ${path} -F 'environment_ids[]=1' -f state=approved -f comment=''; gh run watch 1 --exit-status`,
  );
});

test('what is not there is refused by name', async () => {
  const { fail } = await desk({});
  expect(await fail('gh gist list')).toBe("gh: 'gist' is not part of this sandbox\n");
  expect(await fail('gh foo')).toBe('unknown command "foo" for "gh"\n');
  expect(await fail('gh -R ventarela/seats run list')).toBe("unknown shorthand flag: 'R' in -R\n");
  expect(await fail('gh --repo=ventarela/seats run list')).toBe('unknown flag: --repo\n');
  expect(await fail('gh auth login')).toContain("'login' is not part of this sandbox");
  expect(await fail('gh pr frob')).toMatch(/^unknown command "frob" for "gh pr"\n/);
  expect(await fail('gh run delete 1')).toContain("gh run: 'delete' is not part of this sandbox");
  expect(await fail('gh run list --nope')).toBe('unknown flag: --nope\n');
  expect(await fail('cd /tmp; gh run list')).toContain('not a git repository');
  expect(await fail('gh run list -R ventarela/none')).toContain(
    "Could not resolve to a Repository with the name 'ventarela/none'",
  );
  expect(await fail('gh api -X DELETE repos/{owner}/{repo}')).toContain('is not part of this sandbox');
});

test('the run of a request is found by the commit that its list shows', async () => {
  const { run } = await desk({
    'ci.yml': 'on: pull_request\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: echo hi }] } }\n',
  });
  await run('git switch -qc idea; echo hi > new; git add .; git commit -qm Idea; git push -q origin HEAD');
  await run('gh pr create --fill; gh pr checks --watch');
  const head = await run('git rev-parse HEAD');
  expect(await run(`gh run list --json headSha -q '.[0].headSha'`)).toBe(head);
  expect(await run(`gh run list --commit $(git rev-parse HEAD) --json event -q '.[].event'`)).toBe('pull_request\n');
});

test('the REST interface lists the runs that a query asks for', async () => {
  const { run, fail } = await desk({
    'ci.yml':
      'on: [push, pull_request]\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: test $GITHUB_REF != refs/heads/main }] } }\n',
  });
  await run('git switch -qc idea; git commit -qm Idea --allow-empty; git push -q origin HEAD');
  await run('gh pr create --fill; gh pr checks --watch');
  const runs = 'repos/{owner}/{repo}/actions/runs';
  const ids = `-q '[.total_count, .workflow_runs[].id] | @csv'`;
  expect(await run(`gh api ${runs} ${ids}`)).toBe('3,3,2,1\n');
  for (const [query, found] of [
    ['head_sha=$(git rev-parse HEAD)', '2,3,2'],
    ['head_sha=$(git rev-parse HEAD)&event=push', '1,2'],
    ['branch=main&status=failure', '1,1'],
    ['branch=main&status=success', '0'],
    ['status=completed', '3,3,2,1'],
    ['event=pull_request&actor=dev', '1,3'],
    ['actor=nobody', '0'],
    ['per_page=1&page=2', '3,2'],
  ])
    expect(await run(`gh api "${runs}?${query}" ${ids}`), query).toBe(`${found}\n`);
  expect(await run(`gh api -X GET ${runs} -f branch=idea -f event=push ${ids}`)).toBe('1,2\n');
  expect(await fail(`gh api '${runs}?created=2026-03-02'`)).toBe(
    "gh: 'created' of actions/runs is not part of this sandbox\n",
  );
});
