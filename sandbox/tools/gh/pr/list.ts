// `gh pr list` and `gh pr status`
import { checkAt, mergeStateOf, type PullRequest, reviewDecisionOf } from '../../../forge/index.ts';
import { GhStop } from '../given.ts';
import { iso, printFields, printTable } from '../json.ts';
import { ago, type Place } from '../place.ts';
import { jsonFlags, type Subcommand } from '../subcommand.ts';
import { listOf, loginsOf, plural } from '../texts.ts';
import { bucketOf, newest } from './checks.ts';
import { branchHere } from './find.ts';
import { pullAsJson, pullFields } from './json.ts';

export const stateWord = ({ state, isDraft }: PullRequest): string => (isDraft && state === 'OPEN' ? 'DRAFT' : state);

export const list: Subcommand = {
  short: 'List pull requests in a GitHub repository.',
  flags: {
    'assignee a=': 'Filter by assignee',
    'author A=': 'Filter by author',
    'base B=': 'Filter by base branch',
    'draft d': 'Filter by draft state',
    'head H=': 'Filter by head branch',
    'label l=': 'Filter by label',
    'limit L=': 'Maximum number of items to fetch (default 30)',
    'state s=': 'Filter by state: {open|closed|merged|all} (default "open")',
    ...jsonFlags,
  },
  fields: pullFields,
  async run(place, given) {
    const { io, fullName, store } = place;
    const state = given.value('state') ?? 'open';
    if (!['open', 'closed', 'merged', 'all'].includes(state))
      throw new GhStop(`invalid argument "${state}" for "-s, --state" flag: valid values are {open|closed|merged|all}`);
    const limit = Number(given.value('limit') ?? 30);
    if (!(limit >= 1)) throw new GhStop(`invalid value for --limit: ${given.value('limit')}`);
    const labels = listOf(given, 'label');
    const is = (flag: string, value: readonly string[]): boolean => {
      const wanted = loginsOf(place, given, flag);
      return wanted.length === 0 || wanted.every((one) => value.includes(one));
    };
    const all = store
      .pulls()
      .filter((pull) => state === 'all' || pull.state === state.toUpperCase())
      .filter((pull) => is('author', [pull.author]) && is('assignee', pull.assignees))
      .filter((pull) => is('base', [pull.base]) && is('head', [pull.head]))
      .filter((pull) => labels.every((label) => pull.labels.includes(label)))
      .filter((pull) => given.value('draft') === undefined || pull.isDraft === given.has('draft'))
      .reverse();
    const found = all.slice(0, limit);
    if (given.has('json'))
      return printFields(place, given, pullFields, await Promise.all(found.map((one) => pullAsJson(place, one))));
    const isFiltered = ['state', 'author', 'assignee', 'base', 'head', 'label', 'draft'].some(
      (flag) => given.value(flag) !== undefined,
    );
    if (found.length === 0)
      throw new GhStop(
        isFiltered ? `no pull requests match your search in ${fullName}` : `no open pull requests in ${fullName}`,
        0,
      );
    if (io.isTerminal) {
      const count = `Showing ${found.length} of ${plural(all.length, isFiltered ? 'pull request' : 'open pull request')} in ${fullName}`;
      io.stdout(`\n${count}${isFiltered ? ` that match${all.length === 1 ? 'es' : ''} your search` : ''}\n\n`);
    }
    printTable(
      place,
      ['ID', 'TITLE', 'BRANCH', 'CREATED AT'],
      found.map((pull) =>
        io.isTerminal
          ? [`#${pull.number}`, pull.title, pull.head, ago(place, pull.createdAt)]
          : [String(pull.number), pull.title, pull.head, stateWord(pull), iso(pull.createdAt)],
      ),
    );
    return 0;
  },
};

