// `gh pr checkout` and the refs that it fetches.
import { expect, test } from 'vitest';
import { desk } from './desk.ts';

const pull = `git switch -qc fix; echo more >> README.md; git commit -qam Fix; git push -q origin fix
  gh pr create --title Fix --body Please --head fix; git switch -q main; git branch -qD fix; git update-ref -d refs/remotes/origin/fix`;

test('gh pr checkout brings the branch of a request, before git has heard of it', async () => {
  const { run } = await desk({});
  await run(pull);
  await run('gh pr checkout 1');
  expect(await run('git branch --show-current; tail -1 README.md; git rev-parse --abbrev-ref @{u}')).toBe(
    'fix\nmore\norigin/fix\n',
  );
});

test('gh pr checkout of a request whose branch is gone takes its head', async () => {
  const { run } = await desk({});
  await run(`${pull}; git push -q origin :fix; gh pr checkout 1`);
  expect(await run('git branch --show-current; tail -1 README.md')).toBe('fix\nmore\n');
});

test('git fetch takes refspecs, as git prints them', async () => {
  const { run } = await desk({});
  await run(pull);
  expect(await run('git fetch origin pull/1/head:one 2>&1')).toBe(
    'From https://git.ventarela.test/seats\n * [new ref]         refs/pull/1/head -> one\n',
  );
  expect(await run('git fetch origin refs/heads/fix 2>&1')).toBe(
    'From https://git.ventarela.test/seats\n * branch            fix        -> FETCH_HEAD\n',
  );
  expect(await run('git rev-parse FETCH_HEAD')).toBe(await run('git rev-parse one'));
});

test('a commit that the repository has not is no tree to check out', async () => {
  const { fail } = await desk({});
  const missing = '51921cfbf5fcec170908d3c23e8f0cf50d5aed91';
  expect(await fail(`git checkout ${missing}`)).toBe(`fatal: reference is not a tree: ${missing}\n`);
});
