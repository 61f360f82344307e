// A run of a workflow: which of its jobs run, when, on which of a limited number of runners. Jobs are computed one after another,
// each on a clock of its own that begins where the job begins; in simulated time they run side by side.

import { mayDo, type Permissions, type Place } from '../forge/index.ts';
import {
  ExpressionFailure,
  evaluate,
  isTruthy,
  type Json,
  resolve,
  resolveMap,
  type Scope,
  textOf,
  texts,
} from './expression.ts';
import { type Effect, type FarDisk, withEffect } from './far-disk.ts';
import type { JobEnd } from './frame.ts';
import { runJob } from './job.ts';
import { type Combination, expandMatrix } from './matrix.ts';
import { type Limits, permissionsOf } from './permissions.ts';
import { readWorkflow } from './read.ts';
import type { Annotation, Artifact, Conclusion, JobRecord, RunRecord, Waiting } from './record.ts';
import type { Caches, RunnerSurroundings, SourceFile } from './session.ts';
import { refusals } from './words.ts';
import type { Input, Job, Value, Workflow } from './workflow.ts';

export interface RunRequest {
  readonly workflow: Workflow;
  readonly seed: string;
  /** Simulated time, ms since 1970. */
  readonly startAt: number;
  readonly event: string;
  /** The `github` context, with `repository`, `ref`, `sha`, `actor` and `event` (the payload). */
  readonly github: { readonly [key: string]: Json };
  readonly inputs?: Readonly<Record<string, Json>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  readonly source: readonly SourceFile[];
  /** The repository on the forge that the source is of; absent: the source is a folder without history. */
  readonly origin?: Place;
  readonly caches: Caches;
  /** The forge's disk when the run begins, and what tokens of its jobs may do at most; absent where there is no forge. */
  readonly forge?: { readonly disk: FarDisk; readonly limits: Limits };
  /** Machines that jobs may have at a time. */
  readonly runners?: number;
  /** Simulated time at which a person cancels the run. */
  readonly cancelAt?: number;
  /** Jobs that are cancelled alone, by their names: simulated time. */
  readonly cuts?: Readonly<Record<string, number>>;
  /** Jobs that an earlier attempt has done: taken as they are. */
  readonly kept?: readonly JobRecord[];
  /** What stands between a job and its start; absent: nothing. */
  readonly admit?: (job: Admission, at: number) => Admitted;
}

/** A job that could start, as far as its `needs` and its `if` go. */
export interface Admission {
  readonly job: string;
  readonly environment?: string;
  /** Its concurrency group, in lower case. */
  readonly group?: string;
  /** `cancel-in-progress` */
  readonly cancels?: boolean;
}

export type Admitted =
  | {
      readonly kind: 'start';
      readonly at: number;
      /** In place of the run's: an environment adds its own. */
      readonly secrets?: Readonly<Record<string, string>>;
      readonly vars?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'wait'; readonly environment: string; readonly at: number }
  | { readonly kind: 'reject'; readonly at: number; readonly why: string };

/** What never happens, as far as is known. */
const NEVER = Number.MAX_SAFE_INTEGER;

const RUNNERS = 20;
/** How deep reusable workflows may call one another ("Reuse workflows", limitations). */
const MAX_DEPTH = 10;

/** How a job of the file ended, whatever number of machines it had. */
interface Result {
  readonly result: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
  readonly endedAt: number;
}

/** A run and the reusable workflows within it share runners and artifacts. */
interface Shared {
  readonly surroundings: RunnerSurroundings;
  /** When each runner is free: simulated time. */
  readonly free: number[];
  readonly artifacts: Artifact[];
  readonly effects: Effect[];
  readonly waiting: Waiting[];
  /** Until when a job of this run holds a concurrency group, by the group's name in lower case. */
  readonly groups: Map<string, number>;
  readonly depth: number;
}