export const status: Subcommand = {
  short: 'Show status of relevant pull requests.',
  flags: { 'conflict-status c': 'Display the merge conflict status of each pull request', ...jsonFlags },
  fields: pullFields,
  async run(place, given) {
    const { io, store, fullName, login } = place;
    const open = store.pulls().filter(({ state }) => state === 'OPEN');
    const branch = place.isNamed ? undefined : await branchHere(place);
    const own = store.pulls().filter(({ head }) => head === branch);
    const current = own.findLast(({ state }) => state === 'OPEN') ?? own.at(-1);
    const mine = open.filter(({ author }) => author === login).reverse();
    const asked = open.filter(({ reviewRequests }) => reviewRequests.includes(login)).reverse();
    if (given.has('json')) {
      const json = (pulls: readonly PullRequest[]) => Promise.all(pulls.map((one) => pullAsJson(place, one)));
      const fields = given.values('json').flatMap((text) => text.split(','));
      const chosen = (one: Record<string, unknown>) => Object.fromEntries(fields.map((field) => [field, one[field]]));
      const [first] = current === undefined ? [] : await json([current]);
      const value = {
        currentBranch: first === undefined ? null : chosen(first),
        createdBy: (await json(mine)).map(chosen),
        needsReview: (await json(asked)).map(chosen),
      };
      const stranger = fields.find((field) => !pullFields.includes(field));
      if (stranger !== undefined) return printFields(place, given, pullFields, []);
      io.stdout(`${JSON.stringify(value, null, io.isTerminal ? 2 : undefined)}\n`);
      return 0;
    }
    const section = (title: string, pulls: readonly PullRequest[], none: string): string =>
      `${title}\n${pulls.length === 0 ? `  ${none}\n` : pulls.map((one) => lineOf(place, one)).join('')}\n`;
    io.stdout(`\nRelevant pull requests in ${fullName}\n\n`);
    if (branch !== undefined)
      io.stdout(
        section(
          'Current branch',
          current === undefined ? [] : [current],
          `There is no pull request associated with [${branch}]`,
        ),
      );
    io.stdout(section('Created by you', mine, 'You have no open pull requests'));
    io.stdout(section('Requesting a code review from you', asked, 'You have no pull requests to review'));
    return 0;
  },
};

/** What the checks come to, in the words of `view` and `status`. */
export function checksSummary(place: Place, pull: PullRequest): string | undefined {
  const buckets = newest(place.store.checks(pull.headCommit)).map((one) => {
    const { status, conclusion } = checkAt(one, place.now());
    return bucketOf(status === 'COMPLETED' ? (conclusion ?? '').toUpperCase() : status);
  });
  if (buckets.length === 0) return undefined;
  const failing = buckets.filter((one) => one === 'fail' || one === 'cancel').length;
  if (failing > 0)
    return failing === buckets.length ? '× All checks failing' : `× ${failing}/${buckets.length} checks failing`;
  return buckets.includes('pending') ? '- Checks pending' : '✓ Checks passing';
}

function lineOf(place: Place, pull: PullRequest): string {
  const title = [...pull.title].length > 50 ? `${[...pull.title].slice(0, 47).join('')}...` : pull.title;
  const first = `  #${pull.number}  ${title} [${pull.head}]`;
  if (pull.state !== 'OPEN') return `${first} - ${pull.state === 'MERGED' ? 'Merged' : 'Closed'}\n`;
  const settings = place.store.settings();
  const decision = reviewDecisionOf(pull, settings);
  const approvals = new Set(pull.reviews.filter(({ state }) => state === 'APPROVED').map(({ author }) => author)).size;
  const review = {
    '': undefined,
    APPROVED: `✓ ${approvals} Approved`,
    CHANGES_REQUESTED: '+ Changes requested',
    REVIEW_REQUIRED: '- Review required',
  }[decision];
  const { status } = mergeStateOf(pull, settings, place.store.checks(pull.headCommit), place.now());
  const told = [
    checksSummary(place, pull),
    review,
    status === 'DIRTY' ? '× Merge conflicts' : '✓ No merge conflicts',
    status === 'BEHIND' ? '- Not up to date' : undefined,
    pull.autoMerge === undefined ? undefined : '✓ Auto-merge enabled',
  ].filter((part) => part !== undefined);
  return `${first}\n  ${told.join(' ')}\n`;
}
