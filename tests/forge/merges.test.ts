// What the forge merges, against the real git of this machine: the same commits to the letter, and no merge against a rule.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import {
  type CheckConclusion,
  type MergeMethod,
  mergePull,
  mergeStateOf,
  openForge,
  openPull,
  type PullRequest,
  type Ruleset,
} from '../../sandbox/forge/index.ts';
import { createKernel } from '../../sandbox/kernel/index.ts';
import { createMachine, createShell, type Machine } from '../../sandbox/machine/index.ts';
import { createGit } from '../../sandbox/tools/git/index.ts';
import { rareGit } from '../../sandbox/tools/git/rare/index.ts';

const home = mkdtempSync(join(tmpdir(), 'noventa-merges-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
let runs = 0;

const begin = `git config --global user.name Ana; git config --global user.email ana@ventarela.test; git config --global init.defaultBranch main
at() { export GIT_AUTHOR_DATE="$1 +0000" GIT_COMMITTER_DATE="$1 +0000"; }
at 1772442000; git init -q r; cd r; seq 1 9 > a; seq 1 9 > b; git add .; git commit -qm base; git branch change`;

const edit = fc
  .tuple(
    fc.constantFrom('main', 'change', 'change'),
    fc.constantFrom('a', 'b', 'c'),
    fc.integer({ min: 1, max: 9 }),
    fc.constantFrom('p', 'q'),
  )
  .map(([on, file, line, word]) =>
    file === 'c'
      ? `git switch -q ${on}; echo ${word} >> c${line}; git add .; git commit -qm "Add c${line}"`
      : `git switch -q ${on}; sed -i 's/^${line}.*/${line}${word}/' ${file}; git commit -qam "Set ${file}${line}" -m "To ${word}."`,
  );
const script = (edits: readonly string[]): string =>
  [begin, ...edits.map((line, at) => `at ${1772442060 + 60 * at}; ${line}`), 'git rev-parse main change'].join('\n');

function inRealGit(text: string): string {
  runs += 1;
  const folder = join(home, String(runs));
  const env = { PATH: process.env.PATH ?? '', HOME: folder, GIT_CONFIG_NOSYSTEM: '1', TZ: 'UTC', LC_ALL: 'C.UTF-8' };
  const { stdout } = spawnSync('bash', ['-c', `mkdir ${folder}; cd ${folder}; { ${text}\n} 2>/dev/null`], {
    env,
    encoding: 'utf8',
  });
  return stdout.trim().split('\n').at(-1) ?? '';
}

async function onForge(text: string): Promise<Machine> {
  const machine = createMachine({ kernel: createKernel({ seed: 's' }), language: 'en' });
  const shell = createShell(machine, [createGit(async () => rareGit)], undefined, { pause: () => Promise.resolve() });
  await shell.run(`cd ~; ${text}; git init -q --bare /srv/git/r.git; git push -q /srv/git/r.git main change`, {
    asScript: true,
  });
  return machine;
}

/** What git makes of the same two branches, with the hands that the forge uses. */
function sameInGit(edits: readonly string[], method: MergeMethod, seconds: number): string {
  const forge = `GIT_COMMITTER_NAME='Ventarela Forge' GIT_COMMITTER_EMAIL=noreply@git.ventarela.test`;
  const tree = `git switch -q main; git merge -q --no-commit --no-ff change >/dev/null || { echo conflict; exit; }; tree=$(git write-tree)`;
  const end = {
    merge: `${tree}; printf 'Merge pull request #1 from ventarela/change\\n\\nA change' | ${forge} git commit-tree $tree -p main -p change`,
    squash: `${tree}
      if [ "$(git rev-list --count --no-merges main..change)" = 1 ]; then git log --no-merges --format='%s (#1)%n%n%b' main..change | sed -e :a -e '/^\\n*$/{$d;N;ba' -e '}' > msg
      else { echo 'A change (#1)'; for c in $(git rev-list --reverse --no-merges main..change); do echo; echo "* $(git log -1 --format=%B $c)"; done; } > msg; fi
      printf %s "$(cat msg)" > message
      GIT_AUTHOR_NAME=Ana GIT_AUTHOR_EMAIL=ana@ventarela.test ${forge} git commit-tree $tree -p main < message`,
    rebase: `git switch -q change; unset GIT_AUTHOR_DATE; GIT_COMMITTER_DATE='${seconds} +0000' git rebase -q --force-rebase main >/dev/null || { echo conflict; exit; }; git rev-parse change`,
  }[method];
  return inRealGit(`${script(edits)} > /dev/null; at ${seconds}; ${end}`);
}

test.each(['merge', 'squash', 'rebase'] as const)(
  'whatever two branches hold, %s on the forge gives the commit that git gives, or both are in conflict',
  async (method) => {
    let [merged, conflicts] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 2, maxLength: 8 }), async (edits) => {
        const machine = await onForge(script(edits));
        const forge = openForge(machine, 'r');
        const opened = await openPull(forge, { title: 'A change', body: '', head: 'change', base: 'main', by: 'dev' });
        if (!opened.ok) return;
        const answer = await mergePull(forge, opened.value, { method, by: 'dev' });
        const expected = sameInGit(edits, method, Math.floor(forge.now() / 1000));
        if (answer.ok) merged += 1;
        else conflicts += 1;
        expect(answer.ok ? answer.value.mergeCommit : 'conflict').toBe(expected);
        expect(await forge.tip('main')).toBe(answer.ok ? expected : opened.value.comparison?.baseCommit);
      }),
      { numRuns: 8, seed: 5 },
    );
    // Both happen, or this would prove little.
    expect(merged).toBeGreaterThan(3);
    expect(conflicts).toBeGreaterThan(0);
  },
  120_000,
);

