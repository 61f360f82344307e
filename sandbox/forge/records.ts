// What the forge keeps of a repository beside its git objects: plain data, each document a file below /srv/forge/NAME.

/** A person or a role of the company, by login. */
export type Login = string;

export interface Comment {
  readonly author: Login;
  readonly body: string;
  /** Simulated time, ms since 1970, as everywhere here. */
  readonly createdAt: number;
}

export type ReviewState = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';

export interface Review extends Comment {
  readonly state: ReviewState;
  /** The commit that was looked at. */
  readonly commit: string;
}

export type MergeMethod = 'merge' | 'squash' | 'rebase';

/** Issues and pull requests of a repository share their numbers. */
export interface Issue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: Login;
  readonly state: 'OPEN' | 'CLOSED';
  /** `completed` or `not planned` once closed. */
  readonly stateReason?: string;
  readonly labels: readonly string[];
  readonly assignees: readonly Login[];
  readonly comments: readonly Comment[];
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly closedAt?: number;
}

/** What the head of a pull request is to its base: known anew after each push to either. */
export interface Comparison {
  /** The commit of the base branch that was looked at. */
  readonly baseCommit: string;
  /** Paths that both changed so that no merge is clean. */
  readonly conflicts: readonly string[];
  /** The base has commits that the head has not. */
  readonly isBehind: boolean;
  readonly commits: number;
  /** Paths that differ from where the branches parted, in the order of git. */
  readonly files: readonly { readonly path: string; readonly additions: number; readonly deletions: number }[];
  /** Of the changed files that have code owners: the owners of each, without repetition. */
  readonly owners: readonly (readonly Login[])[];
}

export interface PullRequest extends Omit<Issue, 'state' | 'stateReason'> {
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly isDraft: boolean;
  /** Branches of this repository; the head of a fork is `login:branch`. */
  readonly head: string;
  readonly base: string;
  /** The head's commit: as it was last pushed, or when the pull request was closed. */
  readonly headCommit: string;
  readonly reviews: readonly Review[];
  readonly reviewRequests: readonly Login[];
  /** To be merged as soon as everything that is required holds. */
  readonly autoMerge?: { readonly method: MergeMethod; readonly by: Login };
  readonly comparison?: Comparison;
  /** Who moved the head last. */
  readonly lastPusher?: Login;
  /** While it is in the merge queue: the commit that the base would become, and on top of what. */
  readonly queued?: { readonly commit: string; readonly onto: string; readonly at: number; readonly by: Login };
  readonly mergedAt?: number;
  readonly mergedBy?: Login;
  readonly mergeCommit?: string;
}

export interface Asset {
  readonly name: string;
  readonly size: number;
  /** `sha256:…` */
  readonly digest: string;
}

export interface Release {
  readonly tag: string;
  readonly name: string;
  readonly body: string;
  readonly author: Login;
  readonly target: string;
  readonly isDraft: boolean;
  readonly isPrerelease: boolean;
  readonly createdAt: number;
  readonly publishedAt?: number;
  readonly assets: readonly Asset[];
}

/** "About rulesets": rules for the branches or tags that its patterns name. */
export interface Ruleset {
  readonly id: number;
  readonly name: string;
  readonly target: 'branch' | 'tag';
  readonly enforcement: 'active' | 'disabled';
  /** `~DEFAULT_BRANCH`, `~ALL`, or patterns such as `refs/heads/release/**`. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly bypass: readonly Login[];
  readonly rules: {
    readonly deletion?: true;
    readonly nonFastForward?: true;
    readonly creation?: true;
    readonly update?: true;
    readonly requiredLinearHistory?: true;
    readonly pullRequest?: {
      readonly approvals: number;
      readonly dismissStale: boolean;
      readonly codeOwners: boolean;
      readonly lastPushApproval: boolean;
      readonly methods: readonly MergeMethod[];
    };
    /** `strict`: the branch must be up to date with its base. */
    readonly requiredChecks?: { readonly names: readonly string[]; readonly strict: boolean };
    readonly mergeQueue?: { readonly method: MergeMethod };
    /** The only ones who may push. */
    readonly restrictedTo?: readonly Login[];
  };
}

