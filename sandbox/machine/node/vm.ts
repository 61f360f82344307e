// One QuickJS with limits: runs source, calls functions, counts work. Knows nothing of Node.
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import { callAtOnce } from './calls.ts';
import { programLimits } from './limits.ts';
import { type Rejections, trackRejections } from './rejections.ts';
import type { Instance } from './wasm.ts';

/** What passes between a program and us. */
export type Value = string | number | boolean | undefined | Uint8Array | QuickJSHandle;

/** Why a program cannot go on: it used too much, or it broke QuickJS itself (a host stack that overflowed). */
export type Overrun = 'time' | 'memory' | 'stack' | 'crash';

export type Outcome =
  | { readonly value: QuickJSHandle }
  | { readonly error: QuickJSHandle }
  | { readonly overrun: Overrun };

/** An error that the program can catch, with Node's `code` and whatever else Node puts on it. */
export class Fault extends Error {
  readonly details: Readonly<Record<string, string | number>>;
  readonly type: string;

  constructor(message: string, details: Readonly<Record<string, string | number>> = {}, type = 'Error') {
    super(message);
    this.details = details;
    this.type = type;
  }
}

/** Carries an error of the program's own through one of our functions, as it is. */
export class Thrown extends Error {
  readonly handle: QuickJSHandle;

  constructor(handle: QuickJSHandle) {
    super('thrown by the program');
    this.handle = handle;
  }
}

export interface ModuleSource {
  /** The absolute name of the module that `from` asks for. @throws Fault */
  resolve(from: string, specifier: string): string;
  /** @throws Fault */
  read(name: string): string;
}

export interface Vm {
  readonly context: QuickJSContext;
  /** Offers a function to the program as a property of `target`. */
  offer(target: QuickJSHandle, name: string, action: (...args: QuickJSHandle[]) => Value): void;
  evaluate(source: string, file: string, type: 'module' | 'global'): Outcome;
  /** Compiles and runs nothing. */
  compile(source: string, file: string, type: 'module' | 'global'): Outcome;
  call(callee: QuickJSHandle, ...args: Value[]): Outcome;
  /** Runs the promise jobs that are due. */
  runJobs(): Outcome | undefined;
  /** The work that may be done from here on, until the next call. */
  startTurn(): void;
  /** The work that this turn has done so far. */
  workDone(): number;
  /** Stops what runs, so that it cannot catch it: for `process.exit`. */
  halt(): never;
  /** Nothing of it may be used after this. */
  release(): void;
  /** A world of globals of its own, for as long as the program lives. */
  newRealm(): QuickJSContext;
  /** Lets something run for so many ms as the count of steps goes; nothing when that was not enough. */
  within<T>(ms: number, action: () => T): T | undefined;
  readonly rejections: Rejections;
}

/** Some ten thousand steps are done in this part of a ms by V8. */
const WORK_OF_MS = 0.5;
const UNRESOLVED = 'noventa:unresolved';

