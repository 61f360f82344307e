// Reading a workflow file with GitHub's own parser, which knows the schema, the contexts that each key may use and the cycles in `needs`.
import type { Job as JobModel, WorkflowJob } from '@actions/workflow-parser/model/workflow-template';
import { MappingToken, SequenceToken, type TemplateToken } from '@actions/workflow-parser/templates/tokens/index';
import {
  isBasicExpression,
  isBoolean,
  isMapping,
  isNumber,
  isSequence,
  isString,
} from '@actions/workflow-parser/templates/tokens/type-guards';
import { TokenType } from '@actions/workflow-parser/templates/tokens/types';
import { createRecent } from '../kernel/index.ts';
import { INSERT } from './expression.ts';
import { parseFile } from './parse.ts';
import type { Input, Job, Problem, RunDefaults, Step, Trigger, Value, ValueMap, Workflow } from './workflow.ts';

/** The file as a workflow, when it is one, and what is wrong with it. */
export interface Reading {
  /** Absent when there is an error. */
  readonly workflow?: Workflow;
  readonly problems: readonly Problem[];
}

/** The files that were read last: the same few are read again at every event of a repository. */
const readings = createRecent<Promise<Reading>>(32);

export function readWorkflow(path: string, text: string): Promise<Reading> {
  return readings.get(`${path}\n${text}`, () => read(path, text));
}

async function read(path: string, text: string): Promise<Reading> {
  // In YAML every line break is a line feed.
  const { root, template, problems } = await parseFile(path, text.replaceAll('\r\n', '\n'));
  if (problems.length > 0 || root === undefined || template === undefined) return { problems };
  return { workflow: workflowOf(path, root.assertMapping('workflow'), template.jobs), problems };
}

function workflowOf(path: string, root: MappingToken, jobs: readonly WorkflowJob[]): Workflow {
  const tokens = fieldsOf(root);
  const jobTokens = fieldsOf(tokens.get('jobs'));
  const name = plain(tokens.get('name'));
  return {
    path,
    name: typeof name === 'string' && name !== '' ? name : path,
    ...optional('runName', tokens.get('run-name')),
    on: triggersOf(tokens.get('on')),
    env: mapOf(tokens.get('env')),
    defaults: defaultsOf(tokens.get('defaults')),
    ...optional('concurrency', tokens.get('concurrency')),
    ...optional('permissions', tokens.get('permissions')),
    jobs: jobs.map((job) => jobOf(job, jobTokens.get(job.id.value))),
  };
}

function jobOf(model: WorkflowJob, token: TemplateToken | undefined): Job {
  const tokens = fieldsOf(token);
  const secrets = plain(tokens.get('secrets'));
  return {
    id: model.id.value,
    ...optional('name', tokens.get('name')),
    needs: (model.needs ?? []).map(({ value }) => value),
    if: model.if.expression,
    ...optional('runsOn', tokens.get('runs-on')),
    ...optional('strategy', tokens.get('strategy')),
    env: mapOf(tokens.get('env')),
    defaults: defaultsOf(tokens.get('defaults')),
    outputs: mapOf(tokens.get('outputs')),
    steps: model.type === 'job' ? stepsOf(model.steps, tokens.get('steps')) : [],
    ...optional('timeoutMinutes', tokens.get('timeout-minutes')),
    continueOnError: plain(tokens.get('continue-on-error')) ?? false,
    ...optional('concurrency', tokens.get('concurrency')),
    ...optional('environment', tokens.get('environment')),
    ...optional('container', tokens.get('container')),
    ...(tokens.has('container') && { containerLine: imageLine(tokens.get('container')) ?? 1 }),
    services: mapOf(tokens.get('services')),
    serviceLines: Object.fromEntries(
      [...fieldsOf(tokens.get('services'))].map(([name, token]) => [name, imageLine(token) ?? model.id.line ?? 1]),
    ),
    ...optional('permissions', tokens.get('permissions')),
    ...(model.type === 'reusableWorkflowJob' ? { uses: model.ref.value } : {}),
    with: mapOf(tokens.get('with')),
    ...(secrets === null ? {} : { secrets: secrets === 'inherit' ? 'inherit' : mapOf(tokens.get('secrets')) }),
    line: model.id.line ?? 1,
  };
}

