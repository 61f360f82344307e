// CommonJS: `require`, `module`, `exports`.
import { define, nodeError, tracedOf, wrongType } from 'node:internal/errors';
import { host, info } from 'node:internal/host';
import * as paths from 'node:path';

const cache = { __proto__: null };
const extensions = { __proto__: null, '.js'() {}, '.json'() {}, '.node'() {} };

export class Module {
  constructor(id, parent) {
    this.id = id;
    this.path = paths.dirname(id);
    this.exports = {};
    define(this, 'parent', parent);
    this.filename = id;
    this.loaded = false;
    this.children = [];
    this.paths = modulePaths(this.path);
    define(this, 'require', createRequire(id, this));
  }
}
Module._cache = cache;
Module._extensions = extensions;
Module._resolveFilename = (specifier, parent) => resolved(parent?.filename ?? host.cwd(), specifier, parent);

export function createRequire(from, parent) {
  const file = from.startsWith('file://') ? decodeURIComponent(from.slice(7)) : from;
  function require(specifier) {
    if (typeof specifier !== 'string') throw wrongType('id', 'of type string', specifier);
    if (specifier === '')
      throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', "The argument 'id' must be a non-empty string. Received ''");
    return load(resolved(file, specifier, parent), parent);
  }
  require.resolve = (specifier) =>
    specifier.startsWith('node:') ? specifier : resolved(file, specifier, parent).replace(/^node:/, '');
  require.resolve.paths = (specifier) =>
    /^\.{0,2}\//.test(specifier) ? [paths.dirname(file)] : modulePaths(paths.dirname(file));
  require.main = mainModule;
  require.extensions = extensions;
  require.cache = cache;
  return require;
}

let warnedOf;
function warnOf(name) {
  // Showing an object asks for its tag twice.
  if (typeof name === 'symbol' && name === warnedOf) return;
  warnedOf = name;
  const words = `Accessing non-existent property '${String(name)}' of module exports inside circular dependency`;
  globalThis.process.emitWarning(words);
}

/** What an unfinished module does not have yet is warned of. */
const unfinished = new Proxy(
  {},
  {
    get(target, name) {
      if (name in target || name === '__esModule') return target[name];
      return warnOf(name);
    },
    getOwnPropertyDescriptor: (_, name) => warnOf(name),
  },
);

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
    const named = /^Cannot find module '(\/[^'\n]*)'$/.exec(error.message)?.[1] ?? specifier;
    error.message = `Cannot find module '${named}'\nRequire stack:\n${requireStack.map((one) => `- ${one}`).join('\n')}`;
    throw Object.assign(error, { requireStack });
  }
}

function load(name, parent) {
  if (name.startsWith('node:')) {
    const found = host.importNow(name);
    return found.default ?? found;
  }
  const known = cache[name];
  if (known !== undefined) {
    // Who is asked for in a circle gives what there is until now.
    if (!known.loaded && Object.getPrototypeOf(known.exports ?? 0) === Object.prototype && !known.exports.__esModule)
      Object.setPrototypeOf(known.exports, unfinished);
    if (parent !== undefined && !parent?.children.includes(known)) parent?.children.push(known);
    return known.exports;
  }
  const format = host.format(name);
  if (format === 'module') {
    const found = host.importNow(`file://${encodeURI(name)}`);
    if (found === undefined)
      throw nodeError(
        Error,
        'ERR_REQUIRE_ASYNC_MODULE',
        `require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the top-level await comes from, use --experimental-print-required-tla.\nRequired module: ${name}\nRequire stack:\n${askers(parent).join('\n')}`,
      );
    if (found['module.exports'] !== undefined) return found['module.exports'];
    return 'default' in found && !('__esModule' in found)
      ? host.importNow(`file://${encodeURI(name)}#required`)
      : found;
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
    if (format === 'json') module.exports = parseJson(host.readText(name), name, required);
    else {
      const run = compiled(name);
      run.call(module.exports, module.exports, module.require, module, name, module.path);
    }
  } catch (error) {
    delete cache[name];
    throw error;
  }
  if (Object.getPrototypeOf(module.exports ?? 0) === unfinished)
    Object.setPrototypeOf(module.exports, Object.prototype);
  module.loaded = true;
  return module.exports;
}

const askers = (asker) => (asker?.filename === undefined ? [] : [`- ${asker.filename}`, ...askers(asker.parent)]);

