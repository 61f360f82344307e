// `gh api`: the part of the REST interface that reads runs, and lets reviewers speak.
import { readRun, runAt } from '../../pipeline/index.ts';
import { GhStop, readFlags } from './given.ts';
import { iso, printJson } from './json.ts';
import type { Place } from './place.ts';
import { runsNow } from './run.ts';

export async function api(place: Place, args: readonly string[]): Promise<number> {
  const given = readFlags(args, [
    'method X=',
    'field F=',
    'raw-field f=',
    'header H=',
    'jq q=',
    'paginate',
    'silent',
    'include i',
    'input=',
  ]);
  if (given.has('input') || given.has('include'))
    throw new GhStop("gh api: '--input' and '--include' are not part of this sandbox");
  const [asked] = given.words;
  if (asked === undefined) throw new GhStop('accepts 1 arg(s), received 0');
  const fields = [...given.values('field'), ...given.values('raw-field')];
  const method = given.value('method')?.toUpperCase() ?? (fields.length > 0 ? 'POST' : 'GET');
  const [owner = '', name = ''] = place.fullName.split('/');
  const path = asked.replace(/^\//, '').replaceAll('{owner}', owner).replaceAll('{repo}', name).replace(/\?.*$/, '');
  const value = await answer(place, method, path, fields);
  return given.has('silent') ? 0 : printJson(place, value, given.value('jq'));
}

async function answer(place: Place, method: string, path: string, fields: readonly string[]): Promise<unknown> {
  const [, repository, rest = ''] = /^repos\/([^/]+\/[^/]+)(?:\/(.*))?$/.exec(path) ?? [];
  if (repository !== undefined && repository !== place.fullName) throw new GhStop('gh: Not Found (HTTP 404)');
  const [, run, , part] = /^actions\/runs\/(\d+)(\/(\w+))?$/.exec(rest) ?? [];
  if (run !== undefined && part === 'pending_deployments') return pending(place, Number(run), method, fields);
  if (method !== 'GET') throw notHere(method, path);
  const settings = place.store.settings();
  if (repository !== undefined && rest === '')
    return {
      name: place.repository,
      full_name: place.fullName,
      private: settings.isPrivate,
      description: settings.description,
      default_branch: settings.defaultBranch,
    };
  if (rest === 'environments')
    return {
      total_count: Object.keys(settings.environments).length,
      environments: Object.keys(settings.environments)
        .sort()
        .map((name) => ({ id: environmentId(place, name), name })),
    };
  if (rest === 'actions/runs') {
    const all = runsNow(place);
    return { total_count: all.length, workflow_runs: all.map(runAsJson) };
  }
  if (run !== undefined && part === undefined) return runAsJson(found(place, Number(run)));
  throw notHere(method, path);
}

const notHere = (method: string, path: string): GhStop =>
  new GhStop(`gh: '${method} ${path}' is not part of this sandbox`);

function found(place: Place, number: number) {
  const run = readRun(place.io.machine, place.repository, number);
  if (run === undefined) throw new GhStop('gh: Not Found (HTTP 404)');
  return runAt(run, place.now());
}

function runAsJson(run: ReturnType<typeof found>) {
  const {
    number,
    runNumber,
    attempt,
    title,
    branch,
    checked,
    event,
    status,
    conclusion,
    path,
    workflow,
    createdAt,
    actor,
  } = run;
  return {
    id: number,
    name: workflow,
    display_title: title,
    head_branch: branch,
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
async function pending(place: Place, number: number, method: string, fields: readonly string[]): Promise<unknown> {
  const { environments } = place.store.settings();
  const { user } = place.io.machine;
  const waiting = (): readonly unknown[] =>
    found(place, number).waiting.map(({ environment, since }) => ({
      environment: { id: environmentId(place, environment), name: environment },
      wait_timer: environments[environment]?.waitMinutes ?? 0,
      wait_timer_started_at: iso(since),
      current_user_can_approve: environments[environment]?.reviewers.includes(user) ?? false,
      reviewers: (environments[environment]?.reviewers ?? []).map((login) => ({ type: 'User', reviewer: { login } })),
    }));
  if (method === 'GET') return waiting();
  if (method !== 'POST') throw notHere(method, 'pending_deployments');
  const value = (name: string): readonly string[] =>
    fields.flatMap((field) => (field.startsWith(`${name}=`) ? [field.slice(name.length + 1)] : []));
  const ids = value('environment_ids[]').map(Number);
  const names = Object.keys(environments).filter((name) => ids.includes(environmentId(place, name)));
  const [state] = value('state');
  if (names.length === 0 || (state !== 'approved' && state !== 'rejected'))
    throw new GhStop('gh: Validation Failed (HTTP 422)');
  const answer = await place.ci.review(place.io.machine, place.repository, number, {
    environments: names,
    state,
    by: user,
  });
  if (!answer.ok) throw new GhStop(`gh: ${answer.why} (HTTP 422)`);
  return names.map((name) => ({ environment: name, state, creator: { login: user } }));
}
