// `…/branches/BRANCH/protection` ("REST API endpoints for protected branches").
import { fullNameOf, type Protection } from '../../../forge/index.ts';
import type { Place } from '../place.ts';
import { type ApiRequest, ApiStop, invalid, isObject, type Json, type JsonObject, notHere } from './request.ts';

const notProtected = (): ApiStop => new ApiStop(404, 'Branch not protected');

export async function protection(
  request: ApiRequest,
  branch: string,
  part: string | undefined,
): Promise<Json | undefined> {
  const { place, method, body } = request;
  if ((await place.forge.tip(branch)) === undefined) throw new ApiStop(404, 'Branch not found');
  const known = place.store.settings().protections.find((one) => one.branch === branch);
  if (part !== undefined) return partOf(request, known ?? stop(), part);
  switch (method) {
    case 'GET':
      return asJson(place, known ?? stop());
    case 'PUT': {
      const made = read(body, branch);
      save(place, branch, made);
      return asJson(place, made);
    }
    case 'DELETE':
      if (known === undefined) throw notProtected();
      save(place, branch, undefined);
      return undefined;
    default:
      throw notHere(request);
  }
}

function stop(): never {
  throw notProtected();
}

function save({ store, io, repository, login }: Place, branch: string, made: Protection | undefined): void {
  const others = store.settings().protections.filter((one) => one.branch !== branch);
  store.change({ protections: made === undefined ? others : [...others, made] });
  io.machine.kernel.record({ type: 'SettingChanged', repository, setting: `protection ${branch}`, by: login });
}

const parts = ['enforce_admins', 'required_status_checks', 'required_pull_request_reviews'] as const;

/** The parts that have addresses of their own. */
function partOf(request: ApiRequest, known: Protection, part: string): Json | undefined {
  const { place, method, body } = request;
  const name = parts.find((one) => one === part);
  if (name === undefined) throw notHere(request);
  const { branch } = known;
  const answer = (changed: Protection): Json => {
    if (changed !== known) save(place, branch, changed);
    return (asJson(place, changed) as JsonObject)[name] ?? null;
  };
  if (name === 'enforce_admins') {
    if (method === 'GET') return answer(known);
    if (method === 'POST') return answer({ ...known, enforceAdmins: true });
    if (method !== 'DELETE') throw notHere(request);
    save(place, branch, { ...known, enforceAdmins: false });
    return undefined;
  }
  const key = name === 'required_status_checks' ? 'requiredChecks' : 'reviews';
  if (method === 'DELETE') {
    const { [key]: _, ...rest } = known;
    save(place, branch, rest);
    return undefined;
  }
  if (method === 'GET') {
    if (known[key] === undefined)
      throw new ApiStop(404, name === 'required_status_checks' ? 'Required status checks not enabled' : 'Not Found');
    return answer(known);
  }
  if (method !== 'PATCH') throw notHere(request);
  if (key === 'reviews') return answer({ ...known, reviews: readReviews({ ...reviewsAsJson(known), ...body }) });
  if (known.requiredChecks === undefined) throw new ApiStop(404, 'Required status checks not enabled');
  const { strict, names } = known.requiredChecks;
  return answer({ ...known, requiredChecks: readChecks({ strict, contexts: names, ...body }) });
}

/** "Update branch protection": four parameters must be there, null or not. */
function read(body: JsonObject, branch: string): Protection {
  const asked = ['required_status_checks', 'enforce_admins', 'required_pull_request_reviews', 'restrictions'];
  const missing = asked.filter((name) => !Object.hasOwn(body, name)).map((name) => `"${name}"`);
  if (missing.length > 0)
    throw invalid(`${missing.join(', ')} ${missing.length === 1 ? "wasn't" : "weren't"} supplied.`);
  const { required_status_checks: checks, required_pull_request_reviews: reviews, restrictions } = body;
  const is = (name: string): boolean => {
    const value = body[name] ?? false;
    if (typeof value === 'boolean') return value;
    throw invalid(`For 'properties/${name}', ${JSON.stringify(value)} is not a boolean.`);
  };
  const section = (name: string, value: Json | undefined): JsonObject | undefined => {
    if (value === null || value === undefined) return undefined;
    if (isObject(value)) return value;
    throw invalid(`For 'properties/${name}', ${JSON.stringify(value)} is not an object.`);
  };
  const [asksChecks, asksReviews] = [
    section('required_status_checks', checks),
    section('required_pull_request_reviews', reviews),
  ];
  const limits = section('restrictions', restrictions);
  return {
    branch,
    ...(asksChecks && { requiredChecks: readChecks(asksChecks) }),
    ...(asksReviews && { reviews: readReviews(asksReviews) }),
    ...(limits && { restrictedTo: textsIn(limits, 'users') }),
    enforceAdmins: is('enforce_admins'),
    linearHistory: is('required_linear_history'),
    allowForcePushes: is('allow_force_pushes'),
    allowDeletions: is('allow_deletions'),
    conversationResolution: is('required_conversation_resolution'),
    lock: is('lock_branch'),
  };
}

