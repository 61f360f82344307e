// `gh pr merge`
import {
  deleteHead,
  enqueue,
  type MergeMethod,
  mergePull,
  mergeStateOf,
  type PullRequest,
} from '../../../forge/index.ts';
import { GhStop } from '../given.ts';
import type { Place } from '../place.ts';
import type { Subcommand } from '../subcommand.ts';
import { bodyOf } from '../texts.ts';
import { branchHere, branchOf, findPull, git, nameOf, selector } from './find.ts';

export const merge: Subcommand = {
  use: selector,
  short: 'Merge a pull request on GitHub.',
  flags: {
    admin: 'Use administrator privileges to merge a pull request that does not meet requirements',
    auto: 'Automatically merge only after necessary requirements are met',
    'body b=': 'Body `text` for the merge commit',
    'body-file F=': 'Read body text from `file` (use "-" to read from standard input)',
    'delete-branch d': 'Delete the local and remote branch after merge',
    'disable-auto': 'Disable auto-merge for this pull request',
    'match-head-commit=': 'Commit `SHA` that the pull request head must match to allow merge',
    'merge m': 'Merge the commits with the base branch',
    'rebase r': 'Rebase the commits onto the base branch',
    'squash s': 'Squash the commits into one commit and merge it into the base branch',
    'subject t=': 'Subject `text` for the merge commit',
  },
  async run(place, given) {
    const { io, forge, store, login } = place;
    const methods = (['merge', 'rebase', 'squash'] as const).filter((name) => given.has(name));
    if (methods.length > 1) throw new GhStop('only one of --merge, --rebase, or --squash can be enabled');
    if (['auto', 'disable-auto', 'admin'].filter((name) => given.has(name)).length > 1)
      throw new GhStop('specify only one of `--auto`, `--disable-auto`, or `--admin`');
    const body = bodyOf(place, given);
    const pull = await findPull(place, given);
    const name = nameOf(place, pull);
    const tell = (text: string): void => void (io.isTerminal && io.stderr(`${text}\n`));
    if (pull.queued !== undefined) {
      io.stderr(`! Pull request ${name} is already queued to merge\n`);
      return 0;
    }
    if (given.has('disable-auto')) {
      const { autoMerge: _, ...rest } = pull;
      store.savePull(rest);
      tell(`✓ Auto-merge disabled for pull request ${name}`);
      return 0;
    }
    const isAdmin = given.has('admin');
    const { status, isQueueRequired } = mergeStateOf(
      pull,
      store.settings(),
      store.checks(pull.headCommit),
      place.now(),
    );
    const isQueued = isQueueRequired && !isAdmin;
    const isWaiting = given.has('auto') && !['CLEAN', 'UNSTABLE'].includes(status);
    if (pull.state === 'OPEN' && !isQueueRequired && !isWaiting)
      refuseBlocked(place, pull, status, isAdmin, methods[0]);
    if (pull.state === 'MERGED') {
      io.stderr(`! Pull request ${name} was already merged\n`);
      if (given.has('delete-branch')) await deleteBranches(place, pull, true);
      return 0;
    }
    const [method] = methods;
    if (isQueued && method !== undefined)
      io.stderr(`! The merge strategy for ${pull.base} is set by the merge queue\n`);
    if (!isQueued && method === undefined)
      throw new GhStop('--merge, --rebase, or --squash required when not running interactively');
    if (isQueued || isWaiting) {
      await later(place, pull, method ?? 'merge', isQueued);
      tell(
        isQueued
          ? `✓ Pull request ${name} will be added to the merge queue for ${pull.base} when ready`
          : `✓ Pull request ${name} will be automatically merged${{ merge: '', rebase: ' via rebase', squash: ' via squash' }[method ?? 'merge']} when all requirements are met`,
      );
      return 0;
    }
    const answer = await mergePull(forge, pull, {
      method: method ?? 'merge',
      by: login,
      isAdmin,
      subject: given.value('subject'),
      body,
      matchHead: given.value('match-head-commit'),
    });
    if (!answer.ok) throw new GhStop(`GraphQL: ${answer.why} (mergePullRequest)`);
    const action = { merge: 'Merged', rebase: 'Rebased and merged', squash: 'Squashed and merged' }[method ?? 'merge'];
    tell(`✓ ${action} pull request ${name} (${pull.title})`);
    if (given.has('delete-branch')) await deleteBranches(place, pull, false);
    return 0;
  },
};

