// The library inside a program's machine, and the functions of it that the host calls.
import type { QuickJSHandle } from 'quickjs-emscripten-core';
import type { GuestFunction } from './contract.ts';
import type { Outcome, Value, Vm } from './vm.ts';

export interface Guest {
  /** Brings the library into the machine: first, and each time that the program is run from its beginning. */
  load(): void;
  call(name: GuestFunction, ...args: Value[]): Outcome;
}

/** @param vmOf the machine of now @param offer gives that machine what the library asks of its host */
export function createGuest(vmOf: () => Vm, offer: () => void): Guest {
  const known = new Map<GuestFunction, QuickJSHandle>();
  let library: QuickJSHandle | undefined;

  /** The library itself has to load: anything else is our fault. */
  function ours(outcome: Outcome): QuickJSHandle {
    if ('value' in outcome) return outcome.value;
    const detail = 'error' in outcome ? JSON.stringify(vmOf().context.dump(outcome.error)) : outcome.overrun;
    throw new Error(`the library of programs does not load: ${detail}`);
  }

  return {
    load() {
      offer();
      const key = "Symbol.for('noventa.boot')";
      const put = `Object.defineProperty(globalThis, ${key}, { value });`;
      ours(vmOf().evaluate(`import * as value from 'node:internal/boot'; ${put}`, 'node:internal/main', 'module'));
      library = ours(vmOf().evaluate(`globalThis[${key}]`, 'node:internal/main', 'global'));
      known.clear();
    },
    call(name, ...args) {
      const { context } = vmOf();
      let callee = known.get(name);
      if (callee === undefined) {
        callee = context.getProp(library ?? context.undefined, name);
        known.set(name, callee);
      }
      return vmOf().call(callee, ...args);
    },
  };
}
