// Random little histories, in the real git and in ours: merges, picks, reverts and rebases give the same commits and words.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import { createMachine } from '../../machine/create.ts';
import { createShell } from '../../machine/shell/index.ts';
import { createGit } from './index.ts';
import { rareGit } from './rare/index.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function inRealGit(script: string): string {
  const home = mkdtempSync(join(tmpdir(), 'noventa-history-'));
  folders.push(home);
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    TZ: 'UTC',
    LC_ALL: 'C.UTF-8',
    TERM: 'dumb',
  };
  return spawnSync('bash', ['-c', script], { cwd: home, env, encoding: 'utf8' }).stdout;
}

async function inOurs(script: string): Promise<string> {
  const machine = createMachine({ kernel: createKernel({ seed: 's' }), language: 'en' });
  const shell = createShell(machine, [createGit(async () => rareGit)], undefined, { pause: () => Promise.resolve() });
  return (await shell.run(script)).stdout;
}

const begin = [
  'git config --global user.name Ana; git config --global user.email ana@ventarela.test; git config --global init.defaultBranch main',
  'export GIT_EDITOR=true',
  'at() { export GIT_AUTHOR_DATE="$1 +0000" GIT_COMMITTER_DATE="$1 +0000"; }',
  'at 1772442000; mkdir r; cd r; git init -q; seq 1 9 > a; seq 1 9 > b; git add .; git commit -qm base; git branch x; git branch y',
];

const branch = fc.constantFrom('main', 'x', 'y');
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(branch, fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 9 }), fc.constantFrom('p', 'q'))
      .map(
        ([on, file, line, word]) =>
          `git switch -q ${on}; sed -i 's/^${line}.*/${line}${word}/' ${file}; git commit -qam "${file}${line}${word} on ${on}"`,
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(branch, branch)
      .map(([on, from]) => `git switch -q ${on}; git merge ${from} || git merge --abort`),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(branch, branch)
      .map(([on, from]) => `git switch -q ${on}; git cherry-pick ${from} || git cherry-pick --abort`),
  },
  { weight: 1, arbitrary: branch.map((on) => `git switch -q ${on}; git revert --no-edit HEAD || git revert --abort`) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(branch, branch)
      .map(([on, onto]) => `git switch -q ${on}; git rebase ${onto} || git rebase --abort`),
  },
  { weight: 1, arbitrary: branch.map((on) => `git switch -q ${on}; git reset -q --hard HEAD~1`) },
);

test('after any changes, merges, picks, reverts and rebases the commits and what is said are those of git', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 16 }), async (steps) => {
      const lines = steps.map(
        (line, number) =>
          `at ${1772442000 + 60 * (number + 1)}; echo "# ${line.replaceAll('"', '')}"; { ${line}; } 2>/dev/null; git status -s; git rev-parse main x y`,
      );
      const bases =
        'for p in "main x" "main y" "x y"; do git merge-base --all $p | sort; done; git reflog; git log --graph --oneline --all; cat a b';
      const script = [...begin, ...lines, bases].join('\n');
      expect(await inOurs(script)).toBe(inRealGit(script));
    }),
    { numRuns: 5, seed: 90 },
  );
}, 120_000);
