// Issues, labels, releases, settings and rulesets by `gh`.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openStore } from '../../sandbox/forge/index.ts';
import { readRuns } from '../../sandbox/pipeline/index.ts';
import { desk } from './desk.ts';

test('issues are opened, found, spoken of and closed, also by the pull request that names them', async () => {
  const { run, fail } = await desk({});
  expect(await fail('gh issue create -t Slow')).toContain('must provide `--title` and `--body`');
  expect(await run('gh issue create -t Slow -b "It is slow" -l bug -a @me')).toBe(
    'https://git.ventarela.test/ventarela/seats/issues/1\n',
  );
  await run(
    'gh issue create -t Other -b x; gh issue comment 1 -b Really; gh issue edit 1 --add-label documentation --remove-label bug',
  );
  expect(await run('gh issue list | cut -f 1-4')).toBe('2\tOPEN\tOther\t\n1\tOPEN\tSlow\tdocumentation\n');
  expect(await run('gh issue view 1')).toBe(
    'title:\tSlow\nstate:\tOPEN\nauthor:\tdev\nlabels:\tdocumentation\ncomments:\t1\nassignees:\tdev\nprojects:\t\nmilestone:\t\nnumber:\t1\n--\nIt is slow\n',
  );
  await run(`git switch -qc fast; echo f > f; git add f; git commit -qm fast; git push -qu origin fast
    gh pr create -t Fast -b 'Fixes #1'; gh pr merge --squash; gh issue close 2 -r 'not planned' -c no`);
  expect(
    await run(
      'gh issue list -s all --json number,state,stateReason -q ".[] | [.number, .state, .stateReason] | join(\\" \\")"',
    ),
  ).toBe('2 CLOSED NOT_PLANNED\n1 CLOSED COMPLETED\n');
  expect(await fail('gh issue view 9')).toContain('Could not resolve to an issue');
});

test('a merge closes the issues of its own repository, named in full, by their address or by a commit', async () => {
  const { run } = await desk({});
  const address = 'https://git.ventarela.test/ventarela/seats/issues/2';
  await run(`for title in One Two Three Four; do gh issue create -t $title -b x; done
    git switch -qc fast; echo f > f; git add f; git commit -qm fast -m 'Resolves #4'; git push -qu origin fast
    gh pr create -t Fast -b 'Fixes ventarela/seats#1, closes ${address} and fixes ventarela/pay#3'; gh pr merge --squash`);
  expect(await run('gh issue list -s all --json number,state -q ".[] | [.number, .state] | join(\\" \\")"')).toBe(
    '4 CLOSED\n3 OPEN\n2 CLOSED\n1 CLOSED\n',
  );
});

test('labels are made once, and only those can be given', async () => {
  const { run, fail } = await desk({});
  await run('gh label create urgent -c ff0000 -d Now');
  expect(await fail('gh label create urgent')).toContain('label with name "urgent" already exists; use `--force`');
  expect(await run('gh label list -S urg')).toBe('urgent\tNow\t#ff0000\n');
  expect(await fail('gh issue create -t a -b b -l nope')).toContain("'nope' not found");
  expect(await fail('gh label delete urgent')).toBe('--yes required when not running interactively\n');
});

