// The same scripts in the real git and in ours: output, exit codes and commit ids must be the same.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import { createMachine } from '../../machine/create.ts';
import type { Machine } from '../../machine/machine.ts';
import { createShell } from '../../machine/shell/index.ts';
import { corners, forge, oneCommit, repository, type Script, URL_START } from './corners.ts';
import { sharedCorners } from './corners-shared.ts';
import { createGit } from './index.ts';
import { rareGit } from './rare/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'noventa-git-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const dates = 'export GIT_AUTHOR_DATE="1772442000 +0000" GIT_COMMITTER_DATE="1772442000 +0000"';
const person =
  'git config --global user.name "Ana Prado"; git config --global user.email ana@ventarela.test; git config --global init.defaultBranch main';

/** Each step's output and exit code, one after another. */
type Trace = readonly {
  readonly line: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}[];

function inRealGit(name: string, setup: readonly string[], lines: readonly string[]): Trace {
  const home = join(folder, name);
  const forge = join(folder, `${name}-forge`);
  mkdirSync(home, { recursive: true });
  mkdirSync(forge, { recursive: true });
  const marked = lines.map(
    (line, at) => `{ ${line}\n} >'${home}.${at}.out' 2>'${home}.${at}.err'; echo $? >'${home}.${at}.code'`,
  );
  const script = [
    dates,
    person,
    `git config --global url.${forge}/.insteadOf ${URL_START}`,
    `cd '${home}'`,
    ...setup.map((line) => line.replaceAll('/srv/git/', `${forge}/`)),
    ...marked,
  ].join('\n');
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: `${home}-home`,
    GIT_CONFIG_NOSYSTEM: '1',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    TERM: 'dumb',
  };
  mkdirSync(env.HOME, { recursive: true });
  const { status, stderr } = spawnSync('bash', ['-c', script], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`bash ended with ${status}: ${stderr}`);
  const read = (at: number, part: string): string =>
    spawnSync('cat', [`${home}.${at}.${part}`], { encoding: 'utf8' }).stdout;
  const clean = (text: string): string => text.replaceAll(`${forge}/`, URL_START).replaceAll(home, '/home/dev');
  return lines.map((line, at) => ({
    line,
    stdout: clean(read(at, 'out')),
    stderr: clean(read(at, 'err')),
    exitCode: Number(read(at, 'code')),
  }));
}

async function inOurs(
  setup: readonly string[],
  lines: readonly string[],
): Promise<{ readonly trace: Trace; readonly machine: Machine }> {
  const machine = createMachine({ kernel: createKernel({ seed: 's' }), language: 'en' });
  const shell = createShell(machine, [createGit(async () => rareGit)], undefined, { pause: () => Promise.resolve() });
  for (const line of [dates, person, ...setup]) {
    const { exitCode, stderr } = await shell.run(line);
    if (exitCode !== 0) throw new Error(`${line}: ${stderr}`);
  }
  const trace: Trace[number][] = [];
  for (const line of lines) {
    const { stdout, stderr, exitCode } = await shell.run(line);
    trace.push({ line, stdout, stderr, exitCode });
  }
  return { trace, machine };
}

