// An action of the repository itself: `uses: ./.github/actions/name`, composite or a program for node.
import { parse } from 'yaml';
import { readPairs } from './commands.ts';
import { endOf } from './end.ts';
import { evaluate, isTruthy, type Json, resolve, type Scope, textOf, within } from './expression.ts';
import type { Frame, Limit, StepEnd, StepsEnd } from './frame.ts';
import { inputsOf } from './read.ts';
import { refusals } from './words.ts';
import type { Step, Value, ValueMap } from './workflow.ts';

interface ActionFile {
  readonly inputs?: Value;
  readonly outputs?: Readonly<Record<string, { readonly value?: string }>>;
  readonly runs?: {
    readonly using?: string;
    readonly main?: string;
    readonly post?: string;
    readonly 'post-if'?: string;
    readonly steps?: readonly ValueMap[];
  };
}

interface LocalUse {
  readonly uses: string;
  readonly name: string;
  readonly given: Readonly<Record<string, string>>;
  readonly scope: Scope;
  readonly frame: Frame;
  readonly env: Readonly<Record<string, string>>;
  readonly limit: Limit;
  runSteps(steps: readonly Step[], frame: Frame): Promise<StepsEnd>;
}

export async function localAction(use: LocalUse): Promise<StepEnd> {
  const { uses, given, scope, frame } = use;
  const { machine, workspace } = frame.session;
  const folder = `${workspace}/${uses.slice(2)}`.replace(/\/+$/, '');
  const file = ['action.yml', 'action.yaml']
    .map((name) => `${folder}/${name}`)
    .find((path) => machine.files.exists(path));
  if (file === undefined)
    return {
      ok: false,
      why: `Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${folder}'. Did you forget to run actions/checkout before running your local action?`,
    };
  let action: ActionFile;
  try {
    action = (parse(machine.files.readText(file).replaceAll('\r\n', '\n')) ?? {}) as ActionFile;
  } catch (error) {
    return { ok: false, why: `${file}: ${(error as Error).message.split('\n')[0]}` };
  }
  const usual = Object.entries(inputsOf(action.inputs ?? null)).map(
    ([name, { default: value }]) =>
      [name, value === undefined ? '' : textOf(resolve(templated(value), scope))] as const,
  );
  const inputs = { ...Object.fromEntries(usual), ...given };
  const { using = '' } = action.runs ?? {};
  if (/^node\d+$/.test(using)) return runProgram(action, folder, inputs, use);
  if (using === 'composite') return runComposite(action, file, folder, inputs, use);
  return { ok: false, why: refusals.docker(`${uses}, using: ${using}`)[machine.language] };
}

async function runProgram(
  { runs: { main = '', post, 'post-if': condition } = {} }: ActionFile,
  folder: string,
  inputs: Readonly<Record<string, string>>,
  { name, frame, scope, env, limit }: LocalUse,
): Promise<StepEnd> {
  const { session } = frame;
  const named = Object.entries(inputs).map(([key, value]) => [
    `INPUT_${key.replaceAll(' ', '_').toUpperCase()}`,
    value,
  ]);
  const all = { ...env, ...Object.fromEntries(named), GITHUB_ACTION_PATH: folder };
  const run = await session.run(`node '${folder}/${main}'`, session.workspace, all, limit.ms);
  if (post !== undefined) {
    const file = env.GITHUB_STATE ?? '';
    const written = session.machine.files.exists(file) ? readPairs(session.machine.files.readText(file)) : [];
    const state = Object.entries({ ...run.state, ...Object.fromEntries(written) });
    const saved = Object.fromEntries(state.map(([key, value]) => [`STATE_${key}`, value]));
    session.post.push({
      name,
      async run() {
        if (condition !== undefined && !isTruthy(evaluate(condition, scope))) return undefined;
        const end = await session.run(`node '${folder}/${post}'`, session.workspace, { ...all, ...saved });
        const { ok, ...rest } = endOf(end, limit.timedOut);
        return ok || !('why' in rest) ? undefined : rest.why;
      },
    });
  }
  return endOf(run, limit.timedOut);
}

