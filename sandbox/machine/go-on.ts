import type { CommandIO } from './command.ts';
import type { Machine } from './machine.ts';

/** Moves the clock forward by `ms`; on the way the world outside does at its moment what it has to do. */
export async function goOn(machine: Machine, ms: number): Promise<void> {
  const end = machine.kernel.now() + ms;
  while (machine.kernel.now() < end) await goOnce(machine, end);
}

/** Moves the clock to what comes next, at most to `end`, and lets the world outside do what it has to do then. */
export async function goOnce(machine: Machine, end: number): Promise<void> {
  const { kernel } = machine;
  const left = end - kernel.now();
  kernel.advance(Math.min(left, kernel.untilNext() ?? left));
  if (machine.isAwaited) await machine.settle();
}

/** So many turns others have at one moment before whoever waits for them takes it that none of them moves the clock. */
const TURNS = 5000;

/**
 * Gives others their turn until `isOver`. A program that only listens lets no time pass: then the clock goes on to what comes next.
 * In a job it does nothing: the clock is not a job's to move.
 */
export async function waitUntil(
  isOver: () => boolean,
  { machine: { kernel, outside, pace }, pid }: Pick<CommandIO, 'machine' | 'pid'>,
  pause: () => Promise<void>,
): Promise<void> {
  for (let turns = 0; !isOver() && pid === undefined; turns++) {
    await pause();
    if (outside.isWorking()) turns = 0;
    if (turns > TURNS && !isOver() && pace === undefined) kernel.advance(kernel.untilNext() ?? 0);
  }
}
