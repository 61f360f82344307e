// `…/pulls` ("REST API endpoints for pull requests"): read.
import {
  mergePull,
  mergeStateOf,
  openPull,
  type PullRequest,
  pullUrl,
  review,
  tipOfHead,
} from '../../../forge/index.ts';
import { iso } from '../json.ts';
import type { Place } from '../place.ts';
import { taken } from './issues.ts';
import { type ApiRequest, ApiStop, type Json, notFound, notHere } from './request.ts';

export async function pulls(request: ApiRequest, number: number | undefined, part: string | undefined): Promise<Json> {
  const { place, method, query } = request;
  if (method !== 'GET') return change(request, number, part);
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

/** "Create", "Merge" and "Create a review for a pull request". */
async function change(request: ApiRequest, number: number | undefined, part: string | undefined): Promise<Json> {
  const { place, method, body } = request;
  const { forge, store, login } = place;
  const given = (key: string): string => (typeof body[key] === 'string' ? (body[key] as string) : '');
  if (number === undefined) {
    if (method !== 'POST') throw notHere(request);
    const wish = {
      title: given('title'),
      body: given('body'),
      head: given('head').replace(/^ventarela:/, ''),
      base: given('base'),
      by: login,
    };
    const headCommit = await tipOfHead(forge, wish.head);
    return pullAsJson(
      place,
      taken(await openPull(forge, { ...wish, ...(headCommit && { headCommit }), isDraft: body.draft === true })),
    );
  }
  const pull = store.pull(number);
  if (pull === undefined) throw notFound();
  if (method === 'PUT' && part === 'merge') {
    const wanted = given('merge_method');
    const mode = wanted === 'squash' || wanted === 'rebase' ? wanted : 'merge';
    const answer = await mergePull(forge, pull, { method: mode, by: login });
    if (!answer.ok) throw new ApiStop(405, answer.why);
    return { sha: answer.value.mergeCommit ?? '', merged: true, message: 'Pull Request successfully merged' };
  }
  const state = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;
  const event = given('event');
  if (method !== 'POST' || part !== 'reviews' || !Object.hasOwn(state, event)) throw notHere(request);
  const said = { state: state[event as keyof typeof state], body: given('body'), by: login };
  const { reviews } = taken(review(forge, pull, said));
  return { id: number * 1000 + reviews.length, state: said.state, body: said.body, user: { login } };
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
