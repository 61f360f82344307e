// Every command of ours that the shell knows, beside the shell's own.
import type { Command, Machine, Network, NodeRuntime } from '../machine/index.ts';
import { type Ci, ciOfJobs } from '../pipeline/index.ts';
import type { Production } from '../platform/index.ts';
import { amtool } from './amtool/index.ts';
import { board } from './board/index.ts';
import { createCleanroom } from './cleanroom/index.ts';
import { curl } from './curl/index.ts';
import { answerApi } from './gh/api/http.ts';
import { createGh } from './gh/index.ts';
import { git } from './git/index.ts';
import { inbox } from './inbox/index.ts';
import { logcli } from './logcli/index.ts';
import { loop } from './loop/index.ts';
import { createNodeCommand } from './node.ts';
import { npm, npx } from './npm/index.ts';
import { oncall } from './oncall/index.ts';
import { prodsim } from './prodsim/index.ts';
import { promtool } from './promtool/index.ts';
import { sshTools } from './ssh/index.ts';

/** `gh` in the jobs of workflows: acts as their GITHUB_TOKEN, on what their machines see of the forge. */
export const ghOfJobs: Command = createGh(ciOfJobs);

/** Requests of jobs that are for the forge's REST interface; all others go on to `beyond`. */
export const withApi =
  (machine: Machine, beyond: Network['request']): Network['request'] =>
  async (host, port, asked) =>
    host === 'git.ventarela.test' ? answerApi(machine, ciOfJobs, asked) : beyond(host, port, asked);

/** For a day's setup only. */
export { forge } from './forge.ts';

/** What reads what the company was told is told first what has happened since the prompt came back: a script has one prompt. */
function upToDate(command: Command): Command {
  return {
    ...command,
    async run(args, io) {
      await io.machine.settle();
      return command.run(args, io);
    },
  };
}

/**
 * @param ci the service that runs workflows; without it there is no `gh`. @param production without it there is no `ssh`.
 * @param pause lets programs of the clean room have their turn.
 */
export function createCommands(
  runtime: NodeRuntime,
  ci?: Ci,
  production?: Production,
  pause: () => Promise<void> = () => Promise.resolve(),
): readonly Command[] {
  const own = [
    createNodeCommand(runtime),
    curl,
    git,
    loop,
    board,
    npm,
    npx,
    ...[amtool, inbox, oncall, logcli].map(upToDate),
    prodsim,
    promtool,
  ];
  return [
    ...own,
    createCleanroom(own, pause),
    ...(ci === undefined ? [] : [createGh(ci)]),
    ...(production === undefined ? [] : sshTools(production)),
  ];
}
