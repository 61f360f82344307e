// What a GITHUB_TOKEN must be allowed for each command ("Permissions required for GitHub Apps"): other machines act as a person.
import { mayDo, type Token, tokenOf } from '../../forge/index.ts';
import type { CommandIO } from '../../machine/index.ts';
import { GhStop } from './given.ts';

type Need = readonly [scope: string, level: 'read' | 'write'];

/** Administration is nothing that a GITHUB_TOKEN can have. */
const NEVER = 'administration';

/** Group → its need for reading, for writing, and the commands that only read. */
const groups: Readonly<Record<string, { readonly scope: string; readonly reads: readonly string[] }>> = {
  pr: { scope: 'pull-requests', reads: ['list', 'view', 'checks', 'checkout', 'diff', 'status'] },
  issue: { scope: 'issues', reads: ['list', 'view', 'status'] },
  label: { scope: 'issues', reads: ['list'] },
  release: { scope: 'contents', reads: ['list', 'view', 'download'] },
  run: { scope: 'actions', reads: ['list', 'view', 'watch', 'download'] },
  workflow: { scope: 'actions', reads: ['list', 'view'] },
  ruleset: { scope: 'metadata', reads: ['list', 'view', 'check'] },
  repo: { scope: NEVER, reads: [] },
  secret: { scope: NEVER, reads: [] },
  variable: { scope: NEVER, reads: [] },
};

/** What GraphQL calls the change, as its refusals name it. */
const mutations: Readonly<Record<string, string>> = {
  'pr create': 'createPullRequest',
  'pr close': 'closePullRequest',
  'pr comment': 'addComment',
  'pr edit': 'updatePullRequest',
  'pr merge': 'mergePullRequest',
  'pr ready': 'markPullRequestReadyForReview',
  'pr reopen': 'reopenPullRequest',
  'pr review': 'addPullRequestReview',
  'issue create': 'createIssue',
  'issue close': 'closeIssue',
  'issue comment': 'addComment',
  'issue edit': 'updateIssue',
  'issue reopen': 'reopenIssue',
};

export const REFUSAL = 'Resource not accessible by integration';

/** @throws GhStop on a job's machine when no token is given, or it may not do that. */
export function mindToken({ machine, env }: Pick<CommandIO, 'machine' | 'env'>, group: string, name = ''): void {
  const token = tokenOf(machine);
  if (token === undefined) return;
  const given = env.GH_TOKEN || env.GITHUB_TOKEN;
  if (!given)
    throw new GhStop(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of workflows
      'gh: To use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN environment variable. Example:\n  env:\n    GH_TOKEN: ${{ github.token }}',
      4,
    );
  if (given !== token.value)
    throw new GhStop(
      'HTTP 401: Bad credentials (https://git.ventarela.test/api/graphql)\nTry authenticating with:  gh auth login',
    );
  const known = groups[group];
  if (known === undefined || (group === 'repo' && name === 'view')) return;
  const needs: Need[] = [[known.scope, known.reads.includes(name) ? 'read' : 'write']];
  // A merge changes the branch as well.
  if (group === 'pr' && name === 'merge') needs.push(['contents', 'write']);
  if (needs.every(([scope, level]) => allows(token, scope, level))) return;
  const mutation = mutations[`${group} ${name}`];
  throw new GhStop(
    mutation === undefined
      ? `HTTP 403: ${REFUSAL} (https://git.ventarela.test/api/v3/repos/ventarela/${token.repository.split('/').at(-1)})`
      : `GraphQL: ${REFUSAL} (${mutation})`,
  );
}

const allows = ({ permissions }: Token, scope: string, level: 'read' | 'write'): boolean =>
  mayDo(permissions, scope, level);

/** Behind `repos/OWNER/NAME/` → what it needs. An issue's number may be a pull request's: either permission will do. */
const addresses: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^pulls/, ['pull-requests']],
  [/^(?:issues|labels)/, ['issues', 'pull-requests']],
  [/^(?:releases|contents|git\/|commits|merges|dispatches|tags|branches\/[^/]+$|compare)/, ['contents']],
  [/^actions\/(?:secrets|variables|permissions)/, [NEVER]],
  [/^actions/, ['actions']],
  [/^(?:check-runs|check-suites)/, ['checks']],
  [/^statuses/, ['statuses']],
  [/^(?:deployments|environments)/, ['deployments', 'actions']],
  [/^rules(?:\/branches)?/, ['metadata']],
  [/^(?:branches\/.+\/protection|hooks|rulesets)/, [NEVER]],
];

/** Whether a job's token may make this request; true on every other machine. */
export function mayAsk(token: Token | undefined, method: string, rest: string): boolean {
  if (token === undefined) return true;
  const level = method === 'GET' || method === 'HEAD' ? 'read' : 'write';
  if (rest === '') return level === 'read';
  const scopes = addresses.find(([pattern]) => pattern.test(rest))?.[1] ?? [NEVER];
  return scopes.some((scope) => allows(token, scope, level));
}
