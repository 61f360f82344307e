import type { Alert, RuleOptions } from '../rules/evaluate.ts';
import type { RuleGroup } from '../rules/read.ts';
import { alertsOf, carryOver, createRulesState, evaluateRules } from '../rules/rules.ts';
import type { Store } from '../store/store.ts';
import { postsOf } from './posts.ts';
import type { Arrival } from './service.ts';

/** How often rules are evaluated whose group says nothing else, ms: the company's `evaluation_interval`, as its `scrape_interval`. */
export const EVALUATION_INTERVAL = 15_000;

/** An alert that fired or ended. */
export interface AlertChange {
  readonly at: number;
  readonly state: 'firing' | 'resolved';
  readonly alert: Alert;
}

/** Rules over a store as time goes on: which alerts fired and ended, and what is sent to Alertmanager. */
export interface Watch {
  /** Evaluates what is due at a moment, in ms. Moments only go forward. */
  evaluate(store: Store, at: number): Evaluation;
  /** Goes on with other rules; a rule that is there again keeps its alerts. @returns those that ended by that. */
  reload(groups: readonly RuleGroup[], at: number): readonly AlertChange[];
  alerts(): readonly Alert[];
}

export interface Evaluation {
  readonly changes: readonly AlertChange[];
  /** Nothing when there is nothing to send. */
  readonly arrival?: Arrival;
}

const nothing: Evaluation = { changes: [] };

export function createWatch(first: readonly RuleGroup[] = [], options: Pick<RuleOptions, 'known'> = {}): Watch {
  let groups = first;
  let state = createRulesState(groups);
  return {
    evaluate(store, at) {
      if (!groups.some(({ interval = EVALUATION_INTERVAL }) => at % interval === 0)) return nothing;
      state = evaluateRules(store, groups, state, at, EVALUATION_INTERVAL, options);
      const alerts = alertsOf(state);
      if (alerts.length === 0) return nothing;
      const changes = alerts.flatMap((alert): AlertChange[] => {
        if (alert.state === 'firing' && alert.firedAt === at) return [{ at, state: 'firing', alert }];
        return alert.state === 'inactive' && alert.resolvedAt === at ? [{ at, state: 'resolved', alert }] : [];
      });
      const posts = postsOf(alerts, at, EVALUATION_INTERVAL);
      return { changes, ...(posts.length > 0 && { arrival: { at, alerts: posts } }) };
    },
    reload(next, at) {
      const before = alertsOf(state);
      state = carryOver(groups, state, next);
      groups = next;
      const kept = new Set(alertsOf(state));
      return before
        .filter((alert) => alert.state === 'firing' && !kept.has(alert))
        .map((alert) => ({ at, state: 'resolved', alert }));
    },
    alerts: () => alertsOf(state),
  };
}
