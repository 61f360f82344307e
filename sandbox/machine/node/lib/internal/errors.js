// Errors as V8 words and prints them: what QuickJS says otherwise is said again in Node's words.
import { host, info } from 'node:internal/host';

/** The frames of each error, and what the machine makes of them when they are asked for. */
const traces = new WeakMap();

/** What the machine tells of an error: the lines of its stack, where it was made, what of Node's own is shown at the end. */
export function tracedOf(error) {
  const known = typeof error === 'object' && error !== null ? traces.get(error) : undefined;
  if (known === undefined) return undefined;
  if (known.traced === undefined) {
    const { message, code, operator } = error;
    known.traced = JSON.parse(
      host.trace(
        JSON.stringify({
          frames: known.frames,
          engine: known.engine,
          message: typeof message === 'string' ? message : '',
          classes: classNames(error),
          ...(typeof code === 'string' ? { code } : {}),
          ...(typeof operator === 'string' ? { operator } : {}),
          starting: known.starting,
          ticking: known.ticking,
          among: places.get(error),
          limit: Number.isInteger(globalThis.Error.stackTraceLimit) ? globalThis.Error.stackTraceLimit : 0,
        }),
      ),
    );
  }
  return known.traced;
}

/** Whether QuickJS made it itself. */
export const isEngine = (error) => traces.get(error)?.engine === true;

/** Where an error was made: the first place that is the program's own. */
export const placeOf = (error) => tracedOf(error)?.place;

const define = (target, name, value) =>
  Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });

const stackLines = (error) => (tracedOf(error)?.lines ?? []).map((line) => `    at ${line}`);

// QuickJS has neither.
for (const name of ['dispose', 'asyncDispose'])
  if (Symbol[name] === undefined) define(Symbol, name, Symbol(`Symbol.${name}`));

// Our own functions are among the frames, and do not count for a program.
Error.stackTraceLimit = 60;
// QuickJS keeps these two behind a setter: they have to be assigned.
Error.prepareStackTrace = (error, frames) => {
  // It comes again when the error is thrown, and may know less by then.
  if (traces.has(error)) return [header(error), ...stackLines(error)].join('\n');
  const isMade = frames[0]?.getFunctionName() === 'construct' && frames[1]?.getFileName() === 'node:internal/errors';
  // Only `Promise.any` makes one of its own, and V8 knows no place of it.
  const isAny = !isMade && error instanceof AggregateError;
  traces.set(error, {
    engine: !isMade && error instanceof RealError,
    frames: (isAny ? [] : frames).map((frame) => ({
      file: frame.getFileName() ?? '',
      name: frame.getFunctionName() ?? '',
      line: frame.getLineNumber(),
      column: frame.getColumnNumber(),
      native: frame.isNative(),
    })),
  });
  const bottom = frames.at(-1);
  if (bottom === undefined || bottom.isNative() || /^(file:|node:internal\/errors)/.test(bottom.getFileName() ?? ''))
    traces.get(error).starting = host.isStarting();
  if (bottom !== undefined && !bottom.isNative() && !/^node:/.test(bottom.getFileName() ?? ''))
    traces.get(error).ticking = host.isTicking();
  // Its stack is made when somebody reads it.
  if (isMade) return '';
  if (error instanceof RealError) reword(error);
  const stack = [header(error), ...stackLines(error)].join('\n');
  traces.get(error).stack = stack;
  return stack;
};

/** The stack as V8 would make it now, when it is first read: of what the engine made, QuickJS made the text at once. */
export const stackOf = (error) =>
  error.stack === traces.get(error)?.stack && typeof error.stack === 'string'
    ? [header(error), ...stackLines(error)].join('\n')
    : error.stack;

/** Which of several that are waited for together failed with an error. */
const places = new WeakMap();
function waitedFor(error, place) {
  const known = traces.get(error);
  if (known === undefined || places.has(error)) return;
  places.set(error, place);
  // A stack that was told already gets what stands below it now.
  if (known.traced === undefined) return;
  const before = stackLines(error).join('\n');
  known.traced = undefined;
  const after = stackLines(error).join('\n');
  if (after.length > before.length && after.startsWith(before))
    define(error, 'stack', `${error.stack}${after.slice(before.length)}`);
}
for (const name of ['all', 'allSettled', 'any', 'race']) {
  const real = Promise[name];
  const { [name]: waiting } = {
    [name](items) {
      // What is no list is refused by the promise.
      if (typeof items?.[Symbol.iterator] !== 'function') return real.call(this, items);
      const list = [...items];
      for (const [index, item] of list.entries()) {
        if (!(item instanceof Promise)) continue;
        item.then(undefined, (error) => {
          if (typeof error === 'object' && error !== null) waitedFor(error, { name, index });
        });
      }
      return real.call(this, list);
    },
  };
  define(Promise, name, waiting);
}

