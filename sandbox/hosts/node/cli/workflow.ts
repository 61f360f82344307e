import { existsSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Problem, RunRecord } from '../../../pipeline/index.ts';
import { readKeptFolder } from '../kept-folder.ts';
import { openSandbox } from '../sandbox.ts';
import { type Request, UsageError } from './request.ts';
import { words } from './words.ts';

/** `noventa workflow`: runs a workflow file; 0 when the run succeeds, 1 when it fails or cannot start, 2 when nothing was run. */
export async function workflow({
  days,
  files = '.',
  event,
  inputs,
  secrets,
  vars,
  language,
  json,
}: Request): Promise<number> {
  const [file, ...more] = days;
  if (file === undefined || more.length > 0) throw new UsageError(words.oneWorkflow[language]);
  if (!existsSync(file)) throw new UsageError(`${words.noWorkflow[language]}: ${file}`);
  const inside = relative(files, file);
  const path = inside.startsWith('..') ? join('.github/workflows', basename(file)) : inside;
  const kept = readKeptFolder(files, 'none');
  const sandbox = await openSandbox({ language, ...kept, files: { ...kept.files, [path]: readFileSync(file) } });
  try {
    const { problems, run } = await sandbox.runWorkflow({ path, inputs, secrets, vars, ...(event && { event }) });
    if (json) console.log(JSON.stringify(asJson(problems, run), null, 2));
    else console.log(asText(path, problems, run));
    if (run === undefined && problems.length === 0) {
      console.error(words.notTriggered[language]);
      return 2;
    }
    return run?.conclusion === 'success' || run?.conclusion === 'skipped' ? 0 : 1;
  } finally {
    sandbox.close();
  }
}

function asJson(problems: readonly Problem[], run: RunRecord | undefined): object {
  if (run === undefined) return { conclusion: problems.length > 0 ? 'failure' : 'skipped', problems, jobs: [] };
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
