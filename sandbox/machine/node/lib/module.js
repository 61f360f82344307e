import { builtinModules, createRequire, Module } from 'node:internal/require';

export { builtinModules };
export const isBuiltin = (name) =>
  builtinModules.includes(name) ||
  (builtinModules.includes(String(name).replace(/^node:/, '')) && !/^(sea|sqlite|test)/.test(name));
export const enableCompileCache = () => ({ status: 3 });
export { createRequire, Module };
export default Object.assign(Module, { builtinModules, createRequire, enableCompileCache, isBuiltin, Module });
