// Random work, and a repository that the real git packed: what ours makes of them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import { createMachine } from '../../machine/create.ts';
import type { Files } from '../../machine/files/index.ts';
import { createShell } from '../../machine/shell/index.ts';
import { createGit } from './index.ts';
import { rareGit } from './rare/index.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newHome(): string {
  const folder = mkdtempSync(join(tmpdir(), 'noventa-git-'));
  folders.push(folder);
  return folder;
}

function inRealGit(home: string, script: string): string {
  const env = { PATH: process.env.PATH ?? '', HOME: home, GIT_CONFIG_NOSYSTEM: '1', TZ: 'UTC', LC_ALL: 'C.UTF-8' };
  return spawnSync('bash', ['-c', script], { cwd: home, env, encoding: 'utf8' }).stdout;
}

function newDesk() {
  const machine = createMachine({ kernel: createKernel({ seed: 's' }), language: 'en' });
  return {
    machine,
    shell: createShell(machine, [createGit(async () => rareGit)], undefined, { pause: () => Promise.resolve() }),
  };
}

const begin =
  'export GIT_AUTHOR_DATE="1772442000 +0000" GIT_COMMITTER_DATE="1772442000 +0000"\n' +
  'git config --global user.name Ana; git config --global user.email ana@ventarela.test; git config --global init.defaultBranch main\n' +
  'mkdir r; cd r; git init -q';

const path = fc.constantFrom('a', 'b', 'd/a', 'd/b', 'd/e/c', 'x.log', 'd/x.log', 'f');
const edit = fc.oneof(
  fc
    .tuple(path, fc.constantFrom('1', '2', '3'))
    .map(([name, text]) => `mkdir -p "$(dirname ${name})" && echo ${text} > ${name}`),
  fc
    .tuple(fc.constantFrom('rm -f', 'git add', 'git restore', 'git restore --staged', 'git rm -q'), path)
    .map((words) => words.join(' ')),
  fc.constantFrom(
    ...[
      'git add .',
      'git add -A',
      'git add -u',
      'git commit -qm x',
      'git commit -qam y',
      'git mv a f',
      'git rm -q --cached a',
    ],
    ...[
      'git reset -q',
      'git reset -q --hard',
      'git checkout -q .',
      'git restore --staged .',
      'git rm -rq d',
      'rm -rf d',
    ],
    ...[
      'chmod +x a',
      'chmod -x a',
      'echo "*.log" > .gitignore',
      'rm -f .gitignore',
      'git switch -qc n',
      'git switch -q main',
    ],
  ),
);

test('after any edits the exit codes, the status, the index and the commits are those of git', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 8, maxLength: 22 }), async (edits) => {
      const steps = edits.map(
        (line) => `{ ${line}; } >/dev/null 2>&1; echo "$? ${line}"; git status --porcelain; git ls-files -s`,
      );
      const script = `${begin}\n${steps.join('\n')}\ngit log --format=%H 2>/dev/null`;
      const { stdout } = await newDesk().shell.run(script);
      expect(stdout).toBe(inRealGit(newHome(), script));
    }),
    { numRuns: 8 },
  );
}, 60_000);

test('a repository that git has packed is read as git reads it', async () => {
  const home = newHome();
  inRealGit(
    home,
    `${begin}
for i in 1 2 3 4 5; do seq $((i*50)) > n; mkdir -p d/e; echo $i > d/e/$i; git add .; git commit -qm "c $i"; done
git branch side HEAD~2; git tag -a v1 -m one HEAD~1; git tag v2
ln -s n link; echo "#!/bin/sh" > run; chmod +x run; git add .; git commit -qm more
git gc -q; git pack-refs --all; echo 9 >> n; echo new > new; git add new`,
  );
  const { machine, shell } = newDesk();
  bringIn(machine.files, join(home, 'r'), '/home/dev/r');
  for (const line of [
    'git status',
    'git log --stat',
    'git log --oneline --decorate --all',
    'git branch -v',
    'git tag',
    'git show v1',
    'git diff',
    'git diff --cached',
    'git ls-files -s',
    'git cat-file -p HEAD:d/e/1',
    'git rev-parse side v1 HEAD~3',
  ]) {
    const { stdout } = await shell.run(`cd ~/r; ${line}`);
    expect(`${line}\n${stdout}`).toBe(`${line}\n${inRealGit(home, `cd r; ${line}`)}`);
  }
});

function bringIn(files: Files, from: string, to: string): void {
  files.mkdir(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), `${to}/${entry.name}`];
    if (entry.isDirectory()) bringIn(files, source, target);
    else if (entry.isSymbolicLink()) files.symlink(readlinkSync(source), target);
    else files.writeFile(target, readFileSync(source), statSync(source).mode & 0o777);
  }
}