export async function runWorkflow(request: RunRequest, surroundings: RunnerSurroundings): Promise<RunRecord> {
  const { workflow, startAt, event, runners = RUNNERS } = request;
  const shared: Shared = {
    surroundings,
    free: Array.from({ length: runners }, () => startAt),
    artifacts: [],
    effects: [],
    waiting: [],
    groups: new Map(),
    depth: 1,
  };
  const given = withDefaults(workflow.on[event]?.inputs ?? {}, request.inputs ?? {}, request);
  const { jobs, conclusion, endedAt } = await runJobs({ ...request, inputs: given }, shared);
  const { waiting } = shared;
  const scope: Scope = {
    contexts: { github: request.github, inputs: given, vars: request.vars },
    standing: { status: 'success' },
  };
  return {
    workflow: workflow.name,
    path: workflow.path,
    event,
    title:
      workflow.runName === undefined
        ? workflow.name
        : safely(() => textOf(resolve(workflow.runName ?? null, scope)), workflow.name),
    conclusion,
    startedAt: startAt,
    endedAt,
    jobs,
    artifacts: shared.artifacts,
    effects: shared.effects.sort((a, b) => a.at - b.at),
    waiting,
  };
}

interface JobsEnd {
  readonly jobs: readonly JobRecord[];
  readonly results: ReadonlyMap<string, Result>;
  readonly conclusion: Conclusion;
  readonly endedAt: number;
}

async function runJobs(request: RunRequest, shared: Shared): Promise<JobsEnd> {
  const { workflow, startAt } = request;
  const results = new Map<string, Result>();
  const records: JobRecord[] = [];
  const tolerated = new Set<string>();
  for (let left = [...workflow.jobs]; left.length > 0; ) {
    const ready = left
      .filter((job) => job.needs.every((id) => results.has(id)))
      .map((job) => ({ job, at: Math.max(startAt, ...job.needs.map((id) => results.get(id)?.endedAt ?? startAt)) }))
      .sort((a, b) => a.at - b.at)[0];
    // The parser refuses circles in `needs`.
    if (ready === undefined) throw new Error(`${workflow.path}: no job can start`);
    const { job, at } = ready;
    left = left.filter((one) => one !== job);
    const end = await runOneJob(job, at, request, results, shared);
    records.push(...end.records);
    if (end.waits) {
      const stuck = left.filter((one) => ancestorsOf(one, workflow).includes(job.id));
      left = left.filter((one) => !stuck.includes(one));
      records.push(...stuck.map((one) => ({ ...blankRecord(one, NEVER), startedAt: NEVER, endedAt: NEVER })));
      continue;
    }
    if (end.tolerated) tolerated.add(job.id);
    results.set(job.id, end.result);
  }
  const all = [...results].map(([id, { result }]) => (tolerated.has(id) ? 'success' : result));
  const conclusion = all.includes('failure')
    ? 'failure'
    : all.includes('cancelled')
      ? 'cancelled'
      : all.every((one) => one === 'skipped')
        ? 'skipped'
        : 'success';
  const order = new Map(workflow.jobs.map(({ id }, index) => [id, index]));
  const place = ({ id }: JobRecord): number => order.get(id.split(' / ')[0] ?? '') ?? 0;
  return {
    jobs: records.sort((a, b) => place(a) - place(b)),
    results,
    conclusion,
    endedAt: Math.max(startAt, ...[...results.values()].map(({ endedAt }) => endedAt)),
  };
}

interface OneJobEnd {
  readonly result: Result;
  readonly records: readonly JobRecord[];
  /** It failed, and `continue-on-error` says that this does not count. */
  readonly tolerated?: boolean;
  /** One of its machines at least waits for a reviewer: neither it nor what needs it goes on. */
  readonly waits?: boolean;
}

