import * as git from 'isomorphic-git';
import { commitData, isRefName, mergeTrees, readCommit, short, titleOf } from '../../forge/git/index.ts';
import { readTree, sameFile, type TreeFiles } from '../../forge/index.ts';
import { runHook } from './hooks.ts';
import { readIndexFile, writeIndexFile } from './index-file.ts';
import { tellLeft } from './leaving.ts';
import { failed, fatal, lastValue, type OptionTable, readOptions } from './options.ts';
import { kindOf } from './patch.ts';
import { formerHead } from './reflog-file.ts';
import { moveRef, pointHead } from './refs.ts';
import { mergeAgain, noSuchPath, restoreFiles, takeSide } from './restore.ts';
import { headTree, mustResolve, resolve } from './revisions.ts';
import { config } from './sources.ts';
import { conflictStyle, dropMerge, hasState } from './state.ts';
import { follow, followAs, isToFollow, startToFollow, trackingText } from './upstream.ts';
import { currentBranch, type Work } from './work.ts';
import {
  bytesOf,
  differences,
  knownFiles,
  putFiles,
  readIndex,
  readWorkTree,
  removeFile,
  stageEntry,
  writeOut,
} from './work-tree.ts';
import { treeOn } from './worktrees.ts';

const switchOptions: OptionTable = {
  '-c': { as: 'create', value: true },
  '--create': { as: 'create', value: true },
  '-C': { as: 'force-create', value: true },
  '--detach': { as: 'detach' },
  '-d': { as: 'detach' },
  '-f': { as: 'force' },
  '--force': { as: 'force' },
  '--discard-changes': { as: 'force' },
  '--force-create': { as: 'force-create', value: true },
  '--conflict': { as: 'conflict', value: true },
  '--overwrite-ignore': { as: 'overwrite-ignore' },
  '--ignore-other-worktrees': { as: 'ignore-other-worktrees' },
  '-m': { as: 'merge' },
  '--merge': { as: 'merge' },
  '--orphan': { as: 'orphan', value: true },
  '-t': { as: 'track' },
  '--track': { as: 'track' },
  '--guess': { as: 'guess' },
  '--no-guess': { as: 'no-guess' },
  '--no-track': { as: 'no-track' },
  '--progress': { as: 'progress' },
  '--no-progress': { as: 'no-progress' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
};

/** `git switch`: goes to a branch, or makes one. */
export const switchBranch = (work: Work, args: readonly string[]): Promise<number> =>
  hooked(work, async () => ({ exitCode: await goSwitch(work, args) }));

/** Runs `post-checkout` after what went well: with where HEAD was and is, and whether a branch was changed or files. */
async function hooked(
  work: Work,
  act: () => Promise<{ readonly exitCode: number; readonly files?: boolean }>,
): Promise<number> {
  const before = await resolve(work, 'HEAD');
  const { exitCode, files = false } = await act();
  const after = await resolve(work, 'HEAD');
  const none = '0'.repeat(40);
  return exitCode || runHook(work, 'post-checkout', [before ?? none, after ?? none, files ? '0' : '1']);
}

async function goSwitch(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('switch', args, switchOptions);
  const quiet = parsed.flags.has('quiet');
  const created = lastValue(parsed, 'create') ?? lastValue(parsed, 'force-create');
  const [given] = parsed.words;
  const [, back] = /^@\{-(\d+)\}$/.exec(given ?? '') ?? [];
  const name = back === undefined ? given : (formerHead(work, Number(back)) ?? given);
  if (parsed.flags.has('force')) await discardChanges(work, name);
  const orphan = lastValue(parsed, 'orphan');
  if (orphan !== undefined) return goToOrphan(work, orphan, quiet, true);
  if (parsed.flags.has('track') && created === undefined) return followNamed(work, name, quiet);
  if (created !== undefined) refuseUnderWay(work);
  if (created !== undefined)
    return createAndGo(work, created, name, parsed.values.has('force-create'), quiet, isToFollow(parsed.flags));
  if (parsed.flags.has('detach')) return goDetached(work, name ?? 'HEAD', { quiet, advise: false });
  if (name === undefined) throw fatal('missing branch or commit argument');
  return goToBranch(work, name, quiet, 'switch', parsed.flags.has('merge'));
}

const checkoutOptions: OptionTable = {
  '-b': { as: 'create', value: true },
  '-B': { as: 'force-create', value: true },
  '-f': { as: 'force' },
  '--force': { as: 'force' },
  '--detach': { as: 'detach' },
  '-d': { as: 'detach' },
  '--no-track': { as: 'no-track' },
  '--progress': { as: 'progress' },
  '--no-progress': { as: 'no-progress' },
  '--orphan': { as: 'orphan', value: true },
  '-t': { as: 'track' },
  '--track': { as: 'track' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '--ours': { as: 'ours' },
  '--theirs': { as: 'theirs' },
  '-m': { as: 'merge' },
  '--merge': { as: 'merge' },
  '--conflict': { as: 'conflict', value: true },
  '--guess': { as: 'guess' },
  '--no-guess': { as: 'no-guess' },
  '--overwrite-ignore': { as: 'overwrite-ignore' },
  '--ignore-other-worktrees': { as: 'ignore-other-worktrees' },
};

/** `git checkout`: the older command for both branches and files. */
export const checkout = (work: Work, args: readonly string[]): Promise<number> =>
  hooked(work, async () => {
    const exitCode = await goCheckout(work, args);
    return typeof exitCode === 'number' ? { exitCode } : { exitCode: 0, files: true };
  });

/** @returns its exit code, or 'files' when it was files that it gave another state. */
async function goCheckout(work: Work, args: readonly string[]): Promise<number | 'files'> {
  const parsed = readOptions('checkout', args, checkoutOptions);
  const quiet = parsed.flags.has('quiet');
  const created = lastValue(parsed, 'create') ?? lastValue(parsed, 'force-create');
  const [given, ...more] = parsed.words;
  const [, back] = /^@\{-(\d+)\}$/.exec(given ?? '') ?? [];
  const name = back === undefined ? given : (formerHead(work, Number(back)) ?? given);
  const orphan = lastValue(parsed, 'orphan');
  if (orphan !== undefined) return goToOrphan(work, orphan, quiet, false);
  if (parsed.flags.has('force') && parsed.paths === undefined && more.length === 0) await discardChanges(work, name);
  if (parsed.flags.has('track') && created === undefined) return followNamed(work, name, quiet);
  if (created !== undefined)
    return createAndGo(
      work,
      created,
      name,
      parsed.values.has('force-create'),
      quiet,
      isToFollow(parsed.flags),
      'checkout',
    );
  if (parsed.flags.has('detach')) return goDetached(work, name ?? 'HEAD', { quiet, advise: false });
  const style = lastValue(parsed, 'conflict') ?? (parsed.flags.has('merge') ? conflictStyle(work) : undefined);
  const merging = style !== undefined && parsed.paths === undefined && more.length === 0;
  if (merging && name !== undefined && (await resolve(work, `refs/heads/${name}`)) !== undefined)
    return goToBranch(work, name, quiet, 'checkout', true);
  if (style !== undefined) {
    const count = await mergeAgain(
      work,
      [...parsed.words, ...(parsed.paths ?? [])],
      style === 'diff3' ? 'diff3' : 'merge',
    );
    if (!quiet && parsed.paths === undefined)
      work.io.stderr(`Recreated ${count} merge conflict${count === 1 ? '' : 's'}\n`);
    return 'files';
  }
  if (parsed.flags.has('ours') || parsed.flags.has('theirs')) {
    const side = parsed.flags.has('ours') ? 2 : 3;
    const count = await takeSide(work, [...parsed.words, ...(parsed.paths ?? [])], side);
    if (!quiet && parsed.paths === undefined)
      work.io.stderr(`Updated ${count} path${count === 1 ? '' : 's'} from the index\n`);
    return 'files';
  }
  if ((parsed.paths !== undefined && (parsed.paths.length > 0 || name === undefined)) || more.length > 0) {
    if (
      parsed.paths !== undefined &&
      more.length === 0 &&
      name !== undefined &&
      (await resolve(work, name)) === undefined
    )
      throw fatal(`invalid reference: ${name}`);
    const from = name === undefined ? undefined : await resolve(work, name);
    const paths = from === undefined ? [...parsed.words, ...(parsed.paths ?? [])] : [...more, ...(parsed.paths ?? [])];
    const source = from === undefined ? await readIndex(work) : await readTree(work, from);
    const count = await restoreFiles(work, source, paths, from !== undefined);
    if (!quiet && parsed.paths === undefined)
      work.io.stderr(
        `Updated ${count} path${count === 1 ? '' : 's'} from ${from === undefined ? 'the index' : short(work, (await commitData(work, from)).tree)}\n`,
      );
    return 'files';
  }
  if (name === undefined || name === 'HEAD') {
    if ((await resolve(work, 'HEAD')) === undefined) throw fatal('You are on a branch yet to be born');
    refuseUnresolved(work, 'checkout');
    const said = quiet ? '' : (await carried(work)) + (await trackingText(work));
    leaveUnderWay(work, quiet);
    work.io.stdout(said);
    return 0;
  }
  if (
    name === '-' ||
    (isRefName(name) &&
      ((await resolve(work, `refs/heads/${name}`)) !== undefined ||
        (await resolve(work, `refs/remotes/origin/${name}`)) !== undefined))
  ) {
    return goToBranch(work, name, quiet, 'checkout');
  }
  if ((await resolve(work, name)) !== undefined) return goDetached(work, name, { quiet, advise: true });
  const count = await restoreFiles(work, await readIndex(work), [name], false);
  if (!quiet) work.io.stderr(`Updated ${count} path${count === 1 ? '' : 's'} from the index\n`);
  return 'files';
}

/** `--force`: what is tracked becomes as it was committed, and what stands in the way of the target goes. */
async function discardChanges(work: Work, target: string | undefined): Promise<void> {
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
async function goToOrphan(work: Work, name: string, quiet: boolean, empty: boolean): Promise<number> {
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
async function followNamed(work: Work, name: string | undefined, quiet: boolean): Promise<number> {
  const [, branch] = /^(?:refs\/remotes\/)?[^/]+\/(.+)$/.exec(name ?? '') ?? [];
  if (branch === undefined) throw fatal('--track needs a branch name');
  if ((await resolve(work, `refs/remotes/${(name ?? '').replace(/^refs\/remotes\//, '')}`)) === undefined)
    throw fatal(`'${name}' is not a commit and a branch '${branch}' cannot be created from it`);
  if ((await resolve(work, `refs/heads/${branch}`)) !== undefined)
    throw fatal(`a branch named '${branch}' already exists`);
  return followRemote(work, branch, quiet, 'switch');
}

/**
 * Makes the working tree and the index those of a commit.
 * @param carriedTo the name of what it goes to when local changes are merged into it (`-m`). @throws GitStop when that would lose what is not committed.
 */
export async function moveTo(work: Work, commit: string, what: string, carriedTo?: string): Promise<void> {
  const from = await headTree(work);
  const to = await readTree(work, commit);
  const index = await readIndex(work);
  const tree = await readWorkTree(work, index);
  const changing = differences(from, to);
  const dirty = changing.filter(
    (path) =>
      index.has(path) &&
      !(sameFile(index.get(path), to.get(path)) && sameFile(tree.get(path), to.get(path))) &&
      (!sameFile(index.get(path), from.get(path)) || !sameFile(tree.get(path), from.get(path))),
  );
  const untracked = changing.filter(
    (path) => !index.has(path) && tree.has(path) && to.has(path) && to.get(path)?.mode !== '160000',
  );
  if (dirty.length > 0 && carriedTo !== undefined) return carryOver(work, { from, to, tree }, carriedTo);
  if (dirty.length > 0) {
    throw failed(
      `Your local changes to the following files would be overwritten by ${what}:\n${dirty.map((path) => `\t${path}\n`).join('')}Please commit your changes or stash them before you ${verb(what)}.\nAborting`,
    );
  }
  if (untracked.length > 0) {
    throw failed(
      `The following untracked working tree files would be overwritten by ${what}:\n${untracked.map((path) => `\t${path}\n`).join('')}Please move or remove them before you ${verb(what)}.\nAborting`,
    );
  }
  // A file may have to make room for a folder of its name.
  for (const path of changing.filter((one) => !to.has(one))) {
    removeFile(work, path);
    await stageEntry(work, path, undefined);
  }
  await putFiles(
    work,
    [...to].filter(([path]) => changing.includes(path)),
  );
}

const verb = (what: string): string => (what === 'checkout' ? 'switch branches' : 'merge');

interface Sides {
  readonly from: TreeFiles;
  readonly to: TreeFiles;
  readonly tree: TreeFiles;
}

/** Merges what the working tree changed into the commit that it goes to; nothing of it is staged. */
async function carryOver(work: Work, { from, to, tree }: Sides, name: string): Promise<void> {
  const local = new Map(from);
  const { files } = readIndexFile(work);
  for (const path of new Set([...from.keys(), ...files.keys()])) {
    const file = tree.get(path);
    if (file === undefined) local.delete(path);
    else local.set(path, file);
    if (file !== undefined) await git.writeBlob({ ...work, blob: await bytesOf(work, path) });
  }
  const words = { ours: name, theirs: 'local', base: await placeOfHead(work) };
  const merged = await mergeTrees(work, from, to, local, words, { style: conflictStyle(work) });
  for (const path of files.keys()) if (!merged.files.has(path)) removeFile(work, path);
  for (const [path, file] of merged.files) if (!sameFile(tree.get(path), file)) await writeOut(work, path, file);
  const index = new Map([...to].filter(([path]) => !merged.conflicts.has(path)));
  writeIndexFile(work, { files: index, conflicts: merged.conflicts });
}

/** Changes that go along to the other branch, as git lists them. */
async function carried(work: Work): Promise<string> {
  const head = await headTree(work);
  const { files: index, conflicts } = readIndexFile(work);
  const tree = await readWorkTree(work, knownFiles(work));
  const lines = [...new Set([...head.keys(), ...index.keys()])]
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap((path) => {
      const now = index.has(path) || conflicts.has(path) ? tree.get(path) : undefined;
      if (sameFile(head.get(path), now) && sameFile(head.get(path), index.get(path))) return [];
      return [`${kindOf(head.get(path), now)}\t${path}\n`];
    });
  return lines.join('');
}

async function goToBranch(
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
    io.stdout((await carried(work)) + (await trackingText(work)));
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

async function createAndGo(
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
  if (!quiet && given !== undefined) work.io.stdout(await carried(work));
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
  return 0;
}

/** What `git checkout` says of a commit that no branch names. */
export const detachedAdvice = (name: string): string =>
  `Note: switching to '${name}'.\n\nYou are in 'detached HEAD' state. You can look around, make experimental\nchanges and commit them, and you can discard any commits you make in this\nstate without impacting any branches by switching back to a branch.\n\nIf you want to create a new branch to retain commits you create, you may\ndo so (now or later) by using -c with the switch command. Example:\n\n  git switch -c <new-branch-name>\n\nOr undo this operation with:\n\n  git switch -\n\nTurn off this advice by setting config variable advice.detachedHead to false\n\n`;

async function goDetached(work: Work, name: string, say: { quiet: boolean; advise: boolean }): Promise<number> {
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
function leaveUnderWay(work: Work, quiet: boolean): void {
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

/** Where HEAD is, as the log calls it. */
async function placeOfHead(work: Work): Promise<string> {
  return (await currentBranch(work)) ?? (await resolve(work, 'HEAD')) ?? 'HEAD';
}

function previousBranch(work: Work, command: 'switch' | 'checkout'): string {
  const former = formerHead(work, 1);
  if (former !== undefined) return former;
  throw command === 'switch' ? fatal('invalid reference: @{-1}') : noSuchPath('-');
}

/** @throws GitStop when conflicts wait to be resolved. */
function refuseUnresolved(work: Work, command: 'switch' | 'checkout'): void {
  if (command === 'switch') refuseUnderWay(work);
  const { conflicts } = readIndexFile(work);
  if (conflicts.size === 0) return;
  work.io.stdout([...conflicts.keys()].map((path) => `${path}: needs merge\n`).join(''));
  throw failed('you need to resolve your current index first');
}

/** @throws GitStop while a merge or the like is under way: `switch` does not leave it. */
function refuseUnderWay(work: Work): void {
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
