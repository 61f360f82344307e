// Pull requests: opened, followed as their branches move, reviewed, closed and opened again.
import * as git from 'isomorphic-git';
import { isAncestor } from './ancestor.ts';
import { type Answer, done, refused } from './answer.ts';
import { mergeCommit } from './combine.ts';
import { compare } from './compare.ts';
import type { Forge } from './forge.ts';
import { commitData, commitsBetween } from './git/index.ts';
import { closeLinkedIssues, strangeLabel } from './issues.ts';
import { rulesOfPull } from './mergeability.ts';
import { readPeople } from './people.ts';
import type { Login, PullRequest, Review, ReviewState } from './records.ts';
import { FORGE } from './signature.ts';
import { textRefusal } from './text-limits.ts';

export interface NewPull {
  readonly title: string;
  readonly body: string;
  readonly head: string;
  /** Of a head in a fork, whose objects are here already. */
  readonly headCommit?: string;
  readonly base: string;
  readonly by: Login;
  readonly isDraft?: boolean;
  readonly labels?: readonly string[];
  readonly assignees?: readonly Login[];
  readonly reviewers?: readonly Login[];
}

export async function openPull(forge: Forge, asked: NewPull): Promise<Answer<PullRequest>> {
  const { machine, repository, store } = forge;
  const { title, body, head, base, by, isDraft = false, labels = [], assignees = [], reviewers = [] } = asked;
  const tooLong = textRefusal({ title, body });
  if (tooLong !== undefined) return refused(tooLong);
  const [headCommit, baseCommit] = [asked.headCommit ?? (await forge.tip(head)), await forge.tip(base)];
  if (headCommit === undefined)
    return refused(
      `Head sha can't be blank, Base sha can't be blank, No commits between ${base} and ${head}, Head ref must be a branch`,
    );
  if (baseCommit === undefined) return refused(`Base sha can't be blank, Base ref must be a branch`);
  const same = store.pulls().find((one) => one.state === 'OPEN' && one.head === head && one.base === base);
  if (same !== undefined)
    return refused(`A pull request already exists for ${head.includes(':') ? '' : 'ventarela:'}${head}.`);
  if (await isAncestor(forge.place, headCommit, baseCommit)) return refused(`No commits between ${base} and ${head}`);
  const strange = strangeLabel(forge, labels);
  if (strange !== undefined) return refused(strange);
  if (reviewers.includes(by)) return refused('Review cannot be requested from pull request author.');
  const now = forge.now();
  const pull: PullRequest = {
    number: store.nextNumber(),
    title,
    body,
    author: by,
    state: 'OPEN',
    isDraft,
    labels,
    assignees,
    comments: [],
    createdAt: now,
    updatedAt: now,
    head,
    base,
    headCommit,
    lastPusher: by,
    reviews: [],
    reviewRequests: reviewers,
  };
  const compared = await comparedAnew(forge, pull);
  const saved = isDraft ? compared : withOwnersAsked(compared);
  store.savePull(saved);
  machine.kernel.record({ type: 'PullRequestOpened', repository, number: saved.number, by });
  for (const label of labels)
    machine.kernel.record({ type: 'PullRequestLabeled', repository, number: saved.number, label, by });
  return done(saved);
}

/** "About code owners": they are asked for a review once the pull request is no draft. */
function withOwnersAsked(pull: PullRequest): PullRequest {
  const owners = (pull.comparison?.owners ?? []).flat().filter((login) => login !== pull.author);
  const spoken = new Set(pull.reviews.map(({ author }) => author));
  const asked = owners.filter((login) => !spoken.has(login));
  return { ...pull, reviewRequests: [...new Set([...pull.reviewRequests, ...asked])] };
}

