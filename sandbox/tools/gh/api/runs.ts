// `…/actions/runs`: reads runs, and lets reviewers of environments speak.
import { readRun, runAt } from '../../../pipeline/index.ts';
import { GhStop } from '../given.ts';
import { iso } from '../json.ts';
import type { Place } from '../place.ts';
import { branchOf, runsWith } from '../run/find.ts';
import { type ApiRequest, ApiStop, type Json, notFound, notHere } from './request.ts';

export async function runs(request: ApiRequest, run: number | undefined, part: string | undefined): Promise<Json> {
  const { place, method, query } = request;
  if (run !== undefined && part === 'pending_deployments') return pending(request, run);
  if (method !== 'GET' || part !== undefined) throw notHere(request);
  if (run !== undefined) return runAsJson(found(place, run));
  const { head_sha: commit, actor: user, branch, status, event, per_page, page } = query;
  for (const key of ['created', 'check_suite_id'])
    if (query[key] !== undefined) throw new GhStop(`gh: '${key}' of actions/runs is not part of this sandbox`);
  const all = runsWith(place, { workflow: undefined, commit, user, branch, status, event });
  // All of them stand on one page, unless a page is asked for.
  const size = per_page === undefined && page === undefined ? all.length : Math.min(Number(per_page ?? 30), 100);
  const from = (Number(page ?? 1) - 1) * size;
  return { total_count: all.length, workflow_runs: all.slice(from, from + size).map(runAsJson) };
}

/** `…/environments` */
export function environments(request: ApiRequest): Json {
  const { place, method } = request;
  if (method !== 'GET') throw notHere(request);
  const names = Object.keys(place.store.settings().environments).sort();
  return {
    total_count: names.length,
    environments: names.map((name) => ({ id: environmentId(place, name), name })),
  };
}

function found(place: Place, number: number) {
  const run = readRun(place.io.machine, place.repository, number);
  if (run === undefined) throw notFound();
  return runAt(run, place.now());
}

function runAsJson(run: ReturnType<typeof found>): Json {
  const { number, runNumber, attempt, title, checked, event, status, conclusion, path, workflow, createdAt, actor } =
    run;
  return {
    id: number,
    name: workflow,
    display_title: title,
    head_branch: branchOf(run),
    head_sha: checked,
    path,
    run_number: runNumber,
    run_attempt: attempt,
    event,
    status,
    conclusion: conclusion ?? null,
    created_at: iso(createdAt),
    actor: { login: actor },
  };
}

const environmentId = (place: Place, name: string): number =>
  Object.keys(place.store.settings().environments).sort().indexOf(name) + 1;

/** "Get pending deployments for a workflow run", and "Review" of them. */
async function pending(request: ApiRequest, number: number): Promise<Json> {
  const { place, method, body } = request;
  const { environments: all } = place.store.settings();
  const { login } = place;
  if (method === 'GET')
    return found(place, number).waiting.map(({ environment, since }) => ({
      environment: { id: environmentId(place, environment), name: environment },
      wait_timer: all[environment]?.waitMinutes ?? 0,
      wait_timer_started_at: iso(since),
      current_user_can_approve: all[environment]?.reviewers.includes(login) ?? false,
      reviewers: (all[environment]?.reviewers ?? []).map((one) => ({ type: 'User', reviewer: { login: one } })),
    }));
  if (method !== 'POST') throw notHere(request);
  const { environment_ids: asked, state } = body;
  const ids = Array.isArray(asked) ? asked.map(Number) : [];
  const names = Object.keys(all).filter((name) => ids.includes(environmentId(place, name)));
  if (names.length === 0 || (state !== 'approved' && state !== 'rejected')) throw new ApiStop(422, 'Validation Failed');
  const answer = await place.ci.review(place.io.machine, place.repository, number, {
    environments: names,
    state,
    by: login,
  });
  if (!answer.ok) throw new ApiStop(422, answer.why);
  return names.map((name) => ({ environment: name, state, creator: { login } }));
}
