import type { Machine } from './machine.ts';

/** Moves the clock forward by `ms`; on the way the world outside does at its moment what it has to do. */
export async function goOn(machine: Machine, ms: number): Promise<void> {
  const { kernel } = machine;
  const end = kernel.now() + ms;
  while (kernel.now() < end) {
    const left = end - kernel.now();
    kernel.advance(Math.min(left, kernel.untilNext() ?? left));
    if (machine.isAwaited) await machine.settle();
  }
}
