// `gh pr close`, `reopen`, `ready`, `review`, `comment`, `edit`
import {
  closePull,
  deleteHead,
  editPull,
  type PullRequest,
  pullUrl,
  reopenPull,
  review as reviewPull,
  setDraft,
} from '../../../forge/index.ts';
import { GhStop } from '../given.ts';
import type { Place } from '../place.ts';
import type { Subcommand } from '../subcommand.ts';
import { bodyOf, listOf, loginsOf } from '../texts.ts';
import { findPull, git, nameOf, selector } from './find.ts';

const titled = (place: Place, pull: PullRequest): string => `${nameOf(place, pull)} (${pull.title})`;

async function addComment({ forge, login, now }: Place, pull: PullRequest, body: string): Promise<PullRequest> {
  const comments = [...pull.comments, { author: login, body, createdAt: now() }];
  const answer = await editPull(forge, pull, { comments }, login);
  if (!answer.ok) throw new GhStop(`GraphQL: ${answer.why} (addComment)`);
  return answer.value;
}

export const close: Subcommand = {
  use: '{<number> | <url> | <branch>}',
  short: 'Close a pull request',
  flags: {
    'comment c=': 'Leave a closing comment',
    'delete-branch d': 'Delete the local and remote branch after close',
  },
  async run(place, given) {
    const { io, forge, login } = place;
    if (given.words.length === 0) throw new GhStop('cannot close pull request: number, url, or branch required');
    const pull = await findPull(place, given);
    if (pull.state === 'MERGED')
      throw new GhStop(`X Pull request ${titled(place, pull)} can't be closed because it was already merged`);
    if (pull.state === 'CLOSED') {
      io.stderr(`! Pull request ${titled(place, pull)} is already closed\n`);
      return 0;
    }
    const comment = given.value('comment');
    const said = comment === undefined ? pull : await addComment(place, pull, comment);
    await closePull(forge, said, login);
    io.stderr(`✓ Closed pull request ${titled(place, pull)}\n`);
    if (!given.has('delete-branch')) return 0;
    if (!place.isNamed) await git(place, 'branch', '-D', pull.head);
    const answer = await deleteHead(forge, pull, login);
    if (!answer.ok) throw new GhStop(`failed to delete remote branch ${pull.head}: HTTP 422: ${answer.why}`);
    io.stderr(`✓ Deleted branch ${pull.head}\n`);
    return 0;
  },
};

export const reopen: Subcommand = {
  use: '{<number> | <url> | <branch>}',
  short: 'Reopen a pull request',
  flags: { 'comment c=': 'Add a reopening comment' },
  async run(place, given) {
    const { io, forge, login } = place;
    if (given.words.length === 0) throw new GhStop('cannot reopen pull request: number, url, or branch required');
    const pull = await findPull(place, given);
    if (pull.state === 'MERGED')
      throw new GhStop(`X Pull request ${titled(place, pull)} can't be reopened because it was already merged`);
    if (pull.state === 'OPEN') {
      io.stderr(`! Pull request ${titled(place, pull)} is already open\n`);
      return 0;
    }
    const comment = given.value('comment');
    const said = comment === undefined ? pull : await addComment(place, pull, comment);
    const answer = await reopenPull(forge, said, login);
    if (!answer.ok) throw new GhStop(`API call failed: GraphQL: ${answer.why} (reopenPullRequest)`);
    io.stderr(`✓ Reopened pull request ${titled(place, pull)}\n`);
    return 0;
  },
};

export const ready: Subcommand = {
  use: selector,
  short: 'Mark a pull request as ready for review.',
  flags: { undo: 'Convert a pull request to "draft"' },
  async run(place, given) {
    const { io, forge, login } = place;
    const pull = await findPull(place, given);
    const name = nameOf(place, pull);
    if (pull.state !== 'OPEN')
      throw new GhStop(
        `X Pull request ${name} is closed. Only draft pull requests can be marked as "ready for review"`,
      );
    const isUndone = given.has('undo');
    if (pull.isDraft === isUndone) {
      io.stderr(`! Pull request ${name} is already "${isUndone ? 'in draft' : 'ready for review'}"\n`);
      return 0;
    }
    setDraft(forge, pull, isUndone, login);
    io.stderr(`✓ Pull request ${name} is ${isUndone ? 'converted to "draft"' : 'marked as "ready for review"'}\n`);
    return 0;
  },
};