const conclusions: readonly CheckConclusion[] = ['success', 'failure', 'skipped', 'neutral', 'cancelled', 'timed_out'];

test('no pull request merges while a rule forbids it', async () => {
  const machine = await onForge(script(['git switch -q change; echo more > c; git add .; git commit -qm more']));
  const clean = { kernel: machine.kernel.snapshot(), tree: machine.files.snapshot() };
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        needed: fc.subarray(['build', 'test']),
        said: fc.array(
          fc.tuple(fc.constantFrom('build', 'test', 'lint'), fc.constantFrom(...conclusions), fc.boolean()),
          { maxLength: 4 },
        ),
        approvals: fc.integer({ min: 0, max: 2 }),
        reviews: fc.array(
          fc.tuple(
            fc.constantFrom('nora', 'leo', 'eva'),
            fc.constantFrom('APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED'),
          ),
          { maxLength: 4 },
        ),
        isDraft: fc.boolean(),
        method: fc.constantFrom<MergeMethod>('merge', 'squash', 'rebase'),
        isLinear: fc.boolean(),
        isAdmin: fc.boolean(),
      }),
      async ({ needed, said, approvals, reviews, isDraft, method, isLinear, isAdmin }) => {
        const copy = createMachine({ kernel: createKernel(clean.kernel), language: 'en', tree: clean.tree });
        const forge = openForge(copy, 'r');
        const rules: Ruleset['rules'] = {
          pullRequest: {
            approvals,
            dismissStale: false,
            codeOwners: false,
            lastPushApproval: false,
            methods: ['merge', 'squash', 'rebase'],
          },
          ...(needed.length > 0 && { requiredChecks: { names: needed, strict: false } }),
          ...(isLinear && { requiredLinearHistory: true }),
        };
        const ruleset = {
          id: 1,
          name: 'main',
          target: 'branch',
          enforcement: 'active',
          include: ['~DEFAULT_BRANCH'],
          exclude: [],
          bypass: [],
          rules,
        } as const;
        forge.store.change({ rulesets: [ruleset] });
        const opened = await openPull(forge, {
          title: 't',
          body: '',
          head: 'change',
          base: 'main',
          by: 'dev',
          isDraft,
        });
        if (!opened.ok) throw new Error(opened.why);
        const now = forge.now();
        const pull: PullRequest = {
          ...opened.value,
          reviews: reviews.map(([author, state]) => ({
            author,
            state,
            body: '',
            commit: opened.value.headCommit,
            createdAt: now,
          })),
        };
        forge.store.savePull(pull);
        said.forEach(([name, conclusion, isOver], job) => {
          const check = {
            name,
            workflow: 'CI',
            event: 'push',
            run: job + 1,
            job: 0,
            startedAt: now - 2,
            completedAt: isOver ? now - 1 : now + 1,
            conclusion,
          };
          forge.store.saveChecks(pull.headCommit, job + 1, [check]);
        });
        const answer = await mergePull(forge, pull, { method, by: 'dev', isAdmin });
        // By hand, from the documents alone.
        const last = new Map<string, string>(
          said.map(([name, conclusion, isOver]) => [name, isOver ? conclusion : 'pending']),
        );
        const isPassed = needed.every((name) => ['success', 'skipped', 'neutral'].includes(last.get(name) ?? 'none'));
        const words = new Map(reviews.filter(([, state]) => state !== 'COMMENTED'));
        const approved = [...words.values()].filter((state) => state === 'APPROVED').length;
        const isReviewed =
          approvals === 0 || (approved >= approvals && ![...words.values()].includes('CHANGES_REQUESTED'));
        const isAllowed = isPassed && isReviewed && !isDraft && !(isLinear && method === 'merge');
        expect(answer.ok).toBe(isAllowed);
        expect((await forge.tip('main')) === opened.value.comparison?.baseCommit).toBe(!isAllowed);
        if (!isAllowed && !isLinear)
          expect(mergeStateOf(pull, forge.store.settings(), forge.store.checks(pull.headCommit), now).state).toBe(
            'blocked',
          );
      },
    ),
    { numRuns: 80, seed: 30 },
  );
}, 120_000);
