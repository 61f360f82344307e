// Pull requests by stories. Sections of the product's documentation are named where a rule comes from.
import { expect, test } from 'vitest';
import { openStore } from '../../sandbox/forge/index.ts';
import { readRuns } from '../../sandbox/pipeline/index.ts';
import { type Desk, desk } from './desk.ts';

const ci = `name: CI
on: { pull_request: , merge_group: }
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: grep -q hello README.md
`;

const branch = (name: string, change: string): string =>
  `git switch -qc ${name} main; ${change}; git add -A; git commit -qm '${name}'; git push -qu origin ${name}`;
const pull = async ({ run }: Desk, number: number, filter: string, fields = filter.slice(1)): Promise<string> =>
  (await run(`gh pr view ${number} --json ${fields} --jq ${filter}`)).trimEnd();

test('what cannot become a pull request is refused with the reason', async () => {
  const one = await desk({});
  const { run, fail } = one;
  expect(await fail('gh pr create')).toContain('must provide `--title` and `--body`');
  expect(await fail('gh pr create --fill')).toBe('must be on a branch named differently than "main"\n');
  expect(await fail('git switch -qc later; gh pr create --fill')).toBe(
    'aborted: you must first push the current branch to a remote, or use the --head flag\n',
  );
  await run('git push -qu origin later');
  expect(await fail('gh pr create -t Later -b x')).toBe(
    'pull request create failed: GraphQL: No commits between main and later (createPullRequest)\n',
  );
  await run(branch('change', 'echo x > x'));
  expect(await fail('gh pr create -t T -b B --head other:change')).toContain("Head sha can't be blank");
  expect(await fail('gh pr create -t T -b B --head a..b')).toContain('Head ref must be a branch');
  expect(await fail('gh pr create -t T -b B --label nope')).toContain("could not add label: 'nope' not found");
  expect(await fail(`gh pr create -t "$(printf 'x%.0s' $(seq 300))" -b B`)).toContain(
    'Title is too long (maximum is 256',
  );
  expect(await fail(`printf 'x%.0s' $(seq 70000) | gh pr create -t T -F -`)).toContain(
    'Body is too long (maximum is 65536',
  );
  expect(await run('gh pr create --fill')).toBe('https://git.ventarela.test/ventarela/seats/pull/1\n');
  expect(await fail('gh pr create --fill')).toBe(
    'a pull request for branch "change" into branch "main" already exists:\nhttps://git.ventarela.test/ventarela/seats/pull/1\n',
  );
  expect(await fail('gh pr view 9')).toContain('Could not resolve to a PullRequest with the number of 9.');
  expect(await fail('gh pr merge --squash --merge')).toContain('only one of --merge, --rebase, or --squash');
  expect(await fail('gh pr merge')).toBe('--merge, --rebase, or --squash required when not running interactively\n');
  expect(await fail('gh pr review --approve')).toBe(
    'failed to create review: GraphQL: Can not approve your own pull request (addPullRequestReview)\n',
  );
});

test('a push brings the pull request up to date; conflicts stop its workflows and its merge', async () => {
  const one = await desk({ 'ci.yml': ci });
  const { run, fail, machine } = one;
  await run(
    `${branch('change', 'echo hello change > README.md')}; gh pr create --fill; echo y > y; git add y; git commit -qm y; git push -q; sleep 60`,
  );
  expect(await pull(one, 1, '.commits[].messageHeadline', 'commits')).toBe('change\ny');
  expect(readRuns(machine, 'seats').map(({ record }) => record.event)).toEqual(['pull_request', 'pull_request']);
  await run(`git switch -q main; echo hello main > README.md; git commit -qam main; git push -q; git switch -q change`);
  expect(await pull(one, 1, '.mergeable,.mergeStateStatus', 'mergeable,mergeStateStatus')).toBe('CONFLICTING\nDIRTY');
  await run('git commit -q --allow-empty -m again; git push -q; sleep 60');
  expect(readRuns(machine, 'seats')).toHaveLength(2);
  expect(
    await fail('gh pr merge --merge'),
  ).toBe(`X Pull request ventarela/seats#1 is not mergeable: the merge commit cannot be cleanly created.
To have the pull request merged after all the requirements have been met, add the \`--auto\` flag.
Run the following to resolve the merge conflicts locally:
  gh pr checkout 1 && git fetch origin main && git merge origin/main
`);
  await run('git fetch -q; git merge -q -X ours origin/main -m joined; git push -q; gh pr merge --merge -d');
  expect(await run('git branch --show-current; git log -1 --format=%s')).toBe(
    'main\nMerge pull request #1 from ventarela/change\n',
  );
  expect(await fail('git ls-remote --exit-code --heads origin change')).toBe('');
});

