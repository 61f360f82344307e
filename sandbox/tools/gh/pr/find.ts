// Which pull request is meant, and what git says here.
import type { PullRequest } from '../../../forge/index.ts';
import { GhStop, type Given } from '../given.ts';
import type { Place } from '../place.ts';

export const selector = '[<number> | <url> | <branch>]';

/** By number, address or branch; that of the current branch where none is named. @throws GhStop */
export async function findPull(place: Place, given: Given): Promise<PullRequest> {
  const [asked] = given.words;
  if (given.words.length > 1) throw new GhStop(`accepts at most 1 arg(s), received ${given.words.length}`);
  if (asked === undefined && place.isNamed) throw new GhStop('argument required when using the --repo flag');
  const [, number] = /^(?:#|https:\/\/[^/]+\/[^/]+\/[^/]+\/pull\/)?(\d+)\/?$/.exec(asked ?? '') ?? [];
  if (number !== undefined) {
    const pull = place.store.pull(Number(number));
    if (pull === undefined)
      throw new GhStop(
        `GraphQL: Could not resolve to a PullRequest with the number of ${Number(number)}. (repository.pullRequest)`,
      );
    return pull;
  }
  const branch = (asked ?? (await branchHere(place))).replace(/^ventarela:/, '');
  const all = place.store.pulls().filter((pull) => pull.head === branch || branchOf(pull) === branch);
  const found = all.findLast(({ state }) => state === 'OPEN') ?? all.at(-1);
  if (found === undefined) throw new GhStop(`no pull requests found for branch "${branch}"`);
  return found;
}

/** @throws GhStop outside a repository, or where HEAD is a commit. */
export async function branchHere(place: Place): Promise<string> {
  const { exitCode, stdout, stderr } = await git(place, 'symbolic-ref', '--quiet', '--short', 'HEAD');
  if (exitCode === 0) return stdout.trim();
  if (stderr !== '') throw new GhStop(`failed to run git: ${stderr}`);
  throw new GhStop('could not determine current branch: failed to run git: not on any branch');
}

/** Runs git in the folder of the command. */
export async function git(
  { io }: Place,
  ...args: readonly string[]
): Promise<{ readonly stdout: string; readonly stderr: string; readonly exitCode: number }> {
  if (io.run === undefined) throw new GhStop('there is no shell here');
  const { stdout, stderr, exitCode } = await io.run({ words: ['git', ...args] });
  return { stdout: new TextDecoder().decode(stdout), stderr, exitCode };
}

/** The head's name without the owner of its fork: how the branch is called locally. */
export const branchOf = ({ head }: Pick<PullRequest, 'head'>): string => head.replace(/^[^:]+:/, '');

/** `ventarela/seats#3` */
export const nameOf = ({ fullName }: Place, { number }: Pick<PullRequest, 'number'>): string => `${fullName}#${number}`;
