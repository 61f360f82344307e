// Which goals are reached and what comes next. Pure.
import type { CheckResult, ExerciseSummary, StepSummary } from './parts.ts';

export type GoalState = 'open' | 'checking' | 'reached' | 'missed' | 'unfinished';

export interface Judging {
  /** The last result of each check in this visit. */
  readonly results: Readonly<Record<string, CheckResult>>;
  /** Checks that are being judged now. */
  readonly checking: readonly string[];
  /** Checks that passed at any time, from the learner's progress. */
  readonly everPassed: readonly string[];
}

const stateOf = { passed: 'reached', failed: 'missed', unfinished: 'unfinished' } as const;

/** What is shown of one goal: this visit's result before what was once reached. */
export function goalState(judging: Judging, check: string): GoalState {
  if (judging.checking.includes(check)) return 'checking';
  const result = judging.results[check];
  if (result !== undefined) return stateOf[result.outcome];
  return judging.everPassed.includes(check) ? 'reached' : 'open';
}

export function stepPassed(step: StepSummary, results: Readonly<Record<string, CheckResult>>): boolean {
  return step.checks.every(({ id }) => results[id]?.outcome === 'passed');
}

/** Index of the first step that was never passed; the last one when all were. */
export function firstOpenStep(exercise: ExerciseSummary, passed: readonly string[]): number {
  const open = exercise.steps.findIndex(({ id }) => !passed.includes(id));
  return open < 0 ? exercise.steps.length - 1 : open;
}

/**
 * The checks to judge after the current step's own have passed: those of all other steps, when every step has been passed
 * at some time, because a day is done when all its checks pass in one go.
 */
export function checksLeftForDay(
  exercise: ExerciseSummary,
  current: number,
  passed: readonly string[],
): readonly string[] {
  const others = exercise.steps.filter((_, index) => index !== current);
  return others.every(({ id }) => passed.includes(id))
    ? others.flatMap(({ checks }) => checks.map(({ id }) => id))
    : [];
}

/** The check whose result is opened: the first that failed, else the first that did not finish. */
export function firstToRead(results: readonly CheckResult[]): string | undefined {
  const failed = results.find(({ outcome }) => outcome === 'failed');
  return (failed ?? results.find(({ outcome }) => outcome === 'unfinished'))?.id;
}