// "About protected branches": require linear history, strict checks, stale approvals; "About code owners".
test('a ruleset asks for code owners, an up to date branch and linear history', async () => {
  const one = await desk({});
  const { run, fail } = one;
  await run(`mkdir -p .github; printf '* @nora\\n/docs/ @ventarela/docs\\n' > .github/CODEOWNERS; git add .; git commit -qm owners; git push -q
    forge team @ventarela/docs eva leo
    ${branch('change', 'mkdir -p docs; echo d > docs/d; echo x > x')}; gh pr create --fill`);
  expect(
    await run(`gh api repos/{owner}/{repo}/rulesets -f name=main -f enforcement=active -f 'conditions[ref_name][include][]=~DEFAULT_BRANCH' \\
    -f 'rules[][type]=deletion' -f 'rules[][type]=required_linear_history' \\
    -f 'rules[][type]=pull_request' -F 'rules[][parameters][required_approving_review_count]=1' --jq '[.rules[].type] | join(" ")'`),
  ).toBe('deletion required_linear_history pull_request\n');
  await run(`gh api -X PUT repos/{owner}/{repo}/rulesets/1 --input - <<'JSON'
{ "rules": [ { "type": "deletion" }, { "type": "required_linear_history" }, { "type": "non_fast_forward" },
  { "type": "required_status_checks", "parameters": { "strict_required_status_checks_policy": true, "required_status_checks": [ { "context": "test" } ] } },
  { "type": "pull_request", "parameters": { "required_approving_review_count": 1, "require_code_owner_review": true, "dismiss_stale_reviews_on_push": true } } ] }
JSON`);
  expect(await pull(one, 1, '.reviewRequests[].login', 'reviewRequests')).toBe('eva\nleo\nnora');
  await run('forge as nora "cd ~/seats; gh pr review 1 --approve"');
  expect(await pull(one, 1, '.reviewDecision')).toBe('REVIEW_REQUIRED');
  await run('forge as leo "cd ~/seats; gh pr review 1 --approve -b fine"');
  expect(await pull(one, 1, '.reviewDecision')).toBe('APPROVED');
  await run('git commit -q --allow-empty -m more; git push -q');
  expect(await pull(one, 1, '.reviews[].state', 'reviews')).toBe('DISMISSED\nDISMISSED');
  expect(await fail('git push -q origin :main')).toContain('refusing to delete the current branch');
  expect(await fail('git switch -q main; git commit -q --amend -m other; git push -f')).toBe(
    `remote: error: GH013: Repository rule violations found for refs/heads/main.        
remote: Review all repository rules at https://git.ventarela.test/ventarela/seats/rules?ref=refs%2Fheads%2Fmain        
remote: 
remote: - Cannot force-push to this branch        
remote: 
remote: - Changes must be made through a pull request.        
remote: 
remote: - Required status check "test" is expected.        
remote: 
To https://git.ventarela.test/seats.git
 ! [remote rejected] main -> main (push declined due to repository rule violations)
error: failed to push some refs to 'https://git.ventarela.test/seats.git'
`,
  );
  expect(await run('gh api repos/{owner}/{repo}/rules/branches/main --jq ".[].type"')).toContain('non_fast_forward\n');
  expect(await fail('gh api repos/{owner}/{repo}/branches/main/protection')).toBe(
    'gh: Branch not protected (HTTP 404)\n',
  );
  expect(
    await fail('gh api repos/{owner}/{repo}/rulesets -f name=x -f enforcement=active -f "rules[][type]=code_scanning"'),
  ).toContain("'code_scanning' is not part of this sandbox");
});