async function runComposite(
  action: ActionFile,
  file: string,
  folder: string,
  inputs: Readonly<Record<string, string>>,
  { scope, frame, runSteps }: LocalUse,
): Promise<StepEnd> {
  const { session } = frame;
  const steps = action.runs?.steps;
  if (!Array.isArray(steps)) return { ok: false, why: `${file}: Required property is missing: steps` };
  const wrong = steps.findIndex((one) => one?.run === undefined && one?.uses === undefined);
  if (wrong >= 0) return { ok: false, why: `${file}: step ${wrong + 1}: Required property is missing: run or uses` };
  const bare = steps.findIndex((one) => one?.run !== undefined && one?.shell === undefined);
  if (bare >= 0) return { ok: false, why: `${file}: step ${bare + 1}: Required property is missing: shell` };
  const github = { ...(scope.contexts.github as { readonly [key: string]: Json }), action_path: folder };
  const contexts = { ...frame.contexts, github, inputs, steps: {} };
  const end = await runSteps(steps.map(stepOf), {
    ...frame,
    contexts,
    overlay: { ...frame.overlay, ...stepEnvironment(scope, frame) },
    defaults: {},
  });
  const inner = within(scope, { github, inputs, steps: end.steps });
  const outputs = Object.fromEntries(
    Object.entries(action.outputs ?? {}).map(([name, { value = '' }]) => [
      name,
      textOf(resolve(templated(value), inner)),
    ]),
  );
  for (const { log } of end.records) for (const line of log) session.log(line);
  if (session.cancelled) return { ok: false, why: 'The operation was canceled.', cancelled: true, outputs };
  const failed = end.records.find(({ conclusion }) => conclusion === 'failure');
  return failed === undefined ? { ok: true, outputs } : { ok: false, why: failed.name, isTold: true, outputs };
}

/** What the step that uses the action has in its own `env`. */
function stepEnvironment(scope: Scope, { env, overlay, session }: Frame): Readonly<Record<string, string>> {
  const around: Readonly<Record<string, string>> = { ...env, ...session.env, ...overlay };
  const own = scope.contexts.env as Readonly<Record<string, string>>;
  return Object.fromEntries(Object.entries(own).filter(([name, value]) => around[name] !== value));
}

function stepOf(raw: ValueMap, index: number): Step {
  const { id, name, if: condition, run, uses, with: given, env, shell } = raw;
  const text =
    typeof condition === 'string'
      ? condition.replace(/^\$\{\{(.*)\}\}$/s, '$1').trim()
      : String(condition ?? 'success()');
  return {
    id: typeof id === 'string' ? id : `__step_${index + 1}`,
    ...(name === undefined ? {} : { name: templated(name) }),
    if: /\b(always|success|failure|cancelled)\s*\(/.test(text) ? text : `success() && (${text})`,
    ...(run === undefined ? {} : { run: templated(run) }),
    ...(typeof uses === 'string' ? { uses } : {}),
    with: mapOf(given),
    env: mapOf(env),
    ...(shell === undefined ? {} : { shell: templated(shell) }),
    ...(raw['working-directory'] === undefined ? {} : { workingDirectory: templated(raw['working-directory']) }),
    continueOnError: templated(raw['continue-on-error'] ?? false),
    ...(raw['timeout-minutes'] === undefined ? {} : { timeoutMinutes: templated(raw['timeout-minutes']) }),
    line: 1,
  };
}

function mapOf(value: Value | undefined): ValueMap {
  return Object.fromEntries(Object.entries((value ?? {}) as ValueMap).map(([key, one]) => [key, templated(one)]));
}

/** A text of an action's file with its `${{ }}` as one expression. */
function templated(value: Value): Value {
  if (typeof value !== 'string' || !value.includes('${{')) return value;
  const whole = /^\s*\$\{\{((?:(?!\}\}).)*)\}\}\s*$/s.exec(value);
  if (whole !== null) return { expression: (whole[1] ?? '').trim() };
  const parts: string[] = [];
  const format = value
    .replaceAll('{', '{{')
    .replaceAll('}', '}}')
    .replace(/\$\{\{\{\{((?:(?!\}\}\}\}).)*)\}\}\}\}/gs, (_, expression: string) => {
      parts.push(expression.replaceAll('{{', '{').replaceAll('}}', '}').trim());
      return `{${parts.length - 1}}`;
    });
  return { expression: `format('${format.replaceAll("'", "''")}', ${parts.join(', ')})` };
}