export const review: Subcommand = {
  use: selector,
  short: 'Add a review to a pull request.',
  flags: {
    'approve a': 'Approve pull request',
    'body b=': 'Specify the body of a review',
    'body-file F=': 'Read body text from `file` (use "-" to read from standard input)',
    'comment c': 'Comment on a pull request',
    'request-changes r': 'Request changes on a pull request',
  },
  async run(place, given) {
    const { io, forge, login } = place;
    const asked = (['approve', 'request-changes', 'comment'] as const).filter((flag) => given.has(flag));
    const body = bodyOf(place, given) ?? '';
    const [flag] = asked;
    if (asked.length > 1) throw new GhStop('need exactly one of --approve, --request-changes, or --comment');
    if (flag === undefined)
      throw new GhStop(
        body === ''
          ? '--approve, --request-changes, or --comment required when not running interactively'
          : '--body unsupported without --approve, --request-changes, or --comment',
      );
    if (body === '' && flag !== 'approve')
      throw new GhStop(`body cannot be blank for ${flag === 'comment' ? 'comment' : 'request-changes'} review`);
    const pull = await findPull(place, given);
    const state = ({ approve: 'APPROVED', 'request-changes': 'CHANGES_REQUESTED', comment: 'COMMENTED' } as const)[
      flag
    ];
    const answer = reviewPull(forge, pull, { state, body, by: login });
    if (!answer.ok) throw new GhStop(`failed to create review: GraphQL: ${answer.why} (addPullRequestReview)`);
    if (!io.isTerminal) return 0;
    const name = nameOf(place, pull);
    const told = {
      approve: `✓ Approved pull request ${name}`,
      'request-changes': `+ Requested changes to pull request ${name}`,
      comment: `- Reviewed pull request ${name}`,
    }[flag];
    io.stderr(`${told}\n`);
    return 0;
  },
};

export const comment: Subcommand = {
  use: selector,
  short: 'Add a comment to a GitHub pull request.',
  flags: {
    'body b=': 'The comment body `text`',
    'body-file F=': 'Read body text from `file` (use "-" to read from standard input)',
  },
  async run(place, given) {
    const body = bodyOf(place, given);
    if (body === undefined || body === '') throw new GhStop('flags required when not running interactively');
    const pull = await findPull(place, given);
    const changed = await addComment(place, pull, body);
    place.io.stdout(`${pullUrl(place.repository, pull.number)}#issuecomment-${changed.comments.length}\n`);
    return 0;
  },
};

export const edit: Subcommand = {
  use: selector,
  short: 'Edit a pull request.',
  flags: {
    'add-assignee=': 'Add assigned users by their `login`. Use "@me" to assign yourself.',
    'add-label=': 'Add labels by `name`',
    'add-reviewer=': 'Add reviewers by their `login`.',
    'base B=': 'Change the base `branch` for this pull request',
    'body b=': 'Set the new body.',
    'body-file F=': 'Read body text from `file` (use "-" to read from standard input)',
    'remove-assignee=': 'Remove assigned users by their `login`. Use "@me" to unassign yourself.',
    'remove-label=': 'Remove labels by `name`',
    'remove-reviewer=': 'Remove reviewers by their `login`.',
    'title t=': 'Set the new title.',
  },
  async run(place, given) {
    const pull = await findPull(place, given);
    const [title, body, base] = [given.value('title'), bodyOf(place, given), given.value('base')];
    const changedList = (
      thing: 'label' | 'assignee' | 'reviewer',
      before: readonly string[],
    ): readonly string[] | undefined => {
      const read = thing === 'label' ? listOf : (own: typeof given, flag: string) => loginsOf(place, own, flag);
      const [added, removed] = [read(given, `add-${thing}`), read(given, `remove-${thing}`)];
      if (added.length + removed.length === 0) return undefined;
      return [...new Set([...before, ...added])].filter((one) => !removed.includes(one));
    };
    const labels = changedList('label', pull.labels);
    const assignees = changedList('assignee', pull.assignees);
    const reviewRequests = changedList('reviewer', pull.reviewRequests);
    const changed = {
      ...(title !== undefined && { title }),
      ...(body !== undefined && { body }),
      ...(base !== undefined && { base }),
      ...(labels && { labels }),
      ...(assignees && { assignees }),
      ...(reviewRequests && { reviewRequests }),
    };
    if (Object.keys(changed).length === 0)
      throw new GhStop(
        '--tile, --body, --reviewer, --assignee, --label, --project, or --milestone required when not running interactively',
      );
    const answer = await editPull(place.forge, pull, changed, place.login);
    if (!answer.ok) throw new GhStop(`GraphQL: ${answer.why} (updatePullRequest)`);
    place.io.stdout(`${pullUrl(place.repository, pull.number)}\n`);
    return 0;
  },
};
