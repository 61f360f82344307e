// node:diagnostics_channel: named channels within one program.
import { wrongType } from 'node:internal/errors';
import { nextTick } from 'node:internal/timers';

const channels = new Map();

export class Channel {
  #heard = [];
  constructor(name) {
    this.name = name;
  }
  get hasSubscribers() {
    return this.#heard.length > 0;
  }
  subscribe(listener) {
    if (typeof listener !== 'function') throw wrongType('subscription', 'of type function', listener);
    this.#heard = [...this.#heard, listener];
  }
  unsubscribe(listener) {
    const at = this.#heard.indexOf(listener);
    this.#heard = this.#heard.filter((_, index) => index !== at);
    return at >= 0;
  }
  publish(message) {
    for (const listener of this.#heard) {
      try {
        listener(message, this.name);
      } catch (error) {
        nextTick(() => {
          throw error;
        });
      }
    }
  }
}

export function channel(name) {
  if (typeof name !== 'string' && typeof name !== 'symbol')
    throw wrongType('channel', 'of type string or symbol', name);
  if (!channels.has(name)) channels.set(name, new Channel(name));
  return channels.get(name);
}
export const hasSubscribers = (name) => channels.get(name)?.hasSubscribers ?? false;
export const subscribe = (name, listener) => channel(name).subscribe(listener);
export const unsubscribe = (name, listener) => channel(name).unsubscribe(listener);

const moments = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

export class TracingChannel {
  constructor(given) {
    for (const moment of moments)
      this[moment] = typeof given === 'string' ? channel(`tracing:${given}:${moment}`) : given[moment];
  }
  get hasSubscribers() {
    return moments.some((moment) => this[moment].hasSubscribers);
  }
  subscribe(listeners) {
    for (const moment of moments) if (listeners[moment]) this[moment].subscribe(listeners[moment]);
  }
  unsubscribe(listeners) {
    return moments.filter((moment) => listeners[moment]).every((moment) => this[moment].unsubscribe(listeners[moment]));
  }
  traceSync(action, context = {}, self = undefined, ...args) {
    this.start.publish(context);
    try {
      context.result = Reflect.apply(action, self, args);
      return context.result;
    } catch (error) {
      context.error = error;
      this.error.publish(context);
      throw error;
    } finally {
      this.end.publish(context);
    }
  }
  tracePromise(action, context = {}, self = undefined, ...args) {
    const over = (key, value) => {
      context[key] = value;
      if (key === 'error') this.error.publish(context);
      this.asyncStart.publish(context);
      this.asyncEnd.publish(context);
    };
    this.start.publish(context);
    try {
      return Promise.resolve(Reflect.apply(action, self, args)).then(
        (result) => {
          over('result', result);
          return result;
        },
        (error) => {
          over('error', error);
          throw error;
        },
      );
    } catch (error) {
      context.error = error;
      this.error.publish(context);
      throw error;
    } finally {
      this.end.publish(context);
    }
  }
}
export const tracingChannel = (given) => new TracingChannel(given);

export default { Channel, channel, hasSubscribers, subscribe, tracingChannel, unsubscribe };