test('a release makes its tag, tells what was merged, keeps files with their digests, and starts workflows', async () => {
  const { run, fail, machine } = await desk({
    'r.yml':
      'on: { release: { types: [published] } }\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: echo out }] } }',
  });
  await run(`git switch -qc fast; echo f > f; git add f; git commit -qm fast; git push -qu origin fast
    gh pr create -t Fast -b x; gh pr merge --merge; printf bytes > app.bin`);
  expect(await run('gh release create v1.0.0 app.bin -t One --generate-notes')).toBe(
    'https://git.ventarela.test/ventarela/seats/releases/tag/v1.0.0\n',
  );
  expect(await run('gh release view v1.0.0 --json body -q .body')).toBe(
    "## What's Changed\n* Fast by @dev in https://git.ventarela.test/ventarela/seats/pull/1\n\n\n**Full Changelog**: https://git.ventarela.test/ventarela/seats/commits/v1.0.0\n",
  );
  expect(await run('gh release view --json assets -q ".assets[0].digest"')).toBe(
    `sha256:${createHash('sha256').update('bytes').digest('hex')}\n`,
  );
  expect(await run('git ls-remote --tags origin | cut -f 2')).toBe('refs/tags/v1.0.0\n');
  expect(readRuns(machine, 'seats').map(({ record }) => record.event)).toEqual(['release']);
  expect(await fail('gh release create v1.0.0')).toBe('a release with the same tag name already exists: v1.0.0\n');
  expect(await fail('gh release create a..b -n x')).toContain('tag_name is not a valid tag');
  expect(await fail('gh release create v2 missing.bin -n x')).toBe('open missing.bin: no such file or directory\n');
  expect(await run('gh release list | cut -f 1-3')).toBe('One\tLatest\tv1.0.0\n');
  await run(
    'gh release create v2 -p -n next; gh release create v3 -d -n draft; mkdir got; gh release download -p "*.bin" -D got; cmp got/app.bin app.bin',
  );
  expect(await run('gh release list | cut -f 1-3')).toBe('v3\tDraft\tv3\nv2\tPre-release\tv2\nOne\tLatest\tv1.0.0\n');
  await run('gh release edit v3 --draft=false -t Third; git ls-remote --exit-code origin refs/tags/v3');
  expect(await run('gh release view --json name -q .name')).toBe('Third\n');
  expect(await fail('gh release upload v1.0.0 app.bin')).toContain(
    'asset under the same name already exists: [app.bin]',
  );
  await run('gh release delete v2 --cleanup-tag -y');
  expect(await fail('gh release view v2; git ls-remote --exit-code origin refs/tags/v2')).toBe('release not found\n');
});

test('the settings of a repository decide which merges there are', async () => {
  const { run, fail, machine } = await desk({});
  await run('gh repo edit --enable-merge-commit=false --delete-branch-on-merge --description "Seats"');
  expect(await run('gh repo view --json mergeCommitAllowed,description,viewerPermission -q ".[]"')).toBe(
    'Seats\nfalse\nADMIN\n',
  );
  await run('git switch -qc x; echo x > x; git add x; git commit -qm x; git push -qu origin x; gh pr create --fill');
  expect(await fail('gh pr merge --merge')).toBe(
    'GraphQL: Merge commits are not allowed on this repository. (mergePullRequest)\n',
  );
  await run('gh pr merge --rebase; git switch -q main; git pull -q');
  expect(await fail('git ls-remote --exit-code origin refs/heads/x')).toBe('');
  expect(await fail('gh repo edit --enable-rebase-merge=false --enable-squash-merge=false')).toContain(
    'at least one merge strategy',
  );
  expect(openStore(machine, 'seats').settings().methods).toEqual(['squash', 'rebase']);
});

test('rulesets are listed, shown and checked', async () => {
  const { run, fail } = await desk({});
  await run(`gh api repos/{owner}/{repo}/rulesets --silent -f name=tags -f target=tag -f enforcement=active \\
    -f 'conditions[ref_name][include][]=refs/tags/v*' -f 'rules[][type]=deletion' -f 'rules[][type]=update'
    gh api repos/{owner}/{repo}/rulesets --silent -f name=main -f enforcement=disabled -f 'conditions[ref_name][include][]=~ALL' -f 'rules[][type]=update'`);
  expect(await run('gh ruleset list')).toBe(
    '1\ttags\tventarela/seats (repo)\tactive\t2\n2\tmain\tventarela/seats (repo)\tdisabled\t1\n',
  );
  expect(await run('gh ruleset view 1')).toContain('Rules\n- deletion\n- update\n');
  expect(await run('gh ruleset check main')).toBe('0 rules apply to branch main in repo ventarela/seats\n');
  await run('git tag v1; git push -q origin v1');
  expect(await fail('git push origin :v1')).toContain('GH013: Repository rule violations found for refs/tags/v1.');
  expect(await fail('git commit -q --allow-empty -m x; git tag -f v1 >/dev/null; git push -f origin v1')).toContain(
    '- Cannot update this protected ref.',
  );
  expect(await fail('gh api -X POST repos/{owner}/{repo}/rulesets -f name=main -f enforcement=active')).toContain(
    'Name must be unique',
  );
});