const RealError = Error;
const aggregate = AggregateError.prototype;
/** What a program made itself. */
const made = new WeakSet();
/** QuickJS gives the error of `Promise.any` neither words nor a stack. */
for (const [name, wordsOf] of [
  ['message', (error) => (made.has(error) || error === aggregate ? '' : 'All promises were rejected')],
  ['stack', (error) => (error === aggregate ? undefined : header(error))],
]) {
  Object.defineProperty(aggregate, name, {
    configurable: true,
    get() {
      return wordsOf(this);
    },
    set(value) {
      define(this, name, value);
    },
  });
}

/** V8 makes the text of a stack when it is first read: a name or message that the error got until then is in it. */
export function putStack(error, linesOf) {
  const set = (value) => define(error, 'stack', value);
  const get = () => {
    const stack = [header(error), ...linesOf()].join('\n');
    set(stack);
    return stack;
  };
  return Object.defineProperty(error, 'stack', { configurable: true, enumerable: false, get, set });
}
for (const Real of [Error, AggregateError, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]) {
  function Virtual(...args) {
    const error = Reflect.construct(Real, args, new.target ?? Virtual);
    made.add(error);
    return putStack(error, () => stackLines(error));
  }
  for (const name of Reflect.ownKeys(Real)) {
    const descriptor = Object.getOwnPropertyDescriptor(Real, name);
    if (name !== 'arguments' && name !== 'caller') Object.defineProperty(Virtual, name, descriptor);
  }
  if (Real !== RealError) Object.setPrototypeOf(Virtual, globalThis.Error);
  define(Real.prototype, 'constructor', Virtual);
  define(globalThis, Real.name, Virtual);
}

const limit = info.execArgv.find((word) => word.startsWith('--stack-trace-limit='))?.split('=')[1];
define(globalThis.Error, 'stackTraceLimit', limit === undefined ? 10 : Number(limit));
define(globalThis.Error, 'prepareStackTrace', undefined);

function classNames(error) {
  const names = [];
  for (
    let Class = error.constructor;
    typeof Class === 'function' && Class.name !== '';
    Class = Object.getPrototypeOf(Class)
  ) {
    names.push(Class.name);
  }
  return names;
}

function header(error) {
  try {
    const name = error.name === undefined ? 'Error' : String(error.name);
    const label = error.code !== undefined && nodeErrors.has(error) ? `${name} [${error.code}]` : name;
    const message = error.message === undefined ? '' : String(error.message);
    return message === '' ? label : `${label}: ${message}`;
  } catch {
    return 'Error';
  }
}

/** Gives an error the place of another: of one that was made before there was something to wait for. */
export function placeAs(error, other) {
  const [head] = String(error.stack).split('\n    at ');
  traces.set(error, { ...traces.get(other), engine: false });
  define(error, 'stack', [head, ...stackLines(error)].join('\n'));
  return error;
}

const nodeErrors = new WeakSet();

/** An error of Node's own, with its code: `TypeError [ERR_INVALID_ARG_TYPE]: …`. */
export function nodeError(Base, code, message) {
  const error = new Base(message);
  define(error, 'code', code);
  Object.defineProperty(error, 'code', { enumerable: true });
  define(error, 'stack', String(error.stack).replace(error.name, `${error.name} [${code}]`));
  return error;
}

/** An error of the system: `Error: listen EADDRINUSE: …`, with its fields. */
export function systemError(message, fields) {
  return Object.assign(new Error(message), fields);
}

function received(value) {
  if (value === null || value === undefined) return `Received ${value}`;
  if (typeof value === 'function') return `Received function ${value.name}`;
  if (typeof value === 'object') {
    return value.constructor?.name
      ? `Received an instance of ${value.constructor.name}`
      : 'Received [Object: null prototype] {}';
  }
  if (typeof value === 'bigint') return `Received type bigint (${value}n)`;
  if (typeof value === 'string') {
    const short = value.length > 28 ? `${value.slice(0, 25)}...` : value;
    return `Received type string (${short.includes("'") ? JSON.stringify(short) : `'${short}'`})`;
  }
  return `Received type ${typeof value} (${Object.is(value, -0) ? '-0' : String(value)})`;
}

