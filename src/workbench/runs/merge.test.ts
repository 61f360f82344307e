import { expect, test } from 'vitest';
import type { CheckRun, MergeState, PullRequest, Settings } from '../../../sandbox/hosts/forge-view.ts';
import { mergeStateOf } from '../../../sandbox/hosts/forge-view.ts';
import { checksOf } from './merge.ts';
import { actionsOf } from './view/pull-actions.ts';

const pull: PullRequest = {
  number: 4,
  title: 'Sort trips',
  body: '',
  author: 'nora',
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

const requires = {
  rulesets: [
    {
      id: 1,
      name: 'main',
      target: 'branch',
      enforcement: 'active',
      include: ['~DEFAULT_BRANCH'],
      exclude: [],
      bypass: [],
      rules: { requiredChecks: { names: ['build', 'test'], strict: false }, requiredLinearHistory: true },
    },
  ],
} as Partial<Settings>;

test('a required check of which nothing has been said is shown as expected', () => {
  const shown = checksOf(pull, requires, [check('build'), check('lint', { conclusion: 'neutral' })], 30);
  expect(shown.map(({ name, state, isRequired, run }) => [name, state, isRequired, run])).toEqual([
    ['build', 'success', true, 1],
    ['lint', 'skipped', false, 1],
    ['test', 'expected', true, undefined],
  ]);
});

const stateOf = (settings: Partial<Settings>, checks: readonly CheckRun[], one = pull): MergeState =>
  mergeStateOf(one, settings, checks, 30);
const commands = (settings: Partial<Settings>, one = pull, checks: readonly CheckRun[] = []): readonly string[] =>
  actionsOf(one, stateOf(settings, checks, one), settings, 'dev').map(({ command }) => command);

test('the buttons are the commands that the state of the pull request allows', () => {
  expect(commands({})).toEqual([
    'gh pr merge 4 --squash',
    'gh pr merge 4 --merge',
    'gh pr merge 4 --rebase',
    'gh pr review 4 --approve',
    'gh pr diff 4',
    'gh pr close 4',
  ]);
  // Linear history allows no merge commit; what waits may be merged later by itself.
  expect(commands(requires)).toEqual([
    'gh pr merge 4 --squash',
    'gh pr merge 4 --rebase',
    'gh pr merge 4 --auto --squash',
    'gh pr review 4 --approve',
    'gh pr diff 4',
    'gh pr close 4',
  ]);
  expect(commands({}, { ...pull, author: 'dev', isDraft: true })).toEqual([
    'gh pr ready 4',
    'gh pr diff 4',
    'gh pr close 4',
  ]);
  expect(commands({}, { ...pull, state: 'CLOSED' })).toEqual(['gh pr reopen 4', 'gh pr diff 4']);
  expect(commands({}, { ...pull, state: 'MERGED' })).toEqual(['gh pr diff 4']);
});