/** Compares the branches anew, and keeps the refs that the product keeps: the head, and a test merge where there is one. */
async function comparedAnew(forge: Forge, pull: PullRequest): Promise<PullRequest> {
  const { place, machine } = forge;
  const base = await forge.tip(pull.base);
  if (base === undefined) return pull;
  const comparison = await compare(place, base, pull.headCommit, readPeople(machine).teams);
  const refs = `refs/pull/${pull.number}`;
  await git.writeRef({ ...place, ref: `${refs}/head`, value: pull.headCommit, force: true });
  const test =
    comparison.conflicts.length > 0
      ? undefined
      : await mergeCommit(place, base, pull.headCommit, {
          author: FORGE,
          committer: FORGE,
          timestamp: Math.floor(forge.now() / 1000),
          message: `Merge ${pull.headCommit} into ${base}`,
        });
  if (test === undefined) await git.deleteRef({ ...place, ref: `${refs}/merge` });
  else await git.writeRef({ ...place, ref: `${refs}/merge`, value: test, force: true });
  return { ...pull, comparison };
}

export interface RefMove {
  readonly ref: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly by: Login;
}

/** What a moved branch means for pull requests that have it as head or base, and for issues. Called after every move of a ref. */
export async function followRef(forge: Forge, { ref, from, to, by }: RefMove): Promise<void> {
  const { store } = forge;
  if (!ref.startsWith('refs/heads/')) return;
  const branch = ref.slice('refs/heads/'.length);
  for (const pull of store.pulls()) {
    if (pull.state !== 'OPEN') continue;
    if (to === undefined && (pull.head === branch || pull.base === branch)) {
      await closePull(forge, pull, by);
    } else if (to !== undefined && pull.head === branch) {
      await headMoved(forge, pull, to, by);
    } else if (to !== undefined && pull.base === branch) {
      if (await isAncestor(forge.place, pull.headCommit, to))
        recordMerge(forge, pull, { by, commit: to, method: 'merge' });
      else store.savePull(await comparedAnew(forge, pull));
    }
  }
  if (branch !== store.settings().defaultBranch || from === undefined || to === undefined) return;
  // "Linking a pull request to an issue": a commit's message closes the ones that it names when it reaches the default branch.
  for (const commit of await commitsBetween(forge.place, [from], to))
    closeLinkedIssues(forge, (await commitData(forge.place, commit)).message, by);
}

/** The head has other commits from now on: it is compared anew, and leaves the merge queue. */
export async function headMoved(forge: Forge, pull: PullRequest, to: string, by: Login): Promise<void> {
  const moved = staled(forge, { ...pull, headCommit: to, lastPusher: by, updatedAt: forge.now() });
  const { queued: _, ...free } = moved;
  forge.store.savePull(await comparedAnew(forge, free));
  const { machine, repository } = forge;
  machine.kernel.record({ type: 'PullRequestSynchronized', repository, number: pull.number, by });
}

/** "Dismiss stale pull request approvals when new commits are pushed". */
function staled({ store }: Forge, pull: PullRequest): PullRequest {
  const asks = rulesOfPull(pull, store.settings()).some(({ rules }) => rules.pullRequest?.dismissStale);
  if (!asks) return pull;
  const reviews = pull.reviews.map((one): Review => (one.state === 'APPROVED' ? { ...one, state: 'DISMISSED' } : one));
  return { ...pull, reviews };
}

/** Keeps that a pull request has been merged, and closes the issues that its text names. */
export function recordMerge(
  forge: Forge,
  pull: PullRequest,
  { by, commit, method }: { readonly by: Login; readonly commit: string; readonly method: string },
): PullRequest {
  const { machine, repository, store } = forge;
  const now = forge.now();
  const { autoMerge: _, queued: __, ...rest } = pull;
  const merged: PullRequest = {
    ...rest,
    state: 'MERGED',
    mergedAt: now,
    mergedBy: by,
    mergeCommit: commit,
    closedAt: now,
    updatedAt: now,
  };
  store.savePull(merged);
  machine.kernel.record({ type: 'PullRequestMerged', repository, number: pull.number, method, commit, by });
  if (pull.base === store.settings().defaultBranch) closeLinkedIssues(forge, pull.body, by);
  return merged;
}