// "About protected branches": administrators, unless the rules are enforced for them too.
test('an administrator passes over a protection that is not enforced for administrators, but never pushes by force', async () => {
  const { run, fail, machine } = await desk({});
  await run(`gh api -X PUT repos/{owner}/{repo}/branches/main/protection --silent -F required_status_checks=null -F enforce_admins=false \\
    -F 'required_pull_request_reviews[required_approving_review_count]=1' -F restrictions=null`);
  expect(await run('echo x >> README.md; git commit -qam x; git push 2>&1')).toContain(
    'remote: Bypassed rule violations for refs/heads/main:        \nremote: \nremote: - Changes must be made through a pull request.        \n',
  );
  expect(await fail('git commit -q --amend -m y; git push --force')).toContain('- Cannot force-push to this branch');
  expect(
    await fail(
      'git fetch -q; git reset -q --hard origin/main; echo z >> README.md; git commit -qam z; forge as leo "git push"',
    ),
  ).toContain('GH006: Protected branch update failed for refs/heads/main.');
  expect(machine.kernel.log.entries().filter(({ type }) => type === 'PushRefused')).toHaveLength(2);
  await run(
    'git reset -q --hard origin/main; git switch -qc y; echo y > y; git add y; git commit -qm y; git push -qu origin y; gh pr create --fill',
  );
  expect(await fail('gh pr merge --squash')).toContain('add the `--admin` flag.');
  expect(await fail('forge as leo "gh pr merge 1 --squash --admin"')).toContain(
    'At least 1 approving review is required',
  );
  await run('gh pr merge 1 --squash --admin');
  // "Audit log events for your organization"
  expect(
    await run("gh api 'orgs/{owner}/audit-log?phrase=action:protected_branch' --jq '.[] | .action + \" \" + .actor'"),
  ).toBe('protected_branch.rejected_ref_update \nprotected_branch.rejected_ref_update \nprotected_branch.update dev\n');
  expect(await fail('gh api -X PUT repos/{owner}/{repo}/branches/main/protection -F enforce_admins=true')).toContain(
    '"required_status_checks", "required_pull_request_reviews", "restrictions" weren\'t supplied.',
  );
  expect(
    await fail(`gh api -X PUT repos/{owner}/{repo}/branches/main/protection -F enforce_admins=true -F restrictions=null \\
      -F required_pull_request_reviews=null -F 'required_status_checks[contexts][]=test'`),
  ).toContain('"strict" wasn\'t supplied.');
});

test('a pull request merges by itself once its checks and its reviewer have spoken', async () => {
  const one = await desk({ 'ci.yml': ci });
  const { run, machine } = one;
  await run(`forge reviewer seats nora 30 approve 'Good.' 'The check fails.'
    gh api -X PUT repos/{owner}/{repo}/branches/main/protection --silent -F 'required_status_checks[strict]=true' \\
      -f 'required_status_checks[contexts][]=test' -F enforce_admins=true -F 'required_pull_request_reviews[required_approving_review_count]=1' -F restrictions=null
    ${branch('good', 'echo g > g')}; gh pr create --fill -r nora; gh pr merge --auto --squash
    ${branch('bad', 'echo bye > README.md')}; gh pr create --fill -r nora; gh pr merge --auto --squash; sleep 10m`);
  expect(await pull(one, 1, '.state')).toBe('OPEN');
  await run('sleep 30m');
  expect(await pull(one, 1, '.state')).toBe('MERGED');
  expect(await pull(one, 2, '.state,.reviews[0].state,.reviews[0].body', 'state,reviews')).toBe(
    'OPEN\nCHANGES_REQUESTED\nThe check fails.',
  );
  expect(await pull(one, 2, '.mergeStateStatus')).toBe('BLOCKED');
  expect(machine.kernel.log.entries().filter(({ type }) => type === 'PullRequestMerged')).toHaveLength(1);
});

test.for(['sleep 10m', 'gh pr checks 1 --watch'])(
  'a merge that waits for its checks comes as they end, and the run of main begins then: %s',
  async (waiting) => {
    const one = await desk({ 'ci.yml': ci.replace('pull_request: ,', 'pull_request: , push: { branches: [main] },') });
    const { run, machine } = one;
    await run(`gh api -X PUT repos/{owner}/{repo}/branches/main/protection --silent -F 'required_status_checks[strict]=true' \\
      -f 'required_status_checks[contexts][]=test' -F enforce_admins=true -F required_pull_request_reviews=null -F restrictions=null
    ${branch('good', 'echo g > g')}; gh pr create --fill; gh pr merge --auto --squash; ${waiting}`);
    const entries = machine.kernel.log.entries();
    const merged = entries.findIndex(({ type }) => type === 'PullRequestMerged');
    const ended = entries.slice(0, merged).findLast(({ type }) => type === 'WorkflowRunEnded');
    const begun = entries.slice(merged).find(({ type }) => type === 'WorkflowRunStarted');
    expect(ended).toBeDefined();
    expect([entries[merged]?.at, begun?.at]).toEqual([ended?.at, ended?.at]);
  },
);

