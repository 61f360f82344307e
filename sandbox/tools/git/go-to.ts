// Where HEAD goes: to a branch, to a new one, to a commit.
import * as git from 'isomorphic-git';
import { isRefName, readCommit, short, titleOf } from '../../forge/git/index.ts';
import { readTree } from '../../forge/index.ts';
import { runHook } from './hooks.ts';
import { readIndexFile } from './index-file.ts';
import { tellLeft } from './leaving.ts';
import { carried, moveTo, placeOfHead } from './move-to.ts';
import { failed, fatal } from './options.ts';
import { formerHead } from './reflog-file.ts';
import { moveRef, pointHead } from './refs.ts';
import { noSuchPath } from './restore.ts';
import { headTree, mustResolve, resolve } from './revisions.ts';
import { config } from './sources.ts';
import { dropMerge, hasState } from './state.ts';
import { follow, followAs, startToFollow, trackingText } from './upstream.ts';
import { currentBranch, type Work } from './work.ts';
import { putFiles, readIndex, removeFile, stageEntry } from './work-tree.ts';
import { treeOn } from './worktrees.ts';

/** Runs `post-checkout` after what went well: with where HEAD was and is, and whether a branch was changed or files. */
export async function hooked(
  work: Work,
  act: () => Promise<{ readonly exitCode: number; readonly files?: boolean }>,
): Promise<number> {
  const before = await resolve(work, 'HEAD');
  const { exitCode, files = false } = await act();
  const after = await resolve(work, 'HEAD');
  const none = '0'.repeat(40);
  return exitCode || runHook(work, 'post-checkout', [before ?? none, after ?? none, files ? '0' : '1']);
}

/** `--force`: what is tracked becomes as it was committed, and what stands in the way of the target goes. */
export async function discardChanges(work: Work, target: string | undefined): Promise<void> {
  const head = await headTree(work);
  for (const path of (await readIndex(work)).keys())
    if (!head.has(path)) {
      removeFile(work, path);
      await stageEntry(work, path, undefined);
    }
  await putFiles(work, head);
  const after = await readTree(work, target === undefined ? undefined : await resolve(work, target));
  for (const path of after.keys()) if (!head.has(path)) removeFile(work, path);
}

/** A branch without history: `switch` begins it without files, `checkout` with all of them staged. */
export async function goToOrphan(work: Work, name: string, quiet: boolean, empty: boolean): Promise<number> {
  if (!isRefName(name)) throw fatal(`'${name}' is not a valid branch name`);
  if ((await resolve(work, `refs/heads/${name}`)) !== undefined) throw fatal(`a branch named '${name}' already exists`);
  if (empty)
    for (const path of (await readIndex(work)).keys()) {
      removeFile(work, path);
      await stageEntry(work, path, undefined);
    }
  await leaveTo(work, name, undefined);
  if (!quiet) work.io.stderr(`Switched to a new branch '${name}'\n`);
  return 0;
}

/** `--track origin/x`: the branch here takes the name behind the remote's. */
export async function followNamed(work: Work, name: string | undefined, quiet: boolean): Promise<number> {
  const [, branch] = /^(?:refs\/remotes\/)?[^/]+\/(.+)$/.exec(name ?? '') ?? [];
  if (branch === undefined) throw fatal('--track needs a branch name');
  if ((await resolve(work, `refs/remotes/${(name ?? '').replace(/^refs\/remotes\//, '')}`)) === undefined)
    throw fatal(`'${name}' is not a commit and a branch '${branch}' cannot be created from it`);
  if ((await resolve(work, `refs/heads/${branch}`)) !== undefined)
    throw fatal(`a branch named '${branch}' already exists`);
  return followRemote(work, branch, quiet, 'switch');
}

