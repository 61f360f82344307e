// All groups of a file over simulated time.
import type { Store } from '../store/store.ts';
import {
  type Alert,
  createGroupState,
  evaluateGroup,
  type GroupState,
  type RuleOptions,
  type RuleState,
} from './evaluate.ts';
import type { Rule, RuleGroup } from './read.ts';

/** What lasts of a file's rules, by the group's name; plain data. */
export interface RulesState {
  readonly groups: readonly { readonly name: string; readonly state: GroupState }[];
}

export function createRulesState(groups: readonly RuleGroup[]): RulesState {
  return { groups: groups.map((group) => ({ name: group.name, state: createGroupState(group) })) };
}

/**
 * The state with which other rules begin: a rule of the same name and labels in a group of the same name goes on with its alerts.
 * (prometheus/prometheus, rules/group.go, `CopyState`)
 */
export function carryOver(before: readonly RuleGroup[], state: RulesState, next: readonly RuleGroup[]): RulesState {
  const keyOf = ({ kind, name, labels }: Rule): string => JSON.stringify([kind, name, labels]);
  return {
    groups: next.map((group) => {
      const old = before.find(({ name }) => name === group.name);
      const known = new Map<string, RuleState[]>();
      const states = state.groups.find(({ name }) => name === group.name)?.state.rules ?? [];
      for (const [index, rule] of (old?.rules ?? []).entries()) {
        const one = states[index];
        if (one !== undefined) known.set(keyOf(rule), [...(known.get(keyOf(rule)) ?? []), one]);
      }
      const rules = group.rules.map((rule): RuleState => known.get(keyOf(rule))?.shift() ?? { alerts: [], series: [] });
      return { name: group.name, state: { rules } };
    }),
  };
}

/** The next moment in ms after the given one at which any group is due: groups are evaluated at multiples of their interval. */
export function nextEvaluation(groups: readonly RuleGroup[], after: number, interval: number): number | undefined {
  const times = groups.map((group) => {
    const every = group.interval ?? interval;
    return (Math.floor(after / every) + 1) * every;
  });
  return times.length === 0 ? undefined : Math.min(...times);
}

/**
 * Evaluates the groups that are due at a moment, in the order of the file, and adds to the store what they give.
 * @param interval of groups that name none, in ms
 */
export function evaluateRules(
  store: Store,
  groups: readonly RuleGroup[],
  state: RulesState,
  at: number,
  interval: number,
  options: RuleOptions = {},
): RulesState {
  return {
    groups: groups.map((group) => {
      const known = state.groups.find(({ name }) => name === group.name)?.state ?? createGroupState(group);
      const due = at % (group.interval ?? interval) === 0;
      return { name: group.name, state: due ? evaluateGroup(store, group, known, at, options) : known };
    }),
  };
}

/** Alerts of all rules: pending and firing ones, and for 15 minutes those that have ended. */
export function alertsOf(state: RulesState): readonly Alert[] {
  return state.groups.flatMap(({ state: group }) => group.rules.flatMap(({ alerts }) => alerts));
}
