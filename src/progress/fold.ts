import type { DayProgress, ProgressEvent, StepWork } from './contract.ts';

export const untouched: DayProgress = {
  state: 'new',
  checks: [],
  steps: [],
  stars: [],
  work: {},
  reviews: {},
  predictions: {},
  at: 0,
};

/** What a person's records say of each day. Later records never take away what earlier ones gave. */
export function foldDays(
  records: readonly { readonly at: number; readonly event: ProgressEvent }[],
): Readonly<Record<string, DayProgress>> {
  // A file may name days as it likes, `constructor` too: nothing is looked up on a prototype.
  const days = new Map<string, DayProgress>();
  for (const { at, event } of records) {
    const before = days.get(event.day) ?? untouched;
    const state = before.state === 'new' ? 'started' : before.state;
    days.set(event.day, { ...before, state, ...given(before, event, at), at: Math.max(before.at, at) });
  }
  return Object.fromEntries(days);
}

function given(before: DayProgress, event: ProgressEvent, at: number): Partial<DayProgress> {
  switch (event.type) {
    case 'CheckPassed':
      return { checks: withOne(before.checks, event.check) };
    case 'StepPassed':
      return { steps: withOne(before.steps, event.step) };
    case 'StarEarned':
      return { stars: withOne(before.stars, event.star) };
    case 'WorkKept': {
      const work = readWork(event.work);
      return work === undefined ? {} : { work: { ...before.work, [event.step]: { ...work, at } } };
    }
    case 'HintShown':
      return event.hint === 4 ? { solutionSeen: at } : {};
    case 'DayPassed':
      return { state: before.state === 'learned' ? 'learned' : 'done', passedAt: before.passedAt ?? at };
    case 'RunKept':
      return { run: { version: event.version, run: event.run } };
    case 'DayLearned':
      // Only what was done can be learned.
      return before.passedAt === undefined ? {} : { state: 'learned' };
    case 'ItemReviewed': {
      const { item, rating } = event;
      if (rating !== 1 && rating !== 2 && rating !== 3 && rating !== 4) return {};
      const earlier = Object.hasOwn(before.reviews, item) ? (before.reviews[item] ?? []) : [];
      return { reviews: { ...before.reviews, [item]: [...earlier, { at, rating }] } };
    }
    case 'PredictionMade':
      // The first one counts: what was seen cannot be predicted.
      return Object.hasOwn(before.predictions, event.question)
        ? {}
        : { predictions: { ...before.predictions, [event.question]: event.choice } };
    default:
      return {};
  }
}

/** The work of a `WorkKept`; undefined when it is none: a copy that was loaded may hold anything. */
export function readWork(text: string): StepWork | undefined {
  try {
    const work = JSON.parse(text) as StepWork;
    const lists = [work.gone, work.left, work.passed];
    const isWork =
      typeof work.now === 'number' &&
      typeof work.files === 'object' &&
      Object.values(work.files).every((one) => typeof one === 'string') &&
      lists.every((list) => Array.isArray(list) && list.every((one) => typeof one === 'string'));
    return isWork ? work : undefined;
  } catch {
    return undefined;
  }
}

function withOne(list: readonly string[], one: string): readonly string[] {
  return list.includes(one) ? list : [...list, one];
}
