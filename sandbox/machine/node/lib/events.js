import { define, nodeError, noteEmission, outOfRange, wrongType } from 'node:internal/errors';
import { inspect } from 'node:internal/inspect';

// The order of these is seen when an emitter is shown.
const kShape = Symbol('shapeMode');
const kCapture = Symbol('kCapture');
const kEmitting = Symbol('events.emitting');
export const errorMonitor = Symbol('events.errorMonitor');
export const captureRejectionSymbol = Symbol.for('nodejs.rejection');

function checked(listener) {
  if (typeof listener !== 'function') throw wrongType('listener', 'of type function', listener);
  return listener;
}

function listOf(emitter, name) {
  // A class of old style may never have called the constructor.
  if (emitter._events === undefined) begin(emitter);
  const found = emitter._events[name];
  return found === undefined ? [] : typeof found === 'function' ? [found] : found;
}

function begin(emitter) {
  emitter._events = Object.create(null);
  emitter._eventsCount = 0;
}

/** The list of an event, changed as a whole: whoever goes through the old one is not disturbed. */
function put(emitter, name, list) {
  const before = emitter._events[name] !== undefined;
  if (list.length === 0) {
    if (before && --emitter._eventsCount === 0) emitter._events = Object.create(null);
    else delete emitter._events[name];
    return;
  }
  if (!before) emitter._eventsCount += 1;
  const told = warned.get(emitter)?.has(name) && { warned: true };
  emitter._events[name] = list.length === 1 ? list[0] : Object.assign(list, told, { [kEmitting]: 0 });
}

function add(emitter, name, listener, first) {
  checked(listener);
  listOf(emitter, name);
  if (emitter._events.newListener !== undefined) emitter.emit('newListener', name, listener.listener ?? listener);
  const before = listOf(emitter, name);
  put(emitter, name, first ? [listener, ...before] : [...before, listener]);
  warn(emitter, name, before.length + 1);
  return emitter;
}

/** The events of which it was said that listeners pile up. */
const warned = new WeakMap();

/** Listeners that pile up are mostly forgotten ones; said once for each event. */
function warn(emitter, name, count) {
  const most = emitter.getMaxListeners();
  if (most === 0 || count <= most) return;
  const told = warned.get(emitter) ?? new Set();
  if (told.has(name)) return;
  warned.set(emitter, told.add(name));
  put(emitter, name, listOf(emitter, name));
  const warning = new Error(
    `Possible EventEmitter memory leak detected. ${count} ${String(name)} listeners added to ${inspect(emitter, { depth: -1 })}. MaxListeners is ${most}. Use emitter.setMaxListeners() to increase limit`,
  );
  define(warning, 'name', 'MaxListenersExceededWarning');
  globalThis.process?.emitWarning(Object.assign(warning, { emitter, type: name, count }));
}

function onceWrapped(emitter, name, listener) {
  checked(listener);
  let fired = false;
  function wrapper(...args) {
    if (fired) return;
    emitter.removeListener(name, wrapper);
    fired = true;
    return listener.apply(emitter, args);
  }
  define(wrapper, 'name', 'wrapper');
  wrapper.listener = listener;
  return wrapper;
}

function EventEmitter(options) {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) begin(this);
  this._maxListeners ||= undefined;
  this[kShape] = false;
  this[kCapture] = options?.captureRejections ?? false;
}

const methods = {
  on(name, listener) {
    return add(this, name, listener, false);
  },
  prependListener(name, listener) {
    return add(this, name, listener, true);
  },
  once(name, listener) {
    return this.on(name, onceWrapped(this, name, listener));
  },
  prependOnceListener(name, listener) {
    return this.prependListener(name, onceWrapped(this, name, listener));
  },
  removeListener(name, listener) {
    checked(listener);
    const before = listOf(this, name);
    const index = before.findLastIndex((entry) => entry === listener || entry.listener === listener);
    if (index < 0) return this;
    put(this, name, before.toSpliced(index, 1));
    if (this._events.removeListener !== undefined) this.emit('removeListener', name, listener);
    return this;
  },
  removeAllListeners(name) {
    if (this._events === undefined) return this;
    if (this._events.removeListener !== undefined && name !== 'removeListener') {
      for (const one of name === undefined ? this.eventNames() : [name])
        for (const entry of one === 'removeListener' ? [] : listOf(this, one).toReversed())
          this.removeListener(one, entry);
    }
    if (name === undefined) begin(this);
    else put(this, name, []);
    return this;
  },
  emit(name, ...args) {
    if (name === 'error' && this._events?.[errorMonitor] !== undefined) this.emit(errorMonitor, ...args);
    const entries = listOf(this, name);
    if (entries.length === 0) {
      if (name !== 'error') return false;
      if (args[0] instanceof Error) noteEmission(args[0], this.constructor?.name ?? 'EventEmitter');
      throw unhandled(args[0]);
    }
    for (const entry of entries) {
      const result = entry.apply(this, args);
      if (this[kCapture] && typeof result?.then === 'function')
        result.then(undefined, (error) => captured(this, error, name, args));
    }
    return true;
  },
  listenerCount(name, listener) {
    const all = listOf(this, name);
    return listener === undefined
      ? all.length
      : all.filter((entry) => entry === listener || entry.listener === listener).length;
  },
  listeners(name) {
    return listOf(this, name).map((entry) => entry.listener ?? entry);
  },
  rawListeners(name) {
    return [...listOf(this, name)];
  },
  eventNames() {
    return this._eventsCount > 0 ? Reflect.ownKeys(this._events) : [];
  },
  setMaxListeners(count) {
    checkedCount('setMaxListeners', count);
    this._maxListeners = count;
    return this;
  },
  getMaxListeners() {
    return this._maxListeners ?? most;
  },
};
methods.addListener = methods.on;
methods.off = methods.removeListener;
for (const [name, method] of Object.entries(methods)) define(EventEmitter.prototype, name, method);
EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;