async function runOneJob(
  job: Job,
  at: number,
  request: RunRequest,
  results: ReadonlyMap<string, Result>,
  shared: Shared,
): Promise<OneJobEnd> {
  const kept = request.kept?.filter((one) => one.id === job.id || one.id.startsWith(`${job.id} / `)) ?? [];
  if (kept.length > 0) return keptEnd(kept);
  const before = ancestorsOf(job, request.workflow).map((id) => results.get(id)?.result);
  const isCancelled = request.cancelAt !== undefined && at >= request.cancelAt;
  const contexts = {
    github: request.github,
    inputs: request.inputs ?? {},
    vars: request.vars,
    needs: Object.fromEntries(
      job.needs.map((id) => [
        id,
        { result: results.get(id)?.result ?? 'skipped', outputs: results.get(id)?.outputs ?? {} },
      ]),
    ) as Json,
  };
  const scope: Scope = {
    contexts,
    standing: {
      status: isCancelled ? 'cancelled' : before.includes('failure') ? 'failure' : 'success',
      skipped: before.includes('skipped') || before.includes('cancelled'),
    },
  };
  const blank = blankRecord(job, at);
  try {
    if (!isTruthy(evaluate(job.if, scope))) {
      const result = isCancelled ? 'cancelled' : 'skipped';
      return { result: { result, outputs: {}, endedAt: at }, records: [{ ...blank, conclusion: result }] };
    }
    if (job.uses === undefined) return await runOnMachines(job, at, request, scope, shared);
    const [first = {}] = strategyOf(job, scope).combinations;
    // A job that calls a workflow has no environment: its concurrency group is all that it can wait for.
    const admitted = admit(job, at, request, scope, first);
    const { group } = admissionOf(job, { ...scope, contexts: { ...scope.contexts, matrix: first } });
    const end = await callWorkflow(job, job.uses, admitted.at, request, scope, shared);
    return { ...end, records: end.records.map((one) => ({ ...optionalGroup(group), ...one })) };
  } catch (error) {
    if (!(error instanceof ExpressionFailure || error instanceof AuthorError)) throw error;
    const annotations: Annotation[] = [
      { level: 'error', message: error.message, file: request.workflow.path, line: job.line },
    ];
    return {
      result: { result: 'failure', outputs: {}, endedAt: at },
      records: [{ ...blank, conclusion: 'failure', annotations }],
    };
  }
}

/** A job of which nothing has happened. */
function blankRecord(job: Job, at: number): JobRecord {
  return {
    id: job.id,
    name: typeof job.name === 'string' ? job.name : job.id,
    needs: job.needs,
    conclusion: 'skipped',
    queuedAt: at,
    startedAt: at,
    endedAt: at,
    steps: [],
    outputs: {},
    annotations: [],
    summary: '',
  };
}

/** As it came out of an earlier attempt. */
function keptEnd(records: readonly JobRecord[]): OneJobEnd {
  const all = records.map(({ conclusion }) => conclusion);
  return {
    result: {
      result: all.includes('failure') ? 'failure' : (all.find((one) => one !== 'success') ?? 'success'),
      outputs: Object.assign({}, ...records.map(({ outputs }) => outputs)),
      endedAt: Math.max(...records.map(({ endedAt }) => endedAt)),
    },
    records,
  };
}

function admissionOf(job: Job, scope: Scope): Admission {
  const named = (value: Value | undefined, key: string): string => {
    const one = value === undefined ? null : resolve(value, scope);
    return textOf(
      typeof one === 'object' && one !== null && !Array.isArray(one)
        ? ((one as { [key: string]: Json })[key] ?? null)
        : one,
    );
  };
  const environment = named(job.environment, 'name');
  const group = named(job.concurrency, 'group').toLowerCase();
  return {
    job: job.id,
    ...(environment !== '' && { environment }),
    ...(group !== '' && { group, cancels: named(job.concurrency, 'cancel-in-progress') === 'true' }),
  };
}

