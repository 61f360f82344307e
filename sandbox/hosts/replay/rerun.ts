// A day lived through again from its journal and judged: what a certificate's reader presses a button for.
import type { CheckResult } from '../../checks/contract.ts';
import { openSession, type Session, type SessionOptions } from '../session.ts';
import type { Journal } from './journal.ts';

export interface RerunOptions extends Omit<SessionOptions, 'snapshot'> {
  readonly journal: Journal;
  /** Which checks and stars are judged at the end. */
  readonly checks: readonly string[];
  /** Told before each action. */
  readonly onProgress?: (done: number, of: number) => void;
  readonly signal?: AbortSignal;
}

/** Ms of real time in which the desk must come to rest after an action. */
const REST_LIMIT = 120_000;

/**
 * Does everything of a journal in engines of its own, visit after visit, each from what the one before left.
 * @returns the results of the checks. @throws when the desk does not come to rest, an engine breaks down, or the signal says stop.
 */
export async function rerun(options: RerunOptions): Promise<readonly CheckResult[]> {
  const { journal, checks, onProgress = () => {}, signal, ...opening } = options;
  const of = journal.reduce((sum, { actions }) => sum + actions.length, 0);
  let done = 0;
  let session = await begin(opening);
  const stop = (): void => session.desk.close();
  signal?.addEventListener('abort', stop);
  try {
    for (const [index, { actions, cut }] of journal.entries()) {
      if (index > 0) {
        const snapshot = session.desk.snapshot();
        session.desk.close();
        session = await begin({ ...opening, snapshot });
      }
      for (const [number, { call, args }] of actions.entries()) {
        signal?.throwIfAborted();
        onProgress(done++, of);
        await orStopped(session.desk.call(call, args), signal);
        const next = number + 1 < actions.length ? actions[number + 1]?.during : cut;
        await orStopped<unknown>(next === undefined ? session.desk.call('settle', {}) : session.entries(next), signal);
      }
    }
    onProgress(done, of);
    return await orStopped(session.desk.check(checks), signal, null);
  } finally {
    signal?.removeEventListener('abort', stop);
    session.desk.close();
  }
}

interface Following {
  readonly desk: Session;
  /** Settles when the log has so many entries. */
  entries(count: number): Promise<void>;
}

async function begin(options: SessionOptions): Promise<Following> {
  const desk = await openSession(options);
  let count = desk.snapshot().kernel.log.length;
  let look = (): void => {};
  desk.subscribe(({ event }) => {
    if (event !== 'logged') return;
    count += 1;
    look();
  });
  return {
    desk,
    entries: (wanted) =>
      new Promise((resolve) => {
        look = () => {
          if (count >= wanted) resolve();
        };
        look();
      }),
  };
}

/** @throws when `work` is not done in time, or is not wanted any more. */
async function orStopped<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  limit: number | null = REST_LIMIT,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop = (): void => {};
  const cut = new Promise<never>((_, reject) => {
    if (limit !== null)
      timer = setTimeout(() => reject(new Error(`the desk did not come to rest in ${limit} ms`)), limit);
    stop = () => reject(signal?.reason);
    signal?.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([work, cut]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
