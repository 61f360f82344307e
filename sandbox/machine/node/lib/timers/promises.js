import * as timers from 'node:internal/timers';

function abortError(signal) {
  const error = new Error('The operation was aborted', { cause: signal.reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
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

export function setImmediate(value) {
  return new Promise((resolve) => timers.setImmediate(resolve, value));
}

export async function* setInterval(delay, value) {
  for (;;) yield await setTimeout(delay, value);
}

export const scheduler = {
  wait: (delay, options) => setTimeout(delay, undefined, options),
  yield: () => setImmediate(),
};

export default { scheduler, setImmediate, setInterval, setTimeout };
