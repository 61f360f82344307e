import type { DayProgress, ProgressEvent } from './contract.ts';

export const untouched: DayProgress = { state: 'new', checks: [], steps: [], predictions: {}, at: 0 };

/** What a person's records say of each day. Later records never take away what earlier ones gave. */
export function foldDays(
  records: readonly { readonly at: number; readonly event: ProgressEvent }[],
): Readonly<Record<string, DayProgress>> {
  const days: Record<string, DayProgress> = {};
  for (const { at, event } of records) {
    const before = days[event.day] ?? untouched;
    const state = before.state === 'new' ? 'started' : before.state;
    days[event.day] = { ...before, state, ...given(before, event), at: Math.max(before.at, at) };
  }
  return days;
}

function given(before: DayProgress, event: ProgressEvent): Partial<DayProgress> {
  switch (event.type) {
    case 'CheckPassed':
      return { checks: withOne(before.checks, event.check) };
    case 'StepPassed':
      return { steps: withOne(before.steps, event.step) };
    case 'DayPassed':
      return { state: before.state === 'learned' ? 'learned' : 'done' };
    case 'PredictionMade':
      // The first one counts: what was seen cannot be predicted.
      return event.question in before.predictions
        ? {}
        : { predictions: { ...before.predictions, [event.question]: event.choice } };
    default:
      return {};
  }
}

function withOne(list: readonly string[], one: string): readonly string[] {
  return list.includes(one) ? list : [...list, one];
}
