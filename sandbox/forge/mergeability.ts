// What a pull request waits for, and what the product calls that. Pure: the view of pull requests draws it too.
import { type CheckState, checksRefusal, lastRuns, stateOfCheck, stateOfRequired } from './check-state.ts';
import type { CheckRun, Login, PullRequest, Settings } from './records.ts';
import { neverBypassed, type Rules, type RulesOnRef, rulesOn } from './rules.ts';

export type Wait =
  | { readonly kind: 'draft' }
  | { readonly kind: 'conflicts'; readonly paths: readonly string[] }
  | { readonly kind: 'behind' }
  | { readonly kind: 'check'; readonly name: string; readonly state: CheckState }
  | { readonly kind: 'reviews'; readonly have: number; readonly need: number }
  | { readonly kind: 'changes'; readonly by: Login }
  | { readonly kind: 'owners'; readonly who: readonly Login[] }
  | { readonly kind: 'lastPush'; readonly by: Login }
  | { readonly kind: 'locked' };

/** GraphQL's MergeStateStatus. */
export type MergeStateStatus = 'CLEAN' | 'UNSTABLE' | 'BEHIND' | 'BLOCKED' | 'DIRTY' | 'DRAFT' | 'UNKNOWN';

export interface MergeState {
  readonly state: 'merged' | 'closed' | 'blocked' | 'ready' | 'queued';
  readonly status: MergeStateStatus;
  readonly waitsFor: readonly Wait[];
  /** Its branch goes through a merge queue. */
  readonly isQueueRequired: boolean;
}

export function rulesOfPull({ base }: Pick<PullRequest, 'base'>, settings: Partial<Settings>): readonly RulesOnRef[] {
  return rulesOn(`refs/heads/${base}`, settings);
}

/** Names of required checks, without repetition. */
export function requiredChecksOf(pull: Pick<PullRequest, 'base'>, settings: Partial<Settings>): readonly string[] {
  return [...new Set(rulesOfPull(pull, settings).flatMap(({ rules }) => rules.requiredChecks?.names ?? []))];
}

/** @param passedOver rules of which this person asks to be let off; they are looked at as if they were not there. */
export function mergeStateOf(
  pull: PullRequest,
  settings: Partial<Settings>,
  checks: readonly CheckRun[],
  now: number,
  passedOver?: Login,
): MergeState {
  const all = rulesOfPull(pull, settings);
  const isQueueRequired = all.some(({ rules }) => rules.mergeQueue !== undefined);
  if (pull.state !== 'OPEN')
    return { state: pull.state === 'MERGED' ? 'merged' : 'closed', status: 'UNKNOWN', waitsFor: [], isQueueRequired };
  const held = all.map((one) => heldFor(one, passedOver));
  const conflicts = pull.comparison?.conflicts ?? [];
  const policy = held.flatMap((rules) => waitsOf(rules, pull, checks, now));
  const isBehind = held.some((rules) => rules.requiredChecks?.strict) && (pull.comparison?.isBehind ?? false);
  const waitsFor: readonly Wait[] = withoutRepetition([
    ...(pull.isDraft ? [{ kind: 'draft' } as const] : []),
    ...(conflicts.length > 0 ? [{ kind: 'conflicts', paths: conflicts } as const] : []),
    ...(isBehind ? [{ kind: 'behind' } as const] : []),
    ...policy,
  ]);
  const isUnstable = lastRuns(checks).some((one) => stateOfCheck(one, now) !== 'passing');
  const status =
    conflicts.length > 0
      ? 'DIRTY'
      : pull.isDraft
        ? 'DRAFT'
        : policy.length > 0
          ? 'BLOCKED'
          : isBehind
            ? 'BEHIND'
            : isUnstable
              ? 'UNSTABLE'
              : 'CLEAN';
  const state = pull.queued !== undefined ? 'queued' : waitsFor.length > 0 ? 'blocked' : 'ready';
  return { state, status, waitsFor, isQueueRequired };
}

/** The rules that hold for somebody who asks to be let off. */
function heldFor({ rules, bypass, kind }: RulesOnRef, who: Login | undefined): Rules {
  if (who === undefined || !bypass.includes(who)) return rules;
  if (kind === 'ruleset') return {};
  return Object.fromEntries(Object.entries(rules).filter(([name]) => neverBypassed.has(name as keyof Rules)));
}

