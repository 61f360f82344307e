// A tree of installed packages, as the lock file tells it: location (`node_modules/a/node_modules/b`) → package.
import { integrityOf, unpackTarball } from '../../forge/registry/tarball.ts';
import { type CommandIO, type Files, nameOf, parentOf, resolvePath } from '../../machine/index.ts';
import { binsOf, join, type Manifest, readJson, readManifest, sortedByName, WORKSPACES } from './project.ts';
import { NpmStop } from './stop.ts';

export interface Placed {
  readonly name: string;
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  /** A link to a package of the project's own, whose dependencies are installed with the project's. */
  readonly workspace?: boolean;
  readonly deprecated?: string;
  readonly license?: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  /** Scripts that npm would run where the package is installed, as `postinstall: echo hi`. Known of folders only. */
  readonly installScripts?: readonly string[];
}

export type Tree = ReadonlyMap<string, Placed>;

export const ROOT = '';

/** Where `name` is found from a package at `location`: in its own node_modules, or in one above. */
export function findFrom(tree: Tree, location: string, name: string): string | undefined {
  for (const folder of foldersAbove(location)) {
    const place = `${folder === ROOT ? '' : `${folder}/`}node_modules/${name}`;
    if (tree.has(place)) return place;
  }
  return undefined;
}

/** The package itself and those around it, up to the root. */
export function foldersAbove(location: string): readonly string[] {
  const folders = [location];
  for (let at = location; at !== ROOT; ) {
    const cut = at.lastIndexOf('node_modules/');
    at = cut <= 0 ? ROOT : at.slice(0, cut - 1);
    folders.push(at);
  }
  return folders;
}

export function nameAt(location: string): string {
  return location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** What a package asks for. The root and its workspaces ask for what they need to be developed too. */
export function wantsOf(tree: Tree, location: string, root: Manifest, dev = true): Readonly<Record<string, string>> {
  if (location !== ROOT) {
    const { link, workspace, dependencies = {}, devDependencies = {} } = tree.get(location) ?? {};
    if (workspace) return sortedByName({ ...(dev ? devDependencies : {}), ...dependencies });
    return link ? {} : dependencies;
  }
  const { dependencies, devDependencies, optionalDependencies } = root;
  return sortedByName({
    ...root[WORKSPACES],
    ...(dev ? devDependencies : {}),
    ...optionalDependencies,
    ...dependencies,
  });
}

/** Locations that are reached from the root, by way of what is needed to develop or without that. */
export function reached(tree: Tree, root: Manifest, dev: boolean): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = Object.keys(wantsOf(tree, ROOT, root, dev)).map((name) => findFrom(tree, ROOT, name));
  for (const location of queue) {
    if (location === undefined || seen.has(location)) continue;
    seen.add(location);
    for (const name of Object.keys(wantsOf(tree, location, root, dev))) queue.push(findFrom(tree, location, name));
  }
  return seen;
}

export function placedFrom(manifest: Manifest, more: Partial<Placed>): Placed {
  const hooks = ['preinstall', 'install', 'postinstall', 'prepare'].flatMap((name) => {
    const line = manifest.scripts?.[name];
    return line === undefined ? [] : [`${name}: ${line}`];
  });
  return {
    name: manifest.name ?? '',
    version: manifest.version ?? '',
    dependencies: manifest.dependencies ?? {},
    bin: binsOf(manifest),
    ...(manifest.deprecated === undefined ? {} : { deprecated: manifest.deprecated }),
    ...(manifest.license === undefined ? {} : { license: manifest.license }),
    ...(manifest.engines === undefined ? {} : { engines: manifest.engines }),
    ...(manifest.devDependencies === undefined ? {} : { devDependencies: manifest.devDependencies }),
    ...(hooks.length === 0 ? {} : { installScripts: hooks }),
    ...more,
  };
}

