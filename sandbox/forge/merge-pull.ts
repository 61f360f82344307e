// Merging a pull request: never against a rule, with the commits that the product would make.
import { type Answer, done, refused } from './answer.ts';
import { mergeCommit, rebasedCommits, squashCommit } from './combine.ts';
import { type Forge, fullNameOf, moveBranch, OWNER } from './forge.ts';
import { commitData, commitsBetween, subjectOf } from './git/index.ts';
import { mergeStateOf, refusalOf, rulesOfPull } from './mergeability.ts';
import { personOf } from './people.ts';
import { followRef, recordMerge } from './pulls.ts';
import type { Login, MergeMethod, PullRequest } from './records.ts';
import { FORGE } from './signature.ts';

export interface MergeWish {
  readonly method: MergeMethod;
  readonly by: Login;
  /** Pass over rules where this person may. */
  readonly isAdmin?: boolean;
  readonly subject?: string | undefined;
  readonly body?: string | undefined;
  /** Only while the head is this commit. */
  readonly matchHead?: string | undefined;
}

const plural = { merge: 'Merge commits', squash: 'Squash merges', rebase: 'Rebase merges' } as const;

export async function mergePull(forge: Forge, pull: PullRequest, wish: MergeWish): Promise<Answer<PullRequest>> {
  const { store } = forge;
  const { method, by, isAdmin = false, matchHead } = wish;
  const settings = store.settings();
  if (pull.state !== 'OPEN') return refused('Pull Request is not mergeable');
  if (matchHead !== undefined && matchHead !== pull.headCommit)
    return refused('Head branch was modified. Review and try the merge again.');
  if (!settings.methods.includes(method)) return refused(`${plural[method]} are not allowed on this repository.`);
  const rules = rulesOfPull(pull, settings);
  const isFree = (bypass: readonly Login[]): boolean => isAdmin && bypass.includes(by);
  for (const { rules: own, bypass } of rules) {
    if (isFree(bypass)) continue;
    if (own.requiredLinearHistory && method === 'merge') return refused('This branch must not contain merge commits.');
    if (own.pullRequest !== undefined && !own.pullRequest.methods.includes(method))
      return refused(`Repository rule violations found\n\n${plural[method]} are not allowed on this branch.\n\n`);
    if (own.mergeQueue !== undefined)
      return refused('Repository rule violations found\n\nChanges must be made through the merge queue\n\n');
    if (own.restrictedTo !== undefined && !own.restrictedTo.includes(by))
      return refused("You're not authorized to push to this branch.");
  }
  const checks = store.checks(pull.headCommit);
  const state = mergeStateOf(pull, settings, checks, forge.now(), isAdmin ? by : undefined);
  const why = refusalOf(state, pull, settings, checks, forge.now());
  if (why !== undefined) return refused(why);
  const base = await forge.tip(pull.base);
  const commit = base === undefined ? undefined : await commitFor(forge, pull, base, wish);
  if (base === undefined || commit === undefined)
    return refused(method === 'rebase' ? "This branch can't be rebased" : 'Pull Request is not mergeable');
  return done(await land(forge, pull, { commit, by, method }));
}

/** Moves the base to a commit that holds the pull request, and tells everything that hangs on it. */
export async function land(
  forge: Forge,
  pull: PullRequest,
  { commit, by, method }: { readonly commit: string; readonly by: Login; readonly method: MergeMethod },
): Promise<PullRequest> {
  const from = await forge.tip(pull.base);
  await moveBranch(forge, pull.base, commit, by);
  const merged = recordMerge(forge, pull, { by, commit, method });
  await followRef(forge, { ref: `refs/heads/${pull.base}`, from, to: commit, by });
  if (forge.store.settings().deleteBranchOnMerge) await deleteHead(forge, merged, by);
  return merged;
}

/** Removes the branch of a pull request that is over. */
export async function deleteHead(forge: Forge, pull: PullRequest, by: Login): Promise<Answer<void>> {
  const from = await forge.tip(pull.head);
  if (from === undefined) return refused('Reference does not exist');
  if (rulesOfPull({ base: pull.head }, forge.store.settings()).some(({ rules }) => rules.deletion))
    return refused('Cannot delete this branch');
  await moveBranch(forge, pull.head, undefined, by);
  await followRef(forge, { ref: `refs/heads/${pull.head}`, from, to: undefined, by });
  return done(undefined);
}

/** The commit that the base would become; undefined where the branches are in conflict. */
export async function commitFor(
  forge: Forge,
  pull: PullRequest,
  base: string,
  { method, by, subject, body }: Pick<MergeWish, 'method' | 'by' | 'subject' | 'body'>,
): Promise<string | undefined> {
  const { machine, place } = forge;
  const timestamp = Math.floor(forge.now() / 1000);
  if (method === 'rebase')
    return rebasedCommits(place, base, pull.headCommit, { committer: personOf(machine, by), timestamp });
  const told = method === 'merge' ? mergeWords(pull) : await squashWords(forge, pull, base);
  const text = [subject ?? told.subject, body ?? told.body].filter((part) => part !== '').join('\n\n');
  if (method === 'merge')
    return mergeCommit(place, base, pull.headCommit, {
      author: personOf(machine, by),
      committer: FORGE,
      timestamp,
      message: text,
    });
  const author = personOf(machine, pull.author);
  return squashCommit(place, base, pull.headCommit, { author, committer: FORGE, timestamp, message: text });
}

function mergeWords({ number, head, title }: PullRequest): { readonly subject: string; readonly body: string } {
  return { subject: `Merge pull request #${number} from ${OWNER}/${head}`, body: title };
}

/** "About merge methods on GitHub", merge message for a squash merge: the commit's own words where there is one, else a list. */
async function squashWords(
  { place, machine }: Forge,
  pull: PullRequest,
  base: string,
): Promise<{ readonly subject: string; readonly body: string }> {
  const commits = await Promise.all(
    (await commitsBetween(place, [base], pull.headCommit)).map((oid) => commitData(place, oid)),
  );
  const own = commits.filter(({ parent }) => parent.length < 2);
  const [only] = own;
  if (own.length === 1 && only !== undefined)
    return {
      subject: `${subjectOf(only)} (#${pull.number})`,
      body: only.message.split('\n').slice(1).join('\n').trim(),
    };
  const main = personOf(machine, pull.author).email;
  const others = new Map(own.map(({ author }) => [author.email, author.name]));
  others.delete(main);
  const trailers = [...others].map(([email, name]) => `Co-authored-by: ${name} <${email}>`);
  const list = own.map(({ message }) => `* ${message.trim()}`).join('\n\n');
  return {
    subject: `${pull.title} (#${pull.number})`,
    body: trailers.length === 0 ? list : `${list}\n\n---------\n\n${trailers.join('\n')}`,
  };
}

/** `https://git.ventarela.test/ventarela/seats/pull/3` */
export const pullUrl = (repository: string, number: number): string =>
  `https://git.ventarela.test/${fullNameOf(repository)}/pull/${number}`;
