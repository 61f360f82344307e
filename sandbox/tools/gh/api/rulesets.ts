// `…/rulesets` and `…/rules/branches/BRANCH` ("REST API endpoints for rules").
import { type Ruleset, rulesOn } from '../../../forge/index.ts';
import type { Place } from '../place.ts';
import { type ApiRequest, ApiStop, isObject, type Json, type JsonObject, notFound, notHere } from './request.ts';

const bad = (why: string): ApiStop => new ApiStop(422, 'Validation Failed', [why]);

export function rulesets(request: ApiRequest, id: number | undefined): Json | undefined {
  const { place, method, body } = request;
  const all = place.store.settings().rulesets;
  if (id === undefined) {
    if (method === 'GET') return all.map((one) => summary(place, one));
    if (method !== 'POST') throw notHere(request);
    const made = read(place, body, Math.max(0, ...all.map((one) => one.id)) + 1);
    if (all.some(({ name }) => name === made.name)) throw bad('Name must be unique');
    save(place, [...all, made], made.name);
    return rulesetAsJson(place, made);
  }
  const known = all.find((one) => one.id === id);
  if (known === undefined) throw notFound();
  const others = all.filter((one) => one !== known);
  switch (method) {
    case 'GET':
      return rulesetAsJson(place, known);
    case 'PUT': {
      const changed = read(place, { ...(rulesetAsJson(place, known) as JsonObject), ...body }, id);
      save(
        place,
        [...others, changed].sort((a, b) => a.id - b.id),
        changed.name,
      );
      return rulesetAsJson(place, changed);
    }
    case 'DELETE':
      save(place, others, known.name);
      return undefined;
    default:
      throw notHere(request);
  }
}

/** "Get rules for a branch": those of rulesets; branch protection is not among them. */
export function rulesOfBranch({ store, fullName }: Place, branch: string): Json {
  return rulesOn(`refs/heads/${branch}`, store.settings())
    .filter(({ kind }) => kind === 'ruleset')
    .flatMap(({ rules, id }) =>
      rulesAsJson(rules).map((rule) => ({
        ...rule,
        ruleset_source_type: 'Repository',
        ruleset_source: fullName,
        ruleset_id: id ?? 0,
      })),
    );
}

function save({ store, io, repository, login }: Place, all: readonly Ruleset[], name: string): void {
  store.change({ rulesets: all });
  io.machine.kernel.record({ type: 'SettingChanged', repository, setting: `ruleset ${name}`, by: login });
}

function read({ store }: Place, body: JsonObject, id: number): Ruleset {
  const { name, target = 'branch', enforcement, conditions, rules = [], bypass_actors: actors = [] } = body;
  if (typeof name !== 'string' || name === '') throw bad("Name can't be blank");
  if (target !== 'branch' && target !== 'tag') throw bad(`target: '${String(target)}' is not part of this sandbox`);
  if (enforcement !== 'active' && enforcement !== 'disabled') throw bad('Enforcement must be one of: active, disabled');
  const names = isObject(conditions) && isObject(conditions.ref_name) ? conditions.ref_name : {};
  const patterns = (key: string): readonly string[] => {
    const list = names[key] ?? [];
    if (Array.isArray(list) && list.every((one) => typeof one === 'string')) return list as readonly string[];
    throw bad(`conditions.ref_name.${key} must be an array of strings`);
  };
  const include = patterns('include');
  const wrong = [...include, ...patterns('exclude')].find(
    (one) => !/^(~ALL|~DEFAULT_BRANCH|refs\/(heads|tags)\/.+)$/.test(one),
  );
  if (wrong !== undefined) throw bad(`Invalid target patterns: '${wrong}'`);
  if (!Array.isArray(rules)) throw bad('rules must be an array');
  if (!Array.isArray(actors)) throw bad('bypass_actors must be an array');
  const bypass = actors.flatMap((actor: Json) => {
    if (!isObject(actor)) throw bad('bypass_actors must be objects');
    const isAdmin =
      actor.actor_type === 'OrganizationAdmin' ||
      (actor.actor_type === 'RepositoryRole' && actor.actor_id === ADMIN_ROLE);
    if (!isAdmin || (actor.bypass_mode ?? 'always') !== 'always')
      throw bad(
        `bypass_actors: '${JSON.stringify(actor)}' is not part of this sandbox (there is: RepositoryRole ${ADMIN_ROLE}, always)`,
      );
    return store.settings().admins;
  });
  return {
    id,
    name,
    target,
    enforcement,
    include,
    exclude: patterns('exclude'),
    bypass: [...new Set(bypass)],
    rules: Object.assign({}, ...rules.map(readRule)) as Ruleset['rules'],
  };
}