// "Managing a merge queue"
test('a merge queue checks what the base would become, lands in order, and lets out what fails', async () => {
  const check = 'grep -q hello README.md && { test ! -e three || test ! -e four; }';
  const one = await desk({ 'ci.yml': ci.replace('grep -q hello README.md', check) });
  const { run, machine } = one;
  const heads = (): Promise<string> => run('git fetch -q; git log --format=%s origin/main');
  await run(`gh api repos/{owner}/{repo}/rulesets --silent --input - <<'JSON'
{ "name": "main", "enforcement": "active", "conditions": { "ref_name": { "include": ["refs/heads/main"], "exclude": [] } },
  "rules": [ { "type": "merge_queue", "parameters": { "merge_method": "SQUASH" } },
  { "type": "required_status_checks", "parameters": { "required_status_checks": [ { "context": "test" } ] } } ] }
JSON
    ${branch('one', 'echo 1 > one')}; gh pr create --fill
    ${branch('two', 'echo 2 > two')}; gh pr create --fill; sleep 1m; gh pr merge 1; gh pr merge 2`);
  expect(
    openStore(machine, 'seats')
      .pulls()
      .map(({ queued }) => queued !== undefined),
  ).toEqual([true, true]);
  await run('sleep 5m');
  expect(await heads()).toBe('two (#2)\none (#1)\nBegin\n');
  expect(readRuns(machine, 'seats').filter(({ record }) => record.event === 'merge_group')).toHaveLength(2);
  // Each alone is fine, together they are not: the second is let out.
  await run(`git switch -q main; git pull -q
    ${branch('three', 'echo 3 > three')}; gh pr create --fill
    ${branch('four', 'echo 4 > four')}; gh pr create --fill; sleep 1m; gh pr merge 3; gh pr merge 4; sleep 10m`);
  expect(await pull(one, 3, '.state')).toBe('MERGED');
  expect(await pull(one, 4, '.state')).toBe('OPEN');
  expect(openStore(machine, 'seats').pull(4)).not.toHaveProperty('queued');
});

// "About protected branches": require branches to be up to date before merging.
test('where checks are strict, a branch that is behind is brought up to date first', async () => {
  const one = await desk({ 'ci.yml': ci });
  const { run, fail } = one;
  await run(`gh api -X PUT repos/{owner}/{repo}/branches/main/protection --silent -F 'required_status_checks[strict]=true' \\
      -f 'required_status_checks[contexts][]=test' -F enforce_admins=false -F required_pull_request_reviews=null -F restrictions=null
    ${branch('change', 'echo x > x')}; gh pr create --fill; sleep 1m; git switch -q main; echo y > y; git add y; git commit -qm y; git push -q 2>/dev/null; git switch -q change`);
  expect(await fail('gh pr merge --squash')).toContain(
    'is not mergeable: the head branch is not up to date with the base branch.\n',
  );
  expect(await run('gh pr update-branch 2>&1')).toBe('✓ PR branch updated\n');
  expect(await pull(one, 1, '.commits[-1].messageHeadline', 'commits')).toBe("Merge branch 'main' into change");
  expect(await run('gh pr update-branch 2>&1')).toBe('✓ PR branch already up-to-date\n');
  await run('sleep 1m; gh pr merge --squash');
  expect(await pull(one, 1, '.state')).toBe('MERGED');
});

test('what git would not take as a name is refused before it reaches the forge', async () => {
  const { fail, machine } = await desk({});
  const before = machine.kernel.log.entries().length;
  expect(await fail('git push origin main:refs/heads/a..b')).toContain("fatal: invalid refspec 'main:refs/heads/a..b'");
  expect(await fail('git push origin "main:refs/heads/a b"')).toContain('invalid refspec');
  expect(
    machine.kernel.log
      .entries()
      .slice(before)
      .filter(({ type }) => type === 'RefUpdated'),
  ).toEqual([]);
});

test('a draft waits, is readied, closed, opened again; labels and comments stay with it', async () => {
  const one = await desk({});
  const { run, fail } = one;
  await run(`${branch('change', 'echo x > x')}; gh pr create --fill --draft -l bug`);
  expect(await fail('gh pr merge --merge')).toBe('GraphQL: Pull Request is still a draft (mergePullRequest)\n');
  await run(
    'gh pr ready; gh pr comment -b "See #2"; gh pr edit --add-label documentation --title Renamed; gh pr close 1',
  );
  expect(await fail('gh pr ready')).toContain('is closed');
  expect(await run('gh pr view 1')).toMatch(
    /^title:\tRenamed\nstate:\tCLOSED\nauthor:\tdev\nlabels:\tbug, documentation\n/,
  );
  expect(await run('gh pr view 1 --comments')).toContain(
    'author:\tdev\nassociation:\tmember\nedited:\tfalse\nstatus:\tnone\n--\nSee #2\n--\n',
  );
  await run('gh pr reopen 1');
  expect(await run('gh pr diff 1')).toContain('+++ b/x\n');
  expect(await run('gh pr status')).toContain('Created by you\n  #1  Renamed [change]\n');
  await run('git push -q origin :change');
  expect(await pull(one, 1, '.state')).toBe('CLOSED');
  expect(await fail('gh pr reopen 1')).toContain('Could not open the pull request.');
});

test('once a day is open nobody acts as somebody else', async () => {
  const { run, fail, machine } = await desk({});
  await run(`${branch('change', 'echo x > x')}; gh pr create --fill`);
  machine.kernel.record({ type: 'DayOpened', day: 'd05', seed: 's' });
  expect(await fail('FORGE_LOGIN=nora gh pr review --approve')).toContain('Can not approve your own pull request');
});
