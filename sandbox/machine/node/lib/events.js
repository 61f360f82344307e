import { define, nodeError, noteEmission, wrongType } from 'node:internal/errors';
import { inspect } from 'node:internal/inspect';

function checked(listener) {
  if (typeof listener !== 'function') throw wrongType('listener', 'of type function', listener);
  return listener;
}

/** A class of old style may never have called the constructor. */
function listenersOf(emitter, name) {
  if (emitter._events === undefined) define(emitter, '_events', new Map());
  return emitter._events.get(name) ?? [];
}

function add(emitter, name, listener, once, first) {
  const before = listenersOf(emitter, name);
  if (emitter._events.has('newListener')) emitter.emit('newListener', name, listener);
  const entry = { listener: checked(listener), once };
  emitter._events.set(name, first ? [entry, ...before] : [...before, entry]);
  warn(emitter, name, before.length + 1);
  return emitter;
}

/** The events of which it was said that listeners pile up. */
const warned = new WeakMap();

/** Listeners that pile up are mostly forgotten ones; said once for each event. */
function warn(emitter, name, count) {
  const most = emitter.getMaxListeners();
  const told = warned.get(emitter) ?? new Set();
  if (most === 0 || count <= most || told.has(name)) return;
  warned.set(emitter, told.add(name));
  const who = `[${emitter.constructor?.name ?? 'EventEmitter'}]`;
  const warning = new Error(
    `Possible EventEmitter memory leak detected. ${count} ${String(name)} listeners added to ${who}. MaxListeners is ${most}. Use emitter.setMaxListeners() to increase limit`,
  );
  define(warning, 'name', 'MaxListenersExceededWarning');
  globalThis.process?.emitWarning(Object.assign(warning, { emitter, type: name, count }));
}

class EventEmitter {
  static defaultMaxListeners = 10;

  constructor() {
    define(this, '_events', new Map());
  }
  on(name, listener) {
    return add(this, name, listener, false, false);
  }
  addListener(name, listener) {
    return this.on(name, listener);
  }
  prependListener(name, listener) {
    return add(this, name, listener, false, true);
  }
  once(name, listener) {
    return add(this, name, listener, true, false);
  }
  prependOnceListener(name, listener) {
    return add(this, name, listener, true, true);
  }
  off(name, listener) {
    const before = listenersOf(this, name);
    const index = before.findLastIndex((entry) => entry.listener === listener);
    if (index < 0) return this;
    const after = before.toSpliced(index, 1);
    if (after.length === 0) this._events.delete(name);
    else this._events.set(name, after);
    if (this._events.has('removeListener')) this.emit('removeListener', name, listener);
    return this;
  }
  removeListener(name, listener) {
    return this.off(name, listener);
  }
  removeAllListeners(name) {
    if (name === undefined) this._events?.clear();
    else this._events?.delete(name);
    return this;
  }
  emit(name, ...args) {
    const entries = listenersOf(this, name);
    if (entries.length === 0) {
      if (name === 'error') {
        if (args[0] instanceof Error) noteEmission(args[0], this.constructor?.name ?? 'EventEmitter');
        throw unhandled(args[0]);
      }
      return false;
    }
    for (const entry of entries) {
      if (entry.once) this.off(name, entry.listener);
      entry.listener.apply(this, args);
    }
    return true;
  }
  listenerCount(name) {
    return listenersOf(this, name).length;
  }
  listeners(name) {
    return listenersOf(this, name).map(({ listener }) => listener);
  }
  rawListeners(name) {
    return this.listeners(name);
  }
  eventNames() {
    return [...(this._events?.keys() ?? [])];
  }
  setMaxListeners(count) {
    define(this, '_maxListeners', count);
    return this;
  }
  getMaxListeners() {
    return this._maxListeners ?? EventEmitter.defaultMaxListeners;
  }
}

function unhandled(error) {
  if (error instanceof Error) return error;
  const words = `Unhandled error. (${typeof error === 'string' ? `'${error}'` : inspect(error)})`;
  return Object.assign(nodeError(Error, 'ERR_UNHANDLED_ERROR', words), { context: error });
}

/** Settles with the arguments of the next event of that name; an 'error' before it rejects. */
export function once(emitter, name) {
  return new Promise((resolve, reject) => {
    const fail = (error) => {
      emitter.off(name, done);
      reject(error);
    };
    const done = (...args) => {
      emitter.off('error', fail);
      resolve(args);
    };
    emitter.once(name, done);
    if (name !== 'error') emitter.once('error', fail);
  });
}

/** The events of that name, one after the other, for `for await`; an 'error' ends it. */
export function on(emitter, name, { signal } = {}) {
  const seen = [];
  const waiting = [];
  let failure;
  let done = false;
  const heard = (...args) =>
    waiting.length > 0 ? waiting.shift().resolve({ value: args, done: false }) : seen.push(args);
  const end = () => {
    done = true;
    emitter.off(name, heard);
    emitter.off('error', fail);
    for (const { resolve } of waiting.splice(0)) resolve({ value: undefined, done: true });
    return Promise.resolve({ value: undefined, done: true });
  };
  const fail = (error) => {
    if (waiting.length > 0) waiting.shift().reject(error);
    else failure = { error };
    end();
  };
  emitter.on(name, heard);
  if (name !== 'error') emitter.on('error', fail);
  signal?.addEventListener('abort', () => fail(signal.reason), { once: true });
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

export const getEventListeners = (emitter, name) => emitter.listeners(name);

export function setMaxListeners(count, ...emitters) {
  for (const emitter of emitters) emitter.setMaxListeners?.(count);
}

EventEmitter.EventEmitter = EventEmitter;
Object.assign(EventEmitter, { getEventListeners, on, once, setMaxListeners });
export const { defaultMaxListeners } = EventEmitter;
export { EventEmitter };
export default EventEmitter;
