// Issues: opened and closed, by people and by the pull requests that name them.
import type { Forge } from './forge.ts';
import type { Issue, Login } from './records.ts';

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
const closing = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)\b/gi;

export function closeLinkedIssues(forge: Forge, text: string, by: Login): void {
  const numbers = new Set([...text.matchAll(closing)].map(([, number]) => Number(number)));
  for (const issue of forge.store.issues())
    if (issue.state === 'OPEN' && numbers.has(issue.number)) closeIssue(forge, issue, by);
}