/** The id of the role of administrators. */
const ADMIN_ROLE = 5;

const simple = {
  creation: 'creation',
  update: 'update',
  deletion: 'deletion',
  required_linear_history: 'requiredLinearHistory',
  non_fast_forward: 'nonFastForward',
} as const;

function readRule(rule: Json): Ruleset['rules'] {
  if (!isObject(rule) || typeof rule.type !== 'string') throw bad('Each rule needs a type');
  const { type } = rule;
  const parameters = isObject(rule.parameters) ? rule.parameters : {};
  const is = (name: string): boolean => parameters[name] === true;
  if (Object.hasOwn(simple, type)) return { [simple[type as keyof typeof simple]]: true };
  switch (type) {
    case 'pull_request': {
      const count = parameters.required_approving_review_count ?? 0;
      if (typeof count !== 'number' || !Number.isInteger(count) || count < 0 || count > 10)
        throw bad('required_approving_review_count must be a number from 0 to 10');
      const known = ['merge', 'squash', 'rebase'] as const;
      const asked = parameters.allowed_merge_methods;
      const methods = Array.isArray(asked) ? known.filter((one) => asked.includes(one)) : known;
      return {
        pullRequest: {
          approvals: count,
          dismissStale: is('dismiss_stale_reviews_on_push'),
          codeOwners: is('require_code_owner_review'),
          lastPushApproval: is('require_last_push_approval'),
          methods,
        },
      };
    }
    case 'required_status_checks': {
      const list = parameters.required_status_checks;
      if (!Array.isArray(list) || list.length === 0) throw bad('required_status_checks must name at least one context');
      const names = list.map((one: Json) => {
        if (isObject(one) && typeof one.context === 'string') return one.context;
        throw bad('required_status_checks need a context');
      });
      return { requiredChecks: { names, strict: is('strict_required_status_checks_policy') } };
    }
    case 'merge_queue': {
      const method = String(parameters.merge_method ?? 'MERGE').toLowerCase();
      if (method !== 'merge' && method !== 'squash' && method !== 'rebase')
        throw bad('merge_method must be one of: MERGE, SQUASH, REBASE');
      return { mergeQueue: { method } };
    }
    default:
      throw bad(`rules: '${type}' is not part of this sandbox`);
  }
}

export function rulesAsJson(rules: Ruleset['rules']): readonly JsonObject[] {
  const { pullRequest, requiredChecks, mergeQueue } = rules;
  return [
    ...Object.entries(simple).flatMap(([type, key]) => (rules[key] ? [{ type }] : [])),
    ...(pullRequest === undefined
      ? []
      : [
          {
            type: 'pull_request',
            parameters: {
              required_approving_review_count: pullRequest.approvals,
              dismiss_stale_reviews_on_push: pullRequest.dismissStale,
              require_code_owner_review: pullRequest.codeOwners,
              require_last_push_approval: pullRequest.lastPushApproval,
              required_review_thread_resolution: false,
              allowed_merge_methods: pullRequest.methods,
            },
          },
        ]),
    ...(requiredChecks === undefined
      ? []
      : [
          {
            type: 'required_status_checks',
            parameters: {
              strict_required_status_checks_policy: requiredChecks.strict,
              do_not_enforce_on_create: false,
              required_status_checks: requiredChecks.names.map((context) => ({ context })),
            },
          },
        ]),
    ...(mergeQueue === undefined
      ? []
      : [{ type: 'merge_queue', parameters: { merge_method: mergeQueue.method.toUpperCase() } }]),
  ];
}

function summary({ fullName }: Place, { id, name, target, enforcement }: Ruleset): JsonObject {
  return { id, name, target, source_type: 'Repository', source: fullName, enforcement };
}

function rulesetAsJson(place: Place, one: Ruleset): Json {
  return {
    ...summary(place, one),
    conditions: { ref_name: { include: one.include, exclude: one.exclude } },
    rules: rulesAsJson(one.rules),
    bypass_actors:
      one.bypass.length === 0 ? [] : [{ actor_id: ADMIN_ROLE, actor_type: 'RepositoryRole', bypass_mode: 'always' }],
    current_user_can_bypass: one.bypass.includes(place.login) ? 'always' : 'never',
  };
}