/** Name → what is done first, and the lines that are compared. */
const scripts: Readonly<Record<string, Script>> = {
  'outside a repository': [[], ['git status', 'git log', 'git frobnicate', 'git add x']],
  'a first commit': [
    [],
    [
      'git init seats',
      'cd seats',
      'git status',
      'git log',
      'echo one > a.txt; mkdir -p d/e; echo two > d/e/b.txt; echo three > d/c.txt',
      'git status',
      'git status -s',
      'git add a.txt',
      'git status',
      'git status --short',
      'git commit -m "Add a"',
      'git commit -m nothing',
      'git add .',
      'git commit -m "Add the rest" -m "With a body."',
      'git status',
      'git log',
      'git log --oneline',
      'git log --stat',
      'git log -1 --format="%h %an %ae %ad %s"',
      'git log --format=%H -n 1',
      'git rev-parse HEAD',
      'git rev-parse --short HEAD~1',
      'git show',
      'git show --stat HEAD~1',
      'git ls-files',
      'git init',
    ],
  ],
  'changes in every state': [
    oneCommit,
    [
      'echo two >> a.txt',
      'git status',
      'git diff',
      'git add a.txt; echo three >> a.txt; echo new > b.txt',
      'git status',
      'git status -s',
      'git diff',
      'git diff --staged',
      'git diff HEAD',
      'git diff --stat',
      'git diff --name-only HEAD',
      'git commit -m partial',
      'git commit -am "All of a"',
      'rm a.txt; git status',
      'git diff --name-status',
      'git commit -am "Remove a"',
      'git status --porcelain',
      'git log --oneline --name-status',
    ],
  ],
  'diffs with context, new files and no newline at the end': [
    [...repository, 'seq 1 30 > n.txt; printf "no newline" > e.txt; git add .; git commit -qm "Add numbers"'],
    [
      'sed -i "s/^5$/five/; s/^25$/twenty-five/" n.txt; git diff',
      'printf "no newline, changed" > e.txt; git diff e.txt',
      'printf "with newline\\n" > e.txt; git diff -- e.txt',
      'chmod +x n.txt; git diff n.txt',
      'echo x > new.txt; git add -A; git diff --cached --stat',
      'git diff --cached new.txt',
      'git commit -qm "Change"; git show --stat; git diff HEAD~1 HEAD --name-status; git diff HEAD~1..HEAD --shortstat',
      'git log -p -1 -- e.txt',
    ],
  ],
  'what is ignored': [
    oneCommit,
    [
      'printf ".env\\nnode_modules/\\n*.log\\n" > .gitignore; echo secret > .env; mkdir node_modules; echo x > node_modules/x.js; echo y > y.log',
      'git status -s',
      'git add .env',
      'git add .',
      'git status -s',
      'git check-ignore .env a.txt',
      'git add -f .env; git status -s',
      'git rm --cached .env',
      'git status -s',
    ],
  ],
  'branches and switches': [
    oneCommit,
    [
      'git branch',
      'git branch fix/from-filter',
      'git branch',
      'git switch fix/from-filter',
      'git switch fix/from-filter',
      'echo two >> a.txt; git commit -am "Change a"',
      'git switch main',
      'cat a.txt',
      'git log --oneline --all',
      'git switch -',
      'git switch nowhere',
      'git switch -c other',
      'git switch -c other',
      'git branch -d fix/from-filter',
      'git switch main; git branch -d other',
      'git branch -D other',
      'git branch -m main trunk',
      'git branch -v',
      'git branch --show-current',
      'git branch "bad name"',
      'git branch fix/from-filter',
    ],
  ],
  'a switch that would lose work': [
    [...oneCommit, 'git switch -qc other; echo two > a.txt; git commit -qam two; git switch -q main'],
    [
      'echo mine > a.txt; git switch other',
      'git restore a.txt; git switch other',
      'git switch main; echo x > b.txt; git switch other',
      'git status -s',
      'git checkout main',
      'git checkout -b third',
      'git checkout nowhere',
      'git checkout HEAD~0',
      'git status',
      'git branch',
    ],
  ],
  'undoing what is not committed': [
    [...oneCommit, 'echo b > b.txt; git add b.txt; git commit -qm "Add b"'],
    [
      'echo x >> a.txt; git add a.txt; git restore --staged a.txt; git status -s',
      'git restore a.txt; git status -s; cat a.txt',
      'git restore nothing',
      'echo y > b.txt; git checkout -- b.txt; cat b.txt',
      'git reset --soft HEAD~1; git status -s',
      'git reset; git status -s',
      'git add b.txt; git commit -qm again; git reset --hard HEAD~1; ls',
      'git reset --hard nowhere',
    ],
  ],
  'amending, removing and renaming': [
    [...oneCommit, 'echo b > b.txt; git add b.txt; git commit -qm "Ad b"'],
    [
      'git commit --amend -m "Add b"',
      'git log --oneline',
      'git commit --amend --no-edit',
      'git rm b.txt',
      'git status',
      'git commit -qm "Remove b"; git mv a.txt c.txt; git status',
      'git commit -m "Rename a"',
      'git log --format="%h %s"',
      'git rm nothing',
    ],
  ],
  'pushing to the forge': [
    forge,
    [
      'git remote -v',
      'git status',
      'git push',
      'git switch -qc fix/x; echo x > x.txt; git add x.txt; git commit -qm "Add x"',
      'git push',
      'git push -u origin fix/x',
      'git status',
      'git branch -vv',
      'git branch -a',
      'echo y >> x.txt; git commit -qam "Change x"; git status -sb',
      'git push',
      'git commit -q --amend -m "Change x again"; git push',
      'git push --force',
      'git push origin nothing',
      'git push origin --delete fix/x',
      'git push origin main',
      'git push nowhere main',
      'git log --oneline --decorate',
    ],
  ],
  'someone else pushed': [
    [
      ...forge,
      'cd ..',
      `git clone -q ${URL_START}seats.git other`,
      'cd other; echo o > o.txt; git add .; git commit -qm Other; git push -q; cd ../seats',
    ],
    [
      'echo m > m.txt; git add .; git commit -qm Mine; git push',
      'git fetch',
      'git status',
      'git pull --ff-only',
      'git reset -q --hard HEAD~1; git pull --ff-only',
      'git log --oneline',
      'git fetch',
    ],
  ],
  tags: [
    oneCommit,
    [
      'git tag v1',
      'git tag',
      'git tag v1',
      'git tag -a v2 -m "Second"',
      'git log --oneline --decorate',
      'git show v1 --stat',
      'git tag -d v1',
      'git tag -d v1',
    ],
  ],
  'files with spaces and accents': [
    repository,
    [
      'echo 1 > "mis cosas.txt"; echo 2 > año.txt; git status -s',
      'git add .; git commit -m "Añade año"',
      'git log --oneline',
      'git status',
    ],
  ],
  'from a folder below': [
    [...oneCommit, 'mkdir -p src/lib; echo l > src/lib/l.js; git add .; git commit -qm lib; cd src/lib'],
    [
      'echo m > l.js; echo n > n.js; git status',
      'git status -s',
      'git add .',
      'git status -s',
      'git diff --staged',
      'git rev-parse --show-toplevel',
      'git log --oneline -- .',
      'git restore --staged l.js; git status -s',
    ],
  ],
  configuration: [
    repository,
    [
      'git config user.name',
      'git config user.name Eva; git config user.name',
      'git config --unset user.name; git config user.name',
      'git config nothing.here',
      'git config broken',
      'git config --get user.email',
      'git config alias.st status',
    ],
  ],
};

