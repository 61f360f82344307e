// A pull request as `--json` shows it.
import { commitData, commitsBetween } from '../../../forge/git/index.ts';
import {
  checkAt,
  mergeStateOf,
  openOrigin,
  type PullRequest,
  personOf,
  pullUrl,
  type Review,
  reviewDecisionOf,
} from '../../../forge/index.ts';
import { iso } from '../json.ts';
import type { Place } from '../place.ts';
import { linkOf, NO_TIME, newest } from './checks.ts';

export const pullFields = (
  'additions assignees author autoMergeRequest baseRefName body changedFiles closed closedAt comments commits createdAt ' +
  'deletions files headRefName headRefOid headRepository headRepositoryOwner id isCrossRepository isDraft labels ' +
  'latestReviews maintainerCanModify mergeCommit mergeStateStatus mergeable mergedAt mergedBy milestone number ' +
  'potentialMergeCommit reviewDecision reviewRequests reviews state statusCheckRollup title updatedAt url'
).split(' ');

export async function pullAsJson(place: Place, pull: PullRequest): Promise<Record<string, unknown>> {
  const { store, now, repository, fullName, io } = place;
  const settings = store.settings();
  const checks = store.checks(pull.headCommit);
  const { comparison } = pull;
  const files = comparison?.files ?? [];
  const person = (login: string) => ({
    id: `U_${login}`,
    is_bot: login.endsWith('[bot]'),
    login,
    name: personOf(io.machine, login).name,
  });
  const reviewAsJson = ({ author, body, state, commit, createdAt }: Review, at: number) => ({
    id: `PRR_${pull.number}_${at + 1}`,
    author: { login: author },
    authorAssociation: 'MEMBER',
    body,
    submittedAt: iso(createdAt),
    state,
    commit: { oid: commit },
  });
  const latest = [...new Map(pull.reviews.map((one) => [one.author, one])).values()];
  const potential = await openOrigin(io.machine, repository)?.resolve(`refs/pull/${pull.number}/merge`);
  return {
    additions: files.reduce((sum, one) => sum + one.additions, 0),
    assignees: pull.assignees.map(person),
    author: person(pull.author),
    autoMergeRequest:
      pull.autoMerge === undefined
        ? null
        : { enabledBy: person(pull.autoMerge.by), mergeMethod: pull.autoMerge.method.toUpperCase() },
    baseRefName: pull.base,
    body: pull.body,
    changedFiles: files.length,
    closed: pull.state !== 'OPEN',
    closedAt: pull.closedAt === undefined ? null : iso(pull.closedAt),
    comments: pull.comments.map(({ author, body, createdAt }, at) => ({
      id: `IC_${pull.number}_${at + 1}`,
      author: { login: author },
      authorAssociation: 'MEMBER',
      body,
      createdAt: iso(createdAt),
      url: `${pullUrl(repository, pull.number)}#issuecomment-${at + 1}`,
    })),
    commits: await commitsOf(place, pull),
    createdAt: iso(pull.createdAt),
    deletions: files.reduce((sum, one) => sum + one.deletions, 0),
    files: files.map((one) => ({ ...one })),
    headRefName: pull.head.replace(/^[^:]+:/, ''),
    headRefOid: pull.headCommit,
    headRepository: { id: `R_${repository}`, name: repository },
    headRepositoryOwner: { login: /^([^:]+):/.exec(pull.head)?.[1] ?? fullName.split('/')[0] },
    id: `PR_${repository}_${pull.number}`,
    isCrossRepository: pull.head.includes(':'),
    isDraft: pull.isDraft,
    labels: pull.labels.map((name) => {
      const known = settings.labels.find((one) => one.name === name);
      return { id: `LA_${name}`, name, description: known?.description ?? '', color: known?.color ?? 'ededed' };
    }),
    latestReviews: latest.map(reviewAsJson),
    maintainerCanModify: false,
    mergeCommit: pull.mergeCommit === undefined ? null : { oid: pull.mergeCommit },
    mergeStateStatus: mergeStateOf(pull, settings, checks, now()).status,
    mergeable:
      pull.state !== 'OPEN' || comparison === undefined
        ? 'UNKNOWN'
        : comparison.conflicts.length > 0
          ? 'CONFLICTING'
          : 'MERGEABLE',
    mergedAt: pull.mergedAt === undefined ? null : iso(pull.mergedAt),
    mergedBy: pull.mergedBy === undefined ? null : person(pull.mergedBy),
    milestone: null,
    number: pull.number,
    potentialMergeCommit: potential === undefined ? null : { oid: potential },
    reviewDecision: reviewDecisionOf(pull, settings),
    reviewRequests: pull.reviewRequests.map((login) => ({ __typename: 'User', login })),
    reviews: pull.reviews.map(reviewAsJson),
    state: pull.state,
    statusCheckRollup: newest(checks).map((check) => {
      const { status, conclusion } = checkAt(check, now());
      return {
        __typename: 'CheckRun',
        name: check.name,
        workflowName: check.workflow,
        status,
        conclusion: (conclusion ?? '').toUpperCase(),
        startedAt: status === 'QUEUED' || status === 'WAITING' ? NO_TIME : iso(check.startedAt),
        completedAt: status === 'COMPLETED' ? iso(check.completedAt ?? 0) : NO_TIME,
        detailsUrl: linkOf(place, check),
      };
    }),
    title: pull.title,
    updatedAt: iso(pull.updatedAt),
    url: pullUrl(repository, pull.number),
  };
}

/** What it brings, oldest first. */
async function commitsOf({ forge }: Place, pull: PullRequest): Promise<readonly unknown[]> {
  const base = pull.comparison?.baseCommit;
  if (base === undefined) return [];
  const ids = await commitsBetween(forge.place, [base], pull.headCommit);
  return Promise.all(
    ids.map(async (oid) => {
      const { message, author, committer } = await commitData(forge.place, oid);
      const [messageHeadline = '', ...rest] = message.trimEnd().split('\n');
      return {
        oid,
        messageHeadline,
        messageBody: rest.join('\n').trim(),
        authoredDate: iso(author.timestamp * 1000),
        committedDate: iso(committer.timestamp * 1000),
        authors: [{ name: author.name, email: author.email, id: '', login: '' }],
      };
    }),
  );
}
