// Issues: opened and closed, by people and by the pull requests that name them.
import { type Answer, done, refused } from './answer.ts';
import { type Forge, fullNameOf } from './forge.ts';
import type { Issue, Login } from './records.ts';
import { textRefusal } from './text-limits.ts';

export type NewIssue = Pick<Issue, 'title' | 'body'> & Partial<Pick<Issue, 'labels' | 'assignees'>>;

export function openIssue(forge: Forge, asked: NewIssue, by: Login): Answer<Issue> {
  const { machine, repository, store } = forge;
  const { title, body, labels = [], assignees = [] } = asked;
  const why = textRefusal(asked) ?? strangeLabel(forge, labels);
  if (why !== undefined) return refused(why);
  const now = forge.now();
  const issue: Issue = {
    number: store.nextNumber(),
    title,
    body,
    author: by,
    state: 'OPEN',
    labels,
    assignees,
    comments: [],
    createdAt: now,
    updatedAt: now,
  };
  store.saveIssue(issue);
  machine.kernel.record({ type: 'IssueOpened', repository, number: issue.number, by });
  return done(issue);
}

export function editIssue(
  forge: Forge,
  issue: Issue,
  changed: Partial<Pick<Issue, 'title' | 'body' | 'labels' | 'assignees' | 'comments'>>,
): Answer<Issue> {
  const why = textRefusal(changed) ?? strangeLabel(forge, changed.labels ?? []);
  if (why !== undefined) return refused(why);
  const saved = { ...issue, ...changed, updatedAt: forge.now() };
  forge.store.saveIssue(saved);
  return done(saved);
}

export function reopenIssue(forge: Forge, issue: Issue): void {
  const { closedAt: _, stateReason: __, ...rest } = issue;
  forge.store.saveIssue({ ...rest, state: 'OPEN', stateReason: 'reopened', updatedAt: forge.now() });
}

/** A label that the repository has not, as a refusal. */
export function strangeLabel({ store }: Forge, labels: readonly string[]): string | undefined {
  const known = store.settings().labels;
  const strange = labels.find((label) => !known.some(({ name }) => name === label));
  return strange === undefined ? undefined : `could not add label: '${strange}' not found`;
}

export function closeIssue(forge: Forge, issue: Issue, by: Login, reason = 'completed'): void {
  const { machine, repository, store } = forge;
  const now = forge.now();
  store.saveIssue({ ...issue, state: 'CLOSED', stateReason: reason, closedAt: now, updatedAt: now });
  machine.kernel.record({ type: 'IssueClosed', repository, number: issue.number, by });
}

/** "Linking a pull request to an issue": the words that close one when the pull request reaches the default branch. */
const closing =
  /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:([\w.-]+\/[\w.-]+)?#|https:\/\/git\.ventarela\.test\/([\w.-]+\/[\w.-]+)\/issues\/)(\d+)\b/gi;

export function closeLinkedIssues(forge: Forge, text: string, by: Login): void {
  const own = fullNameOf(forge.repository);
  const numbers = new Set(
    [...text.matchAll(closing)].flatMap(([, named, addressed, number]) =>
      (named ?? addressed ?? own).toLowerCase() === own.toLowerCase() ? [Number(number)] : [],
    ),
  );
  for (const issue of forge.store.issues())
    if (issue.state === 'OPEN' && numbers.has(issue.number)) closeIssue(forge, issue, by);
}
