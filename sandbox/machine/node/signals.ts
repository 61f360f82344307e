// Signals that a program is sent: it hears those that it listens to, and is ended by the others.
import type { QuickJSHandle } from 'quickjs-emscripten-core';
import { signalNumbers } from '../shell/signals.ts';
import type { Signal } from './contract.ts';
import type { Vm } from './vm.ts';

/** The exit code of one that a signal ended. */
export const killed = (signal: Signal): number => 128 + (signalNumbers.get(signal.slice('SIG'.length)) ?? 0);

/** What of a running program its signals concern. */
export interface Receiver {
  readonly vm: Vm;
  isOver(): boolean;
  /** Whether its turn never ended. */
  isHung(): boolean;
  /** Whether it waits for a command in the middle of a turn. */
  isWaiting(): boolean;
  /** Has a turn in which the program is told. @returns whether somebody heard it */
  tell(signal: string): QuickJSHandle | undefined;
  /** Does something when the program has its next turn. */
  queue(action: () => void): void;
  /** It listens to a signal that it was sent. */
  heard(): void;
  /** It was sent a signal, heard or not. */
  leaves(): void;
  /** It is ended by a signal. */
  die(signal: Signal): void;
}

export interface Signals {
  /** A signal that ends who does not listen. */
  receive(signal: Signal): void;
  /** A signal that would not be told by ending it. @returns whether somebody listens */
  hear(signal: string): boolean;
}

export function createSignals(to: Receiver): Signals {
  function listensTo(signal: string): boolean {
    to.vm.startTurn();
    const count = to.vm.evaluate(`process.listenerCount('${signal}')`, 'node:internal/main', 'global');
    return 'value' in count && to.vm.context.dump(count.value) !== 0;
  }

  return {
    receive(signal) {
      if (to.isOver()) return;
      if (signal === 'SIGKILL') return to.die('SIGKILL');
      if (to.isHung()) {
        // A program that listens to the signal would have to take a turn for that; any other is ended by the system.
        if (!listensTo(signal)) to.die(signal);
        return;
      }
      to.leaves();
      to.queue(() => {
        if (listensTo(signal)) to.heard();
        const heard = to.tell(signal);
        if (to.isOver()) return;
        if (heard === undefined || to.vm.context.dump(heard) !== true) to.die(signal);
      });
    },
    hear(signal) {
      if (to.isOver() || to.isHung() || to.isWaiting() || !listensTo(signal)) return false;
      to.queue(() => void to.tell(signal));
      return true;
    },
  };
}