function waitsOf(rules: Rules, pull: PullRequest, checks: readonly CheckRun[], now: number): readonly Wait[] {
  const { requiredChecks, pullRequest } = rules;
  const waits: Wait[] = [];
  if (rules.update) waits.push({ kind: 'locked' });
  for (const name of requiredChecks?.names ?? []) {
    const state = stateOfRequired(name, checks, now);
    if (state !== 'passing') waits.push({ kind: 'check', name, state });
  }
  if (pullRequest === undefined) return waits;
  const { approvals: need, codeOwners, lastPushApproval } = pullRequest;
  const { approvals, changes } = reviewsOf(pull);
  if (approvals.length < need) waits.push({ kind: 'reviews', have: approvals.length, need });
  if (need > 0) waits.push(...changes.map((by) => ({ kind: 'changes', by }) as const));
  if (codeOwners)
    for (const who of pull.comparison?.owners ?? [])
      if (!who.some((owner) => approvals.includes(owner))) waits.push({ kind: 'owners', who });
  const { lastPusher = pull.author } = pull;
  const isFresh = pull.reviews.some(
    ({ state, commit, author }) => state === 'APPROVED' && commit === pull.headCommit && author !== lastPusher,
  );
  if (lastPushApproval && !isFresh) waits.push({ kind: 'lastPush', by: lastPusher });
  return waits;
}

/** Who approves, and who wants changes: the last word of each reviewer. A comment changes nothing. */
export function reviewsOf({ reviews }: Pick<PullRequest, 'reviews'>): {
  readonly approvals: readonly Login[];
  readonly changes: readonly Login[];
} {
  const last = new Map<Login, string>();
  for (const { author, state } of reviews) if (state !== 'COMMENTED') last.set(author, state);
  const by = (state: string): readonly Login[] => [...last].flatMap(([who, said]) => (said === state ? [who] : []));
  return { approvals: by('APPROVED'), changes: by('CHANGES_REQUESTED') };
}

/** GraphQL's reviewDecision: empty where no review is required and nobody has given one. */
export function reviewDecisionOf(
  pull: PullRequest,
  settings: Partial<Settings>,
): '' | 'APPROVED' | 'CHANGES_REQUESTED' | 'REVIEW_REQUIRED' {
  const asks = rulesOfPull(pull, settings).flatMap(({ rules }) => rules.pullRequest ?? []);
  const need = Math.max(0, ...asks.map((one) => one.approvals));
  const { approvals, changes } = reviewsOf(pull);
  if (changes.length > 0) return 'CHANGES_REQUESTED';
  const owners = asks.some((one) => one.codeOwners) ? (pull.comparison?.owners ?? []) : [];
  const isOwned = owners.every((who) => who.some((owner) => approvals.includes(owner)));
  if (approvals.length >= Math.max(1, need) && isOwned) return 'APPROVED';
  return need > 0 || !isOwned ? 'REVIEW_REQUIRED' : '';
}

/** Why it cannot be merged, as the product's interface says it; undefined when it can. */
export function refusalOf(
  { waitsFor }: MergeState,
  pull: PullRequest,
  settings: Partial<Settings>,
  checks: readonly CheckRun[],
  now: number,
): string | undefined {
  const [wait] = waitsFor;
  switch (wait?.kind) {
    case undefined:
      return undefined;
    case 'draft':
      return 'Pull Request is still a draft';
    case 'conflicts':
      return 'Pull Request is not mergeable';
    case 'behind':
      return 'Head branch is out of date. Review and try the merge again.';
    case 'locked':
      return 'Cannot change this locked branch';
    case 'check':
      return (
        checksRefusal(requiredChecksOf(pull, settings), checks, now) ?? 'Required status checks have not succeeded.'
      );
    case 'reviews':
      return `At least ${wait.need} approving review${wait.need === 1 ? ' is' : 's are'} required by reviewers with write access.`;
    case 'changes':
      return 'Changes have been requested.';
    case 'owners':
      return `Waiting on code owner review from ${wait.who.join(' and/or ')}.`;
    case 'lastPush':
      return 'New changes require approval from someone other than the last pusher.';
  }
}

function withoutRepetition(waits: readonly Wait[]): readonly Wait[] {
  const seen = new Set<string>();
  return waits.filter((wait) => {
    const key = JSON.stringify(wait);
    return !seen.has(key) && seen.add(key);
  });
}
