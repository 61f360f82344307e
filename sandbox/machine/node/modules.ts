// Where `import` and `require` find a module, and what kind it is. Source of the rules: Node.js 24 documentation, "Modules: Packages",
// "ECMAScript modules: Resolution algorithm", "CommonJS modules: All together".

import { type Files, parentOf, resolvePath } from '../files/index.ts';
import { libraryText } from './library.ts';
import { builtinName, pathOf, relativePath, urlOf } from './module-names.ts';
import { asFunction, commonjsModule, hasModuleSyntax, jsonModule, metaOf, runnable } from './module-text.ts';
import { exported, targetIn } from './package-exports.ts';
import type { RareNode } from './rare/contract.ts';
import type { Span } from './type-spans.ts';
import { excerptOf, isTypeScript, type StripTypes, TypeFault } from './typescript.ts';
import { Fault } from './vm.ts';

export type Format = 'module' | 'commonjs' | 'json';

/** An `import` of a name, as it is written. */
interface Importer {
  readonly from: string;
  readonly specifier: string;
  readonly line: number;
  readonly isCommonJs: boolean;
  /** The names in braces, as a pattern for what is imported whole. */
  readonly binding?: string;
}

export interface Modules {
  /** The name under which a module is known: `node:fs`, or a `file:` URL. @throws Fault */
  resolve(from: string, specifier: string): string;
  /** JavaScript of a module that was resolved: CommonJS and JSON are wrapped. @throws Fault */
  read(name: string): string;
  /** What `require` loads: a path, or `node:NAME`. @throws Fault */
  resolveRequire(from: string, specifier: string): string;
  format(path: string): Format;
  /** The package.json that does not say what a module is whose syntax told it, where an `import` or the program itself is it. */
  typeless(name: string): string | undefined;
  /** JavaScript of a file, without types. @throws Fault */
  codeOf(path: string): string;
  /** Where the last TypeScript that could not be read stands, as an error shows it, and what read it: `import` may have to tell its format. */
  misread(): { readonly shown: string; readonly by: 'require' | Format | 'telling' } | undefined;
  /** JavaScript of a text that is a module of its own, `[eval1]` in a folder. */
  evalCode(text: string, folder: string): string;
  /** Characters that `read` put before the first line of a file. */
  prefixLength(name: string): number;
  /** Who imports `name` from the module called `file`, as it is written there. */
  importerOf(file: string, name: string): Importer | undefined;
  /** The program's files that were read so far, as they are called in a stack. */
  loaded(): readonly string[];
  /** The `file:` URL of the module that the program was started with. */
  main: string;
}

/** Marks an ES module with a default export as `require` sees it. */
const REQUIRED = '#required';

