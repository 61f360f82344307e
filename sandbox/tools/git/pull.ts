import { isAncestor } from '../../forge/index.ts';
import { addressOf } from './far.ts';
import { hasRef } from './far-refs.ts';
import { tagsAsked } from './fetch-tags.ts';
import type { GetLazy } from './lazy.ts';
import { mergeInto, mergeOptions } from './merge.ts';
import { intoSuffix } from './merge-title.ts';
import { fatal, GitStop, type OptionTable, readOptions } from './options.ts';
import { readLog } from './reflog-file.ts';
import { resolve } from './revisions.ts';
import { config } from './sources.ts';
import { hasState, refuseChanges, refuseUnmerged } from './state.ts';
import { bring } from './sync.ts';
import { nameThere, upstreamOf } from './upstream.ts';
import { currentBranch, type Work } from './work.ts';

/** What git says to people who have not chosen between merging and rebasing. */
const divergent =
  'hint: You have divergent branches and need to specify how to reconcile them.\nhint: You can do so by running one of the following commands sometime before\nhint: your next pull:\nhint: \nhint:   git config pull.rebase false  # merge\nhint:   git config pull.rebase true   # rebase\nhint:   git config pull.ff only       # fast-forward only\nhint: \nhint: You can replace "git config" with "git config --global" to set a default\nhint: preference for all repositories. You can also pass --rebase, --no-rebase,\nhint: or --ff-only on the command line to override the configured default per\nhint: invocation.\n';

const pullOptions: OptionTable = {
  ...mergeOptions,
  '-r': { as: 'rebase' },
  '--rebase': { as: 'rebase' },
  '--no-rebase': { as: 'no-rebase' },
  '-p': { as: 'prune' },
  '--prune': { as: 'prune' },
  '--progress': { as: 'progress' },
  '--no-progress': { as: 'no-progress' },
  '-j': { as: 'jobs', value: true },
  '--jobs': { as: 'jobs', value: true },
  '--recurse-submodules': { as: 'submodules', value: 'optional' },
  '--no-recurse-submodules': { as: 'no-submodules' },
  '--verify': { as: 'verify' },
  '-4': { as: 'ipv4' },
  '--all': { as: 'all' },
  '-t': { as: 'tags' },
  '--tags': { as: 'tags' },
  '--no-tags': { as: 'no-tags' },
  '-f': { as: 'force' },
  '--force': { as: 'force' },
};

