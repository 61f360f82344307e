import type { PostedAlert } from '../alerting/index.ts';
import type { Alert } from '../rules/evaluate.ts';

/** How often Prometheus tells of the same alert again: its default `--rules.alert.resend-delay`. */
const RESEND_DELAY = 60_000;

/**
 * What Prometheus sends to Alertmanager of its rules' alerts after an evaluation: those that fire, with an end that lies four turns
 * ahead, so that they end by themselves if Prometheus dies; and those that ended, once a minute while the rules still know them.
 * (prometheus/prometheus, rules/alerting.go, `sendAlerts`)
 * @param interval ms between evaluations
 */
export function postsOf(alerts: readonly Alert[], at: number, interval: number): readonly PostedAlert[] {
  return alerts.flatMap(({ labels, annotations, state, firedAt, resolvedAt }): PostedAlert[] => {
    const startsAt = firedAt ?? at;
    if (state === 'firing')
      return [{ labels, annotations, startsAt, endsAt: at + 4 * Math.max(interval, RESEND_DELAY) }];
    const isDue = resolvedAt !== undefined && (at - resolvedAt) % RESEND_DELAY < interval;
    return state === 'inactive' && isDue ? [{ labels, annotations, startsAt, endsAt: resolvedAt }] : [];
  });
}
