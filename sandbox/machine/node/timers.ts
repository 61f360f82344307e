import type { Program } from './contract.ts';
import { programLimits } from './limits.ts';

/** The timers of one program, on the machine's clock. */
export interface Timers {
  set(id: number, delay: number, repeats: boolean): void;
  cancel(id: number): void;
  /** Whether this one keeps the program alive. */
  keep(id: number, keeps: boolean): void;
  alive(): boolean;
  pending(): boolean;
  /** Whether one of them is for once only, and keeps the program alive. */
  once(): boolean;
  clear(): void;
}

const MINUTE = 60_000;

export function createTimers(program: Pick<Program, 'io' | 'turn'>): Timers {
  const { kernel, pace } = program.io.machine;
  const waiting = new Map<number, { cancel: () => void; keeps: boolean; readonly repeats: boolean }>();
  let [minute, fired] = [0, 0];

  /** On a host a program lives for days: one that never stops setting timers has so many a minute. @returns ms until it has more. */
  function restOfMinute(): number {
    const now = kernel.now();
    if (Math.floor(now / MINUTE) !== minute) [minute, fired] = [Math.floor(now / MINUTE), 0];
    fired += 1;
    return fired > programLimits.timersOfMinute ? (minute + 1) * MINUTE - now : 0;
  }

  return {
    set(id, delay, repeats) {
      const due = (): void => {
        const rest = pace === undefined ? 0 : restOfMinute();
        if (rest > 0) {
          const timer = waiting.get(id);
          if (timer !== undefined) timer.cancel = kernel.schedule(rest, due);
          return;
        }
        waiting.delete(id);
        program.turn('fireTimer', id);
      };
      waiting.set(id, { cancel: kernel.schedule(delay, due), keeps: true, repeats });
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
    once: () => [...waiting.values()].some(({ keeps, repeats }) => keeps && !repeats),
    clear() {
      for (const { cancel } of waiting.values()) cancel();
      waiting.clear();
    },
  };
}
