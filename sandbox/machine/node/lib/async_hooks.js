// node:async_hooks: AsyncLocalStorage and AsyncResource. What one holds is kept in the frame of the code that runs; timers and ticks
// carry it along (internal/timers), promises do from the moment the first storage is made.
import { nodeError, wrongType } from 'node:internal/errors';
import { context } from 'node:internal/timers';

const held = (frame) => {
  const before = context.frame;
  context.frame = frame;
  return before;
};

function within(frame, action, self, args) {
  const before = held(frame);
  try {
    return Reflect.apply(action, self, args);
  } finally {
    context.frame = before;
  }
}

const carrying = (frame, action) =>
  typeof action === 'function'
    ? (value) => {
        context.frame = frame;
        return action(value);
      }
    : action;

let isCarried = false;

/**
 * Reactions of promises take the frame with them. An `await` asks its promise for `constructor` and adds its own reaction right
 * after: one that brings the frame back is added in between.
 */
function carryThroughPromises() {
  if (isCarried) return;
  isCarried = true;
  const { prototype } = Promise;
  const { then } = prototype;
  let isOwn = false;
  const listen = (promise, ...reactions) => {
    isOwn = true;
    try {
      return then.apply(promise, reactions);
    } finally {
      isOwn = false;
    }
  };
  const redefine = (target, name, value) =>
    Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
  redefine(prototype, 'then', function (onFulfilled, onRejected) {
    const { frame } = context;
    return listen(this, carrying(frame, onFulfilled), carrying(frame, onRejected));
  });
  Object.defineProperty(prototype.then, 'name', { value: 'then' });
  Object.defineProperty(prototype, 'constructor', {
    configurable: true,
    enumerable: false,
    get() {
      if (isOwn || this === prototype) return Promise;
      const { frame } = context;
      const back = () => {
        context.frame = frame;
      };
      listen(this, back, back);
      return Promise;
    },
    set(value) {
      redefine(this, 'constructor', value);
    },
  });
  const { queueMicrotask } = globalThis;
  redefine(globalThis, 'queueMicrotask', (action) => queueMicrotask(carrying(context.frame, action)));
  Object.defineProperty(globalThis.queueMicrotask, 'name', { value: 'queueMicrotask' });
}

export class AsyncLocalStorage {
  #initial;
  #name;
  constructor({ defaultValue, name = '' } = {}) {
    this.#initial = defaultValue;
    this.#name = String(name);
    carryThroughPromises();
  }
  get name() {
    return this.#name;
  }
  static bind(action) {
    if (typeof action !== 'function') throw wrongType('fn', 'of type function', action);
    const { frame } = context;
    return function (...args) {
      return within(frame, action, this, args);
    };
  }
  static snapshot() {
    const { frame } = context;
    return (action, ...args) => within(frame, action, undefined, args);
  }
  #with(store) {
    return new Map(context.frame).set(this, store);
  }
  run(store, action, ...args) {
    return within(this.#with(store), action, undefined, args);
  }
  exit(action, ...args) {
    return this.run(undefined, action, ...args);
  }
  enterWith(store) {
    context.frame = this.#with(store);
  }
  disable() {
    const frame = new Map(context.frame);
    frame.delete(this);
    context.frame = frame;
  }
  getStore() {
    return context.frame?.has(this) ? context.frame.get(this) : this.#initial;
  }
}

let nextId = 2;
export class AsyncResource {
  #frame = context.frame;
  #id = nextId++;
  constructor(type) {
    if (typeof type !== 'string') throw wrongType('type', 'of type string', type);
  }
  static bind(action, type = action.name || 'bound-anonymous-fn') {
    return new AsyncResource(type).bind(action);
  }
  bind(action) {
    const resource = this;
    return function (...args) {
      return resource.runInAsyncScope(action, this, ...args);
    };
  }
  runInAsyncScope(action, self, ...args) {
    return within(this.#frame, action, self, args);
  }
  emitDestroy() {
    return this;
  }
  asyncId() {
    return this.#id;
  }
  triggerAsyncId() {
    return 1;
  }
}

export const executionAsyncId = () => 1;
export const triggerAsyncId = () => 0;
export const executionAsyncResource = () => ({});
export function createHook() {
  throw nodeError(
    Error,
    'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
    'async_hooks.createHook is not part of this sandbox: use AsyncLocalStorage',
  );
}

export default {
  AsyncLocalStorage,
  AsyncResource,
  createHook,
  executionAsyncId,
  executionAsyncResource,
  triggerAsyncId,
};
