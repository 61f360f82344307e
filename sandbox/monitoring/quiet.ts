// When the rules of a day that is over have nothing to say: each expression is asked once for the whole day, and not moment after moment.
import { queryRange, type RuleGroup, type RuleOptions, type Store } from '../telemetry/index.ts';

interface Span {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** Samples that one expression may touch on its way through a day. */
const MAX_SAMPLES = 200_000_000;

/** Undefined where rules read what rules write: that is not there yet. */
export function quietMoments(store: Store, groups: readonly RuleGroup[], span: Span): RuleOptions['isQuiet'] {
  const rules = groups.flatMap((group) => group.rules);
  if (rules.some(({ kind, text }) => kind === 'record' || /ALERTS/.test(text))) return undefined;
  const loud = new Map<unknown, Uint8Array>();
  for (const rule of rules) {
    const answer = queryRange(store, rule.expr, span, { maxSamples: MAX_SAMPLES });
    if (!answer.ok || answer.value.type !== 'matrix') continue;
    const moments = new Uint8Array(Math.floor((span.end - span.start) / span.step) + 1);
    for (const { points } of answer.value.series)
      for (const { time } of points) moments[Math.round((time - span.start) / span.step)] = 1;
    loud.set(rule, moments);
  }
  return (rule, at) => {
    const index = (at - span.start) / span.step;
    return Number.isInteger(index) && loud.get(rule)?.[index] === 0;
  };
}
