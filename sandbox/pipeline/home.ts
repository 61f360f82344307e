// A workflow file of a home folder, run as if the folder were the repository.
import type { Language, Machine } from '../machine/index.ts';
import { githubContext } from './event.ts';
import { filesBelow } from './hash-files.ts';
import { lintWorkflow } from './lint/index.ts';
import { type Reading, readWorkflow } from './read.ts';
import type { RunRecord } from './record.ts';
import { runWorkflow } from './run.ts';
import type { Caches, RunnerSurroundings } from './session.ts';
import type { Problem } from './workflow.ts';

/** A workflow file of the home folder, to be run as if the folder were a repository to which this happened. */
export interface WorkflowRequest {
  /** From the home folder. */
  readonly path: string;
  /** `push` where the file has it, else its first trigger. */
  readonly event?: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
}

export interface WorkflowAnswer {
  readonly problems: readonly Problem[];
  /** Absent when the file cannot run, or is not started by the event. */
  readonly run?: RunRecord;
}

/** What the parser refuses, and what lint finds beside it, in the order of their lines. */
export async function inspectWorkflow(path: string, text: string, language: Language): Promise<Reading> {
  const reading = await readWorkflow(path, text);
  const refused = new Set(reading.problems.map(({ line }) => line));
  const found = lintWorkflow(text, language).filter(({ line, rule }) => !(rule === 'syntax' && refused.has(line)));
  return {
    ...reading,
    problems: [...reading.problems, ...found].sort((a, b) => a.line - b.line || a.column - b.column),
  };
}

/** There is no commit yet: its id is of no commit. */
const NO_COMMIT = '0'.repeat(40);

export async function runHomeWorkflow(
  request: WorkflowRequest,
  { files, home, kernel, user, language }: Machine,
  caches: Caches,
  surroundings: RunnerSurroundings,
): Promise<WorkflowAnswer> {
  const { path, secrets, vars } = request;
  const { workflow, problems } = await inspectWorkflow(path, files.readText(`${home}/${path}`), language);
  if (workflow === undefined) return { problems };
  const event = request.event ?? ('push' in workflow.on ? 'push' : Object.keys(workflow.on)[0]);
  if (event === undefined || workflow.on[event] === undefined) return { problems };
  const inputs = request.inputs;
  const github = githubContext(workflow, { event, repository: 'ventarela/home', actor: user, sha: NO_COMMIT, inputs });
  const source = filesBelow(files, home)
    .map((file) => ({ path: file.slice(home.length + 1), bytes: files.readFile(file), mode: files.stat(file).mode }))
    .filter((file) => !file.path.startsWith('.git/'));
  const seed = `workflow/${path}`;
  const startAt = kernel.now();
  const run = await runWorkflow(
    { workflow, seed, startAt, event, github, inputs, secrets, vars, source, caches },
    surroundings,
  );
  kernel.advance(run.endedAt - startAt);
  return { problems, run };
}