/** What really stands in node_modules. */
export function installedTree(
  { machine: { files } }: Pick<CommandIO, 'machine'>,
  folder: string,
  { [WORKSPACES]: workspaces = {} }: Manifest = {},
): Tree {
  const tree = new Map<string, Placed>();
  const own = new Set(Object.values(workspaces));
  const visit = (location: string): void => {
    const modules = join(folder, `${location === ROOT ? '' : `${location}/`}node_modules`);
    if (!files.exists(modules)) return;
    const names = files
      .list(modules)
      .flatMap((name) =>
        name.startsWith('@') ? files.list(`${modules}/${name}`).map((inner) => `${name}/${inner}`) : [name],
      );
    for (const name of names) {
      const path = `${modules}/${name}`;
      const at = `${location === ROOT ? '' : `${location}/`}node_modules/${name}`;
      const isLink = files.lstat(path).type === 'symlink';
      if (isLink && !files.exists(path))
        tree.set(at, missing(name, relative(folder, resolvePath(parentOf(path), files.readlink(path)))));
      if (name.startsWith('.') || !files.exists(`${path}/package.json`)) continue;
      const target = isLink ? relative(folder, files.realpath(path)) : undefined;
      tree.set(
        at,
        placedFrom(readManifest(files, path), {
          name,
          ...(target === undefined ? {} : { link: true, resolved: target, workspace: own.has(`file:${target}`) }),
        }),
      );
      if (!isLink) visit(at);
    }
  };
  visit(ROOT);
  const hidden = readJson(files, join(folder, 'node_modules/.package-lock.json'));
  for (const [at, entry] of Object.entries(
    (hidden?.packages ?? {}) as Record<string, { resolved?: string; integrity?: string }>,
  )) {
    const found = tree.get(at);
    if (found !== undefined && !found.link)
      tree.set(at, {
        ...found,
        ...entry,
        name: found.name,
        version: found.version,
        dependencies: found.dependencies,
        bin: found.bin,
      });
  }
  return tree;
}

/** The way from a folder to a path, with `..` where needed. */
export function relative(from: string, to: string): string {
  const [a, b] = [from.split('/'), to.split('/')];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  return [...a.slice(same).map(() => '..'), ...b.slice(same)].join('/');
}

/** @throws NpmStop ENOENT */
export function readTarball(files: Files, path: string): Uint8Array {
  if (files.exists(path)) return files.readFile(path);
  const missing = `ENOENT: no such file or directory, open '${path}'`;
  throw new NpmStop(
    'ENOENT',
    [
      'syscall open',
      `path ${path}`,
      'errno -2',
      `enoent ${missing}`,
      'enoent This is related to npm not being able to find a file.',
      'enoent',
    ],
    254,
  );
}

export const isTarball = (spec: string): boolean => /\.(tgz|tar\.gz)$/.test(spec);

/** The package in the tarball that `file:PATH` means. */
export function packed(files: Files, folder: string, spec: string): Placed {
  const bytes = readTarball(files, resolvePath(folder, spec.replace(/^file:/, '')));
  const file = unpackTarball(bytes).find(({ path }) => path === 'package.json');
  const manifest = JSON.parse(new TextDecoder().decode(file?.bytes)) as Manifest;
  return placedFrom(manifest, { resolved: spec, integrity: integrityOf(bytes) });
}

/** A link to a folder that is not there. */
const missing = (name: string, resolved: string): Placed => placedFrom({ name }, { link: true, resolved });

/** The folder that package.json means by `file:PATH`: it need not be there. */
export function meant(files: Files, folder: string, name: string, spec: string): Placed {
  const path = resolvePath(folder, spec.replace(/^file:/, ''));
  return files.exists(join(path, 'package.json')) ? linked(files, folder, spec) : missing(name, relative(folder, path));
}

/** The folder that `file:PATH` means, and its package. */
export function linked(files: Files, folder: string, spec: string): Placed {
  const path = resolvePath(folder, spec.replace(/^file:/, ''));
  const manifest = readManifest(files, path);
  return placedFrom(
    { ...manifest, name: manifest.name ?? nameOf(path) },
    { link: true, resolved: relative(folder, path) },
  );
}
