import { expect, test } from 'vitest';
import { mergeStateOf } from './mergeability.ts';
import type { CheckRun, PullRequest, Ruleset, Settings } from './records.ts';

const pull: PullRequest = {
  number: 4,
  title: 'Sort trips',
  body: '',
  author: 'dev',
  state: 'OPEN',
  isDraft: false,
  labels: [],
  assignees: [],
  comments: [],
  createdAt: 0,
  updatedAt: 0,
  head: 'sort',
  base: 'main',
  headCommit: 'abc',
  reviews: [],
  reviewRequests: [],
};

function protecting(include: readonly string[], rules: Ruleset['rules'], exclude: readonly string[] = []) {
  const ruleset = { id: 1, name: 'main', target: 'branch', enforcement: 'active', include, exclude, bypass: [], rules };
  return { rulesets: [ruleset] } as unknown as Partial<Settings>;
}

const check = (name: string, end: Partial<CheckRun> = {}): CheckRun => ({
  name,
  workflow: 'CI',
  event: 'push',
  run: 1,
  job: 0,
  startedAt: 10,
  completedAt: 20,
  conclusion: 'success',
  ...end,
});

const asks = (names: readonly string[]): Ruleset['rules'] => ({ requiredChecks: { names, strict: false } });
const waits = (settings: Partial<Settings>, checks: readonly CheckRun[], now = 30, one = pull) =>
  mergeStateOf(one, settings, checks, now).waitsFor;

test('without rules a pull request is ready at once', () => {
  expect(mergeStateOf(pull, {}, [], 0)).toMatchObject({ state: 'ready', status: 'CLEAN', waitsFor: [] });
});

// "Troubleshooting required status checks": success, skipped and neutral are passed.
test('a required check that is missing, under way or failed is waited for; one that was skipped counts as passed', () => {
  const settings = protecting(['~DEFAULT_BRANCH'], asks(['build', 'test']));
  expect(waits(settings, [check('build')])).toEqual([{ kind: 'check', name: 'test', state: 'expected' }]);
  expect(waits(settings, [check('build'), check('test')], 15).map((wait) => 'state' in wait && wait.state)).toEqual([
    'pending',
    'pending',
  ]);
  expect(waits(settings, [check('build'), check('test', { conclusion: 'failure' })])).toHaveLength(1);
  expect(waits(settings, [check('build'), check('test', { conclusion: 'skipped' })])).toEqual([]);
});

test('the last word of a check counts', () => {
  const settings = protecting(['~ALL'], asks(['build']));
  expect(waits(settings, [check('build', { conclusion: 'failure' }), check('build', { run: 2 })])).toEqual([]);
});

test('approvals are counted by person, by their last word', () => {
  const settings = protecting(['refs/heads/ma*'], {
    pullRequest: {
      approvals: 2,
      dismissStale: false,
      codeOwners: false,
      lastPushApproval: false,
      methods: ['squash'],
    },
  });
  const said = (author: string, state: PullRequest['reviews'][number]['state']) => ({
    author,
    state,
    body: '',
    createdAt: 0,
    commit: 'abc',
  });
  const reviews = [said('nora', 'APPROVED'), said('nora', 'COMMENTED'), said('leo', 'CHANGES_REQUESTED')];
  expect(waits(settings, [], 30, { ...pull, reviews })).toEqual([
    { kind: 'reviews', have: 1, need: 2 },
    { kind: 'changes', by: 'leo' },
  ]);
  expect(waits(settings, [], 30, { ...pull, reviews: [...reviews, said('leo', 'APPROVED')] })).toEqual([]);
});

test('rules of other branches do not count', () => {
  expect(waits(protecting(['refs/heads/release/**'], asks(['build'])), [])).toEqual([]);
  expect(waits(protecting(['~ALL'], asks(['build']), ['~DEFAULT_BRANCH']), [])).toEqual([]);
});

test('a draft waits; what is merged or closed does not', () => {
  expect(mergeStateOf({ ...pull, isDraft: true }, {}, [], 0).waitsFor).toEqual([{ kind: 'draft' }]);
  expect(mergeStateOf({ ...pull, state: 'MERGED' }, {}, [], 0).state).toBe('merged');
  expect(mergeStateOf({ ...pull, state: 'CLOSED' }, {}, [], 0).state).toBe('closed');
});
