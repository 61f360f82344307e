// What a pull request waits for. Pure. To be joined with the forge's own rules: this reads what its documents say of them.
import {
  type CheckRun,
  checkAt,
  type PullRequest,
  type Ruleset,
  type Settings,
} from '../../../sandbox/hosts/forge-view.ts';
import { type StateName, stateOf } from './model.ts';

export interface ShownCheck {
  readonly name: string;
  readonly workflow: string;
  readonly state: StateName;
  readonly isRequired: boolean;
  /** Undefined when it was required and nothing has said anything of it. */
  readonly run: number | undefined;
}

export type Wait =
  | { readonly kind: 'draft' }
  | { readonly kind: 'check'; readonly name: string; readonly state: StateName }
  | { readonly kind: 'reviews'; readonly have: number; readonly need: number }
  | { readonly kind: 'changes'; readonly by: string };

export interface MergeState {
  readonly state: 'merged' | 'closed' | 'blocked' | 'ready';
  readonly waitsFor: readonly Wait[];
}

/** The last word of each check on the head, and those that are required and have not come. */
export function checksOf(
  pull: PullRequest,
  settings: Partial<Settings>,
  checks: readonly CheckRun[],
  now: number,
): readonly ShownCheck[] {
  const required = new Set(rulesFor(pull, settings).flatMap(({ rules }) => rules.requiredChecks?.names ?? []));
  const last = new Map(checks.map((check) => [check.name, check]));
  const shown = [...last.values()].map((check): ShownCheck => {
    const { name, workflow, run } = check;
    return { name, workflow, run, isRequired: required.has(name), state: stateOfCheck(check, now) };
  });
  const missing = [...required].filter((name) => !last.has(name));
  return [
    ...shown,
    ...missing.map((name) => ({ name, workflow: '', run: undefined, isRequired: true, state: 'pending' as const })),
  ];
}

function stateOfCheck(check: CheckRun, now: number): StateName {
  const { status, conclusion } = checkAt(check, now);
  if (status === 'COMPLETED' && conclusion === 'neutral') return 'skipped';
  if (status === 'COMPLETED' && (conclusion === 'timed_out' || conclusion === 'action_required')) return 'failure';
  const states = { QUEUED: 'queued', IN_PROGRESS: 'in_progress', WAITING: 'waiting', COMPLETED: 'completed' } as const;
  return stateOf(states[status], conclusion as Parameters<typeof stateOf>[1]);
}

/** Who approves, and who wants changes: the last word of each reviewer. A comment changes nothing. */
export function reviewsOf({ reviews }: PullRequest): {
  readonly approvals: readonly string[];
  readonly changes: readonly string[];
} {
  const last = new Map<string, string>();
  for (const { author, state } of reviews) if (state !== 'COMMENTED') last.set(author, state);
  const by = (state: string): readonly string[] => [...last].flatMap(([who, said]) => (said === state ? [who] : []));
  return { approvals: by('APPROVED'), changes: by('CHANGES_REQUESTED') };
}

export function mergeStateOf(
  pull: PullRequest,
  settings: Partial<Settings>,
  checks: readonly ShownCheck[],
): MergeState {
  if (pull.state !== 'OPEN') return { state: pull.state === 'MERGED' ? 'merged' : 'closed', waitsFor: [] };
  const { approvals, changes } = reviewsOf(pull);
  const need = Math.max(0, ...rulesFor(pull, settings).map(({ rules }) => rules.pullRequest?.approvals ?? 0));
  const waitsFor: Wait[] = [
    ...(pull.isDraft ? [{ kind: 'draft' } as const] : []),
    // "Troubleshooting required status checks": a skipped job counts as passed.
    ...checks.flatMap(({ name, isRequired, state }) =>
      isRequired && state !== 'success' && state !== 'skipped' ? [{ kind: 'check', name, state } as const] : [],
    ),
    ...(approvals.length < need ? [{ kind: 'reviews', have: approvals.length, need } as const] : []),
    ...(need > 0 ? changes.map((by) => ({ kind: 'changes', by }) as const) : []),
  ];
  return { state: waitsFor.length > 0 ? 'blocked' : 'ready', waitsFor };
}

function rulesFor({ base }: PullRequest, { rulesets = [], defaultBranch = 'main' }: Partial<Settings>) {
  const names = (pattern: string): boolean =>
    pattern === '~ALL' || (pattern === '~DEFAULT_BRANCH' ? base === defaultBranch : matches(pattern, base));
  return rulesets.filter(
    ({ target, enforcement, include, exclude }: Ruleset) =>
      target === 'branch' && enforcement === 'active' && include.some(names) && !exclude.some(names),
  );
}

/** `refs/heads/release/**`: a star stays within a part of the name, two do not. */
function matches(pattern: string, branch: string): boolean {
  const source = pattern
    .replace(/^refs\/heads\//, '')
    .split(/(\*\*\/?|\*|\?)/)
    .map((part) =>
      part.startsWith('**')
        ? '.*'
        : part === '*'
          ? '[^/]*'
          : part === '?'
            ? '[^/]'
            : part.replace(/[.+^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${source}$`).test(branch);
}