function checkedCount(name, count) {
  if (typeof count !== 'number') throw wrongType(name, 'of type number', count);
  if (!(count >= 0)) throw outOfRange(name, '>= 0', count);
}

function captured(emitter, error, name, args) {
  globalThis.process.nextTick(() => {
    if (typeof emitter[captureRejectionSymbol] === 'function') emitter[captureRejectionSymbol](error, name, ...args);
    else {
      emitter[kCapture] = false;
      try {
        emitter.emit('error', error);
      } finally {
        emitter[kCapture] = true;
      }
    }
  });
}

function unhandled(error) {
  if (error instanceof Error) return error;
  const words = `Unhandled error. (${typeof error === 'string' ? `'${error}'` : inspect(error)})`;
  return Object.assign(nodeError(Error, 'ERR_UNHANDLED_ERROR', words), { context: error });
}

function aborted(signal) {
  const error = nodeError(Error, 'ABORT_ERR', 'The operation was aborted');
  define(error, 'cause', signal.reason);
  define(error, 'name', 'AbortError');
  return define(error, 'stack', String(error.stack).replace(/^Error \[ABORT_ERR\]/, 'AbortError'));
}

const isTarget = (emitter) => typeof emitter?.addEventListener === 'function' && typeof emitter.on !== 'function';
function listen(emitter, name, listener, once) {
  if (isTarget(emitter)) emitter.addEventListener(name, listener, { once });
  else if (typeof emitter?.on === 'function') emitter[once ? 'once' : 'on'](name, listener);
  else throw wrongType('emitter', 'an instance of EventEmitter', emitter);
}
const unlisten = (emitter, name, listener) =>
  isTarget(emitter) ? emitter.removeEventListener(name, listener) : emitter.removeListener(name, listener);

/** Settles with the arguments of the next event of that name; an 'error' before it rejects. */
export async function once(emitter, name, { signal } = {}) {
  if (signal?.aborted) throw aborted(signal);
  return new Promise((resolve, reject) => {
    const settle = (action) => (value) => {
      unlisten(emitter, name, done);
      if (!isTarget(emitter)) emitter.removeListener('error', fail);
      signal?.removeEventListener('abort', stop);
      action(value);
    };
    const fail = settle(reject);
    const done = (...args) => settle(resolve)(args);
    const stop = () => settle(reject)(aborted(signal));
    listen(emitter, name, done, true);
    if (name !== 'error' && !isTarget(emitter)) emitter.once('error', fail);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** The events of that name, one after the other, for `for await`; an 'error' ends it. */
export function on(emitter, name, { signal, close = [] } = {}) {
  if (signal?.aborted) throw aborted(signal);
  const seen = [];
  const waiting = [];
  let failure;
  let done = false;
  const heard = (...args) =>
    waiting.length > 0 ? waiting.shift().resolve({ value: args, done: false }) : seen.push(args);
  const end = () => {
    done = true;
    unlisten(emitter, name, heard);
    if (!isTarget(emitter)) emitter.off('error', fail);
    for (const { resolve } of waiting.splice(0)) resolve({ value: undefined, done: true });
    return Promise.resolve({ value: undefined, done: true });
  };
  const fail = (error) => {
    if (waiting.length > 0) waiting.shift().reject(error);
    else failure = { error };
    end();
  };
  listen(emitter, name, heard, false);
  if (name !== 'error' && !isTarget(emitter)) emitter.on('error', fail);
  for (const one of close) listen(emitter, one, end, false);
  signal?.addEventListener('abort', () => fail(aborted(signal)), { once: true });
  return {
    next() {
      if (seen.length > 0) return Promise.resolve({ value: seen.shift(), done: false });
      if (failure !== undefined) {
        const { error } = failure;
        failure = undefined;
        return Promise.reject(error);
      }
      if (done) return Promise.resolve({ value: undefined, done: true });
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return: end,
    throw(error) {
      fail(error);
      return Promise.reject(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

export const getEventListeners = (emitter, name) =>
  isTarget(emitter) ? emitter.listenersOf(name) : emitter.listeners(name);
export const getMaxListeners = (emitter) => emitter.getMaxListeners?.() ?? 10;
export const listenerCount = (emitter, name) => emitter.listenerCount(name);

let most = 10;
export function setMaxListeners(count = most, ...emitters) {
  checkedCount('setMaxListeners', count);
  if (emitters.length === 0) most = count;
  for (const emitter of emitters) emitter.setMaxListeners?.(count);
}

/** Listens to an abort for as long as the answer is not disposed of. */
export function addAbortListener(signal, listener) {
  if (signal.aborted) queueMicrotask(() => listener());
  else signal.addEventListener('abort', listener, { once: true });
  return { [Symbol.dispose ?? Symbol('dispose')]: () => signal.removeEventListener('abort', listener) };
}

Object.assign(EventEmitter, {
  addAbortListener,
  once,
  on,
  getEventListeners,
  getMaxListeners,
  EventEmitter,
  usingDomains: false,
  captureRejectionSymbol,
  captureRejections: false,
  errorMonitor,
});
Object.defineProperty(EventEmitter, 'defaultMaxListeners', {
  enumerable: true,
  get: () => most,
  set: (count) => {
    checkedCount('defaultMaxListeners', count);
    most = count;
  },
});
Object.assign(EventEmitter, { setMaxListeners, listenerCount });
export const defaultMaxListeners = most;
export { EventEmitter };
export default EventEmitter;
