// One job on a machine of its own: its steps one after another.
import { builtInActions } from './actions.ts';
import { readPairs } from './commands.ts';
import {
  type Contexts,
  ExpressionFailure,
  evaluate,
  isTruthy,
  type Json,
  resolve,
  resolveMap,
  type Scope,
  textOf,
} from './expression.ts';
import type { Frame, JobEnd, JobRequest, StepEnd, StepsEnd } from './frame.ts';
import { hashFiles } from './hash-files.ts';
import { localAction } from './local-action.ts';
import type { Conclusion, StepRecord } from './record.ts';
import { type JobSession, openJobSession, place, type RunnerSurroundings } from './session.ts';
import { refusals } from './words.ts';
import type { Step } from './workflow.ts';

const SET_UP_MS = 2000;
const STEP_MS = 100;
const MINUTE = 60_000;
/** "Workflow syntax", `jobs.<job_id>.timeout-minutes`: the default. */
const JOB_TIMEOUT_MINUTES = 360;

export async function runJob(request: JobRequest, surroundings: RunnerSurroundings): Promise<JobEnd> {
  const { job } = request;
  const session = openJobSession(request, surroundings);
  const { kernel } = session.machine;
  kernel.advance(SET_UP_MS);
  let ranOut = false;
  const finish = (
    conclusion: Conclusion,
    steps: readonly StepRecord[],
    outputs: Readonly<Record<string, string>>,
  ): JobEnd => ({
    conclusion,
    endedAt: kernel.now(),
    steps,
    outputs,
    annotations: session.annotations,
    summary: session.summary,
    uploads: session.uploads,
  });

  const refused = refusalOf(request, surroundings);
  if (refused !== undefined) {
    session.annotations.push({ level: 'error', message: refused });
    return finish('failure', [], {});
  }

  const scope: Scope = { contexts: request.contexts, standing: { status: 'success' } };
  try {
    const minutes = Number(textOf(resolve(job.timeoutMinutes ?? JOB_TIMEOUT_MINUTES, scope)));
    if (Number.isFinite(minutes))
      kernel.schedule(minutes * MINUTE, () => {
        ranOut = true;
        session.cancel();
      });
    const workflowEnv = texts(resolveMap(request.env, scope));
    const env = { ...workflowEnv, ...texts(resolveMap(job.env, within(scope, { env: workflowEnv }))) };
    const defaults = { ...request.defaults, ...job.defaults };
    const { records, failed, steps } = await runSteps(job.steps, {
      request,
      session,
      contexts: request.contexts,
      env,
      defaults,
    });
    for (const action of session.post.reverse()) action();
    if (ranOut)
      session.annotations.push({
        level: 'error',
        message: `The job running on runner has exceeded the maximum execution time of ${minutes} minutes.`,
      });
    const conclusion = session.cancelled ? 'cancelled' : failed ? 'failure' : 'success';
    const outputs = texts(
      resolveMap(job.outputs, within({ contexts: request.contexts, standing: { status: 'success' } }, { steps, env })),
    );
    return finish(conclusion, records, outputs);
  } catch (error) {
    if (!(error instanceof ExpressionFailure)) throw error;
    session.annotations.push({ level: 'error', message: error.message });
    return finish('failure', [], {});
  }
}

/** What this sandbox has no machine for. */
function refusalOf({ job, contexts }: JobRequest, { language }: RunnerSurroundings): string | undefined {
  if (job.container !== undefined) return refusals.container[language];
  const scope: Scope = { contexts, standing: { status: 'success' } };
  const labels = [resolve(job.runsOn ?? null, scope)].flat().map((label) => textOf(label as Json));
  const windows = labels.find((label) => /^windows-/.test(label));
  return windows === undefined ? undefined : refusals.runner(windows)[language];
}

