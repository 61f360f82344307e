import { define, nodeError, wrongType } from 'node:internal/errors';
import { inspect } from 'node:internal/inspect';

function checked(listener) {
  if (typeof listener !== 'function') throw wrongType('listener', 'of type function', listener);
  return listener;
}

class EventEmitter {
  static defaultMaxListeners = 10;

  constructor() {
    define(this, '_events', new Map());
  }
  #listeners(name) {
    // A class of old style may never have called the constructor.
    if (this._events === undefined) define(this, '_events', new Map());
    return this._events.get(name) ?? [];
  }
  #add(name, listener, once, first) {
    const before = this.#listeners(name);
    if (this._events.has('newListener')) this.emit('newListener', name, listener);
    const entry = { listener: checked(listener), once };
    this._events.set(name, first ? [entry, ...before] : [...before, entry]);
    return this;
  }
  on(name, listener) {
    return this.#add(name, listener, false, false);
  }
  addListener(name, listener) {
    return this.on(name, listener);
  }
  prependListener(name, listener) {
    return this.#add(name, listener, false, true);
  }
  once(name, listener) {
    return this.#add(name, listener, true, false);
  }
  prependOnceListener(name, listener) {
    return this.#add(name, listener, true, true);
  }
  off(name, listener) {
    const before = this.#listeners(name);
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
    const entries = this.#listeners(name);
    if (entries.length === 0) {
      if (name === 'error') throw unhandled(args[0]);
      return false;
    }
    for (const entry of entries) {
      if (entry.once) this.off(name, entry.listener);
      entry.listener.apply(this, args);
    }
    return true;
  }
  listenerCount(name) {
    return this.#listeners(name).length;
  }
  listeners(name) {
    return this.#listeners(name).map(({ listener }) => listener);
  }
  rawListeners(name) {
    return this.listeners(name);
  }
  eventNames() {
    return [...(this._events?.keys() ?? [])];
  }
  setMaxListeners() {
    return this;
  }
  getMaxListeners() {
    return EventEmitter.defaultMaxListeners;
  }
}

function unhandled(error) {
  if (error instanceof Error) return error;
  return nodeError(
    Error,
    'ERR_UNHANDLED_ERROR',
    `Unhandled error. (${typeof error === 'string' ? `'${error}'` : inspect(error)})`,
  );
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

EventEmitter.EventEmitter = EventEmitter;
EventEmitter.once = once;
export const { defaultMaxListeners } = EventEmitter;
export { EventEmitter };
export default EventEmitter;