export function createModules(
  files: Files,
  cwd: string,
  stripTypes?: StripTypes,
  rare?: RareNode,
  conditions: readonly string[] = [],
): Modules {
  const importing = ['node', 'import', 'module-sync', ...conditions];
  const requiring = ['node', 'require', 'module-sync', ...conditions];
  const names = new Set<string>();
  const stripped = new Map<string, { readonly text: string; readonly code: string }>();
  let misread: { readonly path: string; readonly text: string; readonly span: Span } | undefined;

  /** JavaScript of a file. @throws Fault */
  function codeOf(path: string): string {
    const text = files.readText(path);
    if (/\.[cm]?[jt]s$/.test(path) && !names.has(urlOf(path))) names.add(path);
    const plain = (code: string): string => (/\busing\s/.test(code) && rare?.withoutUsing(code)) || code;
    if (!isTypeScript(path)) return plain(text);
    if (path.includes('/node_modules/')) {
      throw new Fault(`Stripping types is currently unsupported for files under node_modules, for "${urlOf(path)}"`, {
        code: 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING',
      });
    }
    if (stripTypes === undefined) throw new Error(`TypeScript was not loaded for ${path}`);
    const known = stripped.get(path);
    if (known?.text === text) return known.code;
    try {
      const code = plain(stripTypes(text));
      stripped.set(path, { text, code });
      return code;
    } catch (error) {
      if (error instanceof TypeFault) misread = { path, text, span: error.span };
      throw error;
    }
  }

  const prefixes = new Map<string, number>();
  const imports: { readonly from: string; readonly specifier: string; readonly file: string }[] = [];
  const isProgram = (from: string): boolean => !from.startsWith('node:') && !from.endsWith(REQUIRED);
  const isFile = (path: string): boolean => files.exists(path) && files.stat(path).type === 'file';
  const isFolder = (path: string): boolean => files.exists(path) && files.stat(path).type === 'directory';

  function format(path: string): Format {
    if (/\.m[jt]s$/.test(path)) return 'module';
    if (path.endsWith('.json')) return 'json';
    if (/\.c[jt]s$/.test(path)) return 'commonjs';
    const { type } = nearestPackage(path);
    if (type === 'module') return 'module';
    return type === undefined && looksLikeModule(path) ? 'module' : 'commonjs';
  }

  /** What cannot be read is told of when it is run. */
  function looksLikeModule(path: string): boolean {
    try {
      return hasModuleSyntax(codeOf(path));
    } catch (error) {
      if (error instanceof TypeFault) return false;
      throw error;
    }
  }

  function nearestPackage(path: string): { readonly type?: unknown } {
    const folder = packageFolder(path);
    return folder === undefined ? {} : readPackage(`${folder}/package.json`);
  }

  function readPackage(file: string): Record<string, unknown> {
    try {
      const content: unknown = JSON.parse(files.readText(file));
      return typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : {};
    } catch {
      throw new Fault(`Invalid package config ${file}.`, { code: 'ERR_INVALID_PACKAGE_CONFIG' });
    }
  }

  /** The folder of a package and what is asked of it, looking upwards from `from`. */
  function findPackage(from: string, specifier: string): { folder: string; subpath: string } | undefined {
    const [, name = specifier, subpath = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(specifier) ?? [];
    for (let folder = parentOf(from); ; folder = parentOf(folder)) {
      const candidate = `${folder === '/' ? '' : folder}/node_modules/${name}`;
      if (isFolder(candidate)) return { folder: candidate, subpath };
      if (folder === '/') return undefined;
    }
  }

  const exportsOf = (folder: string): unknown =>
    isFile(`${folder}/package.json`) ? readPackage(`${folder}/package.json`).exports : undefined;

  /** @param importer the file whose `import` asks: it is named in the error. */
  function packageEntry(
    folder: string,
    subpath: string,
    conditions: readonly string[],
    importer?: string,
  ): string | undefined {
    const description = isFile(`${folder}/package.json`) ? readPackage(`${folder}/package.json`) : {};
    if (description.exports !== undefined) {
      const target = exported(description.exports, `.${subpath}`, conditions);
      if (target !== undefined) return resolvePath(folder, target);
      const what =
        subpath === '' ? 'No "exports" main defined' : `Package subpath '.${subpath}' is not defined by "exports"`;
      const by = importer === undefined ? '' : ` imported from ${importer}`;
      throw new Fault(`${what} in ${folder}/package.json${by}`, { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
    }
    if (subpath !== '') return `${folder}${subpath}`;
    const main = typeof description.main === 'string' ? resolvePath(folder, description.main) : `${folder}/index`;
    return [main, `${main}.js`, `${main}.json`, `${main}/index.js`, `${folder}/index.js`].find(isFile);
  }

  /** `kit` of `kit/part`, `@team/kit` of `@team/kit/part`. */
  const packageName = (specifier: string): string => /^(@[^/]+\/)?[^/]*/.exec(specifier)?.[0] ?? specifier;

  function notFound(what: string, from: string, details: Record<string, string>): Fault {
    return new Fault(`Cannot find ${what} imported from ${from}`, { code: 'ERR_MODULE_NOT_FOUND', ...details });
  }

  function resolveFile(path: string, from: string): string {
    if (isFolder(path)) {
      const message = `Directory import '${path}' is not supported resolving ES modules imported from ${from}`;
      throw new Fault(message, { code: 'ERR_UNSUPPORTED_DIR_IMPORT', url: urlOf(path) });
    }
    if (!isFile(path)) throw notFound(`module '${path}'`, from, { url: urlOf(path) });
    return urlOf(files.realpath(path));
  }

  /** An import of JSON has to say so (Node.js documentation, "Import attributes"). */
  function needAttribute(from: string, specifier: string, url: string): void {
    const quoted = `['"]${specifier.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}['"]`;
    const says = new RegExp(`${quoted}\\s*(,\\s*\\{\\s*)?with\\s*:?\\s*\\{\\s*['"]?type['"]?\\s*:\\s*['"]json['"]`);
    const isBare = new RegExp(`\\bfrom\\s*${quoted}(?!\\s*with\\b)`);
    const text = isFile(pathOf(from)) ? files.readText(pathOf(from)) : undefined;
    if (text === undefined || (says.test(text) && !isBare.test(text))) return;
    const message = `Module "${url}" needs an import attribute of "type: json"`;
    throw new Fault(message, { code: 'ERR_IMPORT_ATTRIBUTE_MISSING' }, 'TypeError');
  }

  /** A package that has `exports` may name itself. */
  function ownPackage(from: string, specifier: string): { folder: string; subpath: string } | undefined {
    const folder = packageFolder(from);
    const description = folder === undefined ? {} : readPackage(`${folder}/package.json`);
    const { name, exports } = description;
    if (folder === undefined || typeof name !== 'string' || exports === undefined) return undefined;
    if (specifier !== name && !specifier.startsWith(`${name}/`)) return undefined;
    return { folder, subpath: specifier.slice(name.length) };
  }

  /** A name with `#`: what the nearest package.json says in `imports`. */
  function internalTarget(from: string, specifier: string, conditions: readonly string[]): string {
    const folder = packageFolder(from);
    const { imports: named } = folder === undefined ? {} : readPackage(`${folder}/package.json`);
    const target = typeof named === 'object' && named !== null ? targetIn(named, specifier, conditions) : undefined;
    if (target !== undefined) return target.startsWith('./') ? resolvePath(folder as string, target) : target;
    const where = folder === undefined ? '' : ` in package ${folder}/package.json`;
    throw new Fault(
      `Package import specifier "${specifier}" is not defined${where} imported from ${from}`,
      { code: 'ERR_PACKAGE_IMPORT_NOT_DEFINED' },
      'TypeError',
    );
  }

  function resolveInternal(from: string, specifier: string, conditions: readonly string[]): string {
    const target = internalTarget(from, specifier, conditions);
    return target.startsWith('/') ? resolveFile(target, from) : resolveImport(urlOf(from), target);
  }

  function packageFolder(path: string): string | undefined {
    for (let folder = parentOf(path); ; folder = parentOf(folder)) {
      if (isFile(folder === '/' ? '/package.json' : `${folder}/package.json`)) return folder === '/' ? '' : folder;
      if (folder === '/' || folder.endsWith('/node_modules')) return undefined;
    }
  }

  /** Whether a module asks for `stdin` by name. */
  const namesInput = (path: string): boolean =>
    isFile(path) && /\{[^}]*\bstdin\b[^}]*\}\s*from\s*['"](?:node:)?process['"]/.test(files.readText(path));

  function resolveImport(from: string, specifier: string): string {
    if (from.startsWith('node:') && specifier.endsWith(REQUIRED)) return specifier;
    if (from.startsWith('node:')) return builtinName(specifier, true, rare) ?? specifier;
    const known = builtinName(specifier, false, rare);
    const fromPath = pathOf(from);
    if (known === 'node:process' && namesInput(fromPath)) return 'node:internal/process-input';
    if (known !== undefined) return known;
    if (specifier.startsWith('file:')) return resolveFile(pathOf(specifier), fromPath);
    if (/^[a-z][a-z0-9+.-]*:/i.test(specifier)) {
      const schemes = `Only URLs with a scheme in: file, data, and node are supported by the default ESM loader.`;
      const message = `${schemes} Received protocol '${specifier.slice(0, specifier.indexOf(':') + 1)}'`;
      throw new Fault(message, { code: 'ERR_UNSUPPORTED_ESM_URL_SCHEME' });
    }
    if (/^\.{0,2}\//.test(specifier)) {
      return resolveFile(resolvePath(parentOf(fromPath), decodeURIComponent(specifier)), fromPath);
    }
    if (specifier.startsWith('#')) return resolveInternal(fromPath, specifier, importing);
    const found = ownPackage(fromPath, specifier) ?? findPackage(fromPath, specifier);
    if (found === undefined) throw notFound(`package '${packageName(specifier)}'`, fromPath, {});
    const entry = packageEntry(found.folder, found.subpath, importing, fromPath);
    if (entry === undefined) throw notFound(`package '${found.folder}/package.json'`, fromPath, {});
    return resolveFile(entry, fromPath);
  }

  /** What `require` would have found is named where `import` finds nothing. */
  function hinted(modules: Modules, from: string, specifier: string): string {
    try {
      return resolveImport(from, specifier);
    } catch (error) {
      if (!(error instanceof Fault) || !/^ERR_(MODULE_NOT_FOUND|UNSUPPORTED_DIR_IMPORT)$/.test(`${error.details.code}`))
        throw error;
      // Node looks for it from where it was started.
      const asker = specifier.startsWith('.') ? `${cwd}/.` : pathOf(from);
      const found = foundBy(() => modules.resolveRequire(asker, specifier));
      const near = (path: string): string => relativePath(parentOf(pathOf(from)), path);
      const inside = /.*\/node_modules\/(.*)/.exec(found ?? '')?.[1];
      const words = specifier.startsWith('.') ? found && near(found) : inside;
      if (words !== undefined) error.message += `\nDid you mean to import ${JSON.stringify(words)}?`;
      throw error;
    }
  }

  return {
    main: '',
    format,
    codeOf,
    misread() {
      if (misread === undefined) return undefined;
      const { path, text, span } = misread;
      const name = urlOf(path);
      const isImported = name === this.main || imports.some((one) => one.file === name && isProgram(one.from));
      const isTold = !path.endsWith('.ts') || nearestPackage(path).type !== undefined;
      const by = !isImported ? 'require' : isTold ? format(path) : 'telling';
      return { shown: `${by === 'telling' ? path : name}:${excerptOf(text, span)}`, by };
    },
    // A path is that of a CommonJS module, whose text is the body of a function.
    evalCode(text, folder) {
      const path = `${folder}/[eval1]`;
      const url = urlOf(path);
      const prefix = text.includes('import.meta') ? metaOf(url, path, false) : '';
      prefixes.set(url, prefix.length);
      return `${prefix}${runnable(text)}`;
    },
    typeless(name) {
      const path = pathOf(name);
      if (!/\.[jt]s$/.test(path) || path.includes('/node_modules/')) return undefined;
      if (name !== this.main && !imports.some(({ from, file }) => file === name && isProgram(from))) return undefined;
      const folder = packageFolder(path);
      if (folder === undefined || format(path) !== 'module') return undefined;
      const file = `${folder}/package.json`;
      return readPackage(file).type === undefined ? file : undefined;
    },
    loaded: () => [...names].filter((name) => !names.has(urlOf(name))),
    prefixLength: (name) => prefixes.get(name) ?? (name.startsWith('/') ? asFunction('').indexOf('{') + 1 : 0),
    resolve(from, specifier) {
      const file = hinted(this, from, specifier);
      imports.push({ from, specifier, file });
      if (file.endsWith('.json')) needAttribute(from, specifier, file);
      return file;
    },
    importerOf(file, name) {
      const asking = imports.filter(({ from, file: imported }) => imported === file && isFile(pathOf(from)));
      const isNamed = (text: string): boolean => new RegExp(`\\b${name}\\b`).test(text);
      const naming = asking.filter(({ from }) => isNamed(files.readText(pathOf(from))));
      for (const { from, specifier } of [...naming, ...asking]) {
        const lines = files.readText(pathOf(from)).split('\n');
        const named = lines.findIndex((line) => line.includes(specifier) && isNamed(line));
        const line = named < 0 ? lines.findIndex((text) => text.includes(specifier)) : named;
        const names = /import\s*(?:[\w$]+\s*,\s*)?(\{[^}]*\})/.exec(lines[line] ?? '')?.[1];
        // Of TypeScript Node says it as of a module.
        const isCommonJs = file.startsWith('file:') && !isTypeScript(file) && format(pathOf(file)) === 'commonjs';
        const binding = names?.replace(/([\w$]+)\s+as\s+([\w$]+)/g, '$1: $2');
        return { from, specifier, line: line + 1, isCommonJs, ...(binding === undefined ? {} : { binding }) };
      }
      return undefined;
    },
    read(name) {
      if (name.startsWith('node:')) return rare?.modules[name.slice(5)] ?? libraryText(name.slice(5));
      if (name.endsWith(REQUIRED)) {
        const url = JSON.stringify(name.slice(0, -REQUIRED.length));
        return `export * from ${url}; export { default } from ${url}; export const __esModule = true;`;
      }
      const path = pathOf(name);
      const extension = /\.[^./]*$/.exec(path)?.[0] ?? '';
      if (!['.mjs', '.cjs', '.js', '.json', '.mts', '.cts', '.ts', ''].includes(extension)) {
        throw new Fault(
          `Unknown file extension "${extension}" for ${path}`,
          { code: 'ERR_UNKNOWN_FILE_EXTENSION' },
          'TypeError',
        );
      }
      const kind = format(path);
      const text = codeOf(path);
      if (kind === 'module') names.add(name);
      if (kind === 'json') return jsonModule(path, text);
      if (kind === 'commonjs') return commonjsModule(path, text);
      const prefix = text.includes('import.meta') ? metaOf(name, path, name === this.main) : '';
      prefixes.set(name, prefix.length);
      return `${prefix}${runnable(text)}`;
    },
    resolveRequire(from, specifier) {
      const known = builtinName(specifier, false, rare);
      if (known !== undefined) return known;
      const asFile = (path: string): string | undefined => [path, `${path}.js`, `${path}.json`].find(isFile);
      const asFolder = (path: string): string | undefined =>
        isFolder(path) ? packageEntry(path, '', requiring) : undefined;
      if (specifier.startsWith('#')) {
        const target = internalTarget(from, specifier, requiring);
        return target.startsWith('/') ? files.realpath(target) : this.resolveRequire(from, target);
      }
      const local = /^\.{0,2}\/|^\.{1,2}$/.test(specifier);
      const own = local ? undefined : ownPackage(from, specifier);
      const found = local ? undefined : (own ?? findPackage(from, specifier));
      const path = local ? resolvePath(parentOf(from), specifier) : undefined;
      const entry =
        path !== undefined
          ? (asFile(path) ?? asFolder(path))
          : found && packageEntry(found.folder, found.subpath, requiring, own && from);
      // What a package exports is named to the letter.
      const isExported = entry !== undefined && found !== undefined && exportsOf(found.folder) !== undefined;
      if (isExported && !isFile(entry)) throw new Fault(`Cannot find module '${entry}'`, { code: 'MODULE_NOT_FOUND' });
      const file = entry === undefined ? undefined : asFile(entry);
      if (file !== undefined) return files.realpath(file);
      const stack = `\nRequire stack:\n- ${from}`;
      throw new Fault(`Cannot find module '${specifier}'${stack}`, { code: 'MODULE_NOT_FOUND' });
    },
  };
}

function foundBy(find: () => string): string | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}