function readChecks(value: JsonObject): NonNullable<Protection['requiredChecks']> {
  const { strict, checks } = value;
  if (strict === undefined) throw invalid('"strict" wasn\'t supplied.');
  if (typeof strict !== 'boolean') throw invalid(`"strict" must be a boolean.`);
  if (!Object.hasOwn(value, 'contexts') && checks === undefined) throw invalid('"contexts" wasn\'t supplied.');
  const fromChecks = Array.isArray(checks)
    ? checks.flatMap((one: Json) => (isObject(one) && typeof one.context === 'string' ? [one.context] : []))
    : [];
  return { strict, names: [...new Set([...textsIn(value, 'contexts'), ...fromChecks])] };
}

function readReviews(value: JsonObject): NonNullable<Protection['reviews']> {
  const is = (name: string): boolean => value[name] === true;
  const count = value.required_approving_review_count ?? 1;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0 || count > 6)
    throw invalid('"required_approving_review_count" must be a number from 0 to 6.');
  return {
    approvals: count,
    dismissStale: is('dismiss_stale_reviews'),
    codeOwners: is('require_code_owner_reviews'),
    lastPushApproval: is('require_last_push_approval'),
  };
}

function textsIn(value: JsonObject, name: string): readonly string[] {
  const list = value[name] ?? [];
  if (Array.isArray(list) && list.every((one) => typeof one === 'string')) return list as readonly string[];
  throw invalid(`"${name}" must be an array of strings.`);
}

function reviewsAsJson({ reviews }: Protection): JsonObject {
  if (reviews === undefined) return {};
  return {
    dismiss_stale_reviews: reviews.dismissStale,
    require_code_owner_reviews: reviews.codeOwners,
    require_last_push_approval: reviews.lastPushApproval,
    required_approving_review_count: reviews.approvals,
  };
}

function asJson({ repository }: Place, one: Protection): Json {
  const url = `https://git.ventarela.test/api/v3/repos/${fullNameOf(repository)}/branches/${one.branch}/protection`;
  const enabled = (value: boolean): Json => ({ enabled: value });
  return {
    url,
    ...(one.requiredChecks && {
      required_status_checks: {
        url: `${url}/required_status_checks`,
        strict: one.requiredChecks.strict,
        contexts: one.requiredChecks.names,
        contexts_url: `${url}/required_status_checks/contexts`,
        checks: one.requiredChecks.names.map((context) => ({ context, app_id: null })),
      },
    }),
    ...(one.restrictedTo && {
      restrictions: {
        url: `${url}/restrictions`,
        users: one.restrictedTo.map((login) => ({ login })),
        teams: [],
        apps: [],
      },
    }),
    ...(one.reviews && {
      required_pull_request_reviews: { url: `${url}/required_pull_request_reviews`, ...reviewsAsJson(one) },
    }),
    required_signatures: { url: `${url}/required_signatures`, enabled: false },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: one.enforceAdmins },
    required_linear_history: enabled(one.linearHistory),
    allow_force_pushes: enabled(one.allowForcePushes),
    allow_deletions: enabled(one.allowDeletions),
    block_creations: enabled(false),
    required_conversation_resolution: enabled(one.conversationResolution),
    lock_branch: enabled(one.lock),
    allow_fork_syncing: enabled(false),
  };
}
