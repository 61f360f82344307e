// Mock functions, methods and timers.
import { nodeError, wrongValue } from 'node:internal/errors';
import { inspect } from 'node:internal/inspect';

class MockFunctionContext {
  #calls = [];
  #once = new Map();
  #implementation;
  #restore;
  constructor(implementation, restore) {
    this.#implementation = implementation;
    this.#restore = restore;
  }
  get calls() {
    return [...this.#calls];
  }
  callCount() {
    return this.#calls.length;
  }
  resetCalls() {
    this.#calls = [];
  }
  mockImplementation(implementation) {
    this.#implementation = implementation;
  }
  mockImplementationOnce(implementation, onCall = this.#calls.length) {
    this.#once.set(onCall, implementation);
  }
  restore() {
    this.#restore(this);
  }
  next() {
    const count = this.#calls.length;
    const implementation = this.#once.get(count) ?? this.#implementation;
    this.#once.delete(count);
    return implementation;
  }
  record(call) {
    this.#calls.push(call);
  }
}

function mocked(original, context) {
  const { next, record } = MockFunctionContext.prototype;
  const fn = new Proxy(original, {
    apply(_, self, args) {
      const call = {
        arguments: args,
        error: undefined,
        result: undefined,
        stack: new Error(),
        target: undefined,
        this: self,
      };
      try {
        call.result = Reflect.apply(next.call(context), self, args);
        return call.result;
      } catch (error) {
        call.error = error;
        throw error;
      } finally {
        record.call(context, call);
      }
    },
    construct(target, args, newTarget) {
      const call = {
        arguments: args,
        error: undefined,
        result: undefined,
        stack: new Error(),
        target,
        this: undefined,
      };
      try {
        call.result = Reflect.construct(next.call(context), args, newTarget);
        call.this = call.result;
        return call.result;
      } catch (error) {
        call.error = error;
        throw error;
      } finally {
        record.call(context, call);
      }
    },
    get: (target, name) => (name === 'mock' ? context : Reflect.get(target, name)),
  });
  return fn;
}

export class MockTracker {
  #contexts = [];
  #timers;
  fn(original = () => {}, implementation = original, options = {}) {
    const [chosen, more] =
      typeof implementation === 'function' ? [implementation, options] : [original, implementation];
    const context = this.#context(chosen, (self) => self.mockImplementation(original), more);
    return mocked(original, context);
  }
  #context(implementation, restore, { times } = {}) {
    const context = new MockFunctionContext(implementation, restore);
    if (times !== undefined) {
      const record = context.record;
      context.record = function (call) {
        record.call(this, call);
        if (this.callCount() >= times) this.restore();
      };
    }
    this.#contexts.push(context);
    return context;
  }
  method(object, name, implementation, options = {}) {
    const more = typeof implementation === 'function' ? options : (implementation ?? {});
    // What is made when it is first asked for is made now.
    if (!more.getter && !more.setter) Reflect.get(object, name);
    const owner = ownerOf(object, name);
    const descriptor = Object.getOwnPropertyDescriptor(owner ?? object, name);
    const accessor = more.getter ? 'get' : more.setter ? 'set' : 'value';
    const original = descriptor?.[accessor];
    if (typeof original !== 'function')
      throw nodeError(
        TypeError,
        'ERR_INVALID_ARG_VALUE',
        `The argument 'methodName' must be a method. Received ${String(original)}`,
      );
    const wasOwn = Object.hasOwn(object, name);
    const context = this.#context(
      typeof implementation === 'function' ? implementation : original,
      () => {
        if (wasOwn) Object.defineProperty(object, name, descriptor);
        else delete object[name];
      },
      more,
    );
    const replaced = mocked(original, context);
    Object.defineProperty(object, name, { ...descriptor, configurable: true, [accessor]: replaced });
    return replaced;
  }
  getter(object, name, implementation, options) {
    return this.method(object, name, implementation, { ...options, getter: true });
  }
  setter(object, name, implementation, options) {
    return this.method(object, name, implementation, { ...options, setter: true });
  }
  get timers() {
    this.#timers ??= new MockTimers();
    return this.#timers;
  }
  reset() {
    this.restoreAll();
    this.#timers?.reset();
    this.#contexts = [];
  }
  restoreAll() {
    for (const context of this.#contexts) context.restore();
  }
}

