// What the repository that is pushed to makes of it.
import * as git from 'isomorphic-git';
import { copyObjects, diskOf, isAncestor, loginOf, type Place, placeOn, receivePush } from '../../forge/index.ts';
import { hasHooks, runServerHook } from './hooks.ts';
import { sayRemote } from './push-report.ts';
import type { Answer, Wish } from './push-wishes.ts';
import { config } from './sources.ts';
import { currentBranch, type Work } from './work.ts';

/** What a repository says that keeps the branch its HEAD names (receive.denyDeleteCurrent). */
export function currentIsKept(ref: string): string {
  const lines = [
    'error: By default, deleting the current branch is denied, because the next',
    "'git clone' won't result in any file checked out, causing confusion.",
    '',
    "You can set 'receive.denyDeleteCurrent' configuration variable to",
    "'warn' or 'ignore' in the remote repository to allow deleting the",
    'current branch, with or without a warning message.',
    '',
    "To squelch this message, you can set it to 'refuse'.",
    `error: refusing to delete the current branch: ${ref}`,
  ];
  return lines.map((line) => `remote: ${line}${line === '' ? '' : '        '}\n`).join('');
}

/** What the other repository makes of a push: its hooks may refuse it (githooks: pre-receive, update, post-receive, post-update). */
export async function received(
  work: Work,
  place: { gitdir: string; name: string },
  wishes: readonly Wish[],
): Promise<readonly Answer[]> {
  const { machine } = work.io;
  const by = loginOf(machine, work.io.env);
  const there = placeOn(machine, place.gitdir);
  const zero = '0'.repeat(40);
  const before = new Map<string, string>();
  for (const { ref, to } of wishes) {
    before.set(ref, await git.resolveRef({ ...there, ref }).catch(() => zero));
    if (to !== undefined && hasHooks(work, place.gitdir)) await copyObjects(machine, work, there, to);
  }
  const told = (some: readonly Wish[]): string =>
    some.map(({ ref, to }) => `${before.get(ref)} ${to ?? zero} ${ref}\n`).join('');
  const moving = wishes.filter(({ ref, to }) => before.get(ref) !== (to ?? zero));
  if (moving.length > 0 && (await runServerHook(work, place.gitdir, 'pre-receive', [], told(moving))) !== 0)
    return wishes.map((wish) => ({ wish, result: { result: 'refused', reason: 'pre-receive hook declined' } }));
  const results: Answer[] = [];
  const setting = (key: string): string | undefined => settingThere(work, place.gitdir, key);
  const isOpen =
    setting('core.bare') !== 'true' &&
    !/^(ignore|warn|updateInstead|false)$/.test(setting('receive.denyCurrentBranch') ?? '');
  const current = isOpen && place.gitdir.endsWith('/.git') ? `refs/heads/${await currentBranch(there)}` : undefined;
  for (const wish of wishes) {
    const old = before.get(wish.ref) ?? zero;
    if (wish.ref === current && old !== wish.to) {
      sayRemote(work, checkedOut(wish.ref));
      results.push({ wish, result: { result: 'refused', reason: 'branch is currently checked out' } });
      continue;
    }
    if (setting('receive.denyNonFastForwards') === 'true' && wish.force && old !== zero && wish.to !== undefined) {
      await copyObjects(machine, work, there, wish.to);
      if (!(await isAncestor(there, old, wish.to))) {
        sayRemote(work, [`error: denying non-fast-forward ${wish.ref} (you should pull first)`]);
        results.push({ wish, result: { result: 'refused', reason: 'non-fast-forward ' } });
        continue;
      }
    }
    const args = [wish.ref, before.get(wish.ref) ?? zero, wish.to ?? zero];
    if (moving.includes(wish) && (await runServerHook(work, place.gitdir, 'update', args)) !== 0) {
      work.io.stderr(`remote: error: hook declined to update ${wish.ref}        \n`);
      results.push({ wish, result: { result: 'refused', reason: 'hook declined' } });
    } else results.push({ wish, result: await receivePush(machine, place, work, { ...wish, by }) });
  }
  const moved = results.flatMap(({ wish, result }) =>
    result.result === 'refused' || result.result === 'up-to-date' ? [] : [wish],
  );
  if (moved.length > 0) {
    await runServerHook(work, place.gitdir, 'post-receive', [], told(moved));
    await runServerHook(
      work,
      place.gitdir,
      'post-update',
      moved.map(({ ref }) => ref),
    );
  }
  return results;
}

/** A setting of the repository that is pushed to. */
export function settingThere({ io }: Work, gitdir: string, key: string): string | undefined {
  const machine = { ...io.machine, files: diskOf(io.machine, gitdir) };
  return config({ dir: gitdir, gitdir, io: { ...io, env: {}, machine } }, key);
}

/** Why git does not even send a branch that would lose commits over there: what they have is not known here, or stands apart. */
export async function refusedHere(
  work: Work,
  { ref, to, force }: Wish,
  old: string | undefined,
): Promise<string | undefined> {
  if (force || to === undefined || old === undefined || /^0+$/.test(old) || !ref.startsWith('refs/heads/'))
    return undefined;
  const isKnown = await git.readCommit({ ...work, oid: old }).then(Boolean, () => false);
  if (!isKnown) return 'fetch first';
  return (await isAncestor(work, old, to)) ? undefined : 'non-fast-forward';
}

/** `--dry-run`: what the other repository would make of it, as far as can be told from here. */
export async function foreseen(work: Work, there: Place, wishes: readonly Wish[]): Promise<readonly Answer[]> {
  return Promise.all(
    wishes.map(async (wish): Promise<Answer> => {
      const from = await git.resolveRef({ ...there, ref: wish.ref }).catch(() => undefined);
      if (from === wish.to) return { wish, result: { result: 'up-to-date' } };
      if (wish.to === undefined) return { wish, result: { result: 'removed' } };
      if (from === undefined) return { wish, result: { result: 'new' } };
      const isKnown = await git.readCommit({ ...work, oid: from }).then(Boolean, () => false);
      const isMoved = isKnown && (await isAncestor(work, from, wish.to));
      return { wish, result: { result: isMoved ? 'moved' : 'forced', from } };
    }),
  );
}

/** What a repository with a working tree says that keeps the branch it is on (receive.denyCurrentBranch). */
const checkedOut = (ref: string): readonly string[] => [
  `error: refusing to update checked out branch: ${ref}`,
  'error: By default, updating the current branch in a non-bare repository',
  'is denied, because it will make the index and work tree inconsistent',
  "with what you pushed, and will require 'git reset --hard' to match",
  'the work tree to HEAD.',
  '',
  "You can set the 'receive.denyCurrentBranch' configuration variable",
  "to 'ignore' or 'warn' in the remote repository to allow pushing into",
  'its current branch; however, this is not recommended unless you',
  'arranged to update its work tree to match what you pushed in some',
  'other way.',
  '',
  'To squelch this message and still keep the default behaviour, set',
  "'receive.denyCurrentBranch' configuration variable to 'refuse'.",
];
