/** A program that is running on the machine. */
export interface Process {
  readonly pid: number;
  /** The command line as `ps` shows it. */
  readonly command: string;
  readonly startedAt: number;
  /** Asks it to end (SIGTERM, SIGINT) or ends it at once (SIGKILL). */
  kill(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void;
  /** Settles with the exit code: 0 to 255, 128 + n for signal n. */
  readonly ended: Promise<number>;
}

/** The table of running processes. Pids count up from 1000 in the order of starting, so that runs repeat exactly. */
export interface Processes {
  start(command: string, body: (pid: number) => { kill: Process['kill']; ended: Promise<number> }): Process;
  find(pid: number): Process | undefined;
  /** Who can hear other signals than those that end a process, by pid; it says whether it does. */
  readonly hearing: Map<number, (signal: string) => boolean>;
  /** Running ones, by pid. */
  list(): readonly Process[];
}