export function createVm(instance: Instance, modules: ModuleSource, watch: () => number = () => 0): Vm {
  const { runtime, context } = instance;
  runtime.setMemoryLimit(programLimits.memory);
  runtime.setMaxStackSize(programLimits.stack);
  let work: number = programLimits.turnWork;
  let turnStarted = watch();
  let halted = false;

  function mustStop(): boolean {
    work -= 1;
    if (watch() - turnStarted > programLimits.turnTime) work = -1;
    return halted || work < 0;
  }

  callAtOnce(context);
  const rejections = trackRejections(instance, runtime, context, mustStop);
  // QuickJS asks for the source even of what could not be resolved: the failure is told then.
  let failure: unknown;
  runtime.setModuleLoader(
    (name) => {
      try {
        if (name === UNRESOLVED) throw failure;
        return modules.read(name);
      } catch (error) {
        return { error: errorHandle(error) };
      }
    },
    (from, specifier) => {
      try {
        return modules.resolve(from, specifier);
      } catch (error) {
        failure = error;
        return UNRESOLVED;
      }
    },
  );

  function errorHandle(error: unknown): QuickJSHandle {
    if (!(error instanceof Error)) throw error;
    const { type, details } = error instanceof Fault ? error : new Fault(error.message);
    const make = context.getProp(context.global, type);
    const handle = context.unwrapResult(
      context.callFunction(make, context.undefined, context.newString(error.message)),
    );
    for (const [name, value] of Object.entries(details)) context.setProp(handle, name, toHandle(value));
    const code = details.code;
    if (typeof code === 'string' && code.startsWith('ERR_')) {
      const stack = context.getString(context.getProp(handle, 'stack')).replace(type, `${type} [${code}]`);
      context.defineProp(handle, 'stack', { value: context.newString(stack), configurable: true, enumerable: false });
    }
    return handle;
  }

  function toHandle(value: Value): QuickJSHandle {
    if (value === undefined) return context.undefined;
    // QuickJS is handed texts that end at their first NUL: one that has some comes as it is written in a program.
    if (typeof value === 'string')
      return value.includes('\0')
        ? context.unwrapResult(context.evalCode(JSON.stringify(value)))
        : context.newString(value);
    if (typeof value === 'number') return context.newNumber(value);
    if (typeof value === 'boolean') return value ? context.true : context.false;
    if (value instanceof Uint8Array) return context.newArrayBuffer(value.slice().buffer);
    return value;
  }

  function overrunOf(error: QuickJSHandle): Overrun | undefined {
    if (work < 0) return 'time';
    if (context.typeof(error) !== 'object') return undefined;
    runtime.setMemoryLimit(-1);
    const [name, message] = ['name', 'message'].map((key) => context.dump(context.getProp(error, key)));
    runtime.setMemoryLimit(programLimits.memory);
    return name === 'InternalError' && message === 'out of memory' ? 'memory' : undefined;
  }

  function attempt(action: () => { value: QuickJSHandle; error?: undefined } | { error: QuickJSHandle }): Outcome {
    try {
      const result = action();
      if (result.error === undefined) return { value: result.value };
      const overrun = overrunOf(result.error);
      return overrun === undefined ? { error: result.error } : { overrun };
    } catch (error) {
      // The host's own stack or the instance gave way; whatever it was, this instance cannot be used any more.
      return { overrun: error instanceof RangeError ? 'stack' : 'crash' };
    }
  }

  return {
    context,
    rejections,
    offer(target, name, action) {
      const callee = context.newFunction(name, (...args) => {
        work -= programLimits.hostCall;
        try {
          return toHandle(action(...args));
        } catch (error) {
          if (error instanceof Thrown) return { error: error.handle };
          return { error: errorHandle(error) };
        }
      });
      context.setProp(target, name, callee);
    },
    evaluate: (source, file, type) => attempt(() => context.evalCode(source, file, { type })),
    compile: (source, file, type) => attempt(() => context.evalCode(source, file, { type, compileOnly: true })),
    call: (callee, ...args) => attempt(() => context.callFunction(callee, context.undefined, args.map(toHandle))),
    runJobs() {
      while (runtime.hasPendingJob()) {
        const outcome = attempt(() => {
          const done = runtime.executePendingJobs(64);
          if (done.error !== undefined) return { error: done.error };
          work -= done.value * programLimits.job;
          return { value: context.undefined };
        });
        if (!('value' in outcome)) return outcome;
        if (work < 0) return { overrun: 'time' };
      }
      return undefined;
    },
    release: instance.release,
    workDone: () => programLimits.turnWork - Math.max(0, work),
    newRealm: () => runtime.newContext(),
    within(ms, action) {
      const rest = Math.max(0, work - ms * WORK_OF_MS);
      work -= rest;
      try {
        const result = action();
        return work < 0 ? undefined : result;
      } finally {
        work = Math.max(0, work) + rest;
      }
    },
    startTurn() {
      work = programLimits.turnWork;
      turnStarted = watch();
    },
    halt() {
      halted = true;
      const result = context.evalCode('for (;;);');
      halted = false;
      throw new Thrown(result.error as QuickJSHandle);
    },
  };
}
