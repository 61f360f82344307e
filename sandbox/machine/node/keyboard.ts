// Lines that a person types for a program in the foreground.
import type { AbortSignal } from '../command.ts';
import type { Program } from './contract.ts';

export interface Keyboard {
  /** Whether the program listens for what is typed; that keeps it alive. */
  want(isWanted: boolean): void;
  wanted(): boolean;
  /** Waits for a line, when one is wanted and nothing else is to be done. */
  read(): void;
  close(): void;
}

export function createKeyboard({ io, queue }: Pick<Program, 'io' | 'queue'>): Keyboard {
  let isWanted = false;
  let stop: (() => void) | undefined;

  function read(): void {
    if (!isWanted || stop !== undefined || io.tty === undefined) return;
    const [signal, end] = stopper();
    stop = end;
    void io.tty.readLine({ signal }).then((line) => {
      if (signal.aborted || io.signal.aborted) return;
      stop = undefined;
      queue('typed', line);
    });
  }

  function want(next: boolean): void {
    isWanted = next;
    if (next) return;
    stop?.();
    stop = undefined;
  }

  return { want, wanted: () => isWanted, read, close: () => want(false) };
}

function stopper(): [AbortSignal, () => void] {
  const listeners = new Set<() => void>();
  let aborted = false;
  const signal: AbortSignal = {
    get aborted() {
      return aborted;
    },
    addEventListener: (_, listener) => void listeners.add(listener),
    removeEventListener: (_, listener) => void listeners.delete(listener),
  };
  return [
    signal,
    () => {
      aborted = true;
      for (const listener of listeners) listener();
    },
  ];
}