// "About webhooks", "Validating webhook deliveries"
test('a webhook tells a program what happens, signed; deliveries are kept, listed and made again', async () => {
  const { run, fail } = await desk({});
  const program = `import { createServer } from 'node:http';
import { appendFileSync } from 'node:fs';
import { createHmac } from 'node:crypto';
createServer((request, response) => {
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    const { ref = '', sender } = JSON.parse(body);
    const own = 'sha256=' + createHmac('sha256', 'hush').update(body).digest('hex');
    appendFileSync('/tmp/heard', [request.headers['x-github-event'], ref, own === request.headers['x-hub-signature-256']].join(' ') + '\\n');
    if (request.url === '/slow') setTimeout(() => response.end('late'), 3000);
    else if (request.url !== '/never') response.end('thanks');
  });
}).listen(9000);`;
  await run(`cat > /tmp/hook.mjs <<'JS'\n${program}\nJS\nnode /tmp/hook.mjs & sleep 1
    gh api repos/{owner}/{repo}/hooks --silent -f name=web -f 'config[url]=http://localhost:9000/' -f 'config[secret]=hush' -f 'events[]=push' -f 'events[]=pull_request'
    git switch -qc x; echo x > x; git add x; git commit -qm x; git push -qu origin x; gh pr create --fill`);
  await run('true');
  expect(await run('cat /tmp/heard')).toBe('ping  true\npush refs/heads/x true\npull_request  true\n');
  const list = `--jq '.[] | [.id, .event, .action // "-", .status, .status_code, (.duration | floor), .redelivery] | join(" ")'`;
  expect(await run(`gh api repos/{owner}/{repo}/hooks/1/deliveries ${list}`)).toBe(
    '3 pull_request opened OK 200 0 false\n2 push - OK 200 0 false\n1 ping - OK 200 0 false\n',
  );
  await run(`gh api -X POST repos/{owner}/{repo}/hooks/1/deliveries/2/attempts
    gh api -X PATCH repos/{owner}/{repo}/hooks/1 --silent -f 'config[url]=http://localhost:9000/slow'; gh api -X POST repos/{owner}/{repo}/hooks/1/pings
    gh api -X PATCH repos/{owner}/{repo}/hooks/1 --silent -f 'config[url]=http://localhost:9000/never'; gh api -X POST repos/{owner}/{repo}/hooks/1/pings
    gh api -X PATCH repos/{owner}/{repo}/hooks/1 --silent -f 'config[url]=http://localhost:9999/'; gh api -X POST repos/{owner}/{repo}/hooks/1/pings`);
  expect((await run(`gh api repos/{owner}/{repo}/hooks/1/deliveries ${list}`)).split('\n').slice(0, 4)).toEqual([
    '7 ping - failed to connect to host 0 0 false',
    '6 ping - timed out 0 10 false',
    '5 ping - OK 200 3 false',
    '4 push - OK 200 0 true',
  ]);
  expect(await run("gh api repos/{owner}/{repo}/hooks/1/deliveries/5 --jq '.response.payload'")).toBe('late\n');
  expect(await fail("gh api repos/{owner}/{repo}/hooks -f 'config[url]=nowhere'")).toContain(
    'url is missing a valid address',
  );
});

test('help is written for groups and for commands', async () => {
  const { run } = await desk({});
  expect(await run('gh --help')).toContain('pr:         Work with GitHub pull requests.');
  expect(await run('gh pr --help')).toContain('  merge:        Merge a pull request on GitHub.');
  expect(await run('gh pr merge --help')).toContain('-d, --delete-branch');
  expect(await run('gh help pr create')).toContain('-F, --body-file file ');
  expect(await run('gh run watch --help')).toContain('--exit-status');
  expect(await run('gh secret --help')).toContain('  set:          Set a value for a secret');
  expect(await run('gh workflow run --help; gh variable get --help; gh api --help')).toContain(
    'Create a `workflow_dispatch` event',
  );
});

test('repository_dispatch: an outside program starts the workflows of its type on the default branch, also from a job', async () => {
  const one = await desk({
    'ci.yml': `on:
  repository_dispatch:
    types: [price-changed]
  push:
permissions: { contents: write }
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: echo "\${{ github.event.action }} \${{ github.event.client_payload.route }} \${{ github.ref_name }}"
      - if: github.event_name == 'push'
        run: gh api repos/{owner}/{repo}/dispatches -f event_type=price-changed -f 'client_payload[route]=Costa'
        env: { GH_TOKEN: "\${{ github.token }}", GH_REPO: "\${{ github.repository }}" }
`,
  });
  await one.run('sleep 120');
  await one.run('gh api repos/{owner}/{repo}/dispatches -f event_type=price-changed -f "client_payload[route]=Sierra"');
  await one.run('gh api repos/{owner}/{repo}/dispatches -f event_type=other; sleep 120');
  const runs = readRuns(one.machine, 'seats').map(({ actor, record }) => [
    record.event,
    actor,
    record.conclusion,
    record.jobs[0]?.steps[0]?.log[0],
  ]);
  expect(runs).toEqual([
    ['push', 'dev', 'success', '  main'],
    ['repository_dispatch', 'github-actions[bot]', 'success', 'price-changed Costa main'],
    ['repository_dispatch', 'dev', 'success', 'price-changed Sierra main'],
  ]);
  expect(await one.fail('gh api repos/{owner}/{repo}/dispatches -F x=1')).toContain('HTTP 422');
});

