import { existsSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Problem, RunRecord, WorkflowRequest } from '../../../pipeline/index.ts';
import { readKeptFolder } from '../kept-folder.ts';
import { leftOut } from '../left-out.ts';
import { openSandbox } from '../sandbox.ts';
import { type Request, UsageError } from './request.ts';
import { words } from './words.ts';

/**
 * `noventa workflow`: runs a workflow file. Exit code 0 when the run succeeds or all of it is skipped, 1 when it fails or is
 * cancelled, 2 when the event does not start it, 3 when the file is not valid.
 */
export async function workflow(request: Request): Promise<number> {
  const { days, files = '.', event, inputs, secrets, vars, ref, repository, actor, language, json } = request;
  const [file, ...more] = days;
  if (file === undefined || more.length > 0) throw new UsageError(words.oneWorkflow[language]);
  if (!existsSync(file)) throw new UsageError(`${words.noWorkflow[language]}: ${file}`);
  const payload = request.payload === undefined ? undefined : readPayload(request.payload, language);
  const inside = relative(files, file);
  const path = inside.startsWith('..') ? join('.github/workflows', basename(file)) : inside;
  const kept = readKeptFolder(files, 'none', await leftOut(files));
  const sandbox = await openSandbox({ language, ...kept, files: { ...kept.files, [path]: readFileSync(file) } });
  try {
    const given = { event, ref, repository, actor, payload };
    const about = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const { problems, run } = await sandbox.runWorkflow({ path, inputs, secrets, vars, ...about });
    const isValid = !problems.some(({ severity }) => severity === 'error') || run !== undefined;
    if (json) console.log(JSON.stringify(asJson(path, problems, run, isValid), null, 2));
    else console.log(asText(path, problems, run));
    if (run !== undefined) return run.conclusion === 'success' || run.conclusion === 'skipped' ? 0 : 1;
    console.error(`noventa: ${(isValid ? words.notTriggered : words.notValid)[language]}`);
    return isValid ? 2 : 3;
  } finally {
    sandbox.close();
  }
}

function readPayload(file: string, language: Request['language']): WorkflowRequest['payload'] {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as WorkflowRequest['payload'];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UsageError(`${words.badPayload[language]}: ${file}`);
}

/** The same keys whether it has run or not: `conclusion`, `problems`, `jobs`, `artifacts`. */
function asJson(path: string, problems: readonly Problem[], run: RunRecord | undefined, isValid: boolean): object {
  if (run === undefined)
    return { path, conclusion: isValid ? 'skipped' : 'startup_failure', problems, jobs: [], artifacts: [] };
  return {
    ...run,
    problems,
    artifacts: run.artifacts.map(({ name, files }) => ({ name, files: Object.keys(files) })),
  };
}

const marks = { success: '✓', failure: '✗', cancelled: '◼', skipped: '–' } as const;

function asText(path: string, problems: readonly Problem[], run: RunRecord | undefined): string {
  const told = problems.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`);
  if (run === undefined) return told.join('\n');
  const seconds = (from: number, to: number): string => `${((to - from) / 1000).toFixed(1)}s`;
  const jobs = run.jobs.flatMap((job) => [
    `${marks[job.conclusion]} ${job.name} (${job.conclusion}, ${seconds(job.startedAt, job.endedAt)})`,
    ...job.annotations.map(({ level, message }) => `    ${level}: ${message}`),
    ...job.steps.flatMap((step) => [
      `  ${marks[step.outcome]} ${step.name} (${step.outcome})`,
      ...step.log.map((line) => `      ${line}`),
    ]),
  ]);
  return [
    ...told,
    ...jobs,
    `${marks[run.conclusion]} ${run.title} (${run.conclusion}, ${seconds(run.startedAt, run.endedAt)})`,
  ].join('\n');
}