export async function goToBranch(
  work: Work,
  name: string,
  quiet: boolean,
  command: 'switch' | 'checkout',
  merging = false,
): Promise<number> {
  const { io } = work;
  const before = await currentBranch(work);
  const target = name === '-' ? previousBranch(work, command) : name;
  if (target === before && before !== undefined && (await resolve(work, 'HEAD')) !== undefined) {
    refuseUnresolved(work, command);
    await leaveTo(work, before, await resolve(work, 'HEAD'));
    if (!quiet) io.stderr(`Already on '${target}'\n`);
    leaveUnderWay(work, quiet);
    if (!quiet) io.stdout((await carried(work)) + (await trackingText(work)));
    return 0;
  }
  const oid = isRefName(target) ? await resolve(work, `refs/heads/${target}`) : undefined;
  if (oid === undefined && name === '-' && command === 'checkout')
    return goDetached(work, target, { quiet, advise: true });
  if (oid === undefined) return followRemote(work, target, quiet, command);
  const left = await detachedAt(work);
  const other = await treeOn(work, target);
  if (other !== undefined) throw fatal(`'${target}' is already checked out at '${other.dir}'`);
  refuseUnresolved(work, command);
  await moveTo(work, oid, 'checkout', merging ? target : undefined);
  await leaveTo(work, target, oid);
  if (!quiet) {
    io.stdout(await carried(work));
    await tellLeft(work, left, oid);
    io.stderr(`Switched to branch '${target}'\n`);
  }
  leaveUnderWay(work, quiet);
  if (!quiet) io.stdout(await trackingText(work));
  return 0;
}

/** A branch that only the remote has becomes one here that follows it. */
async function followRemote(work: Work, name: string, quiet: boolean, command: 'switch' | 'checkout'): Promise<number> {
  const oid = isRefName(name) ? await resolve(work, `refs/remotes/origin/${name}`) : undefined;
  if (oid === undefined) {
    if (command === 'checkout') throw noSuchPath(name);
    const kind = (await resolve(work, `refs/tags/${name}`))
      ? 'tag'
      : (await resolve(work, `refs/remotes/${name}`))
        ? 'remote branch'
        : 'commit';
    if ((await resolve(work, name)) !== undefined)
      throw fatal(
        `a branch is expected, got ${kind} '${name}'\nhint: If you want to detach HEAD at the commit, try again with the --detach option.`,
      );
    throw fatal(`invalid reference: ${name}`);
  }
  refuseUnresolved(work, command);
  const [here, left] = [await currentBranch(work), await detachedAt(work)];
  await moveTo(work, oid, 'checkout');
  if (!quiet) await tellLeft(work, left, oid);
  await moveRef(work, `refs/heads/${name}`, oid, `branch: Created from refs/remotes/origin/${name}`);
  follow(work, name, 'origin');
  await leaveTo(work, name, oid);
  if (!quiet) {
    work.io.stderr(here === name ? `Already on '${name}'\n` : `Switched to a new branch '${name}'\n`);
    work.io.stdout(`branch '${name}' set up to track 'origin/${name}'.\n`);
  }
  return 0;
}

export async function createAndGo(
  work: Work,
  name: string,
  given: string | undefined,
  force: boolean,
  quiet: boolean,
  asked: boolean | undefined,
  command: 'switch' | 'checkout' = 'switch',
): Promise<number> {
  const start = given ?? 'HEAD';
  if (!isRefName(name)) throw fatal(`'${name}' is not a valid branch name`);
  const exists = (await resolve(work, `refs/heads/${name}`)) !== undefined;
  if (exists && !force) throw fatal(`a branch named '${name}' already exists`);
  const oid = await resolve(work, start);
  if (oid === undefined && start !== 'HEAD')
    throw command === 'switch'
      ? fatal(`invalid reference: ${start}`)
      : fatal(`'${start}' is not a commit and a branch '${name}' cannot be created from it`);
  const current = await currentBranch(work);
  const followedBefore = config(work, `branch.${name}.merge`) !== undefined;
  const followed = await startToFollow(work, start === 'HEAD' ? (current ?? start) : start, asked);
  const left = await detachedAt(work);
  if (oid !== undefined) {
    if (start !== 'HEAD') {
      refuseUnresolved(work, 'checkout');
      await moveTo(work, oid, 'checkout');
    }
    if (!quiet) await tellLeft(work, left, oid);
    await moveRef(work, `refs/heads/${name}`, oid, `branch: ${exists ? 'Reset to' : 'Created from'} ${start}`);
  }
  await leaveTo(work, name, oid);
  if (!quiet && (given !== undefined || (force && command === 'checkout'))) work.io.stdout(await carried(work));
  if (followed !== undefined) followAs(work, name, followed, quiet);
  if (!quiet)
    work.io.stderr(
      name === current && exists
        ? `Reset branch '${name}'\n`
        : exists
          ? `Switched to and reset branch '${name}'\n`
          : `Switched to a new branch '${name}'\n`,
    );
  leaveUnderWay(work, quiet);
  if (!quiet && followedBefore) work.io.stdout(await trackingText(work));
  return 0;
}

