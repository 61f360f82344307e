// Bringing a pull request's branch up to date with its base, on the forge.
import { type Answer, done, refused } from './answer.ts';
import { mergeCommit, rebasedCommits } from './combine.ts';
import { type Forge, moveBranch } from './forge.ts';
import { personOf } from './people.ts';
import { followRef } from './pulls.ts';
import { ruleOn } from './push-rules.ts';
import type { Login, PullRequest } from './records.ts';
import { FORGE } from './signature.ts';

/** "Keeping your pull request in sync with the base branch": a merge of the base, or the same commits on top of it. */
export async function updateBranch(
  forge: Forge,
  pull: PullRequest,
  isRebase: boolean,
  by: Login,
): Promise<Answer<string>> {
  const { machine, place } = forge;
  if (pull.head.includes(':')) return refused('The branch lies in a fork: its owner brings it up to date');
  const base = await forge.tip(pull.base);
  const timestamp = Math.floor(forge.now() / 1000);
  const person = personOf(machine, by);
  const commit =
    base === undefined
      ? undefined
      : isRebase
        ? await rebasedCommits(place, base, pull.headCommit, { committer: person, timestamp })
        : await mergeCommit(place, pull.headCommit, base, {
            author: person,
            committer: FORGE,
            timestamp,
            message: `Merge branch '${pull.base}' into ${pull.head}`,
          });
  if (commit === undefined) return refused('Cannot update PR branch due to conflicts');
  const ref = `refs/heads/${pull.head}`;
  const move = { ref, from: pull.headCommit, to: commit, by };
  const ruling = await ruleOn(forge, move);
  if (ruling?.isRefused) return refused(ruling.lines.filter((line) => line.startsWith('- ')).join('\n'));
  await moveBranch(forge, pull.head, commit, by);
  await followRef(forge, move);
  return done(commit);
}
