// An action of the repository itself: `uses: ./.github/actions/name`, composite or a program for node.
import { parse } from 'yaml';
import { resolve, type Scope, textOf } from './expression.ts';
import type { Frame, StepEnd, StepsEnd } from './frame.ts';
import { inputsOf } from './read.ts';
import { refusals } from './words.ts';
import type { Step, Value, ValueMap } from './workflow.ts';

interface ActionFile {
  readonly inputs?: Value;
  readonly outputs?: Readonly<Record<string, { readonly value?: string }>>;
  readonly runs?: { readonly using?: string; readonly main?: string; readonly steps?: readonly ValueMap[] };
}

export async function localAction(
  uses: string,
  given: Readonly<Record<string, string>>,
  scope: Scope,
  frame: Frame,
  env: Readonly<Record<string, string>>,
  runSteps: (steps: readonly Step[], frame: Frame) => Promise<StepsEnd>,
): Promise<StepEnd> {
  const { session } = frame;
  const { machine, workspace } = session;
  const folder = `${workspace}/${uses.slice(2)}`.replace(/\/$/, '');
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
    action = (parse(machine.files.readText(file)) ?? {}) as ActionFile;
  } catch (error) {
    return { ok: false, why: `${file}: ${(error as Error).message.split('\n')[0]}` };
  }
  const { using = '', main = '', steps = [] } = action.runs ?? {};
  const usual = Object.entries(inputsOf(action.inputs ?? null)).map(
    ([name, { default: value }]) =>
      [name, value === undefined ? '' : textOf(resolve(templated(value), scope))] as const,
  );
  const inputs = { ...Object.fromEntries(usual), ...given };
  if (/^node\d+$/.test(using)) {
    const named = Object.entries(inputs).map(([name, value]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      value,
    ]);
    const { exitCode } = await session.run(`node ${folder}/${main}`, workspace, {
      ...env,
      ...Object.fromEntries(named),
    });
    return exitCode === 0 ? { ok: true } : { ok: false, why: `Process completed with exit code ${exitCode}.` };
  }
  if (using !== 'composite') return { ok: false, why: refusals.action(`${uses} (${using})`)[machine.language] };

  const contexts = { ...scope.contexts, inputs, steps: {} };
  const inner: Frame = {
    ...frame,
    contexts,
    env: { ...frame.env, ...(scope.contexts.env as Readonly<Record<string, string>>) },
    defaults: {},
    actionPath: folder,
  };
  const end = await runSteps(steps.map(stepOf), inner);
  const outputs = Object.fromEntries(
    Object.entries(action.outputs ?? {}).map(([name, { value = '' }]) => [
      name,
      textOf(resolve(templated(value), { ...scope, contexts: { ...contexts, steps: end.steps } })),
    ]),
  );
  for (const { log } of end.records) for (const line of log) session.log(line);
  if (session.cancelled) return { ok: false, why: 'The operation was canceled.', cancelled: true };
  const failed = end.records.find(({ conclusion }) => conclusion === 'failure');
  return failed === undefined ? { ok: true, outputs } : { ok: false, why: `${failed.name}: failed` };
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
