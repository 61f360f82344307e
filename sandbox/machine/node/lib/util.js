import { TextDecoder, TextEncoder } from 'node:internal/encoding';
import { isDeepStrictEqual } from 'node:internal/equal';
import { define, nodeError, wrongType, wrongValue } from 'node:internal/errors';
import { host } from 'node:internal/host';
import {
  custom,
  format,
  formatWithOptions,
  inspect,
  paints,
  proxies,
  stripColors,
  styles,
} from 'node:internal/inspect';

const promisified = Symbol.for('nodejs.util.promisify.custom');

export function promisify(original) {
  if (typeof original !== 'function') throw wrongType('original', 'of type function', original);
  if (original[promisified] !== undefined) {
    if (typeof original[promisified] !== 'function')
      throw wrongType('util.promisify.custom', 'of type function', original[promisified]);
    return original[promisified];
  }
  function wrapped(...args) {
    return new Promise((resolve, reject) => {
      original.call(this, ...args, (error, value) => (error ? reject(error) : resolve(value)));
    });
  }
  Object.setPrototypeOf(wrapped, Object.getPrototypeOf(original));
  return Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original));
}
promisify.custom = promisified;

export function callbackify(original) {
  if (typeof original !== 'function') throw wrongType('original', 'of type function', original);
  function wrapped(...args) {
    const done = args.pop();
    if (typeof done !== 'function') throw wrongType('last argument', 'of type function', done);
    original.apply(this, args).then(
      (value) => globalThis.process.nextTick(done, null, value),
      (reason) => {
        let error = reason;
        if (!reason) {
          error = nodeError(Error, 'ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value');
          error.reason = reason;
        }
        globalThis.process.nextTick(done, error);
      },
    );
  }
  define(wrapped, 'name', `${original.name}Callbackified`);
  return wrapped;
}

export function inherits(Child, Parent) {
  if (Child === undefined || Child === null) throw wrongType('ctor', 'of type function', Child);
  if (Parent === undefined || Parent === null) throw wrongType('superCtor', 'of type function', Parent);
  if (Parent.prototype === undefined) throw wrongType('superCtor.prototype', 'of type object', Parent.prototype);
  define(Child, 'super_', Parent);
  Object.setPrototypeOf(Child.prototype, Parent.prototype);
}

const toldCodes = new Set();
export function deprecate(action, message, code) {
  let told = false;
  function deprecated(...args) {
    if (!told && !toldCodes.has(code)) globalThis.process.emitWarning(message, 'DeprecationWarning', code);
    told = true;
    if (code !== undefined) toldCodes.add(code);
    return new.target ? Reflect.construct(action, args, new.target) : action.apply(this, args);
  }
  Object.setPrototypeOf(deprecated, action);
  if (action.prototype !== undefined) deprecated.prototype = action.prototype;
  return deprecated;
}

export function styleText(style, text, { validateStream = true, stream = globalThis.process.stdout } = {}) {
  if (typeof text !== 'string') throw wrongType('text', 'of type string', text);
  const { NO_COLOR, FORCE_COLOR } = globalThis.process.env;
  const isPlain =
    validateStream && (FORCE_COLOR === undefined ? !stream?.isTTY || NO_COLOR !== undefined : FORCE_COLOR === '0');
  let shown = text;
  for (const name of [style].flat().toReversed()) {
    if (name === 'none') continue;
    const codes = Object.hasOwn(paints, name) ? paints[name] : undefined;
    if (codes === undefined) {
      const names = Object.keys(paints).map((one) => inspect(one));
      throw wrongValue('format', inspect(name), `must be one of: ${names.join(', ')}`);
    }
    if (!isPlain) shown = `\u001b[${codes[0]}m${shown}\u001b[${codes[1]}m`;
  }
  return shown;
}

export function stripVTControlCharacters(text) {
  if (typeof text !== 'string') throw wrongType('str', 'of type string', text);
  return stripColors(text);
}

const tagOf = (value) => Object.prototype.toString.call(value).slice(8, -1);
const isBoxed = (value) => [Number, String, Boolean, BigInt, Symbol].some((Boxed) => value instanceof Boxed);
const instances = 'Promise Date RegExp Map Set WeakMap WeakSet ArrayBuffer DataView'.split(' ');
const tags = {
  GeneratorFunction: 'GeneratorFunction',
  GeneratorObject: 'Generator',
  MapIterator: 'Map Iterator',
  SetIterator: 'Set Iterator',
  ModuleNamespaceObject: 'Module',
  ArgumentsObject: 'Arguments',
};
export const types = {
  isNativeError: (value) => value instanceof Error,
  isTypedArray: (value) => ArrayBuffer.isView(value) && !(value instanceof DataView),
  isUint8Array: (value) => value instanceof Uint8Array,
  isAsyncFunction: (value) => typeof value === 'function' && /Async/.test(tagOf(value)),
  isProxy: (value) => typeof value === 'object' && value !== null && proxies.has(value),
  isArrayBufferView: ArrayBuffer.isView,
  isAnyArrayBuffer: (value) => /^(Shared)?ArrayBuffer$/.test(tagOf(value)),
  isSharedArrayBuffer: (value) => tagOf(value) === 'SharedArrayBuffer',
  isBoxedPrimitive: isBoxed,
  isNumberObject: (value) => value instanceof Number,
  isStringObject: (value) => value instanceof String,
  isBooleanObject: (value) => value instanceof Boolean,
  isBigIntObject: (value) => value instanceof BigInt,
  isSymbolObject: (value) => value instanceof Symbol,
};
for (const name of instances) types[`is${name}`] = (value) => value instanceof globalThis[name];
for (const [name, tag] of Object.entries(tags)) types[`is${name}`] = (value) => tagOf(value) === tag;
for (const name of 'Uint8ClampedArray Uint16Array Uint32Array Int8Array Int16Array Int32Array Float32Array Float64Array BigInt64Array BigUint64Array'.split(
  ' ',
))
  types[`is${name}`] = (value) => value instanceof globalThis[name];

