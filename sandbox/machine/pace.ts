import type { HttpResponse, NetworkFailure } from './network.ts';

/**
 * Whoever moves the clock of a machine among others. On the desk and on a runner what runs moves the clock itself; on a host of the
 * company many things run at a time, and the clock moves when all of them wait.
 */
export interface Pace {
  /** Simulated ms from the start of node until the program's first line. */
  readonly startUp: number;
  /** What the shell did is to take so many ms. */
  spend(ms: number): void;
  /** A program computed for so many ms. */
  worked(pid: number, ms: number): void;
  /** A program has been sent a request. */
  asked(pid: number): void;
  /** It has answered one. @returns ms until it has done the work that it has begun: then the answer goes out. */
  answered(pid: number): number;
  /** Where somebody waits within the same turn: hears every answer at once, and that a request will have none. */
  readonly heard?: (answer: HttpResponse | NetworkFailure) => void;
  /** The clock stands still until this has settled. */
  hold<T>(work: Promise<T>): Promise<T>;
}
