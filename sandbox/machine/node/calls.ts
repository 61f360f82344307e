// How QuickJS calls our functions. The package goes by way of a scope and a generator, which take longer than most of what is called.
import { type QuickJSContext, type QuickJSHandle, type QuickJSRuntime, WeakLifetime } from 'quickjs-emscripten-core';

/** What of the wrapping package's insides is needed, as it stands in the pinned version; numbers are addresses. */
interface Insides {
  readonly ctx: { readonly value: number };
  readonly runtime: QuickJSRuntime;
  readonly memory: Record<'copyJSValue' | 'freeJSValue', (value: number) => never>;
  readonly ffi: {
    QTS_ArgvGetJSValueConstPointer(args: number, index: number): number;
    QTS_DupValuePointer(context: number, value: number): number;
    QTS_Throw(context: number, error: number): number;
  };
  readonly cToHostCallbacks: {
    callFunction(context: number, self: number, count: number, args: number, id: number): number;
  };
  getFunction(id: number): (...args: QuickJSHandle[]) => QuickJSHandle | { readonly error: QuickJSHandle };
  errorToHandle(error: unknown): QuickJSHandle;
}

/** From here on the context's functions are called at once. What they are given may be used until they return. */
export function callAtOnce(context: QuickJSContext): void {
  const inside = context as unknown as Insides;
  const { ffi, memory, runtime, ctx } = inside;

  /** What came of a call, for QuickJS. */
  function hand(handle: QuickJSHandle, over: (context: number, value: number) => number): number {
    const handed = over(ctx.value, handle.value as unknown as number);
    handle.dispose();
    return handed;
  }

  inside.cToHostCallbacks.callFunction = (_context, _self, count, args, id) => {
    try {
      const handles = Array.from({ length: count }, (_, index) => {
        const place = ffi.QTS_ArgvGetJSValueConstPointer(args, index);
        return new WeakLifetime(place, memory.copyJSValue, memory.freeJSValue, runtime) as unknown as QuickJSHandle;
      });
      const result = inside.getFunction(id)(...handles);
      if ('error' in result) throw result.error;
      return hand(result, ffi.QTS_DupValuePointer);
    } catch (error) {
      return hand(inside.errorToHandle(error), ffi.QTS_Throw);
    }
  };
}
