// What the rules of a day that is over give: each expression is asked once for the whole day, and not moment after moment.
import { queryRange, type RuleGroup, type RuleOptions, type Store } from '../telemetry/index.ts';

interface Span {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** Samples that one expression may touch on its way through a day. */
const MAX_SAMPLES = 200_000_000;

/** Places of a day at which a rule gives nothing, or more than one series: their order is known to whoever asks for the moment alone. */
const [NONE, SEVERAL] = [-1, -2];

/** Undefined where rules read what rules write, which is not there yet, or where a day ends (`@ end()`). */
export function answersOf(store: Store, groups: readonly RuleGroup[], span: Span): RuleOptions['known'] {
  const rules = groups.flatMap((group) => group.rules);
  if (rules.some(({ kind, text }) => kind === 'record' || /ALERTS|@/.test(text))) return undefined;
  const answers = new Map<unknown, ReturnType<typeof momentsOf>>();
  for (const rule of rules) {
    const answer = queryRange(store, rule.expr, span, { maxSamples: MAX_SAMPLES });
    if (answer.ok && answer.value.type === 'matrix') answers.set(rule, momentsOf(answer.value.series, span));
  }
  return (rule, at) => {
    const index = (at - span.start) / span.step;
    const found = answers.get(rule);
    const which = Number.isInteger(index) ? found?.which[index] : undefined;
    if (found === undefined || which === undefined || which === SEVERAL) return undefined;
    if (which === NONE) return [];
    return [{ labels: found.series[which]?.labels ?? [], value: found.values[index] as number }];
  };
}

type Matrix = Extract<Extract<ReturnType<typeof queryRange>, { readonly ok: true }>['value'], { type: 'matrix' }>;

/** Which series stands alone at each moment, and its value there. */
function momentsOf(series: Matrix['series'], { start, end, step }: Span) {
  const count = Math.floor((end - start) / step) + 1;
  const which = new Int32Array(count).fill(NONE);
  const values = new Float64Array(count);
  for (const [index, { points }] of series.entries())
    for (const { time, value } of points) {
      const at = Math.round((time - start) / step);
      which[at] = which[at] === NONE ? index : SEVERAL;
      values[at] = value;
    }
  return { series, which, values };
}
