// Commands that ask production and its monitoring, or say something to them: of the part `production`.
import type { Command } from '../machine/index.ts';
import type { ProgramSurroundings } from '../platform/index.ts';
import { amtool } from './amtool/index.ts';
import { inbox } from './inbox/index.ts';
import { logcli } from './logcli/index.ts';
import { oncall } from './oncall/index.ts';
import { createProdsim } from './prodsim/index.ts';
import { promtool } from './promtool/index.ts';

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

/** @param programs how the program of an artifact is started on a simulated day */
export function watchingTools(programs: ProgramSurroundings): readonly Command[] {
  return [...[amtool, inbox, oncall, logcli].map(upToDate), createProdsim(programs), promtool];
}
