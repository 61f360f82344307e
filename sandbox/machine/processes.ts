import type { Kernel } from '../kernel/index.ts';
import type { Process, Processes } from './process.ts';

const FIRST_PID = 1000;

/** An empty table of processes. Starts and ends are logged; numbers go on from those in the log. */
export function createProcesses(kernel: Kernel): Processes {
  const running = new Map<number, Process>();
  let nextPid = FIRST_PID;
  for (const entry of kernel.log.entries())
    if (entry.type === 'ProcessStarted') nextPid = Math.max(nextPid, entry.pid + 1);

  return {
    start(command, body) {
      const pid = nextPid++;
      kernel.record({ type: 'ProcessStarted', pid, command });
      const { kill, ended } = body(pid);
      const process: Process = {
        pid,
        command,
        startedAt: kernel.now(),
        kill,
        ended: ended.then((exitCode) => {
          running.delete(pid);
          kernel.record({ type: 'ProcessEnded', pid, exitCode });
          return exitCode;
        }),
      };
      running.set(pid, process);
      return process;
    },
    find: (pid) => running.get(pid),
    hearing: new Map(),
    list: () => [...running.values()],
  };
}
