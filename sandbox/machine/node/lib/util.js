import { TextDecoder, TextEncoder } from 'node:internal/encoding';
import { isDeepStrictEqual } from 'node:internal/equal';
import { define, wrongType } from 'node:internal/errors';
import { host } from 'node:internal/host';
import { custom, format, formatWithOptions, inspect, stripColors } from 'node:internal/inspect';

const promisified = Symbol.for('nodejs.util.promisify.custom');

export function promisify(original) {
  if (typeof original !== 'function') throw wrongType('original', 'of type function', original);
  if (typeof original[promisified] === 'function') return original[promisified];
  function wrapped(...args) {
    return new Promise((resolve, reject) => {
      original.call(this, ...args, (error, value) => (error ? reject(error) : resolve(value)));
    });
  }
  define(wrapped, 'name', original.name);
  return wrapped;
}
promisify.custom = promisified;

export function callbackify(original) {
  return function wrapped(...args) {
    const done = args.pop();
    original.apply(this, args).then(
      (value) => globalThis.process.nextTick(done, null, value),
      (error) => globalThis.process.nextTick(done, error),
    );
  };
}

export function inherits(Child, Parent) {
  define(Child, 'super_', Parent);
  Object.setPrototypeOf(Child.prototype, Parent.prototype);
}

export function deprecate(action, message, code) {
  let told = false;
  return function deprecated(...args) {
    if (!told)
      globalThis.process.emitWarning(message, {
        type: code === undefined ? 'DeprecationWarning' : `[${code}] DeprecationWarning`,
      });
    told = true;
    return action.apply(this, args);
  };
}

const colors = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
  gray: [90, 39],
  bold: [1, 22],
  dim: [2, 22],
  underline: [4, 24],
};

export function styleText(style, text) {
  if (!globalThis.process.stdout.isTTY) return text;
  return [style].flat().reduce((shown, name) => `\u001b[${colors[name][0]}m${shown}\u001b[${colors[name][1]}m`, text);
}

export const stripVTControlCharacters = (text) => stripColors(String(text));

export const types = {
  isPromise: (value) => value instanceof Promise,
  isDate: (value) => value instanceof Date,
  isRegExp: (value) => value instanceof RegExp,
  isMap: (value) => value instanceof Map,
  isSet: (value) => value instanceof Set,
  isNativeError: (value) => value instanceof Error,
  isTypedArray: (value) => ArrayBuffer.isView(value) && !(value instanceof DataView),
  isUint8Array: (value) => value instanceof Uint8Array,
  isAsyncFunction: (value) => value?.constructor?.name === 'AsyncFunction',
};

/** Read when it is first called: few programs do. */
export const parseArgs = (config) => host.importNow('node:internal/parse-args').parseArgs(config);

inspect.custom = custom;

export { format, formatWithOptions, inspect, isDeepStrictEqual, TextDecoder, TextEncoder };
export default {
  callbackify,
  deprecate,
  format,
  formatWithOptions,
  inherits,
  inspect,
  isDeepStrictEqual,
  parseArgs,
  promisify,
  stripVTControlCharacters,
  styleText,
  TextDecoder,
  TextEncoder,
  types,
};