/** What stands between one of a job's machines and its start. */
function admit(job: Job, at: number, request: RunRequest, scope: Scope, matrix: Combination): Admitted {
  const admission = admissionOf(job, { ...scope, contexts: { ...scope.contexts, matrix } });
  return request.admit?.(admission, at) ?? { kind: 'start', at };
}

/** A mistake in the file that shows only when the job is planned. */
class AuthorError extends Error {}

async function runOnMachines(
  job: Job,
  at: number,
  request: RunRequest,
  scope: Scope,
  shared: Shared,
): Promise<OneJobEnd> {
  const { combinations, failFast, maxParallel } = strategyOf(job, scope);
  // The machines that are free first.
  const places = [...shared.free.keys()]
    .sort((a, b) => (shared.free[a] ?? 0) - (shared.free[b] ?? 0))
    .slice(0, maxParallel);
  const slots = places.map((place) => shared.free[place] ?? at);
  const groupOf = (index: number): string | undefined =>
    admissionOf(job, { ...scope, contexts: { ...scope.contexts, matrix: combinations[index] ?? {} } }).group;
  // "Using environments for deployment": a job's environment may hang on its combination, and with it secrets, variables and rules.
  const gates = combinations.map((matrix) => admit(job, at, request, scope, matrix));
  const starts: number[] = [];
  const ends: JobEnd[] = [];
  const cancelOf = (index: number): number =>
    Math.min(request.cancelAt ?? NEVER, request.cuts?.[nameOf(job, combinations[index] ?? {}, scope)] ?? NEVER);
  const runOne = (index: number, startAt: number, cancelAt = cancelOf(index)): Promise<JobEnd> => {
    const matrix = combinations[index] ?? {};
    const gate = gates[index];
    const { secrets = request.secrets, vars = request.vars } = gate?.kind === 'start' ? gate : {};
    const strategy = {
      'fail-fast': failFast,
      'job-index': index,
      'job-total': combinations.length,
      'max-parallel': maxParallel,
    };
    return runJob(
      {
        path: request.workflow.path,
        seed: `${request.seed}/${job.id}/${index}`,
        startAt,
        repository: textOf(request.github.repository ?? 'company/repository'),
        masks: Object.values(secrets),
        ...(cancelAt === NEVER || cancelAt <= startAt ? {} : { cancelAt }),
        job,
        defaults: request.workflow.defaults,
        env: request.workflow.env,
        ...(request.workflow.permissions !== undefined && { permissions: request.workflow.permissions }),
        contexts: {
          ...scope.contexts,
          github: { ...request.github, job: job.id },
          vars,
          secrets,
          matrix,
          strategy,
        },
        source: request.source,
        ...(request.origin && { origin: request.origin }),
        ...(request.forge && {
          forge: {
            disk: diskAt(request.forge.disk, shared.effects, startAt),
            permissions: tokenPermissions(job, request, request.forge.limits),
          },
        }),
        artifacts: shared.artifacts,
        caches: request.caches,
      },
      shared.surroundings,
    );
  };
  for (const [index, gate] of gates.entries()) {
    if (gate.kind !== 'start') {
      starts.push(gate.kind === 'wait' ? NEVER : gate.at);
      ends.push(gate.kind === 'wait' ? neverRan(NEVER) : rejected(gate.at, gate.why));
      continue;
    }
    const slot = slots.indexOf(Math.min(...slots));
    const group = groupOf(index);
    const held = group === undefined ? at : (shared.groups.get(group) ?? at);
    const free = Math.max(gate.at, slots[slot] ?? at, held);
    const cancelAt = cancelOf(index);
    const isLate = at < cancelAt && free >= cancelAt;
    const startAt = isLate ? cancelAt : free;
    const end = isLate ? neverRan(cancelAt) : await runOne(index, startAt);
    starts.push(startAt);
    ends.push(end);
    slots[slot] = end.endedAt;
    if (group !== undefined) shared.groups.set(group, end.endedAt);
    shared.artifacts.push(...end.uploads);
    shared.effects.push(...end.effects);
  }
  const tolerant = combinations.map((matrix) =>
    isTruthy(resolve(job.continueOnError, { ...scope, contexts: { ...scope.contexts, matrix } })),
  );
  const firstFailure = Math.min(
    ...ends.flatMap(({ conclusion, endedAt }, index) =>
      conclusion === 'failure' && !tolerant[index] ? [endedAt] : [],
    ),
  );
  if (failFast && Number.isFinite(firstFailure))
    for (const [index, end] of ends.entries()) {
      if (end.endedAt <= firstFailure) continue;
      const startAt = starts[index] ?? at;
      for (const upload of end.uploads) shared.artifacts.splice(shared.artifacts.indexOf(upload), 1);
      for (const effect of end.effects) shared.effects.splice(shared.effects.indexOf(effect), 1);
      const cut = startAt >= firstFailure ? neverRan(firstFailure) : await runOne(index, startAt, firstFailure);
      starts[index] = Math.min(startAt, firstFailure);
      ends[index] = cut;
      shared.artifacts.push(...cut.uploads);
      shared.effects.push(...cut.effects);
    }
  for (const [slot, busyUntil] of slots.entries()) shared.free[places[slot] ?? slot] = busyUntil;
  const waiting = gates.filter((gate, index) => gate.kind === 'wait' && ends[index]?.endedAt === NEVER);
  for (const gate of waiting)
    if (gate.kind === 'wait') shared.waiting.push({ environment: gate.environment, job: job.id, since: gate.at });

  const records = ends.map((end, index): JobRecord => {
    const matrix = combinations[index] ?? {};
    const { uploads: _, effects: __, ...kept } = end;
    return {
      id: job.id,
      name: nameOf(job, matrix, scope),
      needs: job.needs,
      ...(Object.keys(matrix).length === 0 ? {} : { matrix }),
      ...optionalGroup(groupOf(index)),
      queuedAt: at,
      startedAt: starts[index] ?? at,
      ...kept,
    };
  });
  const counted = ends.map(({ conclusion }, index) =>
    conclusion === 'failure' && tolerant[index] ? 'success' : conclusion,
  );
  return {
    waits: waiting.length > 0,
    result: {
      result: counted.includes('failure') ? 'failure' : counted.includes('cancelled') ? 'cancelled' : 'success',
      outputs: Object.assign(
        {},
        ...ends.map(({ outputs }) => Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== ''))),
      ),
      endedAt: Math.max(...ends.map(({ endedAt }) => endedAt)),
    },
    records,
  };
}