export async function closePull(forge: Forge, pull: PullRequest, by: Login): Promise<void> {
  const { machine, repository, store } = forge;
  const now = forge.now();
  const { autoMerge: _, queued: __, ...rest } = pull;
  store.savePull({ ...rest, state: 'CLOSED', closedAt: now, updatedAt: now });
  machine.kernel.record({ type: 'PullRequestClosed', repository, number: pull.number, by });
}

export async function reopenPull(forge: Forge, pull: PullRequest, by: Login): Promise<Answer<PullRequest>> {
  const { machine, repository, store } = forge;
  const headCommit = pull.head.includes(':') ? pull.headCommit : await forge.tip(pull.head);
  if (headCommit === undefined || (await forge.tip(pull.base)) === undefined)
    return refused('Could not open the pull request.');
  const { closedAt: _, ...rest } = pull;
  const open = await comparedAnew(forge, { ...rest, state: 'OPEN', headCommit, updatedAt: forge.now() });
  store.savePull(open);
  machine.kernel.record({ type: 'PullRequestReopened', repository, number: pull.number, by });
  return done(open);
}

export function setDraft(forge: Forge, pull: PullRequest, isDraft: boolean, by: Login): PullRequest {
  const { machine, repository, store } = forge;
  const changed = { ...pull, isDraft, updatedAt: forge.now() };
  const saved = isDraft ? changed : withOwnersAsked(changed);
  store.savePull(saved);
  if (!isDraft) machine.kernel.record({ type: 'PullRequestReadied', repository, number: pull.number, by });
  return saved;
}

/** "About pull request reviews": nobody approves their own work, or asks it to be changed. */
export function review(
  forge: Forge,
  pull: PullRequest,
  said: { readonly state: Exclude<ReviewState, 'DISMISSED'>; readonly body: string; readonly by: Login },
): Answer<PullRequest> {
  const { machine, repository, store } = forge;
  const { state, body, by } = said;
  const tooLong = textRefusal({ body });
  if (tooLong !== undefined) return refused(tooLong);
  if (pull.state !== 'OPEN' && state !== 'COMMENTED') return refused('Can not approve a closed pull request');
  if (by === pull.author && state === 'APPROVED') return refused('Can not approve your own pull request');
  if (by === pull.author && state === 'CHANGES_REQUESTED')
    return refused('Can not request changes on your own pull request');
  const now = forge.now();
  const changed: PullRequest = {
    ...pull,
    reviews: [...pull.reviews, { author: by, body, state, commit: pull.headCommit, createdAt: now }],
    reviewRequests: pull.reviewRequests.filter((login) => login !== by),
    updatedAt: now,
  };
  store.savePull(changed);
  machine.kernel.record({ type: 'ReviewSubmitted', repository, number: pull.number, state, by });
  return done(changed);
}

/** Changes of what is written or named; another base is compared anew. */
export async function editPull(
  forge: Forge,
  pull: PullRequest,
  changed: Partial<
    Pick<PullRequest, 'title' | 'body' | 'base' | 'labels' | 'assignees' | 'reviewRequests' | 'comments'>
  >,
  by: Login,
): Promise<Answer<PullRequest>> {
  const { machine, repository, store } = forge;
  const tooLong = textRefusal(changed);
  if (tooLong !== undefined) return refused(tooLong);
  const strange = strangeLabel(forge, changed.labels ?? []);
  if (strange !== undefined) return refused(strange);
  if (changed.reviewRequests?.includes(pull.author))
    return refused('Review cannot be requested from pull request author.');
  if (changed.base !== undefined && (await forge.tip(changed.base)) === undefined)
    return refused(`Base ref '${changed.base}' must be a branch`);
  const next = { ...pull, ...changed, updatedAt: forge.now() };
  const saved = changed.base === undefined || pull.state !== 'OPEN' ? next : await comparedAnew(forge, next);
  store.savePull(saved);
  for (const label of changed.labels ?? [])
    if (!pull.labels.includes(label))
      machine.kernel.record({ type: 'PullRequestLabeled', repository, number: pull.number, label, by });
  return done(saved);
}
