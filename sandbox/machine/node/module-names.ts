// How modules are named: files by path and URL, those of Node itself with `node:` before them.
import { isBuiltin, isInternal, nodeOnly } from './library.ts';
import { type RareNode, rareModules } from './rare/contract.ts';
import { Fault } from './vm.ts';

export function urlOf(path: string): string {
  // Brackets stay as they are, as in every URL that Node makes of a path.
  return `file://${encodeURI(path).replaceAll('?', '%3F').replaceAll('#', '%23').replaceAll('%5B', '[').replaceAll('%5D', ']')}`;
}

/** The path of a `file:` URL; anything else is a path already. */
export function pathOf(name: string): string {
  return name.startsWith('file://') ? decodeURIComponent(name.slice('file://'.length)) : name;
}

/** A path as an `import` in a folder names it. */
export function relativePath(folder: string, path: string): string {
  const [from, to] = [folder.split('/'), path.split('/')];
  const same = from.findIndex((name, at) => name !== to[at]);
  const up = same < 0 ? 0 : from.length - same;
  const rest = to.slice(from.length - up).join('/');
  return up === 0 ? `./${rest}` : `${'../'.repeat(up)}${rest}`;
}

/** The name of a module of Node's own; nothing for any other. @param internal whether the library itself asks @throws Fault */
export function builtinName(specifier: string, internal: boolean, rare: RareNode | undefined): string | undefined {
  const name = specifier.startsWith('node:') ? specifier.slice(5) : specifier;
  if (isBuiltin(name) || (internal && isInternal(name))) return `node:${name}`;
  if (rare?.modules[name] !== undefined && (internal || rareModules.has(name))) return `node:${name}`;
  if (rareModules.has(name)) throw late(`'${specifier}'`);
  if (nodeOnly.has(name)) {
    throw new Fault(`node: '${specifier}' is not part of this sandbox${insteadOf(name)}`, {
      code: 'ERR_UNKNOWN_BUILTIN_MODULE',
    });
  }
  if (!specifier.startsWith('node:')) return undefined;
  if (internal && name.startsWith('internal/')) throw late('what the program asks for');
  throw new Fault(`No such built-in module: ${specifier}`, { code: 'ERR_UNKNOWN_BUILTIN_MODULE' });
}

/** What few programs need, and what none of the program's files was seen to name. */
const late = (what: string): Fault =>
  new Fault(
    `node: ${what} has to be named in a file of the program in this sandbox: it is brought before the program starts`,
    { code: 'ERR_UNKNOWN_BUILTIN_MODULE' },
  );

/** What does the work of a module that is absent, where something does. */
function insteadOf(name: string): string {
  const instead: Readonly<Record<string, string>> = {
    tls: ': servers and clients speak HTTP here, with node:http or fetch',
    https: ': addresses begin with http:// here, with node:http or fetch',
    http2: ': servers and clients speak HTTP here, with node:http or fetch',
    cluster: ': a program has one process here; node:child_process starts others',
    sqlite: ': keep data in files, with node:fs',
  };
  return instead[name] ?? '';
}