/** `git pull`: fetch, then a merge or a rebase of the current branch. */
export async function pull(work: Work, args: readonly string[], lazy: GetLazy): Promise<number> {
  const { io } = work;
  const parsed = readOptions(
    'pull',
    args.map((arg) => (arg === '--rebase=true' ? '--rebase' : arg === '--rebase=false' ? '--no-rebase' : arg)),
    pullOptions,
  );
  const { flags, words } = parsed;
  refusePulling(work);
  const branch = await currentBranch(work);
  const settled = config(work, `branch.${branch}.rebase`) ?? config(work, 'pull.rebase');
  const rebasing = flags.has('rebase') || (!flags.has('no-rebase') && settled === 'true');
  const autostash =
    flags.has('autostash') || (!flags.has('no-autostash') && config(work, 'rebase.autoStash') === 'true');
  if (rebasing && !autostash) await refuseChanges(work, 'pull with rebase');
  const [named, name] = words;
  const remote = named ?? (branch === undefined ? undefined : config(work, `branch.${branch}.remote`)) ?? 'origin';
  const known = config(work, `remote.${remote}.url`) !== undefined;
  const isHere = named === undefined && remote === '.';
  const asked = isHere ? config(work, `branch.${branch}.merge`)?.replace('refs/heads/', '') : name;
  const lines =
    !known && named === undefined && !isHere
      ? ''
      : await bring(work, remote, {
          prune: flags.has('prune'),
          only: asked,
          reflog: ['pull', ...args].join(' '),
          tags: tagsAsked(work, remote, flags),
        }).catch((error: unknown) => {
          // The fetch within has failed; pull itself is not to blame.
          throw error instanceof GitStop ? new GitStop(error.message, 1) : error;
        });
  if (!flags.has('quiet')) io.stderr(lines);
  const upstream = branch === undefined ? undefined : await upstreamOf(work, branch);
  const followed = name === undefined && known ? config(work, `branch.${branch}.merge`) : undefined;
  const isGone = followed !== undefined && !(await hasRef(work, remote, followed));
  if (name === undefined && upstream === undefined && !isGone) {
    io.stderr(
      branch === undefined
        ? `You are not currently on a branch.\nPlease specify which branch you want to ${rebasing ? 'rebase against' : 'merge with'}.\nSee git-pull(1) for details.\n\n    git pull <remote> <branch>\n\n`
        : `There is no tracking information for the current branch.\nPlease specify which branch you want to ${rebasing ? 'rebase against' : 'merge with'}.\nSee git-pull(1) for details.\n\n    git pull <remote> <branch>\n\nIf you wish to set tracking information for this branch you can do so with:\n\n    git branch --set-upstream-to=${known || rebasing ? remote : '<remote>'}/<branch> ${branch}\n\n`,
    );
    return 1;
  }
  const target =
    name === undefined ? upstream?.oid : await resolve(work, known ? `refs/remotes/${remote}/${name}` : 'FETCH_HEAD');
  if (target === undefined || isGone) {
    io.stderr(
      `Your configuration specifies to merge with the ref '${followed}'\nfrom the remote, but no such ref was fetched.\n`,
    );
    return 1;
  }
  const head = await resolve(work, 'HEAD');
  const apart =
    head !== undefined && !(await isAncestor(work, head, target)) && !(await isAncestor(work, target, head));
  const forward = ['ff', 'no-ff', 'ff-only'].some((flag) => flags.has(flag));
  const ff = forward ? undefined : config(work, 'pull.ff');
  const chosen =
    flags.has('rebase') ||
    flags.has('no-rebase') ||
    forward ||
    flags.has('squash') ||
    settled !== undefined ||
    (ff !== undefined && ff !== 'only');
  const ffOnly = flags.has('ff-only') || (ff === 'only' && !flags.has('rebase') && !flags.has('no-rebase'));
  if (apart && ffOnly) throw fatal('Not possible to fast-forward, aborting.');
  if (apart && !chosen) throw new GitStop(`${divergent}fatal: Need to specify how to reconcile divergent branches.`);
  const reflog = ['pull', ...args].join(' ');
  // What is ahead is rebased as well, which changes nothing but what is said.
  const isAhead = head !== undefined && head !== target && (await isAncestor(work, target, head));
  const source = name ?? (upstream === undefined ? '' : nameThere(upstream));
  if (rebasing && head !== undefined && (apart || isAhead)) {
    const { rebaseOnto } = await lazy();
    return rebaseOnto(work, {
      onto: target,
      ontoName: target,
      upstream: (await forkPoint(work, `refs/remotes/${remote}/${source}`, head, target)) ?? target,
      head,
      branch,
      autostash,
      reflog,
      quiet: flags.has('quiet'),
    });
  }
  const url = addressOf(work, remote);
  // Moved forward, a rebase is a merge with the settings of the rebase.
  const wish = rebasing
    ? ['ff-only', ...(autostash ? ['autostash'] : [])]
    : ff === undefined || ff === 'only'
      ? []
      : [ff === 'false' ? 'no-ff' : 'ff'];
  return mergeInto(
    work,
    { ...parsed, flags: new Set([...flags, ...wish]) },
    {
      name: target,
      target,
      words: `Merge branch '${source}'${remote === '.' ? '' : ` of ${url.replace(/\.git$/, '')}`}${await intoSuffix(work)}`,
      reflog,
    },
  );
}

/** Where the branch left one of the remote that was rewritten since, as the log of what is known of it tells (`merge-base --fork-point`). */
async function forkPoint(work: Work, ref: string, head: string, target: string): Promise<string | undefined> {
  for (const { to } of readLog(work, ref))
    if (await isAncestor(work, to, head)) return (await isAncestor(work, to, target)) ? undefined : to;
  return undefined;
}

/** @throws GitStop when a merge waits for its end. */
function refusePulling(work: Work): void {
  refuseUnmerged(work, 'Pulling');
  if (hasState(work, 'MERGE_HEAD'))
    throw new GitStop(
      'error: You have not concluded your merge (MERGE_HEAD exists).\nhint: Please, commit your changes before merging.\nfatal: Exiting because of unfinished merge.',
    );
}
