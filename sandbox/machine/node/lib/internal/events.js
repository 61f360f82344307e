// EventTarget, AbortController: the web's events.
import { define, wrongType } from 'node:internal/errors';
import { setTimeout } from 'node:internal/timers';

export class Event {
  constructor(type, init = {}) {
    this.type = String(type);
    this.defaultPrevented = false;
    this.cancelable = Boolean(init.cancelable);
    this.target = null;
  }
  preventDefault() {
    this.defaultPrevented = this.cancelable;
  }
}

export class EventTarget {
  constructor() {
    define(this, 'listeners', new Map());
  }
  addEventListener(type, listener, options) {
    const once = typeof options === 'object' && options?.once === true;
    const known = this.listeners.get(type) ?? [];
    if (!known.some((entry) => entry.listener === listener)) this.listeners.set(type, [...known, { listener, once }]);
  }
  removeEventListener(type, listener) {
    this.listeners.set(
      type,
      (this.listeners.get(type) ?? []).filter((entry) => entry.listener !== listener),
    );
  }
  dispatchEvent(event) {
    if (!(event instanceof Event)) throw wrongType('event', 'an instance of Event', event);
    event.target = this;
    for (const { listener, once } of this.listeners.get(event.type) ?? []) {
      if (once) this.removeEventListener(event.type, listener);
      if (typeof listener === 'function') listener.call(this, event);
      else listener.handleEvent(event);
    }
    this[`on${event.type}`]?.(event);
    return !event.defaultPrevented;
  }
}

const codes = {
  IndexSizeError: 1,
  NotFoundError: 8,
  NotSupportedError: 9,
  InvalidStateError: 11,
  SyntaxError: 12,
  InvalidCharacterError: 5,
  NetworkError: 19,
  AbortError: 20,
  URLMismatchError: 21,
  QuotaExceededError: 22,
  TimeoutError: 23,
  DataCloneError: 25,
};

export class DOMException extends Error {
  constructor(message = '', options = 'Error') {
    super(message);
    const name = typeof options === 'object' ? (options.name ?? 'Error') : String(options);
    define(this, 'name', name);
    define(this, 'code', codes[name] ?? 0);
    if (typeof options === 'object' && 'cause' in options) define(this, 'cause', options.cause);
  }
  get [Symbol.toStringTag]() {
    return 'DOMException';
  }
}

const abortReason = (name, message) => new DOMException(message, name);

export class AbortSignal extends EventTarget {
  constructor() {
    super();
    this.aborted = false;
    this.reason = undefined;
  }
  throwIfAborted() {
    if (this.aborted) throw this.reason;
  }
  static abort(reason) {
    const controller = new AbortController();
    controller.abort(reason);
    return controller.signal;
  }
  /** Aborted as soon as one of them is. */
  static any(signals) {
    const controller = new AbortController();
    for (const signal of signals) {
      if (signal.aborted) controller.abort(signal.reason);
      else signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
    }
    return controller.signal;
  }
  static timeout(delay) {
    const controller = new AbortController();
    const reason = abortReason('TimeoutError', 'The operation was aborted due to timeout');
    setTimeout(() => controller.abort(reason), delay).unref();
    return controller.signal;
  }
}

export class AbortController {
  constructor() {
    this.signal = new AbortSignal();
  }
  abort(reason = abortReason('AbortError', 'This operation was aborted')) {
    if (this.signal.aborted) return;
    this.signal.aborted = true;
    this.signal.reason = reason;
    this.signal.dispatchEvent(new Event('abort'));
  }
}
