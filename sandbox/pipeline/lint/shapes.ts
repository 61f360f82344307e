// What contexts hold ("Contexts reference").
import { knownActions } from './actions.ts';
import { at, entriesOf, itemsOf, type Tree, textOf } from './tree.ts';
import { any, boolean, number, object, type Type, text } from './types.ts';

const texts = (names: string): Readonly<Record<string, Type>> =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, text]));

/** @param dispatched inputs of `workflow_dispatch`, which the payload holds as texts */
export function githubShape(dispatched: readonly string[]): Type {
  const inputs = dispatched.length === 0 ? any : object(texts(dispatched.join(' ')));
  return object({
    ...texts(
      `action action_path action_ref action_repository action_status actor actor_id api_url base_ref env event_name event_path
      graphql_url head_ref job path ref ref_name ref_type repository repository_id repository_owner repository_owner_id
      repositoryUrl run_id run_number run_attempt secret_source server_url sha token triggering_actor workflow workflow_ref
      workflow_sha workspace repository_visibility output state step_summary`,
    ),
    event: object({ inputs }, any),
    ref_protected: boolean,
    retention_days: number,
    artifact_cache_size_limit: number,
  });
}

export const jobShape: Type = object({
  status: text,
  check_run_id: number,
  workflow_ref: text,
  workflow_sha: text,
  workflow_repository: text,
  workflow_file_path: text,
  container: object({ id: text, network: text }),
  services: object({}, object({ id: text, network: text, ports: object({}, text) })),
});

export const runnerShape: Type = object(texts('name os arch temp tool_cache debug environment workspace'));

export const strategyShape: Type = object({
  'fail-fast': boolean,
  'job-index': number,
  'job-total': number,
  'max-parallel': number,
});

export const openTexts: Type = object({}, text);

/** The context `inputs`: those of all events that have some. */
export function inputsShape(on: Tree | undefined): Type {
  const all = ['workflow_dispatch', 'workflow_call'].flatMap((event) => entriesOf(at(on, event, 'inputs')));
  const typed = all.map(({ key, value }) => {
    const type = textOf(at(value, 'type'));
    return [key.toLowerCase(), type === 'boolean' ? boolean : type === 'number' ? number : text] as const;
  });
  const has = new Map<string, Type>();
  for (const [name, type] of typed) has.set(name, has.has(name) && has.get(name)?.kind !== type.kind ? any : type);
  return { kind: 'object', has };
}

/** The context `secrets`: a called workflow has those that it declares. */
export function secretsShape(on: Tree | undefined): Type {
  const declared = at(on, 'workflow_call', 'secrets');
  const events = on?.kind === 'map' ? on.entries.map(({ key }) => key) : [];
  if (declared?.kind !== 'map' || events.some((name) => name !== 'workflow_call')) return openTexts;
  const names = declared.entries.map(({ key }) => key).join(' ');
  return object(texts(`${names} github_token actions_step_debug actions_runner_debug`.trim()));
}

/** What `steps.<id>` is once the step is through. */
export function stepShape(step: Tree): Type {
  const uses = textOf(at(step, 'uses'));
  const known = uses === undefined ? undefined : knownActions[uses.replace(/@.*$/, '').toLowerCase()];
  // What a script sets is its own affair.
  const outputs =
    known === undefined || known.outputs.includes('result') ? openTexts : object(texts(known.outputs.join(' ') || '_'));
  return object({ outputs, outcome: text, conclusion: text });
}

/** What `needs.<id>` or `jobs.<id>` is. */
export function jobResultShape(job: Tree): Type {
  const outputs = at(job, 'outputs');
  const isCall = at(job, 'uses') !== undefined;
  const named = entriesOf(outputs).map(({ key }) => key);
  const strict = object(Object.fromEntries(named.map((name) => [name, text])));
  return object({ result: text, outputs: isCall || outputs?.kind === 'scalar' ? openTexts : strict });
}

export const stepsOf = (job: Tree): readonly Tree[] => itemsOf(at(job, 'steps'));