export async function runSteps(steps: readonly Step[], frame: Frame): Promise<StepsEnd> {
  const { session } = frame;
  const { kernel } = session.machine;
  const records: StepRecord[] = [];
  let failed = false;
  for (const step of steps) {
    const startedAt = kernel.now();
    const status = session.cancelled ? 'cancelled' : failed ? 'failure' : 'success';
    const known = { steps: stepsContext(records), job: { status }, env: { ...frame.env, ...session.env } };
    const scope: Scope = {
      contexts: { ...frame.contexts, ...runnerContext(session), ...known },
      standing: { status, hashFiles: (patterns) => hashFiles(session.machine.files, session.workspace, patterns) },
    };
    const { name, outcome, conclusion, outputs } = await runStep(step, scope, frame);
    if (conclusion === 'failure') failed = true;
    const log = session.takeLog();
    records.push({ id: step.id, name, outcome, conclusion, outputs, startedAt, endedAt: kernel.now(), log });
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
    else if (step.run !== undefined) name = `Run ${textOf(resolve(step.run, scope)).split('\n')[0]}`;
    if (!isTruthy(evaluate(step.if, scope))) return { name, ...skipped };
    session.machine.kernel.advance(STEP_MS);
    const env = texts(resolveMap(step.env, scope));
    const inner = within(scope, { env: { ...(scope.contexts.env as object), ...env } });
    const wasCancelled = session.cancelled;
    // What is to run in spite of the cancelling does run.
    if (wasCancelled) session.cancelled = false;
    const { end, outputs } = await act(step, inner, frame, env);
    session.cancelled ||= wasCancelled;
    if (end.ok) return { name, outcome: 'success', conclusion: 'success', outputs: { ...outputs, ...end.outputs } };
    session.log(`##[error]${end.why}`);
    if (end.cancelled) return { name, outcome: 'cancelled', conclusion: 'cancelled', outputs };
    session.annotations.push({ level: 'error', message: end.why });
    const goOn = isTruthy(resolve(step.continueOnError, scope));
    return { name, outcome: 'failure', conclusion: goOn ? 'success' : 'failure', outputs };
  } catch (error) {
    if (!(error instanceof ExpressionFailure)) throw error;
    session.log(`##[error]${error.message}`);
    session.annotations.push({ level: 'error', message: error.message });
    return { name, outcome: 'failure', conclusion: 'failure', outputs: {} };
  }
}

/** Runs the step's command or action, with the files through which it talks to the runner. */
async function act(
  step: Step,
  scope: Scope,
  frame: Frame,
  stepEnv: Readonly<Record<string, string>>,
): Promise<{ readonly end: StepEnd; readonly outputs: Readonly<Record<string, string>> }> {
  const { session, request } = frame;
  const { machine, temp } = session;
  const files = {
    GITHUB_OUTPUT: `${temp}/output`,
    GITHUB_ENV: `${temp}/env`,
    GITHUB_PATH: `${temp}/path`,
    GITHUB_STEP_SUMMARY: `${temp}/summary`,
    GITHUB_STATE: `${temp}/state`,
  };
  for (const file of Object.values(files)) place(machine, file, '');
  const path = [...session.path].reverse().concat('/usr/local/bin:/usr/bin:/bin').join(':');
  const env = {
    ...githubEnv(request.contexts.github ?? null, session),
    ...frame.env,
    ...session.env,
    ...stepEnv,
    ...files,
    ...(frame.actionPath === undefined ? {} : { GITHUB_ACTION_PATH: frame.actionPath }),
    PATH: path,
  };
  const minutes = step.timeoutMinutes === undefined ? Number.NaN : Number(textOf(resolve(step.timeoutMinutes, scope)));
  const limit = Number.isFinite(minutes) ? minutes * MINUTE : undefined;
  let end: StepEnd;
  if (step.uses !== undefined) end = await useAction(step.uses, step, scope, frame, env);
  else {
    const [shell, folder] = [
      step.shell ?? frame.defaults.shell,
      step.workingDirectory ?? frame.defaults.workingDirectory,
    ].map((value) => (value === undefined ? undefined : textOf(resolve(value, scope))));
    const script = `${temp}/${machine.kernel.random('scripts').integer(0, 999_999_999)}.sh`;
    place(machine, script, textOf(resolve(step.run ?? '', scope)), 0o755);
    const line = shellLine(shell, script);
    if (line === undefined)
      return { end: { ok: false, why: refusals.shell(shell ?? '')[machine.language] }, outputs: {} };
    const at =
      folder === undefined ? session.workspace : folder.startsWith('/') ? folder : `${session.workspace}/${folder}`;
    const { exitCode, ended } = await session.run(line, at, env, limit);
    if (ended === 'timeout')
      end = {
        ok: false,
        why: `The action '${step.run === undefined ? '' : textOf(resolve(step.name ?? step.run, scope)).split('\n')[0]}' has timed out after ${minutes} minutes.`,
      };
    else if (ended === 'cancelled') end = { ok: false, why: 'The operation was canceled.', cancelled: true };
    else end = exitCode === 0 ? { ok: true } : { ok: false, why: `Process completed with exit code ${exitCode}.` };
  }
  try {
    const read = (file: string): string => (machine.files.exists(file) ? machine.files.readText(file) : '');
    Object.assign(session.env, Object.fromEntries(readPairs(read(files.GITHUB_ENV))));
    session.path.push(
      ...read(files.GITHUB_PATH)
        .split('\n')
        .filter((line) => line !== ''),
    );
    session.summary += read(files.GITHUB_STEP_SUMMARY);
    return { end, outputs: Object.fromEntries(readPairs(read(files.GITHUB_OUTPUT))) };
  } catch (error) {
    return { end: { ok: false, why: `Unable to process file command: ${(error as Error).message}` }, outputs: {} };
  }
}

