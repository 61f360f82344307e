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
