// `…/pulls` ("REST API endpoints for pull requests"): read.
import { mergeStateOf, type PullRequest, pullUrl } from '../../../forge/index.ts';
import { iso } from '../json.ts';
import type { Place } from '../place.ts';
import { type ApiRequest, type Json, notFound, notHere } from './request.ts';

export function pulls(request: ApiRequest, number: number | undefined, part: string | undefined): Json {
  const { place, method, query } = request;
  if (method !== 'GET') throw notHere(request);
  const { store } = place;
  if (number === undefined) {
    const state = (query.state ?? 'open').toLowerCase();
    return store
      .pulls()
      .filter((pull) => state === 'all' || (pull.state === 'OPEN') === (state === 'open'))
      .reverse()
      .map((pull) => pullAsJson(place, pull));
  }
  const pull = store.pull(number);
  if (pull === undefined) throw notFound();
  if (part === undefined) return pullAsJson(place, pull);
  if (part === 'reviews')
    return pull.reviews.map(({ author, state, body, commit, createdAt }, at) => ({
      id: number * 1000 + at + 1,
      user: { login: author },
      state,
      body,
      commit_id: commit,
      submitted_at: iso(createdAt),
    }));
  if (part === 'files')
    return (pull.comparison?.files ?? []).map(({ path, additions, deletions }) => ({
      filename: path,
      additions,
      deletions,
      changes: additions + deletions,
    }));
  throw notHere(request);
}

function pullAsJson({ store, now, repository }: Place, pull: PullRequest): Json {
  const { status } = mergeStateOf(pull, store.settings(), store.checks(pull.headCommit), now());
  return {
    number: pull.number,
    html_url: pullUrl(repository, pull.number),
    state: pull.state === 'OPEN' ? 'open' : 'closed',
    title: pull.title,
    body: pull.body,
    user: { login: pull.author },
    draft: pull.isDraft,
    labels: pull.labels.map((name) => ({ name })),
    requested_reviewers: pull.reviewRequests.map((login) => ({ login })),
    head: { ref: pull.head, sha: pull.headCommit },
    base: { ref: pull.base, sha: pull.comparison?.baseCommit ?? '' },
    merged: pull.state === 'MERGED',
    merged_by: pull.mergedBy === undefined ? null : { login: pull.mergedBy },
    merge_commit_sha: pull.mergeCommit ?? null,
    mergeable: pull.state !== 'OPEN' || pull.comparison === undefined ? null : pull.comparison.conflicts.length === 0,
    mergeable_state: status.toLowerCase(),
    created_at: iso(pull.createdAt),
    updated_at: iso(pull.updatedAt),
    closed_at: pull.closedAt === undefined ? null : iso(pull.closedAt),
    merged_at: pull.mergedAt === undefined ? null : iso(pull.mergedAt),
  };
}
