import { expect, test } from 'vitest';
import { checksLeftForDay, firstOpenStep, firstToRead, goalState, stepPassed } from './goals.ts';
import type { CheckResult, ExerciseSummary } from './parts.ts';

const words = { es: 'x', en: 'x' };
const step = (id: string, ...checks: string[]) => ({
  id,
  title: words,
  task: words,
  kind: 'run' as const,
  checks: checks.map((check) => ({ id: check, goal: words, kind: 'file' })),
  hints: [words, words, words] as const,
  reason: words,
});
const exercise: ExerciseSummary = {
  id: 'd01',
  slug: 'x',
  title: words,
  steps: [step('s1', 'c1', 'c2'), step('s2', 'c3'), step('s3', 'c4')],
};
const passed = (id: string): CheckResult => ({ id, outcome: 'passed' });
const failed = (id: string): CheckResult => ({
  id,
  outcome: 'failed',
  verdict: { passed: false, expected: words, found: words, next: words },
});
const unfinished = (id: string): CheckResult => ({
  id,
  outcome: 'unfinished',
  fault: 'course',
  message: words,
  detail: '',
});

test('a goal shows this visit before what was once reached', () => {
  const judging = { results: { c1: failed('c1'), c2: unfinished('c2') }, checking: ['c4'], everPassed: ['c1', 'c3'] };
  expect(['c1', 'c2', 'c3', 'c4', 'c5'].map((id) => goalState(judging, id))).toEqual([
    'missed',
    'unfinished',
    'reached',
    'checking',
    'open',
  ]);
});

test('a step has passed when each of its checks has', () => {
  const [first] = exercise.steps;
  if (first === undefined) throw new Error('no step');
  expect(stepPassed(first, { c1: passed('c1') })).toBe(false);
  expect(stepPassed(first, { c1: passed('c1'), c2: unfinished('c2') })).toBe(false);
  expect(stepPassed(first, { c1: passed('c1'), c2: passed('c2') })).toBe(true);
});

test('a day is taken up at the first step not yet passed', () => {
  expect([[], ['s1'], ['s1', 's3'], ['s1', 's2', 's3']].map((steps) => firstOpenStep(exercise, steps))).toEqual([
    0, 1, 1, 2,
  ]);
});

test('the whole day is judged only when every other step was passed', () => {
  expect(checksLeftForDay(exercise, 2, ['s1'])).toEqual([]);
  expect(checksLeftForDay(exercise, 2, ['s1', 's2'])).toEqual(['c1', 'c2', 'c3']);
});

test('the first failure is read first, then what did not finish', () => {
  expect(firstToRead([unfinished('c1'), passed('c2'), failed('c3')])).toBe('c3');
  expect(firstToRead([passed('c2'), unfinished('c1')])).toBe('c1');
  expect(firstToRead([passed('c2')])).toBeUndefined();
});
