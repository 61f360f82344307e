// A day like the fifth: main is protected through the API, roles of the company open pull requests, and only the good one lands.
import { expect, test } from 'vitest';
import { openOrigin, openStore } from '../../sandbox/forge/index.ts';
import { type Desk, desk } from './desk.ts';

const ci = `name: CI
on: [push, pull_request]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: test -f app.txt
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: grep -q hello README.md
  docs:
    if: github.event_name == 'never'
    runs-on: ubuntu-latest
    steps: [{ run: echo docs }]
`;

const protectMain = `gh api -X PUT repos/{owner}/{repo}/branches/main/protection --input - <<'JSON'
{ "required_status_checks": { "strict": false, "contexts": ["build", "test", "docs"] },
  "enforce_admins": true,
  "required_pull_request_reviews": { "required_approving_review_count": 1 },
  "restrictions": null }
JSON`;

const propose = (branch: string, change: string): string => `
  git switch -qc ${branch} main; ${change}; git add -A; git commit -qm 'Change ${branch}'; git push -q origin HEAD
  gh pr create --title 'Change ${branch}' --body 'Please.' --head ${branch}; git switch -q main`;

async function fifthDay(): Promise<Desk> {
  const one = await desk({ 'ci.yml': ci });
  await one.run(`echo app > app.txt; git add .; git commit -qm app; git push -q
    forge person nora 'Nora Vidal'; forge person leo 'Leo Rey'
    forge as nora "${propose('good', 'echo more >> README.md')}"
    forge as leo "${propose('no-build', 'git rm -q app.txt')}"
    forge as leo "${propose('no-test', 'echo bye > README.md')}"
    sleep 600`);
  return one;
}

test('roles of the company open pull requests with commits of their own', async () => {
  const { run, machine } = await fifthDay();
  expect(await run('gh pr list | cut -f 1-4')).toBe(
    '3\tChange no-test\tno-test\tOPEN\n2\tChange no-build\tno-build\tOPEN\n1\tChange good\tgood\tOPEN\n',
  );
  expect(
    await run('gh pr view 1 --json author,commits --jq \'.author.login + " " + .commits[0].authors[0].name\''),
  ).toBe('nora Nora Vidal\n');
  expect(
    openStore(machine, 'seats')
      .pulls()
      .map(({ author }) => author),
  ).toEqual(['nora', 'leo', 'leo']);
  expect(await openOrigin(machine, 'seats')?.resolve('refs/pull/1/merge')).toMatch(/^[0-9a-f]{40}$/);
});

test('the same day twice is the same to the byte, and goes on from a snapshot as if nothing had been', async () => {
  const [one, two] = [await fifthDay(), await fifthDay()];
  const later = 'gh pr merge 1 --auto --squash; sleep 10m; gh pr list -s all --json number,state,mergedAt';
  const told = await one.run(later);
  expect(await two.run(later)).toBe(told);
  expect(told).toContain('"MERGED"');
  expect(two.machine.kernel.log.entries()).toEqual(one.machine.kernel.log.entries());
  expect(two.machine.files.snapshot()).toEqual(one.machine.files.snapshot());
});

test('a protected main takes the good pull request and no other, and no push', async () => {
  const { run, fail } = await fifthDay();
  expect(await run(protectMain.replace('--input', '--jq .enforce_admins.enabled --input'))).toBe('true\n');
  expect(await fail('echo x >> README.md; git commit -qam direct; git push')).toBe(
    `remote: error: GH006: Protected branch update failed for refs/heads/main.        
remote: 
remote: - Changes must be made through a pull request.        
remote: 
remote: - 3 of 3 required status checks are expected.        
remote: 
To https://git.ventarela.test/seats.git
 ! [remote rejected] main -> main (protected branch hook declined)
error: failed to push some refs to 'https://git.ventarela.test/seats.git'
`,
  );
  await run('git reset -q --hard origin/main');
  expect(
    await fail('gh pr merge 1 --squash'),
  ).toBe(`X Pull request ventarela/seats#1 is not mergeable: the base branch policy prohibits the merge.
To have the pull request merged after all the requirements have been met, add the \`--auto\` flag.
To use administrator privileges to immediately merge the pull request, add the \`--admin\` flag.
`);
  expect(await fail('gh pr merge 1 --squash --admin')).toBe(
    'GraphQL: At least 1 approving review is required by reviewers with write access. (mergePullRequest)\n',
  );
  await run('gh pr review 1 --approve; gh pr review 2 --approve; gh pr review 3 -a');
  expect(await run('gh pr checks 1')).toMatch(/^build\tpass\t\d+s\thttps:\S+\t\n/);
  expect(await run('gh pr checks 1')).toContain('docs\tskipping\t0\t');
  expect(await fail('gh pr checks 2; test $? = 1 && gh pr merge 2 --squash')).toContain('policy prohibits the merge');
  expect(await fail('gh pr merge 2 --merge --admin')).toBe(
    'GraphQL: 1 of 3 required status checks have not succeeded: 1 failing. (mergePullRequest)\n',
  );
  expect(await fail('gh pr merge 3 --squash')).toContain('policy prohibits the merge');
  expect(await run("gh pr view 1 --json mergeStateStatus,reviewDecision,mergeable --jq '.[]'")).toBe(
    'CLEAN\nMERGEABLE\nAPPROVED\n',
  );
  await run('gh pr merge 1 --squash --delete-branch; git pull -q');
  expect(await run('git log -1 --format="%s|%an|%cn"')).toBe('Change good (#1)|Nora Vidal|Ventarela Forge\n');
  expect(await run('gh pr view 1 --json state,mergedBy --jq .state,.mergedBy.login')).toBe('MERGED\ndev\n');
  expect(await run('git ls-remote --heads origin good')).toBe('');
});