/** The parser's model knows the conditions and ids of steps; the rest is in its tokens, in the same order. */
function stepsOf(models: JobModel['steps'], token: TemplateToken | undefined): readonly Step[] {
  const items = token instanceof SequenceToken ? [...token] : [];
  return models.map((model, index) => {
    const tokens = fieldsOf(items[index]);
    const uses = plain(tokens.get('uses'));
    return {
      id: model.id,
      ...optional('name', tokens.get('name')),
      if: model.if?.expression ?? 'success()',
      ...optional('run', tokens.get('run')),
      ...(typeof uses === 'string' ? { uses } : {}),
      with: mapOf(tokens.get('with')),
      env: mapOf(tokens.get('env')),
      ...optional('shell', tokens.get('shell')),
      ...optional('workingDirectory', tokens.get('working-directory')),
      continueOnError: plain(tokens.get('continue-on-error')) ?? false,
      ...optional('timeoutMinutes', tokens.get('timeout-minutes')),
      line: items[index]?.line ?? 1,
    };
  });
}

const imageLine = (token: TemplateToken | undefined): number | undefined =>
  (fieldsOf(token).get('image') ?? token)?.line;

function defaultsOf(token: TemplateToken | undefined): RunDefaults {
  const run = fieldsOf(fieldsOf(token).get('run'));
  return { ...optional('shell', run.get('shell')), ...optional('workingDirectory', run.get('working-directory')) };
}

/** `on` as a name, a list of names, or a mapping. */
function triggersOf(token: TemplateToken | undefined): Readonly<Record<string, Trigger>> {
  const value = plain(token);
  if (typeof value === 'string') return { [value]: triggerOf(null) };
  if (Array.isArray(value)) return Object.fromEntries(value.map((name) => [String(name), triggerOf(null)]));
  return Object.fromEntries(Object.entries((value ?? {}) as ValueMap).map(([name, one]) => [name, triggerOf(one)]));
}

function triggerOf(value: Value): Trigger {
  if (Array.isArray(value)) return { ...noInputs, crons: value.map((one) => String((one as ValueMap).cron)) };
  const map = (value ?? {}) as ValueMap;
  const list = (key: string, name: string) =>
    map[key] === undefined ? {} : { [name]: [map[key]].flat().map((one) => String(one)) };
  return {
    ...list('types', 'types'),
    ...list('branches', 'branches'),
    ...list('branches-ignore', 'branchesIgnore'),
    ...list('tags', 'tags'),
    ...list('tags-ignore', 'tagsIgnore'),
    ...list('paths', 'paths'),
    ...list('paths-ignore', 'pathsIgnore'),
    ...list('workflows', 'workflows'),
    inputs: inputsOf(map.inputs ?? null),
    outputs: Object.fromEntries(
      Object.entries((map.outputs ?? {}) as ValueMap).map(([name, one]) => [name, (one as ValueMap).value ?? null]),
    ),
    secrets: Object.fromEntries(
      Object.entries((map.secrets ?? {}) as ValueMap).map(([name, one]) => [
        name,
        { required: (one as ValueMap | null)?.required === true },
      ]),
    ),
  };
}

const noInputs = { inputs: {}, outputs: {}, secrets: {} } as const;

/** The `inputs` of a trigger or of an action's file. */
export function inputsOf(value: Value): Readonly<Record<string, Input>> {
  return Object.fromEntries(
    Object.entries((value ?? {}) as ValueMap).map(([name, one]) => {
      const { type, required, default: usual, options } = (one ?? {}) as ValueMap;
      return [
        name,
        {
          type: typeof type === 'string' ? type : 'string',
          required: required === true,
          ...(usual === undefined ? {} : { default: usual }),
          ...(Array.isArray(options) ? { options: options.map(String) } : {}),
        },
      ];
    }),
  );
}

function fieldsOf(token: TemplateToken | undefined): ReadonlyMap<string, TemplateToken> {
  if (!(token instanceof MappingToken)) return new Map();
  return new Map([...token].map(({ key, value }) => [String(plain(key)), value]));
}

function mapOf(token: TemplateToken | undefined): ValueMap {
  const value = plain(token);
  // The whole of it comes out of an expression.
  if (token !== undefined && isBasicExpression(token)) return { [`${INSERT} 0`]: value };
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as ValueMap) : {};
}

function optional<Name extends string>(name: Name, token: TemplateToken | undefined): { [N in Name]?: Value } {
  return (token === undefined ? {} : { [name]: plain(token) }) as { [N in Name]?: Value };
}

function plain(token: TemplateToken | undefined): Value {
  if (token === undefined) return null;
  if (isBasicExpression(token)) return { expression: token.expression };
  if (isString(token) || isNumber(token) || isBoolean(token)) return token.value;
  if (isSequence(token)) return [...token].map(plain);
  if (isMapping(token))
    return Object.fromEntries([...token].map(({ key, value }, index) => [keyOf(key, index), plain(value)]));
  return null;
}

/** Keys that are known only at the run keep their braces. */
function keyOf(key: TemplateToken, index: number): string {
  if (key.templateTokenType === TokenType.InsertExpression) return `${INSERT} ${index}`;
  return isBasicExpression(key) ? `\${{${key.expression}}}` : String(plain(key));
}
