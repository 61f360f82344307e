import { createRequire, Module } from 'node:internal/require';

export const builtinModules = [
  'assert',
  'buffer',
  'console',
  'crypto',
  'events',
  'fs',
  'http',
  'module',
  'os',
  'path',
  'process',
  'timers',
  'url',
  'util',
];
export const isBuiltin = (name) => builtinModules.includes(String(name).replace(/^node:/, ''));
export { createRequire, Module };
export default Object.assign(Module, { builtinModules, createRequire, isBuiltin, Module });
