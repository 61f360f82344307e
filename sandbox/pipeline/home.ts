// A workflow file of a home folder, run as if the folder were the repository.
import type { Machine } from '../machine/index.ts';
import { githubContext } from './event.ts';
import type { Json } from './expression.ts';
import { filesBelow } from './hash-files.ts';
import { inspectWorkflow } from './inspect.ts';
import type { RunRecord } from './record.ts';
import { runWorkflow } from './run.ts';
import { passesNames } from './service/starts.ts';
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
  /** `refs/heads/main`, or another branch or tag: then the filters of branches and tags count. */
  readonly ref?: string;
  /** `owner/name`, and who did it; the company's where nothing is said. */
  readonly repository?: string;
  readonly actor?: string;
  /** The event's payload, or parts of it. */
  readonly payload?: { readonly [key: string]: Json };
}

export interface WorkflowAnswer {
  readonly problems: readonly Problem[];
  /** Absent when the file cannot run, or is not started by the event. */
  readonly run?: RunRecord;
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
  const { ref, payload, repository = 'ventarela/home', actor = user } = request;
  if (ref !== undefined && !passesNames(workflow.on[event], { event, ref })) return { problems };
  const inputs = { ...(payload?.inputs as Readonly<Record<string, Json>> | undefined), ...request.inputs };
  const about = { event, repository, actor, sha: NO_COMMIT, inputs };
  const github = githubContext(workflow, { ...about, ...(ref && { ref }), ...(payload && { payload }) });
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
