// Steps one after another, of a job or of a composite action within it.
import { builtInActions } from './actions.ts';
import { readPairs } from './commands.ts';
import { endOf } from './end.ts';
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
  within,
} from './expression.ts';
import type { Frame, Limit, StepEnd, StepsEnd } from './frame.ts';
import { hashFiles } from './hash-files.ts';
import { localAction } from './local-action.ts';
import type { StepRecord } from './record.ts';
import { place } from './session.ts';
import { shellLine } from './shells.ts';
import { defaultVariables, runnerContext, stepsContext } from './surroundings.ts';
import { refusals } from './words.ts';
import type { Step } from './workflow.ts';

const STEP_MS = 100;
const MINUTE = 60_000;

export async function runSteps(steps: readonly Step[], frame: Frame): Promise<StepsEnd> {
  const { session } = frame;
  const { kernel } = session.machine;
  const records: StepRecord[] = [];
  let failed = false;
  for (const step of steps) {
    const startedAt = kernel.now();
    const github = frame.contexts.github as { readonly [key: string]: Json };
    const status = session.cancelled ? 'cancelled' : failed ? 'failure' : 'success';
    const known = {
      steps: stepsContext(records),
      job: { status, services: session.services, container: session.container },
      env: { ...frame.env, ...session.env, ...frame.overlay },
    };
    const scope: Scope = {
      contexts: { ...frame.contexts, ...runnerContext(), ...known, github: { ...github, action: step.id } },
      standing: { status, hashFiles: (patterns) => hashFiles(session.machine.files, session.workspace, patterns) },
    };
    const { name, outcome, conclusion, outputs } = await runStep(step, scope, frame);
    if (conclusion === 'failure') failed = true;
    const log = session.takeLog();
    session.keepEffect();
    records.push({
      id: step.id,
      name: session.masked(name),
      outcome,
      conclusion,
      outputs,
      startedAt,
      endedAt: kernel.now(),
      log,
    });
  }
  return { records, failed, steps: stepsContext(records) };
}

async function runStep(
  step: Step,
  scope: Scope,
  frame: Frame,
): Promise<Pick<StepRecord, 'name' | 'outcome' | 'conclusion' | 'outputs'>> {
  const { session } = frame;
  let name = step.uses === undefined ? 'Run' : `Run ${step.uses}`;
  const skipped = { outcome: 'skipped', conclusion: 'skipped', outputs: {} } as const;
  try {
    if (step.name !== undefined) name = textOf(resolve(step.name, scope));
    else if (step.run !== undefined) name = `Run ${textOf(resolve(step.run, scope)).trim().split('\n')[0]}`;
    if (session.isForced || !isTruthy(evaluate(step.if, scope))) return { name, ...skipped };
    session.machine.kernel.advance(STEP_MS);
    const env = texts(resolveMap(step.env, scope));
    const inner = within(scope, { env: { ...(scope.contexts.env as object), ...env } });
    const wasCancelled = session.cancelled;
    // What is to run in spite of the cancelling does run.
    if (wasCancelled) session.cancelled = false;
    const { end, outputs } = await act(step, name, inner, frame, env);
    session.cancelled ||= wasCancelled;
    const all = { ...outputs, ...end.outputs };
    if (end.ok) return { name, outcome: 'success', conclusion: 'success', outputs: all };
    if (!end.isTold) session.log(`##[error]${end.why}`);
    if (end.cancelled) return { name, outcome: 'cancelled', conclusion: 'cancelled', outputs: all };
    if (!end.isTold) session.annotate({ level: 'error', message: end.why });
    const goOn = isTruthy(resolve(step.continueOnError, scope));
    return { name, outcome: 'failure', conclusion: goOn ? 'success' : 'failure', outputs: all };
  } catch (error) {
    if (!(error instanceof ExpressionFailure)) throw error;
    session.log(`##[error]${error.message}`);
    session.annotate({ level: 'error', message: error.message, file: frame.request.path, line: step.line });
    return { name, outcome: 'failure', conclusion: 'failure', outputs: {} };
  }
}