/** The forge as a job finds it: with what this run has changed there until then. */
function diskAt(disk: FarDisk, effects: readonly Effect[], at: number): FarDisk {
  const before = effects.filter((one) => one.at <= at).sort((a, b) => a.at - b.at);
  if (before.length === 0) return disk;
  const changed = new Map(disk);
  for (const one of before) withEffect(changed, one);
  return changed;
}

const tokenPermissions = (job: Job, { workflow }: RunRequest, limits: Limits): Permissions =>
  permissionsOf(job.permissions ?? workflow.permissions, limits);

const optionalGroup = (group: string | undefined): { readonly group?: string } =>
  group === undefined ? {} : { group };

/** Cancelled before a runner was free. */
function neverRan(endedAt: number): JobEnd {
  return {
    conclusion: 'cancelled',
    endedAt,
    steps: [],
    outputs: {},
    annotations: [],
    summary: '',
    uploads: [],
    effects: [],
  };
}

/** What stands before its environment does not let it in. */
function rejected(endedAt: number, why: string): JobEnd {
  return { ...neverRan(endedAt), conclusion: 'failure', annotations: [{ level: 'error', message: why }] };
}

interface Strategy {
  readonly combinations: readonly Combination[];
  readonly failFast: boolean;
  readonly maxParallel: number;
}

