import { define, nodeError } from 'node:internal/errors';
import * as timers from 'node:internal/timers';

export function abortError(signal) {
  const error = nodeError(Error, 'ABORT_ERR', 'The operation was aborted');
  define(error, 'cause', signal.reason);
  define(error, 'name', 'AbortError');
  return define(error, 'stack', String(error.stack).replace(/^Error \[ABORT_ERR\]/, 'AbortError'));
}

export function setTimeout(delay, value, { signal, ref = true } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortError(signal));
    const timer = timers.setTimeout(() => resolve(value), delay);
    if (!ref) timer.unref();
    signal?.addEventListener('abort', () => {
      timers.clearTimeout(timer);
      reject(abortError(signal));
    });
  });
}

export function setImmediate(value, { signal } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortError(signal));
    timers.setImmediate(resolve, value);
    signal?.addEventListener('abort', () => reject(abortError(signal)));
  });
}

export async function* setInterval(delay, value, options) {
  for (;;) yield await setTimeout(delay, value, options);
}

export const scheduler = {
  wait: (delay, options) => setTimeout(delay, undefined, options),
  yield: () => setImmediate(),
};

export default { setTimeout, setImmediate, setInterval, scheduler };
