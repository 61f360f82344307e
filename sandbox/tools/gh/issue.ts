// `gh issue`
import { closeIssue, editIssue, type Issue, openIssue, reopenIssue } from '../../forge/index.ts';
import { GhStop, type Given } from './given.ts';
import { iso, printFields, printTable } from './json.ts';
import { ago, type Place, urlOf } from './place.ts';
import { jsonFlags, type Subcommand } from './subcommand.ts';
import { bodyOf, listOf, loginsOf, plural } from './texts.ts';

const fields =
  'assignees author body closed closedAt comments createdAt id labels milestone number state stateReason title updatedAt url'.split(
    ' ',
  );

const addressOf = (place: Place, { number }: Issue): string => `${urlOf(place)}/issues/${number}`;
const named = ({ fullName }: Place, { number, title }: Issue): string => `${fullName}#${number} (${title})`;

/** @throws GhStop */
function find({ store }: Place, given: Given): Issue {
  const [asked = ''] = given.words;
  if (given.words.length !== 1) throw new GhStop(`accepts 1 arg(s), received ${given.words.length}`);
  const [, number] = /^(?:#|https:\/\/\S+\/issues\/)?(\d+)$/.exec(asked) ?? [];
  if (number === undefined) throw new GhStop(`invalid issue format: "${asked}"`);
  const issue = store.issues().find((one) => one.number === Number(number));
  if (issue === undefined)
    throw new GhStop(
      `GraphQL: Could not resolve to an issue or pull request with the number of ${Number(number)}. (repository.issue)`,
    );
  return issue;
}

function asJson(place: Place, issue: Issue): Record<string, unknown> {
  const { labels } = place.store.settings();
  return {
    assignees: issue.assignees.map((login) => ({ login })),
    author: { login: issue.author, is_bot: false },
    body: issue.body,
    closed: issue.state === 'CLOSED',
    closedAt: issue.closedAt === undefined ? null : iso(issue.closedAt),
    comments: issue.comments.map(({ author, body, createdAt }) => ({
      author: { login: author },
      body,
      createdAt: iso(createdAt),
    })),
    createdAt: iso(issue.createdAt),
    id: `I_${place.repository}_${issue.number}`,
    labels: issue.labels.map((name) => ({ name, color: labels.find((one) => one.name === name)?.color ?? 'ededed' })),
    milestone: null,
    number: issue.number,
    state: issue.state,
    stateReason: (issue.stateReason ?? '').toUpperCase().replace(' ', '_'),
    title: issue.title,
    updatedAt: iso(issue.updatedAt),
    url: addressOf(place, issue),
  };
}

const bodyFlags = {
  'body b=': 'Supply a body. Will prompt for one otherwise.',
  'body-file F=': 'Read body text from `file` (use "-" to read from standard input)',
} as const;

function comment(place: Place, issue: Issue, body: string): Issue {
  const comments = [...issue.comments, { author: place.login, body, createdAt: place.now() }];
  const answer = editIssue(place.forge, issue, { comments });
  if (!answer.ok) throw new GhStop(`GraphQL: ${answer.why} (addComment)`);
  return answer.value;
}

export const issueCommands: Readonly<Record<string, Subcommand>> = {
  create: {
    short: 'Create an issue on GitHub.',
    flags: {
      'assignee a=': 'Assign people by their `login`. Use "@me" to self-assign.',
      ...bodyFlags,
      'label l=': 'Add labels by `name`',
      'title t=': 'Supply a title. Will prompt for one otherwise.',
    },
    async run(place, given) {
      const { io, fullName, login, forge } = place;
      const [title, body] = [given.value('title'), bodyOf(place, given)];
      if (title === undefined || body === undefined)
        throw new GhStop('must provide `--title` and `--body` when not running interactively');
      if (io.isTerminal) io.stderr(`\nCreating issue in ${fullName}\n\n`);
      const labels = listOf(given, 'label');
      const answer = openIssue(forge, { title, body, labels, assignees: loginsOf(place, given, 'assignee') }, login);
      if (!answer.ok) throw new GhStop(`GraphQL: ${answer.why} (createIssue)`);
      io.stdout(`${addressOf(place, answer.value)}\n`);
      return 0;
    },
  },
  list: {
    short: 'List issues in a GitHub repository.',
    flags: {
      'assignee a=': 'Filter by assignee',
      'author A=': 'Filter by author',
      'label l=': 'Filter by label',
      'limit L=': 'Maximum number of issues to fetch (default 30)',
      'state s=': 'Filter by state: {open|closed|all} (default "open")',
      ...jsonFlags,
    },
    fields,
    async run(place, given) {
      const { io, fullName, store } = place;
      const state = given.value('state') ?? 'open';
      if (!['open', 'closed', 'all'].includes(state))
        throw new GhStop(`invalid argument "${state}" for "-s, --state" flag: valid values are {open|closed|all}`);
      const [labels, authors, assignees] = [
        listOf(given, 'label'),
        loginsOf(place, given, 'author'),
        loginsOf(place, given, 'assignee'),
      ];
      const all = store
        .issues()
        .filter((one) => state === 'all' || one.state === state.toUpperCase())
        .filter((one) => labels.every((label) => one.labels.includes(label)))
        .filter((one) => authors.every((login) => one.author === login))
        .filter((one) => assignees.every((login) => one.assignees.includes(login)))
        .reverse();
      const found = all.slice(0, Number(given.value('limit') ?? 30));
      if (given.has('json'))
        return printFields(
          place,
          given,
          fields,
          found.map((one) => asJson(place, one)),
        );
      const isFiltered = ['state', 'label', 'author', 'assignee'].some((flag) => given.value(flag) !== undefined);
      if (found.length === 0)
        throw new GhStop(
          isFiltered ? `no issues match your search in ${fullName}` : `no open issues in ${fullName}`,
          0,
        );
      if (io.isTerminal) {
        const count = `Showing ${found.length} of ${plural(all.length, isFiltered ? 'issue' : 'open issue')} in ${fullName}`;
        io.stdout(`\n${count}${isFiltered ? ` that match${all.length === 1 ? 'es' : ''} your search` : ''}\n\n`);
      }
      printTable(
        place,
        ['ID', 'TITLE', 'LABELS', 'UPDATED'],
        found.map((one) =>
          io.isTerminal
            ? [`#${one.number}`, one.title, one.labels.join(', '), ago(place, one.updatedAt)]
            : [String(one.number), one.state, one.title, one.labels.join(', '), iso(one.updatedAt)],
        ),
      );
      return 0;
    },
  },
  view: {
    use: '{<number> | <url>}',
    short: 'Display the title, body, and other information about an issue.',
    flags: { 'comments c': 'View issue comments', ...jsonFlags },
    fields,
    async run(place, given) {
      const { io, fullName } = place;
      const issue = find(place, given);
      if (given.has('json')) return printFields(place, given, fields, asJson(place, issue));
      const { title, state, author, labels, comments, assignees, number, body } = issue;
      if (io.isTerminal)
        io.stdout(
          `${title} ${fullName}#${number}\n${state[0]}${state.slice(1).toLowerCase()} • ${author} opened ${ago(place, issue.createdAt)} • ${plural(comments.length, 'comment')}\n` +
            `${assignees.length > 0 ? `Assignees: ${assignees.join(', ')}\n` : ''}${labels.length > 0 ? `Labels: ${labels.join(', ')}\n` : ''}\n\n` +
            `${body === '' ? '  No description provided\n' : `${body.replace(/^(?=.)/gm, '  ')}\n`}\n` +
            `${(given.has('comments') ? comments : comments.slice(-1)).map((one) => `\n${one.author} • ${ago(place, one.createdAt)}\n\n${one.body.replace(/^(?=.)/gm, '  ')}\n`).join('')}\n` +
            `View this issue on GitHub: ${addressOf(place, issue)}\n`,
        );
      else if (given.has('comments'))
        io.stdout(
          comments
            .map(
              (one) =>
                `author:\t${one.author}\nassociation:\tmember\nedited:\tfalse\nstatus:\tnone\n--\n${one.body}\n--\n`,
            )
            .join(''),
        );
      else
        io.stdout(
          `title:\t${title}\nstate:\t${state}\nauthor:\t${author}\nlabels:\t${labels.join(', ')}\ncomments:\t${comments.length}\nassignees:\t${assignees.join(', ')}\nprojects:\t\nmilestone:\t\nnumber:\t${number}\n--\n${body}\n`,
        );
      return 0;
    },
  },
  close: {
    use: '{<number> | <url>}',
    short: 'Close issue',
    flags: {
      'comment c=': 'Leave a closing comment',
      'reason r=': 'Reason for closing: {completed|not planned}',
    },
    async run(place, given) {
      const { io, forge, login } = place;
      const issue = find(place, given);
      const reason = given.value('reason') ?? 'completed';
      if (reason !== 'completed' && reason !== 'not planned')
        throw new GhStop(
          `invalid argument "${reason}" for "-r, --reason" flag: valid values are {completed|not planned}`,
        );
      if (issue.state === 'CLOSED') {
        io.stderr(`! Issue ${named(place, issue)} is already closed\n`);
        return 0;
      }
      const said = given.value('comment');
      closeIssue(forge, said === undefined ? issue : comment(place, issue, said), login, reason);
      io.stderr(`✓ Closed issue ${named(place, issue)}\n`);
      return 0;
    },
  },
  reopen: {
    use: '{<number> | <url>}',
    short: 'Reopen issue',
    flags: { 'comment c=': 'Add a reopening comment' },
    async run(place, given) {
      const issue = find(place, given);
      if (issue.state === 'OPEN') {
        place.io.stderr(`! Issue ${named(place, issue)} is already open\n`);
        return 0;
      }
      const said = given.value('comment');
      reopenIssue(place.forge, said === undefined ? issue : comment(place, issue, said));
      place.io.stderr(`✓ Reopened issue ${named(place, issue)}\n`);
      return 0;
    },
  },
  comment: {
    use: '{<number> | <url>}',
    short: 'Add a comment to a GitHub issue.',
    flags: bodyFlags,
    async run(place, given) {
      const body = bodyOf(place, given);
      if (body === undefined || body === '') throw new GhStop('flags required when not running interactively');
      const issue = comment(place, find(place, given), body);
      place.io.stdout(`${addressOf(place, issue)}#issuecomment-${issue.comments.length}\n`);
      return 0;
    },
  },
  edit: {
    use: '{<number> | <url>}',
    short: 'Edit an issue within the same repository.',
    flags: {
      'add-assignee=': 'Add assigned users by their `login`. Use "@me" to assign yourself.',
      'add-label=': 'Add labels by `name`',
      ...bodyFlags,
      'remove-assignee=': 'Remove assigned users by their `login`. Use "@me" to unassign yourself.',
      'remove-label=': 'Remove labels by `name`',
      'title t=': 'Set the new title.',
    },
    async run(place, given) {
      const issue = find(place, given);
      const [title, body] = [given.value('title'), bodyOf(place, given)];
      const after = (before: readonly string[], added: readonly string[], removed: readonly string[]) =>
        [...new Set([...before, ...added])].filter((one) => !removed.includes(one));
      if (title === undefined && body === undefined && !/-(label|assignee)/.test(given.flags.join(' ')))
        throw new GhStop('field to edit flag required when not running interactively');
      const answer = editIssue(place.forge, issue, {
        ...(title !== undefined && { title }),
        ...(body !== undefined && { body }),
        labels: after(issue.labels, listOf(given, 'add-label'), listOf(given, 'remove-label')),
        assignees: after(
          issue.assignees,
          loginsOf(place, given, 'add-assignee'),
          loginsOf(place, given, 'remove-assignee'),
        ),
      });
      if (!answer.ok) throw new GhStop(`GraphQL: ${answer.why} (updateIssue)`);
      place.io.stdout(`${addressOf(place, issue)}\n`);
      return 0;
    },
  },
};
