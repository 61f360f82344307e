// Promises that are rejected while nobody listens. QuickJS tells its embedder; the package that wraps it does not pass this on.
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from 'quickjs-emscripten-core';
import { asTableEntry, type Instance } from './wasm.ts';

/** What of the wrapping package's insides is needed, as it stands in the pinned version. */
interface Insides {
  readonly runtime: { readonly rt: { readonly value: number } };
  readonly module: { _malloc(size: number): number; _free(address: number): void };
}

/** Words from JSRuntime's interrupt handler to its rejection tracker (quickjs-ng, 32-bit). */
const TRACKER_AFTER_INTERRUPT_HANDLER = 5;
/** JSRuntime is looked through this far, in words. */
const RUNTIME_WORDS = 200;

interface Rejected {
  readonly promise: QuickJSHandle;
  readonly reason: QuickJSHandle;
  /** The how-manieth it was. */
  readonly id: number;
}

export interface Rejections {
  /** The promises that were rejected since the last call and have no listener now. */
  take(): readonly Rejected[];
  /** Those of them that got one since. */
  takeLate(): readonly Rejected[];
  /** Drops what was rejected with this reason, because it is told in another way. */
  forget(reason: QuickJSHandle): void;
}

/** Call it before a context runs. Sets the runtime's interrupt handler, beside which its tracker is found. */
export function trackRejections(
  { quickjs, table }: Instance,
  runtime: QuickJSRuntime,
  context: QuickJSContext,
  interrupt: () => boolean,
): Rejections {
  const { module } = quickjs as unknown as Insides;
  const { value: address } = (runtime as unknown as Insides['runtime']).rt;
  const words = () => new Int32Array(quickjs.getWasmMemory().buffer, address, RUNTIME_WORDS);
  const before = words().slice();
  runtime.setInterruptHandler(interrupt);
  const handler = words().findIndex((word, index) => word !== before[index]);
  if (handler < 0) throw new Error('the interrupt handler of QuickJS was not found');

  const memory = context.getMemory(address as never);
  const unheard = new Map<bigint, Rejected>();
  const taken = new Map<bigint, Rejected>();
  const late: Rejected[] = [];
  let count = 0;

  /** A handle on a value that QuickJS passed as its 64 bits. */
  function keep(pointer: number, value: bigint): QuickJSHandle {
    const place = module._malloc(8);
    new DataView(quickjs.getWasmMemory().buffer).setBigInt64(place, value, true);
    const copy = quickjs.getFFI().QTS_DupValuePointer(pointer as never, place as never);
    module._free(place);
    return memory.heapValueHandle(copy);
  }

  function drop(promise: bigint): void {
    const known = unheard.get(promise);
    known?.promise.dispose();
    known?.reason.dispose();
    unheard.delete(promise);
  }

  /** The last two that were rejected. */
  let latest: { readonly promise: bigint; readonly reason: bigint }[] = [];

  const entry = asTableEntry((pointer: number, promise: bigint, reason: bigint, handled: number) => {
    if (handled) {
      const known = taken.get(promise);
      if (known !== undefined) late.push(known);
      taken.delete(promise);
      drop(promise);
      // The body of a module is an async function whose promise nobody can have: that of the module follows with the same reason.
      const [body, module] = latest;
      if (module?.promise === promise && body?.reason === module.reason) drop(body.promise);
    } else {
      latest = [...latest.slice(-1), { promise, reason }];
      count += 1;
      if (!unheard.has(promise))
        unheard.set(promise, { promise: keep(pointer, promise), reason: keep(pointer, reason), id: count });
    }
  });
  const number = table.grow(1);
  table.set(number, entry);
  words()[handler + TRACKER_AFTER_INTERRUPT_HANDLER] = number;

  return {
    take() {
      const now = [...unheard];
      unheard.clear();
      for (const [address, rejected] of now) taken.set(address, rejected);
      return now.map(([, rejected]) => rejected);
    },
    takeLate: () => late.splice(0),
    forget(told) {
      const bits = (handle: QuickJSHandle) =>
        new DataView(quickjs.getWasmMemory().buffer).getBigInt64(handle.value as unknown as number, true);
      for (const [key, { promise, reason }] of unheard) {
        if (bits(reason) !== bits(told)) continue;
        promise.dispose();
        reason.dispose();
        unheard.delete(key);
      }
    },
  };
}
