// Every command of ours that the shell knows, beside the shell's own.
import type { Command, Machine, Network, NodeRuntime } from '../machine/index.ts';
import { type Ci, ciOfJobs } from '../pipeline/index.ts';
import { board } from './board/index.ts';
import { createCleanroom } from './cleanroom/index.ts';
import { curl } from './curl/index.ts';
import { answerApi } from './gh/api/http.ts';
import { createGh } from './gh/index.ts';
import { git } from './git/index.ts';
import { loop } from './loop/index.ts';
import { createNodeCommand } from './node.ts';
import { npm, npx } from './npm/index.ts';

/** `gh` in the jobs of workflows: acts as their GITHUB_TOKEN, on what their machines see of the forge. */
export const ghOfJobs: Command = createGh(ciOfJobs);

/** Requests of jobs that are for the forge's REST interface; all others go on to `beyond`. */
export const withApi =
  (machine: Machine, beyond: Network['request']): Network['request'] =>
  async (host, port, asked) =>
    host === 'git.ventarela.test' ? answerApi(machine, ciOfJobs, asked) : beyond(host, port, asked);

/** For a day's setup only. */
export { forge } from './forge.ts';

export interface CommandOptions {
  /** The service that runs workflows; without it there is no `gh`. */
  readonly ci?: Ci;
  /** What asks production and its monitoring (`watching.ts`), on every machine. */
  readonly watching?: readonly Command[];
  /** The ways to the company's hosts (`ssh/`), at the desk only. */
  readonly remote?: readonly Command[];
  /** Lets programs of the clean room have their turn. */
  pause?(): Promise<void>;
}

export function createCommands(
  runtime: NodeRuntime,
  { ci, watching = [], remote = [], pause = () => Promise.resolve() }: CommandOptions = {},
): readonly Command[] {
  const own = [createNodeCommand(runtime), curl, git, loop, board, npm, npx, ...watching];
  return [...own, createCleanroom(own, pause), ...(ci === undefined ? [] : [createGh(ci)]), ...remote];
}
