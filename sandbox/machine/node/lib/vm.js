// node:vm: code with globals of its own. What it finds there are the properties of an object, and what it leaves there become some.
import { define, wrongType } from 'node:internal/errors';
import { host } from 'node:internal/host';

/** The realm of each object that was made a context: its global object, and what that has by itself. */
const realms = new WeakMap();

export function createContext(object = {}) {
  if (typeof object !== 'object' || object === null) throw wrongType('contextObject', 'of type object', object);
  if (realms.has(object)) return object;
  const id = host.createRealm();
  const global = host.globalOf(id);
  delete global.navigator;
  define(global.Error, 'prepareStackTrace', undefined);
  realms.set(object, { id, global, own: new Set(Reflect.ownKeys(global)) });
  return object;
}

export const isContext = (object) => {
  if (typeof object !== 'object' || object === null) throw wrongType('object', 'of type object', object);
  return realms.has(object);
};

/** Gives the code the object's properties; they are read and written there as long as its global object has no such variable. */
function lend(object, { global, own }) {
  for (const key of Reflect.ownKeys(object)) {
    const known = Object.getOwnPropertyDescriptor(global, key);
    if (known?.get !== undefined && !own.has(key)) continue;
    if (known !== undefined && !known.configurable) global[key] = object[key];
    else
      Object.defineProperty(global, key, {
        configurable: true,
        enumerable: true,
        get: () => object[key],
        set: (value) => {
          object[key] = value;
        },
      });
  }
}

/** Takes back what the code has made or changed. */
function collect(object, { global, own }) {
  for (const key of Reflect.ownKeys(global)) {
    const { get, value } = Object.getOwnPropertyDescriptor(global, key);
    if (get === undefined && !own.has(key)) object[key] = value;
  }
}

const nameOf = (options) => (typeof options === 'string' ? options : options?.filename) ?? 'evalmachine.<anonymous>';

export function runInContext(code, object, options) {
  if (typeof code !== 'string') throw wrongType('code', 'of type string', code);
  const realm = realms.get(object);
  if (realm === undefined) throw wrongType('contextifiedObject', 'an vm.Context', object);
  const { timeout } = typeof options === 'object' && options !== null ? options : {};
  lend(object, realm);
  try {
    return host.runInRealm(realm.id, code, nameOf(options), timeout ?? 0);
  } finally {
    collect(object, realm);
  }
}

export const runInNewContext = (code, object, options) => runInContext(code, createContext(object), options);

export function runInThisContext(code, options) {
  if (typeof code !== 'string') throw wrongType('code', 'of type string', code);
  return host.runHere(code, nameOf(options));
}

export class Script {
  #code;
  #options;
  constructor(code, options) {
    this.#code = String(code);
    this.#options = options;
    host.check(this.#code, nameOf(options));
  }
  runInContext(object, options) {
    return runInContext(this.#code, object, { filename: nameOf(this.#options), ...options });
  }
  runInNewContext(object, options) {
    return this.runInContext(createContext(object), options);
  }
  runInThisContext() {
    return runInThisContext(this.#code, this.#options);
  }
}

export function compileFunction(code, params = []) {
  return new Function(...params, code);
}

export default { compileFunction, createContext, isContext, runInContext, runInNewContext, runInThisContext, Script };
