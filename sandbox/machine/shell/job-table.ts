// Which jobs shells have, which of them is the current one, and what a shell says of how they stand. Source: bash 5.2, jobs.c.
import { signalName, signalText } from './signals.ts';

export interface Job {
  /** The shell whose job it is: `$$`, in a job the job's pid. */
  readonly owner: number;
  /** How deep in subshells of that shell it was started. */
  readonly level: number;
  readonly number: number;
  readonly pid: number;
  readonly line: string;
  exitCode: number | undefined;
  /** The signal that ended it. */
  signal?: string | undefined;
  /** Its place in the order in which jobs ended. */
  endedAs: number;
  /** Whether its shell has not heard yet that it ended. */
  isUnheard?: boolean;
}

export interface JobTable {
  of(owner: number): readonly Job[];
  add(job: Job): void;
  /** Takes away those of which this is true. How they ended can still be asked with `past`. */
  forget(isOver: (job: Job) => boolean): void;
  byPid(pid: number): Job | undefined;
  /** `%1`, `%name`, `%?part`, `%+`, `%-` or a pid. */
  find(owner: number, name: string): Job | undefined;
  past(pid: number): number | undefined;
  /** What ended and was forgotten cannot be asked any more. */
  forgetPast(owner: number): void;
  /** `[1]+  Running                 sleep 10 &`. */
  line(job: Job, withPid: boolean): string;
}

/** The two jobs of a shell that have names of their own. */
interface Marked {
  readonly current?: Job | undefined;
  readonly previous?: Job | undefined;
}

export const isRunning = (job: Job): boolean => job.exitCode === undefined || job.isUnheard === true;

export function createJobTable(): JobTable {
  let jobs: readonly Job[] = [];
  const marks = new Map<number, Marked>();
  const over = new Map<number, Job>();

  const of = (owner: number): readonly Job[] => jobs.filter((job) => job.owner === owner);

  /** The newest job that runs becomes the current one, and the newest before it the previous one (`reset_current`). */
  function mark(owner: number): void {
    const running = of(owner).filter(isRunning);
    const current = running.at(-1);
    marks.set(owner, { current, previous: running.at(-2) ?? current });
  }

  return {
    of,
    add(job) {
      jobs = [...jobs, job];
      mark(job.owner);
    },
    forget(isOver) {
      const gone = jobs.filter(isOver);
      jobs = jobs.filter((job) => !gone.includes(job));
      for (const job of gone) {
        over.set(job.pid, job);
        const { current, previous } = marks.get(job.owner) ?? {};
        if (job === current || job === previous) mark(job.owner);
      }
    },
    byPid: (pid) => jobs.find((job) => job.pid === pid),
    find(owner, name) {
      const own = of(owner);
      if (!name.startsWith('%')) return own.find(({ pid }) => String(pid) === name);
      const { current, previous } = marks.get(owner) ?? {};
      if (name === '%' || name === '%%' || name === '%+') return current;
      if (name === '%-') return previous;
      return own.find(
        (job) =>
          `%${job.number}` === name ||
          (name[1] === '?' ? job.line.includes(name.slice(2)) : job.line.startsWith(name.slice(1))),
      );
    },
    past: (pid) => over.get(pid)?.exitCode,
    forgetPast(owner) {
      for (const [pid, job] of over) if (job.owner === owner) over.delete(pid);
    },
    line(job, withPid) {
      const { current, previous } = marks.get(job.owner) ?? {};
      const sign = job === current ? '+' : job === previous ? '-' : ' ';
      const pid = withPid ? ` ${String(job.pid).padStart(5)} ` : '  ';
      const isAlive = isRunning(job);
      return `[${job.number}]${sign}${pid}${stateName(isAlive ? undefined : job.exitCode).padEnd(24)}${job.line}${isAlive ? ' &' : ''}`;
    },
  };
}

function stateName(exitCode: number | undefined): string {
  if (exitCode === undefined) return 'Running';
  if (exitCode === 0) return 'Done';
  const signal = exitCode > 128 ? signalName(String(exitCode - 128)) : undefined;
  return signal === undefined ? `Exit ${exitCode}` : signalText(signal);
}