/** Runs the step's command or action, with the files through which it talks to the runner. */
async function act(
  step: Step,
  name: string,
  scope: Scope,
  frame: Frame,
  stepEnv: Readonly<Record<string, string>>,
): Promise<{ readonly end: StepEnd; readonly outputs: Readonly<Record<string, string>> }> {
  const { session } = frame;
  const { machine, temp } = session;
  const files = {
    GITHUB_OUTPUT: `${temp}/output`,
    GITHUB_ENV: `${temp}/env`,
    GITHUB_PATH: `${temp}/path`,
    GITHUB_STEP_SUMMARY: `${temp}/summary`,
    GITHUB_STATE: `${temp}/state`,
  };
  for (const file of Object.values(files)) place(machine, file, '');
  const variables = defaultVariables(frame.contexts.github ?? null, session);
  const env = {
    ...variables.first,
    ...frame.env,
    ...session.env,
    ...frame.overlay,
    ...stepEnv,
    ...variables.last,
    GITHUB_ACTION: step.id,
    ...files,
    PATH: [...session.path].reverse().concat('/usr/local/bin:/usr/bin:/bin').join(':'),
  };
  const minutes = step.timeoutMinutes === undefined ? Number.NaN : Number(textOf(resolve(step.timeoutMinutes, scope)));
  const limit = Number.isFinite(minutes) ? minutes * MINUTE : undefined;
  const timedOut = `The action '${name}' has timed out after ${minutes} minutes.`;
  const end =
    step.uses === undefined
      ? await runScript(step, scope, frame, env, { ms: limit, timedOut })
      : await useAction(step.uses, step, name, scope, frame, env, { ms: limit, timedOut });
  try {
    const read = (file: string): string => (machine.files.exists(file) ? machine.files.readText(file) : '');
    for (const [key, value] of readPairs(read(files.GITHUB_ENV))) {
      if (key === 'NODE_OPTIONS')
        throw new Error(`Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.`);
      session.env[key] = value;
    }
    for (const folder of read(files.GITHUB_PATH).split(/\r?\n/)) if (folder !== '') session.path.push(folder);
    session.summary += session.masked(read(files.GITHUB_STEP_SUMMARY));
    return { end, outputs: Object.fromEntries(readPairs(read(files.GITHUB_OUTPUT))) };
  } catch (error) {
    return { end: { ok: false, why: `Unable to process file command: ${(error as Error).message}` }, outputs: {} };
  }
}

async function runScript(
  step: Step,
  scope: Scope,
  { session, defaults }: Frame,
  env: Readonly<Record<string, string>>,
  limit: Limit,
): Promise<StepEnd> {
  const { machine, temp, workspace } = session;
  const named = [step.shell ?? defaults.shell, step.workingDirectory ?? defaults.workingDirectory];
  const [shell, folder = ''] = named.map((value) => (value === undefined ? undefined : textOf(resolve(value, scope))));
  const shellForm = shellLine(shell, session, machine.language);
  if (!shellForm.ok) return shellForm;
  const script = `${temp}/${machine.kernel.random('scripts').integer(0, 999_999_999)}.sh`;
  place(machine, script, textOf(resolve(step.run ?? '', scope)), 0o755);
  const at = folder.startsWith('/') ? folder : folder === '' ? workspace : `${workspace}/${folder}`;
  if (!machine.files.exists(at))
    return {
      ok: false,
      why: `An error occurred trying to start process '/usr/bin/bash' with working directory '${at}'. No such file or directory`,
    };
  return endOf(await session.run(shellForm.line(script), at, env, limit.ms), limit.timedOut);
}

async function useAction(
  uses: string,
  step: Step,
  name: string,
  scope: Scope,
  frame: Frame,
  around: Readonly<Record<string, string>>,
  limit: Limit,
): Promise<StepEnd> {
  const given = texts(resolveMap(step.with, scope));
  const { language } = frame.session.machine;
  const [repository = '', ref = ''] = uses.startsWith('./') ? [] : uses.split('@');
  const env = { ...around, GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref };
  if (uses.startsWith('./')) return localAction({ uses, name, given, scope, frame, env, limit, runSteps });
  if (uses.startsWith('docker://')) return { ok: false, why: refusals.docker(uses)[language] };
  const action = builtInActions[uses.replace(/@.*$/, '').toLowerCase()];
  if (action === undefined) return { ok: false, why: refusals.action(uses, Object.keys(builtInActions))[language] };
  return action({ inputs: given, session: frame.session, request: frame.request, scope, name, env, limit });
}
