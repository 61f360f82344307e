import type { Machine } from '../machine.ts';

/** So many turns others have at one moment before the clock goes on. */
const TURNS = 4;

/**
 * How one who has nothing to do waits: a call gives others a turn, and when nothing else can happen at this moment the clock goes on to
 * what happens next.
 * @param moves false where the clock is not this one's to move: in a job.
 */
export function createWaiting(
  { kernel, pace, outside }: Machine,
  pause: () => Promise<void>,
  moves = true,
): () => Promise<void> {
  let turns = 0;
  return async () => {
    await pause();
    turns += 1;
    if (moves && turns % TURNS === 0 && pace === undefined && !outside.isWorking())
      kernel.advance(kernel.untilNext() ?? 0);
  };
}
