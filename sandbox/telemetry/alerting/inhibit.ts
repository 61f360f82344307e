import { getLabel, type Labels } from '../labels.ts';
import { type Alert, isResolved } from './alert.ts';
import type { InhibitRule } from './config.ts';
import { matchesAll } from './matcher.ts';

/**
 * The alert that mutes another one, if any. A label that both lack is equal; an alert that matches both sides of a rule is not
 * muted by one of which the same is true. Documentation, `<inhibit_rule>`.
 */
export function inhibitedBy(
  rules: readonly InhibitRule[],
  alerts: readonly Alert[],
  labels: Labels,
  at: number,
): Alert | undefined {
  for (const { source, target, equal } of rules) {
    if (!matchesAll(target, labels)) continue;
    const isTwoSided = matchesAll(source, labels);
    const found = alerts.find(
      (alert) =>
        !isResolved(alert, at) &&
        matchesAll(source, alert.labels) &&
        equal.every((name) => getLabel(alert.labels, name) === getLabel(labels, name)) &&
        !(isTwoSided && matchesAll(target, alert.labels)),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}