describe('the same as git 2.39', () => {
  for (const [name, [setup, lines]] of Object.entries({ ...scripts, ...corners, ...sharedCorners })) {
    test(name, async () => {
      const real = inRealGit(name.replaceAll(/\W/g, '-'), setup, lines);
      const { trace } = await inOurs(setup, lines);
      expect(trace).toEqual(real);
    }, 60_000);
  }
});

test('a repository of ours is a good one for the real git', async () => {
  const [setup, lines] = scripts['changes in every state'] ?? [[], []];
  const { machine } = await inOurs(setup, lines);
  const target = join(folder, 'exported');
  for (const [path, entry] of Object.entries(machine.files.snapshot())) {
    if (entry.type !== 'file' || !path.startsWith('/home/dev/seats/')) continue;
    const file = join(target, path.slice('/home/dev/seats/'.length));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, entry.bytes);
  }
  mkdirSync(join(target, '.git/refs/tags'), { recursive: true });
  const run = (...args: readonly string[]) =>
    spawnSync('git', ['-c', `safe.directory=${target}`, ...args], { cwd: target, encoding: 'utf8' });
  expect(run('fsck', '--strict')).toMatchObject({ status: 0 });
  const shell = createShell(machine, [createGit(async () => rareGit)]);
  const ours = await shell.run('cd /home/dev/seats && git log --format="%H %s" && git status --porcelain');
  expect(run('log', '--format=%H %s').stdout + run('status', '--porcelain').stdout).toBe(ours.stdout);
});

test('what is not part of the sandbox is refused by name', async () => {
  const { trace } = await inOurs(
    [],
    ['git bundle list-heads', 'git init -q x; cd x; git add --interactive', 'git --exec-path'],
  );
  expect(trace.map(({ stderr, exitCode }) => [stderr, exitCode])).toEqual([
    ["git: 'bundle' is not part of this sandbox\n", 1],
    ["git add: '--interactive' is not part of this sandbox\n", 129],
    ["git: '--exec-path' is not part of this sandbox\n", 129],
  ]);
});

test('a push and a refusal of one are in the event log', async () => {
  const { machine } = await inOurs(forge, ['git commit -q --amend -m Other', 'git push']);
  const events = machine.kernel.log.entries().filter(({ type }) => type === 'RefUpdated' || type === 'PushRefused');
  expect(events).toMatchObject([
    { type: 'RefUpdated', repository: 'seats', ref: 'refs/heads/main', from: '', by: 'dev' },
    { type: 'PushRefused', repository: 'seats', ref: 'refs/heads/main', reason: 'non-fast-forward' },
  ]);
});