/** What `git checkout` says of a commit that no branch names. */
export const detachedAdvice = (name: string): string =>
  `Note: switching to '${name}'.\n\nYou are in 'detached HEAD' state. You can look around, make experimental\nchanges and commit them, and you can discard any commits you make in this\nstate without impacting any branches by switching back to a branch.\n\nIf you want to create a new branch to retain commits you create, you may\ndo so (now or later) by using -c with the switch command. Example:\n\n  git switch -c <new-branch-name>\n\nOr undo this operation with:\n\n  git switch -\n\nTurn off this advice by setting config variable advice.detachedHead to false\n\n`;

export async function goDetached(work: Work, name: string, say: { quiet: boolean; advise: boolean }): Promise<number> {
  const oid = await mustResolve(work, name);
  const isThere = await readCommit(work, oid).then(
    () => true,
    () => false,
  );
  if (!isThere) throw fatal(`reference is not a tree: ${name}`);
  const left = await detachedAt(work);
  await moveTo(work, oid, 'checkout');
  await pointHead(work, { oid }, `checkout: moving from ${await placeOfHead(work)} to ${name}`);
  if (say.quiet) return 0;
  work.io.stdout(await carried(work));
  await tellLeft(work, left, oid);
  const { commit } = await git.readCommit({ ...work, oid });
  work.io.stderr(
    `${say.advise && config(work, 'advice.detachedHead') !== 'false' ? detachedAdvice(name) : ''}HEAD is now at ${short(work, oid)} ${titleOf(commit)}\n`,
  );
  leaveUnderWay(work, false);
  return 0;
}

/** A pick or a merge that waits for its end is given up by whoever checks something else out (remove_branch_state in git's branch.c). */
export function leaveUnderWay(work: Work, quiet: boolean): void {
  const under = hasState(work, 'CHERRY_PICK_HEAD') ? 'cherry picking' : hasState(work, 'REVERT_HEAD') ? 'revert' : '';
  if (under !== '' && !quiet) work.io.stderr(`warning: cancelling a ${under} in progress\n`);
  dropMerge(work);
}

async function leaveTo(work: Work, name: string, oid: string | undefined): Promise<void> {
  await pointHead(work, { branch: name, oid }, `checkout: moving from ${await placeOfHead(work)} to ${name}`);
}

/** The commit of a HEAD that is on no branch. */
async function detachedAt(work: Work): Promise<string | undefined> {
  return (await currentBranch(work)) === undefined ? resolve(work, 'HEAD') : undefined;
}

function previousBranch(work: Work, command: 'switch' | 'checkout'): string {
  const former = formerHead(work, 1);
  if (former !== undefined) return former;
  throw command === 'switch' ? fatal('invalid reference: @{-1}') : noSuchPath('-');
}

/** @throws GitStop when conflicts wait to be resolved. */
export function refuseUnresolved(work: Work, command: 'switch' | 'checkout'): void {
  if (command === 'switch') refuseUnderWay(work);
  const { conflicts } = readIndexFile(work);
  if (conflicts.size === 0) return;
  work.io.stdout([...conflicts.keys()].map((path) => `${path}: needs merge\n`).join(''));
  throw failed('you need to resolve your current index first');
}

/** @throws GitStop while a merge or the like is under way: `switch` does not leave it. */
export function refuseUnderWay(work: Work): void {
  const under = (
    [
      ['MERGE_HEAD', 'merging', 'merge'],
      ['rebase-merge', 'rebasing', 'rebase'],
      ['CHERRY_PICK_HEAD', 'cherry-picking', 'cherry-pick'],
      ['REVERT_HEAD', 'reverting', 'revert'],
      ['BISECT_LOG', 'bisecting', 'bisect'],
    ] as const
  ).find(([state]) => hasState(work, state));
  if (under?.[2] === 'bisect') work.io.stderr('warning: you are switching branch while bisecting\n');
  else if (under !== undefined)
    throw fatal(`cannot switch branch while ${under[1]}\nConsider "git ${under[2]} --quit" or "git worktree add".`);
}
