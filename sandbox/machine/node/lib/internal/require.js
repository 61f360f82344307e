// CommonJS: `require`, `module`, `exports`.
import { define, nodeError, wrongType } from 'node:internal/errors';
import { host } from 'node:internal/host';
import * as paths from 'node:path';

const cache = { __proto__: null };

export class Module {
  constructor(id, parent) {
    this.id = id;
    this.path = paths.dirname(id);
    this.exports = {};
    define(this, 'parent', parent);
    this.filename = id;
    this.loaded = false;
    this.children = [];
    this.paths = [];
    define(this, 'require', createRequire(id, this));
  }
}
Module._cache = cache;

export function createRequire(from, parent) {
  const file = from.startsWith('file://') ? decodeURIComponent(from.slice(7)) : from;
  function require(specifier) {
    if (typeof specifier !== 'string') throw wrongType('id', 'of type string', specifier);
    if (specifier === '')
      throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', "The argument 'id' must be a non-empty string. Received ''");
    return load(resolved(file, specifier, parent), parent);
  }
  require.resolve = (specifier) => resolved(file, specifier, parent);
  require.cache = cache;
  require.main = mainModule;
  return require;
}

let mainModule;

/** What is not found is told with those who asked for it. */
function resolved(file, specifier, asker) {
  try {
    return host.resolveRequire(file, specifier);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    const requireStack = [];
    for (let module = asker; module?.filename !== undefined; module = module.parent) requireStack.push(module.filename);
    if (requireStack.length === 0) requireStack.push(file);
    error.message = `Cannot find module '${specifier}'\nRequire stack:\n${requireStack.map((one) => `- ${one}`).join('\n')}`;
    throw Object.assign(error, { requireStack });
  }
}

function load(name, parent) {
  if (name.startsWith('node:')) {
    const found = host.importNow(name);
    return found.default ?? found;
  }
  const known = cache[name];
  if (known !== undefined) return known.exports;
  const format = host.format(name);
  if (format === 'module') {
    const found = host.importNow(`file://${encodeURI(name)}`);
    return found['module.exports'] ?? found;
  }
  const module = new Module(name, parent);
  parent?.children.push(module);
  if (parent === undefined) {
    module.id = '.';
    mainModule = module;
    module.require.main = module;
  }
  cache[name] = module;
  try {
    if (format === 'json') module.exports = parseJson(host.readText(name), name);
    else {
      const run = host.compileFunction(name);
      run.call(module.exports, module.exports, module.require, module, name, module.path);
    }
  } catch (error) {
    delete cache[name];
    throw error;
  }
  module.loaded = true;
  return module.exports;
}

export function parseJson(text, path) {
  try {
    return JSON.parse(text);
  } catch (error) {
    error.message = `${path}: ${error.message}`;
    define(error, 'stack', `${error.name}: ${error.message}`);
    throw error;
  }
}

export function runMain(path) {
  if (!host.exists(path)) {
    const error = new Error(`Cannot find module '${path}'`);
    throw Object.assign(error, { code: 'MODULE_NOT_FOUND', requireStack: [] });
  }
  load(path);
}

globalThis[Symbol.for('noventa.require')] = (path) => load(path, mainModule ?? null);
globalThis[Symbol.for('noventa.json')] = parseJson;
globalThis[Symbol.for('noventa.resolve')] = (from, specifier) => host.resolveImport(from, String(specifier));
