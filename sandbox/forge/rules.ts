// Which rules hold for a branch or tag, out of both kinds: branch protection and rulesets. Pure.
import type { Login, Protection, Ruleset, Settings } from './records.ts';

export type Rules = Ruleset['rules'];

/** The rules of one protection or ruleset, as they hold for a ref. */
export interface RulesOnRef {
  readonly kind: 'protection' | 'ruleset';
  /** The ruleset's name, or the protected branch. */
  readonly name: string;
  readonly id?: number;
  readonly rules: Rules;
  /** Who may pass over them. */
  readonly bypass: readonly Login[];
}

/** What a protection never lets anybody pass over, administrators included ("About protected branches"). */
export const neverBypassed: ReadonlySet<keyof Rules> = new Set(['deletion', 'nonFastForward']);

/** @param ref full: `refs/heads/main`. @param settings of the repository, perhaps of an older day: parts may be missing. */
export function rulesOn(
  ref: string,
  { rulesets = [], protections = [], admins = [], defaultBranch = 'main' }: Partial<Settings>,
): readonly RulesOnRef[] {
  const target = ref.startsWith('refs/tags/') ? 'tag' : 'branch';
  const holds = (pattern: string): boolean =>
    pattern === '~ALL' ||
    (pattern === '~DEFAULT_BRANCH' ? ref === `refs/heads/${defaultBranch}` : matchesRef(pattern, ref));
  const fromRulesets = rulesets
    .filter(({ enforcement, target: own }) => enforcement === 'active' && own === target)
    .filter(({ include, exclude }) => include.some(holds) && !exclude.some(holds))
    .map(({ id, name, rules, bypass }): RulesOnRef => ({ kind: 'ruleset', id, name, rules, bypass }));
  const fromProtections = protections
    .filter(({ branch }) => ref === `refs/heads/${branch}`)
    .map(
      (one): RulesOnRef => ({
        kind: 'protection',
        name: one.branch,
        rules: rulesOfProtection(one),
        bypass: one.enforceAdmins ? [] : admins,
      }),
    );
  return [...fromProtections, ...fromRulesets];
}

/** A protection in the words of a ruleset. */
function rulesOfProtection(one: Protection): Rules {
  return {
    ...(!one.allowDeletions && { deletion: true }),
    ...(!one.allowForcePushes && { nonFastForward: true }),
    ...(one.linearHistory && { requiredLinearHistory: true }),
    ...(one.lock && { update: true }),
    ...(one.reviews && { pullRequest: { ...one.reviews, methods: ['merge', 'squash', 'rebase'] as const } }),
    ...(one.requiredChecks && { requiredChecks: one.requiredChecks }),
    ...(one.restrictedTo && { restrictedTo: one.restrictedTo }),
  };
}

/** "Creating rulesets": fnmatch patterns, in which a star stays within a part of the name and two do not. */
function matchesRef(pattern: string, ref: string): boolean {
  const source = pattern
    .split(/(\*\*\/?|\*|\?)/)
    .map((part) =>
      part === '**/'
        ? '(?:.*/)?'
        : part === '**'
          ? '.*'
          : part === '*'
            ? '[^/]*'
            : part === '?'
              ? '[^/]'
              : part.replace(/[.+^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${source}$`).test(ref);
}
