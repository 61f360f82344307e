// `gh pr view` and `gh pr diff`
import { type PullRequest, pullUrl } from '../../../forge/index.ts';
import { GhStop } from '../given.ts';
import { printFields } from '../json.ts';
import { ago, type Place } from '../place.ts';
import { jsonFlags, type Subcommand } from '../subcommand.ts';
import { plural } from '../texts.ts';
import { findPull, nameOf, selector } from './find.ts';
import { pullAsJson, pullFields } from './json.ts';
import { checksSummary, stateWord } from './list.ts';

export const view: Subcommand = {
  use: selector,
  short: 'Display the title, body, and other information about a pull request.',
  flags: { 'comments c': 'View pull request comments', ...jsonFlags },
  fields: pullFields,
  async run(place, given) {
    const pull = await findPull(place, given);
    if (given.has('json')) return printFields(place, given, pullFields, await pullAsJson(place, pull));
    const { io } = place;
    if (io.isTerminal) io.stdout(forPerson(place, pull, given.has('comments')));
    else io.stdout(given.has('comments') ? rawComments(pull) : raw(place, pull));
    return 0;
  },
};

/** The last word of each reviewer, those who are still asked last. */
function reviewersOf({ author, reviews, reviewRequests }: PullRequest): string {
  const words = {
    APPROVED: 'Approved',
    CHANGES_REQUESTED: 'Changes requested',
    COMMENTED: 'Commented',
    DISMISSED: 'Commented',
  };
  const said = new Map(reviews.filter((one) => one.author !== author).map((one) => [one.author, words[one.state]]));
  for (const login of reviewRequests) said.delete(login);
  const lines = (pairs: readonly (readonly [string, string])[]): readonly string[] =>
    [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([login, word]) => `${login} (${word})`);
  return [...lines([...said]), ...lines(reviewRequests.map((login) => [login, 'Requested'] as const))].join(', ');
}

const sumOf = ({ comparison }: PullRequest, side: 'additions' | 'deletions'): number =>
  (comparison?.files ?? []).reduce((sum, one) => sum + one[side], 0);

const sorted = (names: readonly string[]): string =>
  [...names].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).join(', ');

function raw({ repository }: Place, pull: PullRequest): string {
  const { autoMerge } = pull;
  return `title:\t${pull.title}
state:\t${stateWord(pull)}
author:\t${pull.author}
labels:\t${sorted(pull.labels)}
assignees:\t${pull.assignees.join(', ')}
reviewers:\t${reviewersOf(pull)}
projects:\t
milestone:\t
number:\t${pull.number}
url:\t${pullUrl(repository, pull.number)}
additions:\t${sumOf(pull, 'additions')}
deletions:\t${sumOf(pull, 'deletions')}
auto-merge:\t${autoMerge === undefined ? 'disabled' : `enabled\t${autoMerge.by}\t${autoMerge.method}`}
--
${pull.body}
`;
}

interface Said {
  readonly author: string;
  readonly body: string;
  readonly createdAt: number;
  readonly state?: string;
}

const conversation = ({ comments, reviews }: PullRequest): readonly Said[] =>
  [...comments, ...reviews.filter(({ body, state }) => body !== '' || state !== 'COMMENTED')].sort(
    (a, b) => a.createdAt - b.createdAt,
  );

function rawComments(pull: PullRequest): string {
  return conversation(pull)
    .map(({ author, body, state = 'none' }) => {
      const status = state.toLowerCase().replace('_', ' ');
      return `author:\t${author}\nassociation:\tmember\nedited:\tfalse\nstatus:\t${status}\n--\n${body}\n--\n`;
    })
    .join('');
}

function forPerson(place: Place, pull: PullRequest, hasAll: boolean): string {
  const state = stateWord(pull);
  const checks = checksSummary(place, pull);
  const methods = { merge: 'a merge commit', rebase: 'rebase and merge', squash: 'squash and merge' } as const;
  const facts = [
    ['Reviewers', reviewersOf(pull)],
    ['Assignees', pull.assignees.join(', ')],
    ['Labels', sorted(pull.labels)],
    [
      'Auto-merge',
      pull.autoMerge === undefined ? '' : `enabled by ${pull.autoMerge.by}, using ${methods[pull.autoMerge.method]}`,
    ],
  ].filter(([, value]) => value !== '');
  const said = conversation(pull);
  const shown = hasAll ? said : said.slice(-1);
  const hidden = said.length - shown.length;
  return [
    `${pull.title} ${nameOf(place, pull)}`,
    `${state[0]}${state.slice(1).toLowerCase()} • ${pull.author} wants to merge ${plural(pull.comparison?.commits ?? 0, 'commit')} into ${pull.base} from ${pull.head} • ${ago(place, pull.createdAt)}`,
    `+${sumOf(pull, 'additions')} -${sumOf(pull, 'deletions')} • ${checks ?? 'No checks'}`,
    ...facts.map(([name, value]) => `${name}: ${value}`),
    '',
    ...(pull.body === '' ? ['', '  No description provided', ''] : ['', indented(pull.body), '']),
    ...(hidden > 0 ? ['', `———————— Not showing ${plural(hidden, 'comment')} ————————`, ''] : []),
    ...shown.flatMap((one, at) => [
      '',
      `${one.author}${verb(one)} • ${ago(place, one.createdAt).replace('about ', '')}${at === shown.length - 1 ? ' • Newest comment' : ''}`,
      '',
      one.body === '' ? '  No body provided' : indented(one.body),
      '',
    ]),
    ...(hidden > 0 ? ['Use --comments to view the full conversation'] : []),
    `View this pull request on GitHub: ${pullUrl(place.repository, pull.number)}`,
    '',
  ].join('\n');
}

const verb = ({ state }: Said): string =>
  state === undefined
    ? ''
    : ({
        APPROVED: ' approved',
        CHANGES_REQUESTED: ' requested changes',
        COMMENTED: ' commented',
        DISMISSED: ' dismissed',
      }[state] ?? '');

const indented = (text: string): string => text.trimEnd().replace(/^(?=.)/gm, '  ');

export const diff: Subcommand = {
  use: selector,
  short: 'View changes in a pull request.',
  flags: {
    'color=': 'Use color in diff output: {always|never|auto} (default "auto")',
    'name-only': 'Display only names of changed files',
    patch: 'Display diff in patch format',
  },
  async run(place, given) {
    const { io, forge } = place;
    const pull = await findPull(place, given);
    if (given.has('patch')) throw new GhStop("gh pr diff: '--patch' is not part of this sandbox");
    if (given.has('name-only')) {
      io.stdout((pull.comparison?.files ?? []).map(({ path }) => `${path}\n`).join(''));
      return 0;
    }
    const base = pull.comparison?.baseCommit;
    if (base === undefined || io.run === undefined)
      throw new GhStop('could not find pull request diff: HTTP 404: Not Found');
    const color = given.value('color') ?? 'auto';
    const { stdout } = await io.run({
      words: [
        'git',
        'diff',
        ...(color === 'never' || (color === 'auto' && !io.isTerminal) ? [] : ['--color']),
        `${base}...${pull.headCommit}`,
      ],
      env: { GIT_DIR: forge.place.gitdir },
    });
    io.stdout(stdout);
    return 0;
  },
};
