// `gh pr update-branch`
import { updateBranch } from '../../../forge/index.ts';
import { GhStop } from '../given.ts';
import type { Subcommand } from '../subcommand.ts';
import { findPull, selector } from './find.ts';

export const updateBranchCommand: Subcommand = {
  use: selector,
  short: 'Update a pull request branch with latest changes of the base branch.',
  flags: { rebase: 'Update PR branch by rebasing on top of latest base branch' },
  async run(place, given) {
    const pull = await findPull(place, given);
    if (pull.comparison?.isBehind === false) {
      place.io.stdout('✓ PR branch already up-to-date\n');
      return 0;
    }
    if (pull.state !== 'OPEN') throw new GhStop('GraphQL: Pull request is closed (updatePullRequestBranch)');
    const answer = await updateBranch(place.forge, pull, given.has('rebase'), place.login);
    if (!answer.ok) throw new GhStop(`X ${answer.why}`);
    place.io.stdout('✓ PR branch updated\n');
    return 0;
  },
};
