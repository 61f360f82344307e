// What `git status` says of a merge, a cherry-pick, a revert, a rebase or a bisection that is under way (wt-status.c).

import { isRefName, short } from '../../forge/git/index.ts';
import { readIndexFile } from './index-file.ts';
import { readLog } from './reflog-file.ts';
import { resolve } from './revisions.ts';
import { changesNow, hasState, stateText } from './state.ts';
import { currentBranch, type Work } from './work.ts';

/** The first line: the branch, or where HEAD is when it is on none. */
export async function headLine(work: Work, paint: (code: string, text: string) => string): Promise<string> {
  const branch = await currentBranch(work);
  if (branch !== undefined) return `On branch ${branch}\n`;
  const onto = stateText(work, 'rebase-merge/onto');
  if (onto !== undefined) return `${paint('31', 'interactive rebase in progress; onto ')}${short(work, onto)}\n`;
  const detached = await detachedAt(work);
  if (detached === undefined) return `${paint('31', 'Not currently on any branch.')}\n`;
  return `${paint('31', `HEAD detached ${detached.word} `)}${detached.name}\n`;
}

/** The name by which HEAD left the branches, and whether it still is there; undefined when it was never on one (wt_status_get_detached_from in git's wt-status.c). */
export async function detachedAt(
  work: Work,
): Promise<{ readonly word: 'at' | 'from'; readonly name: string } | undefined> {
  const head = (await resolve(work, 'HEAD')) ?? '';
  const [moved] = readLog(work, 'HEAD').flatMap(({ message, to }) => {
    const [, name] = /^checkout: moving from \S+ to (\S+)$/.exec(message) ?? [];
    return name === undefined ? [] : [{ name, to }];
  });
  if (moved === undefined) return undefined;
  const refs: { readonly ref: string; readonly oid: string }[] = [];
  for (const kind of moved.name === 'HEAD' || !isRefName(moved.name) ? [] : ['tags', 'heads', 'remotes']) {
    const oid = await resolve(work, `refs/${kind}/${moved.name}`);
    if (oid !== undefined) refs.push({ ref: `refs/${kind}/${moved.name}`, oid });
  }
  const [one, ...others] = refs;
  const isNamed = others.length === 0 && one?.oid === moved.to;
  const name = isNamed ? one.ref.replace(/^refs\/(tags|remotes)\//, '') : short(work, moved.to);
  return { word: head === moved.to ? 'at' : 'from', name };
}

/** The paragraph about what is under way; '' when there is nothing. */
export async function underWay(work: Work): Promise<string> {
  const unmerged = readIndexFile(work).conflicts.size > 0;
  const parts: string[] = [];
  if (hasState(work, 'rebase-apply'))
    parts.push(
      `You are in the middle of an am session.\n  (fix conflicts and then run "git am --continue")\n  (use "git am --skip" to skip this patch)\n  (use "git am --abort" to restore the original branch)\n\n`,
    );
  else if (hasState(work, 'rebase-merge')) {
    if (hasState(work, 'MERGE_HEAD')) parts.push(`${rebaseSteps(work)}\n`, merging(unmerged));
    else parts.push(rebaseSteps(work), await rebasing(work, unmerged));
  } else if (hasState(work, 'MERGE_HEAD')) parts.push(merging(unmerged));
  else if (hasState(work, 'sequencer'))
    parts.push(
      picking(work, unmerged, stateText(work, 'sequencer/todo')?.startsWith('revert') ? 'revert' : 'cherry-pick'),
    );
  else if (hasState(work, 'CHERRY_PICK_HEAD'))
    parts.push(picking(work, unmerged, 'cherry-pick', stateText(work, 'CHERRY_PICK_HEAD')));
  else if (hasState(work, 'REVERT_HEAD')) parts.push(picking(work, unmerged, 'revert', stateText(work, 'REVERT_HEAD')));
  const started = stateText(work, 'BISECT_START');
  if (started !== undefined && hasState(work, 'BISECT_LOG')) {
    const from = /^[0-9a-f]{40}$/.test(started) ? short(work, started) : started;
    parts.push(
      `You are currently bisecting, started from branch '${from}'.\n  (use "git bisect reset" to get back to the original branch)\n\n`,
    );
  }
  return parts.join('');
}

function merging(unmerged: boolean): string {
  return unmerged
    ? 'You have unmerged paths.\n  (fix conflicts and run "git commit")\n  (use "git merge --abort" to abort the merge)\n\n'
    : 'All conflicts fixed but you are still merging.\n  (use "git commit" to conclude merge)\n\n';
}

function picking(work: Work, unmerged: boolean, command: 'cherry-pick' | 'revert', head?: string): string {
  const doing = command === 'revert' ? 'reverting' : 'cherry-picking';
  const first =
    head === undefined
      ? `${command === 'revert' ? 'Revert' : 'Cherry-pick'} currently in progress.\n`
      : `You are currently ${doing} commit ${short(work, head)}.\n`;
  const next = unmerged
    ? `fix conflicts and run "git ${command} --continue"`
    : head === undefined
      ? `run "git ${command} --continue" to continue`
      : `all conflicts fixed: run "git ${command} --continue"`;
  const cancel = command === 'revert' ? 'cancel the revert operation' : 'cancel the cherry-pick operation';
  return `${first}  (${next})\n  (use "git ${command} --skip" to skip this patch)\n  (use "git ${command} --abort" to ${cancel})\n\n`;
}

const listed = (text: string | undefined): readonly string[] =>
  (text ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#'));

/** What a rebase has done and will do, two lines of each. */
function rebaseSteps(work: Work): string {
  const shown = (line: string): string => `   ${line.replace(/\b[0-9a-f]{40}\b/, (oid) => short(work, oid))}\n`;
  const [done, todo] = [
    listed(stateText(work, 'rebase-merge/done')),
    listed(stateText(work, 'rebase-merge/git-rebase-todo')),
  ];
  const text: string[] = [];
  if (done.length === 0) text.push('No commands done.\n');
  else {
    text.push(
      `Last command${done.length === 1 ? '' : 's'} done (${done.length} command${done.length === 1 ? '' : 's'} done):\n`,
      ...done.slice(-2).map(shown),
    );
    if (done.length > 2) text.push('  (see more in file .git/rebase-merge/done)\n');
  }
  if (todo.length === 0) text.push('No commands remaining.\n');
  else
    text.push(
      `Next command${todo.length === 1 ? '' : 's'} to do (${todo.length} remaining command${todo.length === 1 ? '' : 's'}):\n`,
      ...todo.slice(0, 2).map(shown),
      '  (use "git rebase --edit-todo" to view and edit)\n',
    );
  return text.join('');
}

async function rebasing(work: Work, unmerged: boolean): Promise<string> {
  const name = stateText(work, 'rebase-merge/head-name')?.replace('refs/heads/', '');
  const onto = short(work, stateText(work, 'rebase-merge/onto') ?? '');
  const which = name === undefined || name === 'detached HEAD' ? '' : ` branch '${name}' on '${onto}'`;
  if (unmerged)
    return `You are currently rebasing${which}.\n  (fix conflicts and then run "git rebase --continue")\n  (use "git rebase --skip" to skip this patch)\n  (use "git rebase --abort" to check out the original branch)\n\n`;
  if (hasState(work, 'MERGE_MSG'))
    return `You are currently rebasing${which}.\n  (all conflicts fixed: run "git rebase --continue")\n\n`;
  if (await isSplitting(work))
    return `You are currently splitting a commit while rebasing${which}.\n  (Once your working directory is clean, run "git rebase --continue")\n\n`;
  return `You are currently editing a commit while rebasing${which}.\n  (use "git commit --amend" to amend the current commit)\n  (use "git rebase --continue" once you are satisfied with your changes)\n\n`;
}

/** A commit is being split when HEAD was moved back from it and its changes are still about. */
async function isSplitting(work: Work): Promise<boolean> {
  const amend = stateText(work, 'rebase-merge/amend');
  const original = stateText(work, 'rebase-merge/orig-head');
  if (amend === undefined || !(await changesNow(work)).unstaged) return false;
  return amend === original ? (await resolve(work, 'HEAD')) !== amend : stateText(work, 'ORIG_HEAD') !== original;
}
