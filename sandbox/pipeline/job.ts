// One job on a machine of its own: its steps one after another.
import { createKernel } from '../kernel/index.ts';

import { type JobContainer, readContainer } from './container.ts';
import {
  type Contexts,
  ExpressionFailure,
  type Json,
  resolve,
  resolveMap,
  type Scope,
  textOf,
  texts,
  within,
} from './expression.ts';
import type { JobEnd, JobRequest } from './frame.ts';
import type { Conclusion, StepRecord } from './record.ts';
import { startServices } from './services.ts';
import { type JobSession, openJobSession, type RunnerSurroundings } from './session.ts';
import { runSteps } from './steps.ts';
import { notices, refusals } from './words.ts';
import type { Value } from './workflow.ts';

const SET_UP_MS = 2000;
const MINUTE = 60_000;
/** "Workflow syntax", `jobs.<job_id>.timeout-minutes`: the default. */
const JOB_TIMEOUT_MINUTES = 360;

export async function runJob(asked: JobRequest, surroundings: RunnerSurroundings): Promise<JobEnd> {
  const request = withToken(asked);
  const { job } = request;
  const scope: Scope = { contexts: request.contexts, standing: { status: 'success' } };
  const { container, wrong } = containerOf(request, scope, surroundings);
  const session = openJobSession({ ...request, ...(container && { container }) }, surroundings);
  const { kernel } = session.machine;
  kernel.advance(SET_UP_MS);
  let ranOut = false;
  const finish = (
    conclusion: Conclusion,
    steps: readonly StepRecord[],
    outputs: Readonly<Record<string, string>>,
  ): JobEnd => {
    session.close();
    return {
      conclusion,
      endedAt: kernel.now(),
      steps,
      outputs,
      annotations: session.annotations,
      summary: session.summary,
      uploads: session.uploads,
      effects: session.effects,
    };
  };
  const stop = (message: string, line = job.line): JobEnd => {
    session.annotate({ level: 'error', message, file: request.path, line });
    return finish('failure', [], {});
  };

  const refused = refusalOf(request, surroundings);
  if (refused !== undefined) {
    session.annotate({ level: 'error', message: refused });
    return finish('failure', [], {});
  }
  if (wrong !== undefined) return stop(wrong, job.containerLine);

  const mac = labelsOf(job, request.contexts).find((label) => /^macos-/i.test(label));
  if (mac !== undefined) session.annotate({ level: 'warning', message: notices.onLinux(mac)[surroundings.language] });
  const wanted = request.far === undefined ? writesOf(job.permissions ?? request.permissions) : [];
  if (wanted.length > 0)
    session.annotate({ level: 'notice', message: notices.permissions(wanted)[surroundings.language] });
  try {
    const minutes = Number(textOf(resolve(job.timeoutMinutes ?? JOB_TIMEOUT_MINUTES, scope)));
    if (Number.isFinite(minutes)) {
      session.deadline = kernel.now() + minutes * MINUTE;
      kernel.schedule(minutes * MINUTE, () => {
        ranOut = true;
        session.cancel();
      });
    }
    const started = await startServices(job.services, scope, session, surroundings);
    if (!started.ok) return stop(started.why, job.serviceLines[started.service]);
    session.services = started.context;
    const workflowEnv = texts(resolveMap(request.env, scope));
    const env = {
      ...container?.env,
      ...workflowEnv,
      ...texts(resolveMap(job.env, within(scope, { env: workflowEnv }))),
    };
    const defaults = { ...request.defaults, ...job.defaults };
    const { records, failed, steps } = await runSteps(job.steps, {
      request,
      session,
      contexts: request.contexts,
      env,
      overlay: {},
      defaults,
    });
    const posts = await runPosts(session);
    if (ranOut)
      session.annotate({
        level: 'error',
        message: `The job running on runner has exceeded the maximum execution time of ${minutes} minutes.`,
      });
    const isFailed = failed || posts.some(({ conclusion }) => conclusion === 'failure');
    const conclusion = session.cancelled ? 'cancelled' : isFailed ? 'failure' : 'success';
    const seen = within(scope, { steps, env: { ...env, ...session.env } });
    return finish(conclusion, [...records, ...posts], withoutSecrets(texts(resolveMap(job.outputs, seen)), session));
  } catch (error) {
    if (!(error instanceof ExpressionFailure)) throw error;
    return stop(error.message);
  }
}