/** @throws GhStop with what the rules say, and what one may do about it. */
function refuseBlocked(
  place: Place,
  pull: PullRequest,
  status: string,
  isAdmin: boolean,
  method: MergeMethod | undefined,
): void {
  const reasons: Readonly<Record<string, string>> = {
    ...(!isAdmin && {
      BLOCKED: 'the base branch policy prohibits the merge',
      BEHIND: 'the head branch is not up to date with the base branch',
    }),
    DIRTY: 'the merge commit cannot be cleanly created',
  };
  const reason = Object.hasOwn(reasons, status) ? reasons[status] : undefined;
  if (reason === undefined) return;
  const lines = [
    `X Pull request ${nameOf(place, pull)} is not mergeable: ${reason}.`,
    'To have the pull request merged after all the requirements have been met, add the `--auto` flag.',
  ];
  if (status === 'DIRTY' && !place.isNamed) {
    const verb = method === 'rebase' ? 'rebase' : 'merge';
    lines.push(
      'Run the following to resolve the merge conflicts locally:',
      `  gh pr checkout ${pull.number} && git fetch origin ${pull.base} && git ${verb} origin/${pull.base}`,
    );
  }
  if (status !== 'DIRTY' && !isAdmin)
    lines.push('To use administrator privileges to immediately merge the pull request, add the `--admin` flag.');
  throw new GhStop(lines.join('\n'));
}

/** Into the queue where it is ready for it, else kept to be merged when everything holds. @throws GhStop */
async function later(
  { store, forge, login }: Place,
  pull: PullRequest,
  method: MergeMethod,
  isQueued: boolean,
): Promise<void> {
  const settings = store.settings();
  if (!isQueued && !settings.methods.includes(method))
    throw new GhStop(`GraphQL: Merge method ${method} is not allowed on this repository. (enablePullRequestAutoMerge)`);
  if (isQueued && (await enqueue(forge, pull, login)).ok) return;
  store.savePull({ ...pull, autoMerge: { method, by: login } });
}

async function deleteBranches(place: Place, pull: PullRequest, isMerged: boolean): Promise<void> {
  const { io, forge, login } = place;
  const local = branchOf(pull);
  const tell = (text: string): void => void (io.isTerminal && io.stderr(`${text}\n`));
  if (!place.isNamed && (await git(place, 'show-ref', '--verify', '--quiet', `refs/heads/${local}`)).exitCode === 0) {
    let switched = '';
    if ((await branchHere(place)) === local) {
      const { exitCode, stderr } = await git(place, 'checkout', pull.base);
      if (exitCode !== 0) throw new GhStop(stderr.trimEnd());
      if ((await git(place, 'pull', '--ff-only', 'origin', pull.base)).exitCode !== 0)
        io.stderr(`! warning: not possible to fast-forward to: "${pull.base}"\n`);
      switched = ` and switched to branch ${pull.base}`;
    }
    const { exitCode, stderr } = await git(place, 'branch', '-D', local);
    if (exitCode !== 0) throw new GhStop(`failed to delete local branch ${local}: failed to run git: ${stderr}`);
    tell(`✓ Deleted local branch ${local}${switched}`);
  }
  // The branch of a fork is its owner's.
  if (pull.head.includes(':')) return;
  if (!isMerged && (await forge.tip(pull.head)) !== undefined) {
    const answer = await deleteHead(forge, pull, login);
    if (!answer.ok) throw new GhStop(`failed to delete remote branch ${pull.head}: HTTP 422: ${answer.why}`);
  }
  tell(`✓ Deleted remote branch ${pull.head}`);
}