function strategyOf({ strategy }: Job, scope: Scope): Strategy {
  const {
    matrix,
    'fail-fast': failFast,
    'max-parallel': maxParallel,
  } = (strategy === undefined ? {} : resolve(strategy, scope)) as {
    readonly [key: string]: Json;
  };
  try {
    return {
      combinations: matrix === undefined || matrix === null ? [{}] : expandMatrix(matrix),
      failFast: failFast === undefined || isTruthy(failFast),
      maxParallel: maxParallel === undefined ? Number.MAX_SAFE_INTEGER : Number(maxParallel),
    };
  } catch (error) {
    throw new AuthorError((error as Error).message);
  }
}

/** `build (20, ubuntu-latest)`: as the product names the jobs of a matrix. */
function nameOf(job: Job, matrix: Combination, scope: Scope): string {
  if (job.name !== undefined) return textOf(resolve(job.name, { ...scope, contexts: { ...scope.contexts, matrix } }));
  const values = Object.values(matrix).filter((value) => typeof value !== 'object');
  return values.length === 0 ? job.id : `${job.id} (${values.map(textOf).join(', ')})`;
}

/** A job of a called workflow, as the run that calls it names it: what its first jobs need is what the call needs. */
function calledRecord(record: JobRecord, { id, needs }: Job, caller: string): JobRecord {
  return {
    ...record,
    id: `${id} / ${record.id}`,
    name: `${caller} / ${record.name}`,
    needs: record.needs.length === 0 ? needs : record.needs.map((one) => `${id} / ${one}`),
  };
}

async function callWorkflow(
  job: Job,
  uses: string,
  at: number,
  request: RunRequest,
  scope: Scope,
  shared: Shared,
): Promise<OneJobEnd> {
  const { language } = shared.surroundings;
  const path = /^\.\/(\.github\/workflows\/[^/]+\.ya?ml)$/.exec(uses)?.[1];
  if (path === undefined) throw new AuthorError(refusals.workflow(uses)[language]);
  const file = request.source.find((one) => one.path === path);
  if (file === undefined) throw new AuthorError(`error parsing called workflow "${uses}": workflow was not found.`);
  if (shared.depth >= MAX_DEPTH) throw new AuthorError(`${uses}: more than ${MAX_DEPTH} levels of reusable workflows`);
  const { workflow, problems } = await readWorkflow(path, new TextDecoder().decode(file.bytes));
  const call = workflow?.on.workflow_call;
  if (workflow === undefined)
    throw new AuthorError(`error parsing called workflow "${uses}": ${problems[0]?.message ?? ''}`);
  if (call === undefined)
    throw new AuthorError(
      `error parsing called workflow "${uses}": workflow is not reusable as it is missing a 'on.workflow_call' trigger`,
    );

  const most = permissionsOf(job.permissions ?? request.workflow.permissions, request.forge?.limits ?? OPEN);
  const forge = request.forge && { ...request.forge, limits: { ...request.forge.limits, most } };
  const raised = forge && raisedBy(workflow, forge.limits, most);
  if (raised !== undefined)
    throw new AuthorError(`Error calling workflow '${uses}'. The workflow is requesting '${raised}'.`);
  const { combinations } = strategyOf(job, scope);
  const records: JobRecord[] = [];
  const outcomes: Result[] = [];
  for (const [index, matrix] of combinations.entries()) {
    const inner: Scope = { ...scope, contexts: { ...scope.contexts, matrix } };
    const given = resolveMap(job.with, inner);
    const missing = Object.entries(call.inputs).find(
      ([name, { required, default: usual }]) => required && usual === undefined && given[name] === undefined,
    );
    if (missing !== undefined)
      throw new AuthorError(`Input ${missing[0]} is required, but not provided while calling.`);
    const stranger = Object.keys(given).find((name) => call.inputs[name] === undefined);
    if (stranger !== undefined)
      throw new AuthorError(`Invalid input, ${stranger} is not defined in the referenced workflow.`);
    const secrets =
      job.secrets === 'inherit'
        ? request.secrets
        : texts(resolveMap(job.secrets ?? {}, { ...inner, contexts: { ...inner.contexts, secrets: request.secrets } }));
    const lacking = Object.entries(call.secrets).find(
      ([name, { required }]) => required && (secrets[name] ?? '') === '',
    );
    if (lacking !== undefined)
      throw new AuthorError(`Secret ${lacking[0]} is required, but not provided while calling.`);
    const end = await runJobs(
      {
        ...request,
        workflow,
        startAt: at,
        seed: `${request.seed}/${job.id}/${index}`,
        inputs: withDefaults(call.inputs, given, request),
        secrets,
        ...(forge && { forge }),
      },
      { ...shared, depth: shared.depth + 1 },
    );
    const jobs = Object.fromEntries(
      [...end.results].map(([id, { result, outputs }]) => [id, { result, outputs }]),
    ) as Json;
    const seen: Scope = {
      contexts: { github: request.github, inputs: given, vars: request.vars, jobs },
      standing: { status: 'success' },
    };
    const caller = nameOf(job, matrix, scope);
    records.push(...end.jobs.map((one) => calledRecord(one, job, caller)));
    outcomes.push({
      result: end.conclusion === 'skipped' ? 'success' : end.conclusion,
      outputs: texts(resolveMap(call.outputs, seen)),
      endedAt: end.endedAt,
    });
  }
  const all = outcomes.map(({ result }) => result);
  return {
    result: {
      result: all.includes('failure') ? 'failure' : all.includes('cancelled') ? 'cancelled' : 'success',
      outputs: Object.assign({}, ...outcomes.map(({ outputs }) => outputs)),
      endedAt: Math.max(at, ...outcomes.map(({ endedAt }) => endedAt)),
    },
    records,
  };
}

