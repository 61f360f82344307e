// What actions/checkout leaves on a runner.
import { expect, test } from 'vitest';
import { readRuns } from '../../sandbox/pipeline/index.ts';
import { desk } from './desk.ts';

const ci = (withWhat: string): string => `name: CI
on: [push, pull_request]
jobs:
  look:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4${withWhat}
      - run: |
          echo "head $(git rev-parse HEAD) on $(git branch --show-current)"
          echo "sha $GITHUB_SHA"
          echo "commits $(git rev-list --count HEAD)"
          echo "changed [$(git status --porcelain)]"
          echo "tags [$(git tag)]"
          git log --oneline -1
`;

async function looks(withWhat: string): Promise<readonly string[]> {
  const one = await desk({ 'ci.yml': ci(withWhat) });
  await one.run('echo b >> README.md; git commit -qam Second; git tag v1; git push -q origin main v1');
  await one.run(`git switch -qc fix; echo c >> README.md; git commit -qam Third; git push -q origin fix
    gh pr create --title Fix --body Please --head fix`);
  return readRuns(one.machine, 'seats').map(
    ({ record }) =>
      record.jobs[0]?.steps
        .flatMap(({ log }) => log)
        .filter((line) => /^(head|sha|commits|changed|tags|[0-9a-f]{7} )/.test(line))
        .join('\n') ?? '',
  );
}

test('what is checked out is a repository at the commit that is built, with that commit only', async () => {
  const runs = await looks('');
  for (const text of runs) {
    const [, head] = /^head (\S+) /m.exec(text) ?? [];
    expect(text).toContain(`sha ${head}`);
    expect(text).toContain('commits 1\nchanged []');
  }
  expect(runs.map((text) => /on (.*)$/m.exec(text)?.[1])).toContain('main');
  expect(runs.map((text) => /on (.*)$/m.exec(text)?.[1])).toContain('');
});

test('fetch-depth 0 brings the whole history, and tags', async () => {
  const runs = await looks('\n        with: { fetch-depth: 0 }');
  expect(runs.some((text) => text.includes('commits 2\nchanged []\ntags [v1]'))).toBe(true);
});