test('references are made, moved and removed as pushes are: rules hold and workflows start', async () => {
  const { run, fail, machine } = await desk({
    'r.yml': 'on: { push: { tags: ["v*"] } }\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: echo out }] } }',
  });
  const REFS = 'gh api repos/{owner}/{repo}/git/refs';
  expect(await run(`${REFS} -f ref=refs/tags/v1.0.0 -f sha=$(git rev-parse HEAD) -q .object.type; sleep 60`)).toBe(
    'commit\n',
  );
  expect(readRuns(machine, 'seats').map(({ record }) => record.conclusion)).toEqual(['success']);
  await run(`${REFS} -f ref=refs/heads/fix/a -f sha=$(git rev-parse HEAD) --silent`);
  expect(await run('git fetch -q; git rev-parse origin/fix/a v1.0.0 HEAD | uniq | wc -l')).toBe('1\n');
  expect(await run(`gh api repos/{owner}/{repo}/git/refs -q '.[].ref'`)).toBe(
    'refs/heads/fix/a\nrefs/heads/main\nrefs/tags/v1.0.0\n',
  );
  expect(await run(`gh api repos/{owner}/{repo}/git/ref/tags/v1.0.0 -q .ref`)).toBe('refs/tags/v1.0.0\n');
  const sha = '-f sha=$(git rev-parse HEAD)';
  const refused = {
    [`${REFS} -f ref=refs/tags/v1.0.0 ${sha}`]: 'Reference already exists (HTTP 422)',
    [`${REFS} -f ref=refs/heads/fix ${sha}`]: 'Reference update failed (HTTP 422)',
    [`${REFS} -f ref=v2.0.0 ${sha}`]: 'Reference name must contain at least three slash-separated components.',
    [`${REFS} -f ref=refs/tags/a..b ${sha}`]: 'refs/tags/a..b is not a valid ref name.',
    [`${REFS} -f ref=refs/tags/v2 -f sha=${'0'.repeat(40)}`]: 'Object does not exist (HTTP 422)',
    [`${REFS} -f ref=refs/tags/v2`]: '"sha" wasn\'t supplied.',
    [`${REFS}/tags/v9 -X DELETE`]: 'Reference does not exist (HTTP 422)',
    'gh api repos/{owner}/{repo}/git/ref/tags/v9': 'Not Found (HTTP 404)',
  };
  for (const [command, why] of Object.entries(refused)) expect(await fail(`cd ~/seats; ${command}`)).toContain(why);
  await run(`git switch -qc later; git commit -q --allow-empty -m later; git push -q origin later
    ${REFS}/heads/fix/a -X PATCH ${sha} --silent`);
  expect(await fail(`cd ~/seats; ${REFS}/heads/fix/a -X PATCH -f sha=$(git rev-parse HEAD~1)`)).toContain(
    'Update is not a fast forward (HTTP 422)',
  );
  await run(`${REFS}/heads/fix/a -X DELETE
    gh api repos/{owner}/{repo}/rulesets -f name=tags -f target=tag -f enforcement=active -F 'conditions[ref_name][include][]=~ALL' -F 'conditions[ref_name][exclude][]' -f 'rules[][type]=deletion' --silent`);
  expect(await fail(`cd ~/seats; ${REFS}/tags/v1.0.0 -X DELETE`)).toContain('Repository rule violations found');
  expect(await run('git ls-remote origin | cut -f 2')).toContain('refs/tags/v1.0.0');
  expect(await run('git ls-remote origin | cut -f 2')).not.toContain('fix/a');
});

test('a path that names its repository is asked for in any folder', async () => {
  const { run, fail } = await desk({});
  expect(
    await run(
      'cd /tmp; gh api repos/ventarela/seats -q .name; gh api "repos/ventarela/seats/pulls?state=all" -q length',
    ),
  ).toBe('seats\n0\n');
  expect(await fail('cd /tmp; gh api repos/{owner}/{repo}')).toContain('not a git repository');
  expect(await fail('gh api repos/ventarela/none')).toContain('gh: Not Found (HTTP 404)');
});
