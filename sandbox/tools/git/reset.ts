import { commitData, short, titleOf } from '../../forge/git/index.ts';
import { readTree, sameFile, type TreeFiles } from '../../forge/index.ts';
import { onlyPaths, refuseBoth } from './asked-words.ts';
import { leaveAside, OF_MERGE } from './autostash.ts';
import { readIndexFile, writeIndexFile } from './index-file.ts';
import { fatal, GitStop, type OptionTable, readOptions } from './options.ts';
import { matches, pathInWork } from './pathspec.ts';
import { moveHead } from './refs.ts';
import { headTree, resolve } from './revisions.ts';
import { dropMerge, dropState, forceTree, hasState, mergeReset, stateText, writeState } from './state.ts';
import { readStatus } from './status-read.ts';
import type { Work } from './work.ts';
import { differences, lookAtWorkTree, putFiles, readIndex, removeFile, stageAll, stageEntry } from './work-tree.ts';

const options: OptionTable = {
  '--soft': { as: 'soft' },
  '--mixed': { as: 'mixed' },
  '--hard': { as: 'hard' },
  '--merge': { as: 'merge' },
  '--keep': { as: 'keep' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
};

/** `git reset`: moves the branch to a commit, and with it the index and the working tree as far as asked; or unstages paths. */
export async function reset(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words, paths } = readOptions('reset', args, options);
  const [first, ...more] = words;
  const commit = first === undefined ? undefined : await resolve(work, first);
  if (first !== undefined && paths === undefined)
    if (commit === undefined) await onlyPaths(work, [first]);
    else refuseBoth(work, first);
  const named = [...(commit === undefined && first !== undefined ? words : more), ...(paths ?? [])];
  if (named.length > 0) {
    const kind = ['hard', 'soft', 'merge', 'keep'].find((one) => flags.has(one));
    if (kind !== undefined) throw fatal(`Cannot do ${kind} reset with paths.`);
    if (flags.has('mixed'))
      work.io.stderr("warning: --mixed with paths is deprecated; use 'git reset -- <paths>' instead.\n");
    return unstage(work, commit, named, flags.has('quiet'));
  }
  const head = await resolve(work, 'HEAD');
  const target = commit ?? head;
  const index = readIndexFile(work);
  if (target === undefined) {
    const staged = flags.has('soft') ? [] : [...index.files.keys()];
    stageAll(work, new Map(staged.map((path) => [path, undefined])));
    if (flags.has('hard')) for (const path of staged) removeFile(work, path);
    return 0;
  }
  if (flags.has('soft') && (hasState(work, 'MERGE_HEAD') || index.conflicts.size > 0))
    throw fatal('Cannot do a soft reset in the middle of a merge.');
  const before = await headTree(work);
  const after = await readTree(work, target);
  if (flags.has('hard')) await forceTree(work, after);
  else if (flags.has('merge')) await mergeReset(work, after, first);
  else if (flags.has('keep')) await keepReset(work, before, after, first ?? 'HEAD');
  else if (!flags.has('soft')) writeIndexFile(work, { files: after, conflicts: new Map() });
  if (head !== undefined) writeState(work, 'ORIG_HEAD', `${head}\n`);
  if (head !== undefined || commit !== undefined) await moveHead(work, target, `reset: moving to ${first ?? 'HEAD'}`);
  if (!flags.has('soft')) {
    if (!hasState(work, 'rebase-merge')) endSequence(work);
    dropMerge(work);
    await leaveAside(work, OF_MERGE);
  }
  if (flags.has('quiet')) return 0;
  if (flags.has('hard'))
    work.io.stdout(`HEAD is now at ${short(work, target)} ${titleOf(await commitData(work, target))}\n`);
  else if (!flags.has('soft') && !flags.has('merge') && !flags.has('keep')) await tellUnstaged(work);
  return 0;
}

/** Takes away a sequence of picks of which the current one was just given up, when it was the last. */
function endSequence(work: Work): void {
  const rest = (stateText(work, 'sequencer/todo') ?? '').split('\n').filter((line) => line !== '');
  if (rest.length <= 1) dropState(work, 'sequencer');
}

/** `--keep`: what differs between the commits is brought over; local changes to it stop the reset. */
async function keepReset(work: Work, before: TreeFiles, after: TreeFiles, name: string): Promise<void> {
  const index = await readIndex(work);
  const tree = await lookAtWorkTree(work, index);
  const changing = differences(before, after);
  const dirty = changing.find(
    (path) => !sameFile(tree.get(path), before.get(path)) || !sameFile(index.get(path), before.get(path)),
  );
  if (dirty !== undefined)
    throw new GitStop(
      `error: Entry '${dirty}' not uptodate. Cannot merge.\nfatal: Could not reset index file to revision '${name}'.`,
    );
  for (const path of changing) if (!after.has(path)) removeFile(work, path);
  await putFiles(
    work,
    [...after].filter(([path]) => changing.includes(path)),
  );
  writeIndexFile(work, { files: after, conflicts: new Map() });
}

async function unstage(
  work: Work,
  commit: string | undefined,
  named: readonly string[],
  quiet: boolean,
): Promise<number> {
  const from = commit === undefined ? await headTree(work) : await readTree(work, commit);
  const index = readIndexFile(work);
  for (const name of named) {
    const path = pathInWork(work, name);
    const known = [from, index.files, index.conflicts].flatMap((one) => [...one.keys()]);
    const found = [...new Set([...known, ...(index.intents ?? [])])].filter((one) => matches(one, [path]));
    for (const one of found)
      if (!sameFile(from.get(one), index.files.get(one)) || index.intents?.has(one) === true)
        await stageEntry(work, one, from.get(one));
  }
  if (!quiet) await tellUnstaged(work);
  return 0;
}

async function tellUnstaged(work: Work): Promise<void> {
  const { unstaged } = await readStatus(work, new Set(['untracked-no']));
  if (unstaged.size === 0) return;
  work.io.stdout(
    `Unstaged changes after reset:\n${[...unstaged].map(([path, letter]) => `${letter}\t${path}\n`).join('')}`,
  );
}
