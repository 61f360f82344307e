// Rules over a store as time goes on: which alerts fired and ended, and what is sent to Alertmanager.
import {
  type Alert,
  alertsOf,
  createRulesState,
  evaluateRules,
  type RuleGroup,
  type RulesState,
  type Store,
} from '../telemetry/index.ts';
import { type Arrival, postsOf } from '../telemetry/service/index.ts';

/** How often rules are evaluated whose group says nothing else, ms: the company's `evaluation_interval`, as its `scrape_interval`. */
export const EVALUATION_INTERVAL = 15_000;

/** An alert that fired or ended. */
export interface AlertChange {
  readonly at: number;
  readonly state: 'firing' | 'resolved';
  readonly alert: Alert;
}

export interface Watch {
  /** Evaluates what is due at a moment, in ms. Moments only go forward. */
  evaluate(store: Store, at: number): Evaluation;
  alerts(): readonly Alert[];
  /** Groups with what went wrong in each of their rules. */
  state(): RulesState;
}

export interface Evaluation {
  readonly changes: readonly AlertChange[];
  /** Nothing when there is nothing to send. */
  readonly arrival?: Arrival;
}

const nothing: Evaluation = { changes: [] };

export function createWatch(groups: readonly RuleGroup[]): Watch {
  let state = createRulesState(groups);
  return {
    evaluate(store, at) {
      if (!groups.some(({ interval = EVALUATION_INTERVAL }) => at % interval === 0)) return nothing;
      state = evaluateRules(store, groups, state, at, EVALUATION_INTERVAL);
      const alerts = alertsOf(state);
      if (alerts.length === 0) return nothing;
      const changes = alerts.flatMap((alert): AlertChange[] => {
        if (alert.state === 'firing' && alert.firedAt === at) return [{ at, state: 'firing', alert }];
        return alert.state === 'inactive' && alert.resolvedAt === at ? [{ at, state: 'resolved', alert }] : [];
      });
      const posts = postsOf(alerts, at, EVALUATION_INTERVAL);
      return { changes, ...(posts.length > 0 && { arrival: { at, alerts: posts } }) };
    },
    alerts: () => alertsOf(state),
    state: () => state,
  };
}
