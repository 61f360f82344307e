// What a program finds when it starts, and the functions by which the machine calls into it.
import 'node:internal/clock';
import { Buffer } from 'node:buffer';
import console from 'node:console';
import { randomUUID } from 'node:crypto';
import { performance } from 'node:internal/clock';
import { structuredClone } from 'node:internal/clone';
import { TextDecoder, TextEncoder } from 'node:internal/encoding';
import { define } from 'node:internal/errors';
import { AbortController, AbortSignal, Event, EventTarget } from 'node:internal/events';
import { writeFault } from 'node:internal/fault';
import { fetch, Headers, Request, Response } from 'node:internal/fetch';
import { host, info } from 'node:internal/host';
import { createRequire, Module, runMain } from 'node:internal/require';
import * as timers from 'node:internal/timers';
import process, { beforeExit, leave, tellSignal } from 'node:process';
import { URL, URLSearchParams } from 'node:url';

const { clearImmediate, clearInterval, clearTimeout, runImmediates, runTicks, setImmediate, setInterval, setTimeout } =
  timers;

const globals = {
  AbortController,
  AbortSignal,
  Buffer,
  Event,
  EventTarget,
  Headers,
  Request,
  Response,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
  clearImmediate,
  clearInterval,
  clearTimeout,
  console,
  fetch,
  global: globalThis,
  performance,
  process,
  setImmediate,
  setInterval,
  setTimeout,
  structuredClone,
  crypto: { randomUUID },
};
for (const [name, value] of Object.entries(globals)) define(globalThis, name, value);
define(globalThis, Symbol.toStringTag, 'global');
delete globalThis.InternalError;
delete globalThis.DOMException;

/** Tells a program's listeners of an error that nobody caught: 'handled', or the code with which it ends. */
export function fault(error, origin) {
  if (origin === 'promise' && process.listenerCount('unhandledRejection') > 0) {
    process.emit('unhandledRejection', error, Promise.resolve());
    return 'handled';
  }
  if (process.listenerCount('uncaughtException') > 0) {
    process.emit('uncaughtException', error, origin === 'script' ? 'uncaughtException' : 'unhandledRejection');
    return 'handled';
  }
  writeFault(error, origin);
  return leave(1);
}

/** A module waits at its top level for something that will never come (exit code 13). */
export function unsettled() {
  const lines = info.file === undefined ? [] : host.readText(info.file).split('\n');
  const index = lines.findIndex((line) => /\bawait\b/.test(line));
  const place = index < 0 ? '' : ` at file://${encodeURI(info.file)}:${index + 1}\n${lines[index]}\n^\n\n`;
  host.write(2, `Warning: Detected unsettled top-level await${place}\n`);
  return leave(13);
}

/** `node -e`: the program finds `require` and the modules by name. */
export function runCode() {
  const module = new Module(`${host.cwd()}/[eval]`);
  const require = createRequire(`${host.cwd()}/[eval]`);
  Object.assign(globalThis, { exports: module.exports, module, __filename: '[eval]', __dirname: '.' });
  define(globalThis, 'require', require);
  for (const name of ['assert', 'events', 'fs', 'http', 'os', 'path', 'url', 'util']) {
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get: () => require(name),
      set: (value) => define(globalThis, name, value),
    });
  }
}

export function printResult(value) {
  console.log(value);
}

export const { fireTimer } = timers;
export { request } from 'node:http';
export { settle } from 'node:internal/operations';
export { beforeExit, leave, runImmediates, runMain, runTicks, tellSignal as signal };