const argument = (name) => (name.includes(' ') ? name : `"${name}" ${name.includes('.') ? 'property' : 'argument'}`);

export const wrongType = (name, expected, value) =>
  nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The ${argument(name)} must be ${expected}. ${received(value)}`);

/** What has the right type and not the right value; `shown` is the value as inspect shows it. */
export const wrongValue = (name, shown, reason = 'is invalid') =>
  nodeError(
    TypeError,
    'ERR_INVALID_ARG_VALUE',
    `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${shown}`,
  );

export function outOfRange(name, range, value) {
  const isBig =
    typeof value === 'bigint'
      ? value > 2n ** 32n || value < -(2n ** 32n)
      : Number.isInteger(value) && Math.abs(value) > 2 ** 32;
  const digits = `${value}${typeof value === 'bigint' ? 'n' : ''}`;
  const shown = isBig ? digits.replace(/\B(?=(\d{3})+n?$)/g, '_') : digits;
  return nodeError(
    RangeError,
    'ERR_OUT_OF_RANGE',
    `The value of "${name}" is out of range. It must be ${range}. Received ${shown}`,
  );
}

/** Puts V8's words in the place of QuickJS's. What needs no look at the program's text is said here. */
function reword(error) {
  if (typeof error.message !== 'string') return;
  const { message } = error;
  const traced = tracedOf(error);
  if (traced.message !== undefined) define(error, 'message', traced.message);
  const missing = /^Could not find export '(.*)' in module '(.*)'$/s.exec(message);
  if (missing !== null) missingExport(missing[1], missing[2], error, traced);
  if (message === 'string too long') Object.setPrototypeOf(error, RangeError.prototype);
}

function missingExport(name, file, error, traced) {
  const importer = JSON.parse(host.importerOf(file, name));
  if (importer === null) return;
  traced.place = { file: importer.from, line: importer.line, column: 1 };
  traced.lines = importer.lines;
  const asked = importer.specifier;
  const words = `Named export '${name}' not found. The requested module '${asked}' is a CommonJS module, which may not support all module.exports as named exports.
CommonJS modules can always be imported via the default export, for example using:

import pkg from '${asked}';
${importer.binding === undefined ? '' : `const ${importer.binding} = pkg;\n`}`;
  define(
    error,
    'message',
    importer.isCommonJs ? words : `The requested module '${asked}' does not provide an export named '${name}'`,
  );
}

/** For errors that were emitted and that nobody listened to: on what, and where. */
const emissions = new WeakMap();
export const emissionOf = (error) => (typeof error === 'object' && error !== null ? emissions.get(error) : undefined);

const later = [
  '    at emitErrorNT (node:internal/streams/destroy:170:8)',
  '    at emitErrorCloseNT (node:internal/streams/destroy:129:3)',
  '    at process.processTicksAndRejections (node:internal/process/task_queues:90:21)',
];

/** What of Node's own emits an error of a connection, and of a server that cannot listen. */
const byWhom = {
  ClientRequest: [
    '    at emitErrorEvent (node:_http_client:114:11)',
    '    at Socket.socketErrorListener (node:_http_client:766:5)',
    '    at Socket.emit (node:events:514:28)',
    ...later,
  ],
  Server: ['    at emitErrorNT (node:net:2416:8)', later.at(-1)],
  ChildProcess: [
    '    at ChildProcess._handle.onexit (node:internal/child_process:293:12)',
    '    at onErrorNT (node:internal/child_process:525:16)',
    later.at(-1),
  ],
};

export function noteEmission(error, who) {
  if (typeof error !== 'object' || error === null || emissions.has(error)) return;
  // Two of the frames are the emitting itself.
  const { Error: Made } = globalThis;
  const limit = Made.stackTraceLimit;
  Made.stackTraceLimit += 2;
  const { lines } = tracedOf(new Made('here'));
  Made.stackTraceLimit = limit;
  // The emitting itself is not told.
  const first = lines.findIndex((line) => !/^(getUnhandledErrorException|\w+\.emit) \(node:events/.test(line));
  const own = lines.slice(Math.max(0, first), Math.max(0, first) + limit).map((line) => `    at ${line}`);
  const isOwn = typeof error.syscall === 'string';
  emissions.set(error, {
    who,
    lines: isOwn && byWhom[who] !== undefined ? byWhom[who] : own.length === 0 ? later : own,
  });
}

/** Warnings that are thrown in the place of being told. */
export const thrownWarnings = new WeakSet();

export { define };