const OPEN: Limits = { usual: 'write', isReadOnly: false };

/** A permission that a called workflow asks for and its caller has not: `contents: write', but is only allowed 'contents: read`. */
function raisedBy(workflow: Workflow, limits: Limits, most: Permissions): string | undefined {
  const { most: _, ...free } = limits;
  for (const { permissions } of [workflow, ...workflow.jobs]) {
    if (permissions === undefined) continue;
    for (const [scope, level] of Object.entries(permissionsOf(permissions, free)))
      if (scope !== 'metadata' && !mayDo(most, scope, level))
        return `${scope}: ${level}', but is only allowed '${scope}: ${most[scope] ?? 'none'}`;
  }
  return undefined;
}

/** All jobs before a job: a failure or a skip counts for the whole chain after it ("Using jobs in a workflow"). */
function ancestorsOf(job: Job, workflow: Workflow): readonly string[] {
  const found = new Set<string>();
  const add = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    for (const next of workflow.jobs.find((one) => one.id === id)?.needs ?? []) add(next);
  };
  for (const id of job.needs) add(id);
  return [...found];
}

/** Inputs with their types and defaults. A default may be an expression over `github`, `inputs` and `vars` ("Contexts reference"). */
function withDefaults(
  inputs: Readonly<Record<string, Input>>,
  given: Readonly<Record<string, Json>>,
  { github, vars }: Pick<RunRequest, 'github' | 'vars'>,
): Readonly<Record<string, Json>> {
  const all: Record<string, Json> = { ...given };
  for (const [name, { type, default: usual = null }] of Object.entries(inputs)) {
    const scope: Scope = { contexts: { github, inputs: all, vars }, standing: { status: 'success' } };
    const one = given[name] ?? safely(() => resolve(usual, scope), null);
    if (type === 'boolean') all[name] = one === true || one === 'true';
    else if (type === 'number') all[name] = Number(one ?? 0);
    else all[name] = textOf(one);
  }
  return all;
}

function safely<T>(action: () => T, otherwise: T): T {
  try {
    return action();
  } catch {
    return otherwise;
  }
}