/** The body of a CommonJS module; that a text is an ES module is told besides. */
function compiled(name) {
  try {
    return host.compileFunction(name);
  } catch (error) {
    if (/^Cannot use import statement|^Unexpected token 'export'/.test(error?.message)) {
      const words = `Failed to load the ES module: ${name}. Make sure to set "type": "module" in the nearest package.json file or use the .mjs extension.`;
      globalThis.process.emitWarning(words, { now: true });
    }
    throw error;
  }
}

/** What Node's own has between the text that was no JSON and who asked for it. */
const loader = 'node:internal/modules/cjs/loader';
const esm = 'node:internal/modules/esm';
const reading = [
  `Object..json (${loader}:2072:39)`,
  `Module.load (${loader}:1651:32)`,
  `Module._load (${loader}:1443:12)`,
  `wrapModuleLoad (${loader}:261:19)`,
  `Module.require (${loader}:1674:12)`,
  'require (node:internal/modules/helpers:157:16)',
];
const importing = [
  `ModuleLoader.jsonStrategy (${esm}/translators:521:21)`,
  `#translate (${esm}/loader:438:20)`,
  `afterLoad (${esm}/loader:506:29)`,
  `ModuleLoader.loadAndTranslate (${esm}/loader:511:12)`,
  `#getOrCreateModuleJobAfterResolve (${esm}/loader:564:36)`,
  `afterResolve (${esm}/loader:611:52)`,
  `ModuleLoader.getOrCreateModuleJob (${esm}/loader:617:12)`,
  `ModuleJob.syncLink (${esm}/module_job:276:33)`,
  `ModuleJob.link (${esm}/module_job:381:17)`,
];

/** Who called `require`. */
function required() {
  const { Error: Made } = globalThis;
  const limit = Made.stackTraceLimit;
  Made.stackTraceLimit += reading.length;
  const { lines } = tracedOf(new Made('here'));
  Made.stackTraceLimit = limit;
  return [...reading, ...lines.slice(lines.findIndex((line) => line.startsWith('require (')) + 1)];
}

export function parseJson(text, path, below = () => importing) {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { unread } = host.importNow('node:internal/fault');
    if (below === required)
      unread.set(error, { excerpt: { where: `${loader}:2075`, line: '    throw err;', column: 5 } });
    error.message = `${path}: ${error.message}`;
    const lines = ['parse (<anonymous>)', ...below()].slice(0, globalThis.Error.stackTraceLimit);
    define(error, 'stack', [`${error.name}: ${error.message}`, ...lines.map((line) => `    at ${line}`)].join('\n'));
    throw error;
  }
}

/** What `--require` and `--import` name, before the program. */
export function preload() {
  const asked = info.preload.map((one) => [one.slice(0, one.indexOf(':')), one.slice(one.indexOf(':') + 1)]);
  const from = `${host.cwd()}/`;
  const loading = { filename: 'internal/preload', children: [] };
  for (const [kind, name] of asked) if (kind === 'require') createRequire(from, loading)(name);
  for (const [kind, name] of asked) if (kind === 'import') host.importNow(host.resolveImport(`file://${from}`, name));
}

/** The folders in which packages are looked for from `folder`. */
export function modulePaths(folder) {
  const parts = folder.split('/').filter(Boolean);
  const found = [];
  for (let count = parts.length; count >= 0; count--) {
    if (parts[count - 1] === 'node_modules') continue;
    found.push(`/${[...parts.slice(0, count), 'node_modules'].join('/')}`);
  }
  return found;
}

/** Node's public modules, in its order. */
export const builtinModules =
  'assert assert/strict async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns dns/promises domain events fs fs/promises http http2 https inspector inspector/promises module net os path path/posix path/win32 perf_hooks process punycode querystring readline readline/promises repl stream stream/consumers stream/promises stream/web string_decoder sys timers timers/promises tls trace_events tty url util util/types v8 vm wasi worker_threads zlib node:sea node:sqlite node:test node:test/reporters'.split(
    ' ',
  );

export function runMain(path) {
  if (!host.exists(path) || JSON.parse(host.stat(path)).type !== 'file') {
    const error = new Error(`Cannot find module '${path}'`);
    throw Object.assign(error, { code: 'MODULE_NOT_FOUND', requireStack: [] });
  }
  load(path);
}

define(globalThis, Symbol.for('noventa.require'), (path) => load(path, mainModule ?? null));
define(globalThis, Symbol.for('noventa.json'), parseJson);
define(globalThis, Symbol.for('noventa.resolve'), (from, specifier) => host.resolveImport(from, String(specifier)));
