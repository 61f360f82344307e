// `gh pr checkout`
import { GhStop } from '../given.ts';
import type { Subcommand } from '../subcommand.ts';
import { branchOf, findPull, git, selector } from './find.ts';

export const checkout: Subcommand = {
  use: selector,
  short: 'Check out a pull request in git',
  flags: {
    'branch b=': 'Local branch name to use (default [the name of the head branch])',
    detach: 'Checkout PR with a detached HEAD',
    'force f': 'Reset the existing local branch to the latest state of the pull request',
  },
  async run(place, given) {
    const { io } = place;
    if (given.words.length === 0) throw new GhStop('argument required when not running interactively');
    const pull = await findPull(place, given);
    const branch = given.value('branch') ?? branchOf(pull);
    const isLocal = (await git(place, 'show-ref', '--verify', '--quiet', `refs/heads/${branch}`)).exitCode === 0;
    const isGone = (await place.forge.tip(pull.head)) === undefined;
    const from = isGone ? `refs/pull/${pull.number}/head` : `+refs/heads/${pull.head}:refs/remotes/origin/${pull.head}`;
    const there = isGone ? 'FETCH_HEAD' : `origin/${pull.head}`;
    const steps: (readonly string[])[] = [['fetch', 'origin', from]];
    if (given.has('detach')) steps.push(['checkout', '--detach', there]);
    else if (!isLocal) steps.push(['checkout', '-b', branch, ...(isGone ? [] : ['--track']), there]);
    else
      steps.push(['checkout', branch], given.has('force') ? ['reset', '--hard', there] : ['merge', '--ff-only', there]);
    for (const step of steps) {
      const { stdout, stderr, exitCode } = await git(place, ...step);
      io.stdout(stdout);
      io.stderr(stderr);
      if (exitCode !== 0) throw new GhStop(`failed to run git: exit status ${exitCode}`, exitCode);
    }
    return 0;
  },
};
