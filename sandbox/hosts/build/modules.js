// @ts-check
// Stands first in the engine's script. Its scripts share modules: each defines its own, and takes them from the others by name.
(() => {
  /** @typedef {(take: (name: string) => object, module: { exports: object }, exports: object) => void} Factory */
  /** @type {Map<string, Factory>} */
  const factories = new Map();
  /** @type {Map<string, object>} */
  const taken = new Map();
  /** @param {string} name */
  function take(name) {
    const known = taken.get(name);
    if (known !== undefined) return known;
    const factory = factories.get(name);
    if (factory === undefined) throw new Error(`no script has defined ${name}`);
    const module = { exports: {} };
    factory(take, module, module.exports);
    taken.set(name, module.exports);
    return module.exports;
  }
  Object.assign(globalThis, {
    noventa: {
      take,
      /** @param {string} name */
      has: (name) => factories.has(name),
      /** @param {string} name @param {Factory} factory */
      define: (name, factory) => factories.set(name, factory),
    },
  });
})();