/** "About protected branches": the older kind of rule, for one branch. */
export interface Protection {
  readonly branch: string;
  readonly requiredChecks?: { readonly names: readonly string[]; readonly strict: boolean };
  readonly reviews?: {
    readonly approvals: number;
    readonly dismissStale: boolean;
    readonly codeOwners: boolean;
    readonly lastPushApproval: boolean;
  };
  readonly restrictedTo?: readonly Login[];
  /** Off: administrators may pass over what is required. */
  readonly enforceAdmins: boolean;
  readonly linearHistory: boolean;
  readonly allowForcePushes: boolean;
  readonly allowDeletions: boolean;
  readonly conversationResolution: boolean;
  /** Nobody may push. */
  readonly lock: boolean;
}

/** "Managing environments for deployment". */
export interface Environment {
  readonly reviewers: readonly Login[];
  readonly waitMinutes: number;
  /** Patterns of branches that may deploy; absent: all. */
  readonly branches?: readonly string[];
  readonly preventSelfReview: boolean;
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
}

/** A role of the company that reviews when it is asked to. */
export interface Reviewer {
  readonly login: Login;
  /** How long it takes after the pull request last changed: simulated minutes. */
  readonly minutes: number;
  readonly passing: { readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED'; readonly body: string };
  /** What it says where a check has failed; nothing when this is absent. */
  readonly failing?: Reviewer['passing'];
}

/** An address that is told what happens in a repository. */
export interface Webhook {
  readonly id: number;
  readonly url: string;
  /** `push`, `pull_request`, or `*` for all. */
  readonly events: readonly string[];
  readonly isActive: boolean;
  readonly secret?: string;
}

export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly deliveredAt: number;
  readonly redelivery: boolean;
  /** Simulated seconds. */
  readonly duration: number;
  /** `OK`, or what was wrong. */
  readonly status: string;
  /** 0 where nobody answered. */
  readonly statusCode: number;
  readonly event: string;
  readonly action?: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** JSON as it was sent. */
  readonly payload: string;
  readonly answer: string;
}

export interface Settings {
  readonly description: string;
  readonly defaultBranch: string;
  readonly isPrivate: boolean;
  /** What a job's GITHUB_TOKEN may do where its file says nothing. */
  readonly tokenMay: 'read' | 'write';
  readonly methods: readonly MergeMethod[];
  readonly deleteBranchOnMerge: boolean;
  readonly labels: readonly { readonly name: string; readonly color: string; readonly description: string }[];
  readonly rulesets: readonly Ruleset[];
  readonly protections: readonly Protection[];
  readonly admins: readonly Login[];
  readonly reviewers: readonly Reviewer[];
  readonly hooks: readonly Webhook[];
  readonly environments: Readonly<Record<string, Environment>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  /** When each secret and variable was last set, by name. */
  readonly setAt: Readonly<Record<string, number>>;
}

export type CheckConclusion =
  | 'success'
  | 'failure'
  | 'cancelled'
  | 'skipped'
  | 'neutral'
  | 'timed_out'
  | 'action_required';

/** What says of a commit whether it is good. Times may lie in the future: what is known now is told by `checkAt`. */
export interface CheckRun {
  /** As a required check names it: the job's name. */
  readonly name: string;
  readonly workflow: string;
  readonly event: string;
  /** The number of the run and the place of the job in it. */
  readonly run: number;
  readonly job: number;
  readonly startedAt: number;
  /** Absent while the run waits for a person. */
  readonly completedAt?: number;
  readonly conclusion: CheckConclusion;
}

export type CheckStatus = 'QUEUED' | 'IN_PROGRESS' | 'COMPLETED' | 'WAITING';

export function checkAt(
  check: CheckRun,
  now: number,
): { readonly status: CheckStatus; readonly conclusion?: CheckConclusion } {
  if (check.completedAt === undefined) return { status: 'WAITING' };
  if (now >= check.completedAt) return { status: 'COMPLETED', conclusion: check.conclusion };
  return { status: now >= check.startedAt ? 'IN_PROGRESS' : 'QUEUED' };
}