function ownerOf(object, name) {
  for (let at = object; at !== null && at !== undefined; at = Object.getPrototypeOf(at))
    if (Object.hasOwn(at, name)) return at;
  return undefined;
}

const clocks = ['setTimeout', 'setInterval', 'setImmediate', 'Date'];

/** Time that a test moves by hand. */
class MockTimers {
  #now = 0;
  #queue = [];
  #nextId = 1;
  #before;
  enable({ apis = clocks, now = 0 } = {}) {
    if (this.#before !== undefined)
      throw nodeError(Error, 'ERR_INVALID_STATE', 'Invalid state: MockTimers is already enabled!');
    const unknown = apis.find((one) => !clocks.includes(one));
    if (unknown !== undefined) throw wrongValue('options.apis', inspect(unknown), `option ${unknown} is not supported`);
    this.#now = Number(now);
    this.#before = {};
    const put = (name, value) => {
      this.#before[name] = globalThis[name];
      globalThis[name] = value;
    };
    const set =
      (repeats) =>
      (callback, delay = 1, ...args) => {
        const id = this.#nextId++;
        const entry = {
          id,
          at: this.#now + Math.max(1, delay),
          every: repeats ? Math.max(1, delay) : undefined,
          callback,
          args,
        };
        this.#queue.push(entry);
        return {
          [Symbol.toPrimitive]: () => id,
          id,
          ref() {
            return this;
          },
          unref() {
            return this;
          },
          hasRef: () => true,
        };
      };
    const clear = (timer) => {
      this.#queue = this.#queue.filter(({ id }) => id !== (timer?.id ?? timer));
    };
    if (apis.includes('setTimeout')) {
      put('setTimeout', set(false));
      put('clearTimeout', clear);
    }
    if (apis.includes('setInterval')) {
      put('setInterval', set(true));
      put('clearInterval', clear);
    }
    if (apis.includes('setImmediate')) {
      put('setImmediate', (callback, ...args) => set(false)(callback, 0, ...args));
      put('clearImmediate', clear);
    }
    if (apis.includes('Date')) put('Date', this.#date());
  }
  #date() {
    const timers = this;
    const RealDate = globalThis.Date;
    function MockDate(...args) {
      if (new.target === undefined) return new RealDate(timers.#now).toString();
      return args.length === 0 ? new RealDate(timers.#now) : new RealDate(...args);
    }
    Object.setPrototypeOf(MockDate, RealDate);
    MockDate.prototype = RealDate.prototype;
    MockDate.now = () => timers.#now;
    return MockDate;
  }
  #enabled() {
    if (this.#before !== undefined) return;
    const words = 'Invalid state: You should enable MockTimers first by calling the .enable function';
    throw nodeError(Error, 'ERR_INVALID_STATE', words);
  }
  tick(ms = 1) {
    this.#enabled();
    if (ms < 0) throw wrongValue('time', inspect('positive integer'), String(ms));
    // All that is due hears the moment at which the tick ends.
    this.#now += ms;
    for (;;) {
      const due = this.#queue.filter(({ at }) => at <= this.#now).sort((a, b) => a.at - b.at || a.id - b.id)[0];
      if (due === undefined) break;
      if (due.every === undefined) this.#queue = this.#queue.filter((one) => one !== due);
      else due.at += due.every;
      due.callback(...due.args);
    }
  }
  runAll() {
    this.#enabled();
    const last = this.#queue.reduce((most, { at }) => Math.max(most, at), this.#now);
    this.tick(last - this.#now);
  }
  setTime(ms) {
    this.#enabled();
    this.#now = ms;
  }
  reset() {
    for (const [name, value] of Object.entries(this.#before ?? {})) globalThis[name] = value;
    this.#before = undefined;
    this.#queue = [];
  }
  [Symbol.dispose ?? Symbol('dispose')]() {
    this.reset();
  }
}