/** "Workflow syntax", `jobs.<job_id>.steps[*].shell`: what each name stands for. Undefined for what is not in this sandbox. */
function shellLine(shell: string | undefined, script: string): string | undefined {
  if (shell === undefined) return `bash -e ${script}`;
  if (shell === 'bash') return `bash --noprofile --norc -eo pipefail ${script}`;
  if (shell === 'sh') return `sh -e ${script}`;
  if (shell === 'node') return `node ${script}`;
  return /\{0\}/.test(shell) && /^(bash|sh|node)\b/.test(shell) ? shell.replaceAll('{0}', script) : undefined;
}

async function useAction(
  uses: string,
  step: Step,
  scope: Scope,
  frame: Frame,
  env: Readonly<Record<string, string>>,
): Promise<StepEnd> {
  const given = texts(resolveMap(step.with, scope));
  if (uses.startsWith('./')) return localAction(uses, given, scope, frame, env, runSteps);
  const action = builtInActions[uses.replace(/@.*$/, '').toLowerCase()];
  if (action === undefined) return { ok: false, why: refusals.action(uses)[frame.session.machine.language] };
  return action({ inputs: given, session: frame.session, request: frame.request, scope });
}

export function stepsContext(records: readonly StepRecord[]): Json {
  return Object.fromEntries(
    records.map(({ id, outcome, conclusion, outputs }) => [id, { outcome, conclusion, outputs }]),
  );
}

function runnerContext({ temp }: JobSession): Contexts {
  return {
    runner: {
      os: 'Linux',
      arch: 'X64',
      name: 'runner',
      temp,
      tool_cache: '/opt/hostedtoolcache',
      debug: '',
      environment: 'github-hosted',
    },
  };
}

/** Default environment variables ("Variables reference"). */
function githubEnv(github: Json, { workspace, temp }: JobSession): Record<string, string> {
  const named = Object.entries((github ?? {}) as { readonly [key: string]: Json }).filter(
    ([, value]) => typeof value !== 'object',
  );
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    ...Object.fromEntries(
      named.filter(([key]) => key !== 'token').map(([key, value]) => [`GITHUB_${key.toUpperCase()}`, textOf(value)]),
    ),
    GITHUB_WORKSPACE: workspace,
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: 'X64',
    RUNNER_NAME: 'runner',
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: '/opt/hostedtoolcache',
  };
}

export function texts(map: { readonly [key: string]: Json }): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, textOf(value)]));
}

function within(scope: Scope, contexts: Contexts): Scope {
  return { ...scope, contexts: { ...scope.contexts, ...contexts } };
}
