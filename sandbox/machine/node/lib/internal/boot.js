// What a program finds when it starts, and the functions by which the machine calls into it.
import console from 'node:console';
import { performance } from 'node:internal/clock';
import { define, nodeError, putStack } from 'node:internal/errors';
import { host, info } from 'node:internal/host';
import { builtinModules, createRequire, Module, modulePaths, preload, runMain } from 'node:internal/require';
import * as timers from 'node:internal/timers';
import process, { beforeExit, leave, tellSignal, tellTyped } from 'node:process';

const { clearImmediate, clearInterval, clearTimeout, runImmediates, runTicks, setImmediate, setInterval, setTimeout } =
  timers;

const globals = {
  clearImmediate,
  clearInterval,
  clearTimeout,
  console,
  global: globalThis,
  performance,
  process,
  setImmediate,
  setInterval,
  setTimeout,
};
/** What a program finds when it lists what is global. */
const listed =
  'global clearImmediate setImmediate clearInterval clearTimeout setInterval setTimeout queueMicrotask structuredClone atob btoa performance fetch crypto navigator'.split(
    ' ',
  );
/** What few programs use is read when it is first asked for: it would cost every program its start. */
const later = {
  'node:buffer': ['atob', 'btoa', 'Buffer'],
  'node:internal/clone': ['structuredClone'],
  'node:internal/encoding': ['TextDecoder', 'TextEncoder'],
  'node:internal/events': ['AbortController', 'AbortSignal', 'CustomEvent', 'DOMException', 'Event', 'EventTarget'],
  'node:internal/intl': ['Intl'],
  'node:internal/fetch': ['fetch', 'Headers', 'Request', 'Response', 'FormData', 'Blob', 'File', 'ReadableStream'],
  'node:url': ['URL', 'URLSearchParams'],
};
for (const [module, names] of Object.entries(later)) {
  for (const name of names) {
    const set = (value) =>
      Object.defineProperty(globalThis, name, {
        value,
        writable: true,
        configurable: true,
        enumerable: listed.includes(name),
      });
    const get = () => {
      set(host.importNow(module)[name]);
      return globalThis[name];
    };
    Object.defineProperty(globalThis, name, { configurable: true, enumerable: false, get, set });
  }
}
/** The methods that need it bring it. */
for (const [owner, names] of [
  [Number.prototype, ['toLocaleString']],
  [Date.prototype, ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString']],
  [String.prototype, ['localeCompare']],
]) {
  for (const name of names) {
    define(owner, name, function (...args) {
      host.importNow('node:internal/intl');
      return owner[name].apply(this, args);
    });
  }
}
/** What goes wrong with JSON is told in V8's words; they are read when something does. */
for (const [method, problem, from] of [
  ['parse', 'parseProblem', 'SyntaxError'],
  ['stringify', 'circleProblem', 'TypeError'],
]) {
  const real = JSON[method];
  define(JSON, method, (...args) => {
    try {
      return real.apply(JSON, args);
    } catch (error) {
      const isOwn = error?.name === from && (from === 'SyntaxError' || /circular/.test(error.message));
      const found = isOwn ? host.importNow('node:internal/json')[problem](args[0]) : undefined;
      if (found !== undefined) {
        const message = found.words;
        const [, ...frames] = String(error.stack).replace(error.message, '').split('\n');
        const lines = [`    at JSON.${method} (<anonymous>)`, ...frames].slice(0, globalThis.Error.stackTraceLimit);
        define(error, 'message', message);
        if (found.position !== undefined)
          host.importNow('node:internal/fault').unread.set(error, { text: String(args[0]), position: found.position });
        putStack(error, () => lines);
      }
      throw error;
    }
  });
  define(JSON[method], 'name', method);
}
/** The same for a pattern that is put together while the program runs. */
const made = (calls, make) => (Real, first, second) => {
  const args = calls ? second : first;
  try {
    return make(Real, args, calls ? undefined : second);
  } catch (error) {
    const [pattern, flags = ''] = args;
    const words = error?.name === 'SyntaxError' && host.patternProblem(error.message, `${pattern}`, `${flags}`);
    if (!words) throw error;
    const [, ...frames] = String(error.stack).split('\n');
    const lines = [
      `    at ${calls ? '' : 'new '}RegExp (<anonymous>)`,
      ...frames.filter((one) => !one.includes('node:internal/boot')),
    ];
    define(error, 'message', words);
    putStack(error, () => lines.slice(0, globalThis.Error.stackTraceLimit));
    throw error;
  }
};
define(
  globalThis,
  'RegExp',
  new Proxy(RegExp, {
    apply: made(true, (Real, args) => Real(...args)),
    construct: made(false, Reflect.construct),
  }),
);
define(globalThis, 'navigator', {
  hardwareConcurrency: 1,
  language: 'en-US',
  languages: ['en-US'],
  platform: 'linux',
  userAgent: `Node.js/${info.version.slice(1).split('.')[0]}`,
});
delete globalThis.InternalError;

/** The end of an asynchronous generator that somebody left: see `runnable` in modules.ts. */
const closing = Symbol.for('noventa.closing');
const generators = Object.getPrototypeOf(async function* () {}).prototype;
const { return: end } = generators;
define(generators, 'return', function (value) {
  const ended = end.call(this, value);
  const forget = () => {
    if (globalThis[closing] === ended) define(globalThis, closing, undefined);
  };
  define(globalThis, closing, ended);
  ended.then(forget, forget);
  return ended;
});
define(generators.return, 'name', 'return');
for (const [name, value] of Object.entries(globals)) define(globalThis, name, value);
define(globalThis, Symbol.toStringTag, 'global');
for (const name of listed) {
  const property = Object.getOwnPropertyDescriptor(globalThis, name);
  const value = property?.value;
  delete globalThis[name];
  const held =
    name === 'performance'
      ? { get: () => value, set: (other) => define(globalThis, name, other) }
      : name === 'navigator'
        ? { get: () => value }
        : name === 'crypto'
          ? { get: () => host.importNow('node:internal/webcrypto').crypto }
          : property;
  Object.defineProperty(globalThis, name, { configurable: true, ...held, enumerable: true });
}

/** Tells a program's listeners of an error that nobody caught: 'handled', or the code with which it ends. */
export function fault(...told) {
  try {
    return tellFault(...told);
  } catch (error) {
    return failedListener(error, ...told);
  } finally {
    timers.context.frame = undefined;
  }
}

/** What a listener throws ends the program; that of a rejection is first told itself. */
function failedListener(error, told, origin) {
  if (origin === 'promise' && process.listenerCount('unhandledRejection') > 0) {
    if (process.listenerCount('uncaughtException') > 0) return fault(error, 'script');
    const code = leave(1);
    host.importNow('node:internal/fault').writeFault(error, 'script', code, error === told);
    return code;
  }
  host.importNow('node:internal/fault').writeFault(error, 'script', 1, error === told);
  return 7;
}

function tellFault(error, origin, promise, id) {
  if (origin === 'promise' && process.listenerCount('unhandledRejection') > 0) {
    process.emit('unhandledRejection', error, promise);
    return 'handled';
  }
  if (origin === 'promise' && info.execArgv.includes('--unhandled-rejections=none')) return 'handled';
  if (origin === 'promise' && info.execArgv.includes('--unhandled-rejections=warn')) return warnOf(error, id);
  const kind = /^(script|job)$/.test(origin) ? 'uncaughtException' : 'unhandledRejection';
  if (process.listenerCount('uncaughtExceptionMonitor') > 0) process.emit('uncaughtExceptionMonitor', error, kind);
  if (process.listenerCount('uncaughtException') > 0) {
    process.emit('uncaughtException', error, kind);
    return 'handled';
  }
  const code = globalThis[Symbol.for('noventa.tests')]?.(error, kind) ?? 1;
  if (code === 0) return 'handled';
  // Who listens to the end hears of it before the error is told.
  const last = leave(code);
  host.importNow('node:internal/fault').writeFault(error, origin, code);
  return last;
}

/** `--unhandled-rejections=warn`: the program goes on. */
function warnOf(error, id) {
  const name = 'UnhandledPromiseRejectionWarning';
  process.emitWarning(error instanceof Error ? error.stack : String(error), { type: name, now: true });
  const words = `Unhandled promise rejection. This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was not handled with .catch(). To terminate the node process on unhandled promise rejection, use the CLI flag \`--unhandled-rejections=strict\` (see https://nodejs.org/api/cli.html#cli_unhandled_rejections_mode). (rejection id: ${id})`;
  process.emitWarning(words, { type: name, now: true });
  return 'handled';
}

/** Somebody listens to a promise of which it was told that nobody does. */
export function handledLate(promise, id) {
  if (process.emit('rejectionHandled', promise)) return;
  process.emitWarning(
    `Promise rejection was handled asynchronously (rejection id: ${id})`,
    'PromiseRejectionHandledWarning',
  );
}

/** A module waits at its top level for something that will never come (exit code 13). */
export function unsettled() {
  const found = info.file === undefined ? null : JSON.parse(host.lastAwait(`file://${encodeURI(info.file)}`));
  const place = found === null ? '' : ` at ${found.where}\n${found.line}\n${' '.repeat(found.column - 1)}^\n\n\n`;
  host.write(2, `Warning: Detected unsettled top-level await${place}\n`);
  return leave(13);
}

/** The machine brings a request; only a program that has loaded `node:http` listens for any. */
export function request(...args) {
  timers.context.frame = undefined;
  host.importNow('node:http').request(...args);
}

/** `node -e`: the program finds `require` and the modules by name. */
export function runCode(name) {
  const module = new Module(`${host.cwd()}/${name}`);
  const require = createRequire(`${host.cwd()}/${name}`, module);
  Object.assign(globalThis, { __filename: name, module, exports: module.exports, __dirname: '.', require });
  module.paths = modulePaths(host.cwd());
  define(module, 'parent', undefined);
  Object.assign(module, { id: name, filename: `${host.cwd()}/${name}` });
  for (const name of builtinModules.filter(
    (one) => !/[/]|^(test|module|process|console|constants|punycode)$/.test(one),
  )) {
    if (name !== 'crypto' && Object.hasOwn(globalThis, name)) continue;
    Object.defineProperty(globalThis, name, {
      configurable: true,
      enumerable: name === 'crypto',
      get: () => require(name),
      set: (value) => define(globalThis, name, value),
    });
  }
}

/** `node -p` prints at the end, before the program's own listeners hear of it. */
export function printResult(value) {
  process.prependListener('exit', () => console.log(value));
}

const typelessOnes = new Set();

/** A module of a package that does not say what its files are; told once a package. */
export function typeless(url, file) {
  if (typelessOnes.has(file)) return;
  typelessOnes.add(file);
  const words = `Module type of ${url} is not specified and it doesn't parse as CommonJS.
Reparsing as ES module because module syntax was detected. This incurs a performance overhead.
To eliminate this warning, add "type": "module" to ${file}.`;
  process.emitWarning(words, { code: 'MODULE_TYPELESS_PACKAGE_JSON', now: true });
}

export function cannotPrint() {
  throw nodeError(Error, 'ERR_EVAL_ESM_CANNOT_PRINT', '--print cannot be used with ESM input');
}

export const { fireTimer } = timers;
export { heard, settle, settle as answered } from 'node:internal/operations';
export { beforeExit, leave, preload, runImmediates, runMain, runTicks, tellSignal as signal, tellTyped as typed };

// A worker tells its errors to the thread that started it, whether it imports the module or not.
if (info.env.NOVENTA_WORKER !== undefined) host.importNow('node:worker_threads');