/** Read when it is first called: few programs do. */
export const parseArgs = (config) => host.importNow('node:internal/parse-args').parseArgs(config);
export const parseEnv = (text) => {
  if (typeof text !== 'string') throw wrongType('content', 'of type string', text);
  return host.importNow('node:internal/env').parseEnv(text);
};

export function debuglog(section) {
  const wanted = (globalThis.process.env.NODE_DEBUG ?? '').toLowerCase().split(',');
  const enabled = wanted.some(
    (one) => one !== '' && new RegExp(`^${one.replaceAll('*', '.*')}$`).test(section.toLowerCase()),
  );
  const log = (...args) => {
    if (enabled)
      globalThis.process.stderr.write(`${section.toUpperCase()} ${globalThis.process.pid}: ${format(...args)}\n`);
  };
  return Object.defineProperty(log, 'enabled', { get: () => enabled, enumerable: true });
}

const systemErrors =
  'E2BIG:7:argument list too long,EACCES:13:permission denied,EADDRINUSE:98:address already in use,EBADF:9:bad file descriptor,EBUSY:16:resource busy or locked,ECONNREFUSED:111:connection refused,ECONNRESET:104:connection reset by peer,EEXIST:17:file already exists,EINVAL:22:invalid argument,EIO:5:i/o error,EISDIR:21:illegal operation on a directory,EMFILE:24:too many open files,ENOENT:2:no such file or directory,ENOMEM:12:not enough memory,ENOSPC:28:no space left on device,ENOTDIR:20:not a directory,ENOTEMPTY:39:directory not empty,EPERM:1:operation not permitted,EPIPE:32:broken pipe,ESRCH:3:no such process,ETIMEDOUT:110:connection timed out';
const errorTable = () =>
  new Map(
    systemErrors
      .split(',')
      .map((one) => one.split(':'))
      .map(([name, number, words]) => [-number, [name, words]]),
  );
export const getSystemErrorMap = errorTable;
export const getSystemErrorName = (number) => errorTable().get(number)?.[0] ?? `Unknown system error ${number}`;
export const getSystemErrorMessage = (number) => errorTable().get(number)?.[1] ?? `Unknown system error ${number}`;
export const toUSVString = (text) => `${text}`.toWellFormed();
export const aborted = (signal) =>
  new Promise((resolve) =>
    signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }),
  );
export const isArray = deprecate(
  Array.isArray,
  'The `util.isArray` API is deprecated. Please use `Array.isArray()` instead.',
  'DEP0044',
);
/** The callers, the nearest first. */
export function getCallSites(count = 8) {
  return [...new Error('here').stack.matchAll(/at (?:(.*) \()?([^\s()]+):(\d+):(\d+)\)?/g)]
    .slice(0, count)
    .map(([, functionName = '', scriptName, line, column]) => ({
      functionName,
      scriptId: '0',
      scriptName,
      lineNumber: +line,
      columnNumber: +column,
      column: +column,
    }));
}
/** A type of content: `text/html;charset=utf-8`. */
export class MIMEType {
  constructor(text) {
    const [, type, subtype, rest] = /^\s*([\w!#$&^.+-]+)\/([\w!#$&^.+-]+)\s*(.*)$/.exec(`${text}`) ?? [];
    if (type === undefined)
      throw nodeError(
        TypeError,
        'ERR_INVALID_MIME_SYNTAX',
        `The MIME syntax for a type in ${inspect(`${text}`)} is invalid`,
      );
    this.type = type.toLowerCase();
    this.subtype = subtype.toLowerCase();
    this.params = new Map(
      [...rest.matchAll(/;\s*([^=;\s]+)=("?)([^;"]*)\2/g)].map(([, name, , value]) => [name.toLowerCase(), value]),
    );
  }
  get essence() {
    return `${this.type}/${this.subtype}`;
  }
  toString() {
    return [this.essence, ...[...this.params].map(([name, value]) => `${name}=${value}`)].join(';');
  }
  toJSON() {
    return this.toString();
  }
}

inspect.custom = custom;
define(inspect, 'colors', paints);
inspect.styles = styles;

export { debuglog as debug, format, formatWithOptions, inspect, isDeepStrictEqual, TextDecoder, TextEncoder };
export default {
  aborted,
  callbackify,
  debug: debuglog,
  debuglog,
  deprecate,
  format,
  formatWithOptions,
  getCallSites,
  getSystemErrorMap,
  getSystemErrorMessage,
  getSystemErrorName,
  inherits,
  inspect,
  isArray,
  isDeepStrictEqual,
  MIMEType,
  parseArgs,
  parseEnv,
  promisify,
  stripVTControlCharacters,
  styleText,
  TextDecoder,
  TextEncoder,
  toUSVString,
  types,
};
