// The text of a module as QuickJS runs it, and what its text says about it.

import { parentOf } from '../files/index.ts';
import { around, isClass, isFunction, isWithin, treeOf } from './syntax/index.ts';

/** Node 24 reads a `.js` file without a `type` as an ES module when it has its syntax ("Syntax detection"). */
export function hasModuleSyntax(text: string): boolean {
  return (
    /^\s*(import\s*[\w{*"'$]|export\s+[\w{*]|export\s*\{)|^[^'"`/]*import\.meta/m.test(text) || waitsAtTopLevel(text)
  );
}

/** An `await` outside of all functions: no CommonJS module can have one. */
function waitsAtTopLevel(text: string): boolean {
  if (!/\bawait\b/.test(text)) return false;
  const tree = treeOf(text);
  // Of what cannot be read there are only the lines that begin with one.
  if (tree === undefined)
    return /^(?:(?:const|let|var)\s[^=]*=\s*)?(?:await\s+[\w$({['"`!+-]|for\s+await\s*\()/m.test(text);
  const isWithin = (at: number): boolean => around(text, at).some((one) => isFunction(one) || isClass(one));
  const waits = tree.nodes.filter(
    ({ type, isAsync }) => type === 'AwaitExpression' || (type === 'ForOfStatement' && isAsync),
  );
  return waits.some(({ start }) => !isWithin(start));
}

/** A CommonJS module is the body of a function. */
export function asFunction(text: string): string {
  return `(function (exports, require, module, __filename, __dirname) {${runnable(text)}\n})`;
}

/**
 * What QuickJS runs. A first line `#!…` is for the system; its place is kept. QuickJS does not wait for the end of what a loop leaves by
 * `break`: behind such a loop stands that it does.
 */
export function runnable(text: string): string {
  const plain = text.startsWith('#!') ? `//${text.slice(2)}` : text;
  if (!/\bfor\s+await\b[\s\S]*\bbreak\b/.test(plain)) return plain;
  const { nodes = [] } = treeOf(plain) ?? {};
  const loops = nodes.filter(({ type, isAsync }) => type === 'ForOfStatement' && isAsync);
  const ends = loops
    .filter((loop) => nodes.some((one) => one.type === 'BreakStatement' && isWithin(one, loop.body)))
    .map(({ end }) => end);
  const closed = "globalThis[Symbol.for('noventa.closing')]";
  return ends
    .sort((one, other) => other - one)
    .reduce((made, end) => `${made.slice(0, end)}if(${closed})await ${closed};${made.slice(end)}`, plain);
}

export function metaOf(url: string, path: string, main: boolean): string {
  const meta = { dirname: parentOf(path), filename: path, main };
  return `Object.assign(import.meta,${JSON.stringify(meta)},{resolve:(s)=>globalThis[Symbol.for('noventa.resolve')](${JSON.stringify(url)},s),url:${JSON.stringify(url)}});`;
}

export function jsonModule(path: string, text: string): string {
  const load = `globalThis[Symbol.for('noventa.json')](${JSON.stringify(text)}, ${JSON.stringify(path)})`;
  return `export default ${load};`;
}

/** A CommonJS module as `import` sees it: the names that its text assigns to `exports`, and all of it as the default. */
export function commonjsModule(path: string, text: string): string {
  const names = new Set<string>();
  for (const [, name] of text.matchAll(/\bexports\.([A-Za-z_$][\w$]*)\s*=/g)) names.add(name as string);
  for (const name of literalNames(/\bmodule\.exports\s*=\s*\{([\s\S]*)/.exec(text)?.[1] ?? '')) names.add(name);
  names.delete('default');
  const require = `const loaded = globalThis[Symbol.for('noventa.require')](${JSON.stringify(path)});`;
  const exports = [...names].map(
    (name, index) => `const name${index} = loaded.${name}; export { name${index} as ${name} };`,
  );
  return `${require} export default loaded; ${exports.join(' ')} export { loaded as 'module.exports' };`;
}

/** The keys of an object as Node guesses them from the text: up to the first value that does not begin with a name. */
function literalNames(text: string): string[] {
  const names: string[] = [];
  const entry = /\s*(?:\/\/.*\s*)*(?:([A-Za-z_$][\w$]*)|'([^'\n]*)'|"([^"\n]*)")\s*(:\s*([A-Za-z_$][\w$]*)?)?\s*(,)?/y;
  for (let found = entry.exec(text); found !== null; found = entry.exec(text)) {
    const [, plain, single, double, colon, value, comma] = found;
    if (colon !== undefined && value === undefined) break;
    names.push(plain ?? single ?? double ?? '');
    if (comma === undefined) break;
  }
  return names;
}
