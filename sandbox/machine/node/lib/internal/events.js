// EventTarget, AbortController: the web's events.
import { define, nodeError, wrongType } from 'node:internal/errors';
import { setTimeout } from 'node:internal/timers';

const custom = Symbol.for('nodejs.util.inspect.custom');
/** Shows these getters of an object under the name of its class. */
export const showing =
  (...fields) =>
  (Class) =>
    define(Class.prototype, custom, function (depth, options, inspect) {
      const name = this.constructor?.name ?? Class.name;
      if (depth < 0) return `[${name}]`;
      const shown = Object.fromEntries(fields.map((field) => [field, this[field]]));
      return `${name} ${inspect(shown, { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
    });
const tagged = (Class) => define(Class.prototype, Symbol.toStringTag, Class.name);

const state = Symbol('kState');
export class Event {
  constructor(...args) {
    if (args.length === 0) throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "type" argument must be specified');
    const [type, init = {}] = args;
    const { bubbles = false, cancelable = false, composed = false } = init ?? {};
    define(this, state, {
      type: `${type}`,
      bubbles,
      cancelable,
      composed,
      target: null,
      at: globalThis.performance.now(),
    });
  }
  get type() {
    return this[state].type;
  }
  get defaultPrevented() {
    return this[state].prevented === true;
  }
  get cancelable() {
    return Boolean(this[state].cancelable);
  }
  get bubbles() {
    return Boolean(this[state].bubbles);
  }
  get composed() {
    return Boolean(this[state].composed);
  }
  get timeStamp() {
    return this[state].at;
  }
  get target() {
    return this[state].target;
  }
  get srcElement() {
    return this[state].target;
  }
  get currentTarget() {
    return this[state].active ? this[state].target : null;
  }
  get eventPhase() {
    return this[state].active ? 2 : 0;
  }
  get returnValue() {
    return !this.defaultPrevented;
  }
  get isTrusted() {
    return false;
  }
  get cancelBubble() {
    return false;
  }
  composedPath() {
    return this[state].active ? [this.target] : [];
  }
  preventDefault() {
    if (this.cancelable) this[state].prevented = true;
  }
  stopPropagation() {}
  stopImmediatePropagation() {
    this[state].stopped = true;
  }
}
showing('type', 'defaultPrevented', 'cancelable', 'timeStamp')(Event);

export class CustomEvent extends Event {
  #detail;
  constructor(type, init) {
    super(type, init);
    this.#detail = init?.detail ?? null;
  }
  get detail() {
    return this.#detail;
  }
}

export class EventTarget {
  constructor() {
    define(this, 'listeners', new Map());
  }
  addEventListener(type, listener, options) {
    if (listener === null || listener === undefined) return;
    if (typeof listener !== 'function' && typeof listener !== 'object')
      throw wrongType('listener', 'an instance of EventListener', listener);
    const { once = false, signal } = typeof options === 'object' && options !== null ? options : {};
    if (signal?.aborted) return;
    const known = this.listeners.get(`${type}`) ?? [];
    if (known.some((entry) => entry.listener === listener)) return;
    this.listeners.set(`${type}`, [...known, { listener, once }]);
    signal?.addEventListener('abort', () => this.removeEventListener(type, listener), { once: true });
  }
  removeEventListener(type, listener) {
    const known = this.listeners.get(`${type}`) ?? [];
    this.listeners.set(
      `${type}`,
      known.filter((entry) => entry.listener !== listener),
    );
  }
  listenersOf(type) {
    return (this.listeners.get(type) ?? []).map(({ listener }) => listener);
  }
  dispatchEvent(event) {
    if (!(event instanceof Event)) throw wrongType('event', 'an instance of Event', event);
    const inside = event[state];
    if (inside.active)
      throw nodeError(Error, 'ERR_EVENT_RECURSION', `The event "${event.type}" is already being dispatched`);
    Object.assign(inside, { target: this, active: true });
    const handler = this[`on${event.type}`];
    const own = typeof handler === 'function' ? [{ listener: handler }] : [];
    for (const { listener, once } of [...own, ...(this.listeners.get(event.type) ?? [])]) {
      if (inside.stopped) break;
      if (once) this.removeEventListener(event.type, listener);
      try {
        if (typeof listener === 'function') listener.call(this, event);
        else listener.handleEvent(event);
      } catch (error) {
        // The others hear it all the same.
        globalThis.process.nextTick(() => {
          throw error;
        });
      }
    }
    inside.active = false;
    return !event.defaultPrevented;
  }
}
showing()(EventTarget);

const codes = {
  IndexSizeError: 1,
  InvalidCharacterError: 5,
  NotFoundError: 8,
  NotSupportedError: 9,
  InvalidStateError: 11,
  SyntaxError: 12,
  InvalidAccessError: 15,
  SecurityError: 18,
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

/** What of Node's own makes a signal's reason when its time is over. */
const ofTimeout = [
  'new DOMException (node:internal/per_context/domexception:76:18)',
  'Timeout._onTimeout (node:internal/abort_controller:210:9)',
  'listOnTimeout (node:internal/timers:685:17)',
  'process.processTimers (node:internal/timers:618:7)',
];

const abortReason = (name, message) => new DOMException(message, name);
let allowed = false;

function aborting(reason = abortReason('AbortError', 'This operation was aborted')) {
  const controller = new AbortController();
  controller.abort(reason);
  return controller.signal;
}
export class AbortSignal extends EventTarget {
  #reason;
  #aborted = false;
  constructor() {
    super();
    if (!allowed) throw nodeError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    define(this, 'onabort', null);
    define(this, 'abortNow', (reason) => {
      if (this.#aborted) return;
      this.#aborted = true;
      this.#reason = reason;
      this.dispatchEvent(new Event('abort'));
    });
  }
  get aborted() {
    return this.#aborted;
  }
  get reason() {
    return this.#reason;
  }
  throwIfAborted() {
    if (this.aborted) throw this.reason;
  }
  static abort = aborting;
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
    setTimeout(() => {
      const reason = abortReason('TimeoutError', 'The operation was aborted due to timeout');
      define(
        reason,
        'stack',
        [`${reason.name}: ${reason.message}`, ...ofTimeout.map((one) => `    at ${one}`)].join('\n'),
      );
      controller.abort(reason);
    }, delay).unref();
    return controller.signal;
  }
}
showing('aborted')(AbortSignal);

export class AbortController {
  #signal;
  constructor() {
    allowed = true;
    this.#signal = new AbortSignal();
    allowed = false;
  }
  get signal() {
    return this.#signal;
  }
  abort(reason = abortReason('AbortError', 'This operation was aborted')) {
    this.#signal.abortNow(reason);
  }
}
showing('signal')(AbortController);
for (const Class of [Event, EventTarget, AbortSignal, AbortController]) tagged(Class);