/** Each job has a GITHUB_TOKEN of its own ("About the GITHUB_TOKEN secret"). */
function withToken(request: JobRequest): JobRequest {
  const { random } = createKernel({ seed: `${request.seed}/token`, now: request.startAt });
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const letter = (): string => letters[random('token').integer(0, letters.length - 1)] ?? '';
  const value = `ghs_${Array.from({ length: 36 }, letter).join('')}`;
  const { contexts, forge, repository, masks } = request;
  const { github = null, secrets = null } = contexts as { readonly [key: string]: Json };
  return {
    ...request,
    masks: [...masks, value],
    contexts: {
      ...contexts,
      github: { ...(github as object), token: value },
      secrets: { ...(secrets as object), GITHUB_TOKEN: value },
    },
    ...(forge && {
      far: { disk: forge.disk, token: { value, repository, permissions: forge.permissions } },
    }),
  };
}

/** Where the steps run, or what is wrong with that. */
function containerOf(
  { job, contexts }: JobRequest,
  scope: Scope,
  { language }: RunnerSurroundings,
): { readonly container?: JobContainer; readonly wrong?: string } {
  try {
    const env = within(scope, { env: texts(resolveMap(job.env, scope)) });
    const read = readContainer(job.container, { ...env, contexts: { ...env.contexts, ...contexts } }, language);
    return read.ok ? { ...(read.container && { container: read.container }) } : { wrong: read.why };
  } catch (error) {
    if (!(error instanceof ExpressionFailure)) throw error;
    return { wrong: error.message };
  }
}

/** What `permissions` wants to write: `contents: write`, or `write-all`. */
function writesOf(permissions: Value | undefined): readonly string[] {
  if (permissions === 'write-all') return ['write-all'];
  if (typeof permissions !== 'object' || permissions === null) return [];
  return Object.entries(permissions).flatMap(([scope, level]) => (level === 'write' ? [`${scope}: write`] : []));
}

/** What actions have left to do at the end, last first. */
async function runPosts(session: JobSession): Promise<readonly StepRecord[]> {
  const { kernel } = session.machine;
  const records: StepRecord[] = [];
  for (const { name, run } of session.post.reverse()) {
    if (session.isForced) break;
    const startedAt = kernel.now();
    const wasCancelled = session.cancelled;
    session.cancelled = false;
    const why = await run();
    session.cancelled ||= wasCancelled;
    if (why !== undefined) {
      session.log(`##[error]${why}`);
      session.annotate({ level: 'error', message: why });
    }
    const end = why === undefined ? 'success' : 'failure';
    records.push({
      id: `__post_${records.length + 1}`,
      name: session.masked(`Post ${name}`),
      outcome: end,
      conclusion: end,
      outputs: {},
      startedAt,
      endedAt: kernel.now(),
      log: session.takeLog(),
    });
    session.keepEffect();
  }
  return records;
}

/** "Passing information between jobs": what holds a secret is not passed on. */
function withoutSecrets(
  outputs: Readonly<Record<string, string>>,
  session: JobSession,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(outputs).filter(([name, value]) => {
      if (!session.isSecret(value)) return true;
      session.annotate({ level: 'warning', message: `Skip output '${name}' since it may contain secret.` });
      return false;
    }),
  );
}

/** Labels of machines that the product has or had, in any size; a label with a slip would wait for ever there. */
const machines = /^(ubuntu-(latest|slim|\d\d\.\d\d)(-[\w-]+)?|macos-(latest|\d\d)(\.\d+)?(-[\w-]+)?|linux|x64)$/i;

/** What this sandbox has no machine for. */
function refusalOf({ job, contexts }: JobRequest, { language }: RunnerSurroundings): string | undefined {
  const labels = labelsOf(job, contexts);
  // One's own machines have one's own labels.
  if (labels.includes('self-hosted')) return undefined;
  const other = labels.find((label) => !machines.test(label));
  return other === undefined ? undefined : refusals.runner(other)[language];
}

/** A label, a list of them, or a mapping with them. */
function labelsOf({ runsOn = null }: JobRequest['job'], contexts: Contexts): readonly string[] {
  const value = resolve(runsOn, { contexts, standing: { status: 'success' } });
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  const labels = isMapping ? ((value as { readonly labels?: Json }).labels ?? 'self-hosted') : value;
  return [labels].flat().map((label) => textOf(label as Json));
}
