import type { Program } from './contract.ts';

/** The timers of one program, on the machine's clock. */
export interface Timers {
  set(id: number, delay: number): void;
  cancel(id: number): void;
  /** Whether this one keeps the program alive. */
  keep(id: number, keeps: boolean): void;
  alive(): boolean;
  pending(): boolean;
  clear(): void;
}

export function createTimers(program: Pick<Program, 'io' | 'turn'>): Timers {
  const { kernel } = program.io.machine;
  const waiting = new Map<number, { readonly cancel: () => void; keeps: boolean }>();
  return {
    set(id, delay) {
      const cancel = kernel.schedule(delay, () => {
        waiting.delete(id);
        program.turn('fireTimer', id);
      });
      waiting.set(id, { cancel, keeps: true });
    },
    cancel(id) {
      waiting.get(id)?.cancel();
      waiting.delete(id);
    },
    keep(id, keeps) {
      const timer = waiting.get(id);
      if (timer !== undefined) timer.keeps = keeps;
    },
    alive: () => [...waiting.values()].some(({ keeps }) => keeps),
    pending: () => waiting.size > 0,
    clear() {
      for (const { cancel } of waiting.values()) cancel();
      waiting.clear();
    },
  };
}
