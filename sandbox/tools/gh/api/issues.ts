// `…/issues` ("REST API endpoints for issues", "… for issue comments", "… for labels"): a pull request is an issue too.
import {
  closeIssue,
  editIssue,
  editPull,
  type Issue,
  openIssue,
  type PullRequest,
  reopenIssue,
} from '../../../forge/index.ts';
import { iso } from '../json.ts';
import { type Place, urlOf } from '../place.ts';
import { type ApiRequest, ApiStop, type Json, notFound, notHere } from './request.ts';

const lists = (value: Json | undefined): readonly string[] =>
  Array.isArray(value)
    ? value.map((one) => (typeof one === 'string' ? one : String((one as { name?: Json }).name)))
    : [];
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

export async function issues(request: ApiRequest, number: number | undefined, part: string | undefined): Promise<Json> {
  const { place, method, query, body } = request;
  const { store, forge, login } = place;
  if (number === undefined) {
    if (method === 'POST') {
      if (text(body.title) === '') throw invalidField('title', 'missing_field');
      const { title, labels, assignees } = body;
      const known = lists(labels).filter((label) => store.settings().labels.some(({ name }) => name === label));
      const wish = { title: text(title), body: text(body.body), labels: known, assignees: lists(assignees) };
      return asJson(place, taken(openIssue(forge, wish, login)));
    }
    if (method !== 'GET') throw notHere(request);
    const state = (query.state ?? 'open').toLowerCase();
    const wanted = (query.labels ?? '').split(',').filter((one) => one !== '');
    return store
      .issues()
      .filter((one) => state === 'all' || one.state === state.toUpperCase())
      .filter((one) => wanted.every((label) => one.labels.includes(label)))
      .reverse()
      .map((one) => asJson(place, one));
  }
  const issue = store.issues().find((one) => one.number === number);
  const subject = issue ?? store.pull(number);
  if (subject === undefined) throw notFound();
  const change = async (changed: Partial<Pick<Issue, 'title' | 'body' | 'labels' | 'comments'>>) =>
    taken<Issue | PullRequest>(
      issue ? editIssue(forge, issue, changed) : await editPull(forge, subject as PullRequest, changed, login),
    );
  if (part === 'comments') {
    if (method === 'GET') return subject.comments.map((one, at) => commentAsJson(place, subject, one, at));
    if (method !== 'POST') throw notHere(request);
    if (text(body.body) === '') throw invalidField('body', 'missing_field');
    const comment = { author: login, body: text(body.body), createdAt: place.now() };
    await change({ comments: [...subject.comments, comment] });
    return commentAsJson(place, subject, comment, subject.comments.length);
  }
  if (part === 'labels') {
    if (method === 'GET') return subject.labels.map((name) => ({ name }));
    if (method !== 'POST') throw notHere(request);
    const labels = [...new Set([...subject.labels, ...lists(body.labels)])];
    return (await change({ labels })).labels.map((name) => ({ name }));
  }
  if (part !== undefined) throw notHere(request);
  if (method === 'PATCH') {
    const { title, labels, state } = body;
    const changed = await change({
      ...(typeof title === 'string' && { title }),
      ...(typeof body.body === 'string' && { body: body.body }),
      ...(labels !== undefined && { labels: lists(labels) }),
    });
    if (issue && state === 'closed' && issue.state === 'OPEN') closeIssue(forge, changed as Issue, login);
    if (issue && state === 'open' && issue.state === 'CLOSED') reopenIssue(forge, changed as Issue);
  } else if (method !== 'GET') throw notHere(request);
  return asJson(place, store.issues().find((one) => one.number === number) ?? store.pull(number) ?? subject);
}

export function taken<T>(
  answer: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string },
): T {
  if (!answer.ok) throw new ApiStop(422, 'Validation Failed', [answer.why]);
  return answer.value;
}

export const invalidField = (field: string, code: string): ApiStop =>
  new ApiStop(422, 'Validation Failed', [{ resource: 'Issue', field, code }]);

function asJson(place: Place, one: Issue | PullRequest): Json {
  const isPull = 'head' in one;
  return {
    number: one.number,
    html_url: `${urlOf(place)}/${isPull ? 'pull' : 'issues'}/${one.number}`,
    title: one.title,
    body: one.body,
    state: one.state === 'OPEN' ? 'open' : 'closed',
    user: { login: one.author },
    labels: one.labels.map((name) => ({ name })),
    assignees: one.assignees.map((login) => ({ login })),
    comments: one.comments.length,
    created_at: iso(one.createdAt),
    updated_at: iso(one.updatedAt),
    closed_at: one.closedAt === undefined ? null : iso(one.closedAt),
    ...(isPull && { pull_request: {} }),
  };
}

const commentAsJson = (
  place: Place,
  { number }: { number: number },
  one: Issue['comments'][number],
  at: number,
): Json => ({
  id: number * 1000 + at + 1,
  html_url: `${urlOf(place)}/issues/${number}#issuecomment-${number * 1000 + at + 1}`,
  user: { login: one.author },
  body: one.body,
  created_at: iso(one.createdAt),
});
