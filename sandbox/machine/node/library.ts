// Node's modules as a program sees them: each is a file of lib/, given to QuickJS as text when it is first imported.
import assert from './lib/assert.js?raw';
import buffer from './lib/buffer.js?raw';
import childProcess from './lib/child_process.js?raw';
import consoleModule from './lib/console.js?raw';
import crypto from './lib/crypto.js?raw';
import events from './lib/events.js?raw';
import fsPromises from './lib/fs/promises.js?raw';
import fs from './lib/fs.js?raw';
import http from './lib/http.js?raw';
import addresses from './lib/internal/addresses.js?raw';
import boot from './lib/internal/boot.js?raw';
import clock from './lib/internal/clock.js?raw';
import encoding from './lib/internal/encoding.js?raw';
import env from './lib/internal/env.js?raw';
import equal from './lib/internal/equal.js?raw';
import errors from './lib/internal/errors.js?raw';
import eventTarget from './lib/internal/events.js?raw';
import exchange from './lib/internal/exchange.js?raw';
import fault from './lib/internal/fault.js?raw';
import fetch from './lib/internal/fetch.js?raw';
import host from './lib/internal/host.js?raw';
import inspect from './lib/internal/inspect.js?raw';
import json from './lib/internal/json.js?raw';
import operations from './lib/internal/operations.js?raw';
import require from './lib/internal/require.js?raw';
import signals from './lib/internal/signals.js?raw';
import testDraw from './lib/internal/test/draw.js?raw';
import testFrames from './lib/internal/test/frames.js?raw';
import testReplay from './lib/internal/test/replay.js?raw';
import testReporters from './lib/internal/test/reporters.js?raw';
import testTree from './lib/internal/test/tree.js?raw';
import timersInternal from './lib/internal/timers.js?raw';
import urlParse from './lib/internal/url-parse.js?raw';
import webcrypto from './lib/internal/webcrypto.js?raw';
import moduleModule from './lib/module.js?raw';
import os from './lib/os.js?raw';
import path from './lib/path.js?raw';
import performance from './lib/perf_hooks.js?raw';
import process from './lib/process.js?raw';
import querystring from './lib/querystring.js?raw';
import consumers from './lib/stream/consumers.js?raw';
import stream from './lib/stream.js?raw';
import stringDecoder from './lib/string_decoder.js?raw';
import test from './lib/test.js?raw';
import timersPromises from './lib/timers/promises.js?raw';
import timers from './lib/timers.js?raw';
import tty from './lib/tty.js?raw';
import url from './lib/url.js?raw';
import util from './lib/util.js?raw';

const builtins: Readonly<Record<string, string>> = {
  assert,
  'assert/strict': `export * from 'node:assert'; export { strict as default } from 'node:assert';`,
  buffer,
  child_process: childProcess,
  console: consoleModule,
  crypto,
  events,
  fs,
  'fs/promises': fsPromises,
  http,
  module: moduleModule,
  os,
  path,
  'path/posix': `export * from 'node:path'; export { default } from 'node:path';`,
  'path/win32': `import { win32 } from 'node:path'; export default win32; export const { basename, dirname, extname, join, normalize, parse, relative, sep } = win32;`,
  perf_hooks: performance,
  process,
  querystring,
  stream,
  'stream/consumers': consumers,
  'stream/promises': `import { promises } from 'node:stream'; export const { pipeline, finished } = promises; export default promises;`,
  string_decoder: stringDecoder,
  test,
  timers,
  'timers/promises': timersPromises,
  tty,
  url,
  util,
  'util/types': `import { types } from 'node:util'; export default types; export const { isPromise, isDate, isRegExp, isMap, isSet, isNativeError, isTypedArray, isUint8Array, isAsyncFunction } = types;`,
};

const internals: Readonly<Record<string, string>> = {
  'internal/addresses': addresses,
  'internal/boot': boot,
  'internal/clock': clock,
  'internal/encoding': encoding,
  'internal/env': env,
  'internal/equal': equal,
  'internal/errors': errors,
  'internal/events': eventTarget,
  'internal/exchange': exchange,
  'internal/fault': fault,
  'internal/fetch': fetch,
  'internal/host': host,
  'internal/inspect': inspect,
  'internal/json': json,
  'internal/operations': operations,
  // Its standard input is made when somebody names it.
  'internal/process-input': `export * from 'node:process'; import process from 'node:process'; export const { stdin } = process; export default process;`,
  'internal/require': require,
  'internal/signals': signals,
  'internal/test/draw': testDraw,
  'internal/test/frames': testFrames,
  'internal/test/replay': testReplay,
  'internal/test/reporters': testReporters,
  'internal/test/tree': testTree,
  'internal/timers': timersInternal,
  'internal/url-parse': urlParse,
  'internal/webcrypto': webcrypto,
};

/** Modules that Node has and this sandbox does not. */
export const nodeOnly: ReadonlySet<string> = new Set(
  `cluster constants dgram domain http2 https inspector
  inspector/promises punycode repl sea sqlite stream/web sys test/reporters tls trace_events v8 wasi`.split(/\s+/),
);

/** Modules that every program can import without more. */
export function isBuiltin(name: string): boolean {
  return Object.hasOwn(builtins, name);
}

/** Modules that only the library itself may import. */
export function isInternal(name: string): boolean {
  return Object.hasOwn(internals, name);
}

/** Every module that `libraryText` gives. */
export const libraryNames: readonly string[] = [...Object.keys(internals), ...Object.keys(builtins)];

export function libraryText(name: string): string {
  return builtins[name] ?? internals[name] ?? '';
}
