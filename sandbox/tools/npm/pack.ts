// `npm pack`: which files a package has, and its tarball.
import { integrityOf, type PackedFile, packTarball, shasumOf } from '../../forge/registry/tarball.ts';
import { type CommandIO, type Files, nameOf } from '../../machine/index.ts';
import type { Given } from './options.ts';
import { binsOf, idOf, join, type Manifest, projectFolder, readManifest } from './project.ts';
import { runScript } from './run.ts';
import { NpmStop, say } from './stop.ts';
import { findFrom, installedTree, ROOT } from './tree.ts';

export interface Packed {
  readonly manifest: Manifest;
  readonly files: readonly PackedFile[];
  /** Names of the packages that it takes along, without those inside of others. */
  readonly bundled: readonly string[];
  readonly tarball: Uint8Array;
  readonly filename: string;
  readonly shasum: string;
  readonly integrity: string;
}

export async function pack(io: CommandIO, given: Given): Promise<number> {
  const folder = given.words[0] === undefined ? projectFolder(io) : join(io.cwd, given.words[0]);
  const packed = await packFolder(io, folder, given);
  if (!given.has('dry-run')) io.machine.files.writeFile(destination(io, given, packed.filename), packed.tarball);
  if (given.has('json')) io.stdout(`${JSON.stringify([asJson(packed)], undefined, 2)}\n`);
  else {
    if (!given.has('silent')) tellContents(io, packed);
    io.stdout(`${packed.filename}\n`);
  }
  return 0;
}

/** Where the tarball goes: here, or in the folder that `--pack-destination` names. */
function destination(io: CommandIO, given: Given, filename: string): string {
  const named = given.flags.get('pack-destination') ?? '';
  const folder = named.startsWith('/') ? named : join(io.cwd, named);
  if (!io.machine.files.exists(folder))
    throw new NpmStop('ENOENT', [`ENOENT: no such file or directory, open '${join(folder, filename)}'`]);
  return join(folder, filename);
}

/** Runs prepack and prepare, and packs the folder. @throws NpmStop when name or version is missing */
export async function packFolder(io: CommandIO, folder: string, given: Given): Promise<Packed> {
  const { files } = io.machine;
  const manifest = readManifest(files, folder);
  if (!manifest.name || !manifest.version)
    throw new NpmStop(undefined, ['Invalid package, must have name and version']);
  // Whoever reads JSON reads no banners.
  const scripts = { command: 'pack', silent: given.has('silent'), aside: given.has('json') };
  if (!given.has('ignore-scripts')) {
    for (const name of ['prepack', 'prepare']) await runScript(io, folder, manifest, { name, ...scripts });
  }
  // What npm makes a program of stands at the top.
  const bins = new Set(
    Object.values(binsOf(manifest))
      .map(plain)
      .filter((path) => !path.includes('/')),
  );
  const paths = [
    ...packedPaths(files, folder, manifest),
    ...bundledPlaces(io, folder, manifest).flatMap((place) => {
      const at = join(folder, place);
      return packedPaths(files, at, readManifest(files, at)).map((path) => `${place}/${path}`);
    }),
  ];
  const list = paths.sort(bySuffix).map((path) => ({
    path,
    bytes: files.readFile(join(folder, path)),
    mode: bins.has(path) || (files.stat(join(folder, path)).mode & 0o111) !== 0 ? 0o755 : 0o644,
  }));
  const isThere = (name: string): boolean => files.exists(join(folder, name));
  if (manifest.files === undefined && isThere('.gitignore') && !isThere('.npmignore') && !given.has('silent'))
    say(io, 'warn', [
      'gitignore-fallback No .npmignore file found, using .gitignore for file exclusion. Consider creating a .npmignore file to explicitly control published files.',
    ]);
  const tarball = packTarball(list);
  if (!given.has('ignore-scripts')) await runScript(io, folder, manifest, { name: 'postpack', ...scripts });
  return {
    manifest,
    files: list,
    bundled: [...new Set(list.flatMap(({ path }) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []))],
    tarball,
    filename: `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`,
    shasum: shasumOf(tarball),
    integrity: integrityOf(tarball),
  };
}

function asJson({ manifest, files, bundled, tarball, filename, shasum, integrity }: Packed): object {
  return {
    id: idOf(manifest),
    name: manifest.name,
    version: manifest.version,
    size: tarball.length,
    unpackedSize: files.reduce((sum, { bytes }) => sum + bytes.length, 0),
    shasum,
    integrity,
    filename,
    files: shown(files).map(({ path, bytes, mode }) => ({ path, size: bytes.length, mode })),
    entryCount: files.length,
    bundled,
  };
}

export function tellContents(
  io: CommandIO,
  { manifest, files, bundled, tarball, filename, shasum, integrity }: Packed,
): void {
  say(io, 'notice', [
    '',
    `${/utf-?8/i.test(`${io.env.LC_ALL ?? io.env.LANG ?? 'UTF-8'}`) ? '📦 ' : 'package:'} ${idOf(manifest)}`,
    'Tarball Contents',
    ...shown(files)
      .filter(({ path }) => !path.startsWith('node_modules/'))
      .map(({ path, bytes }) => `${formatBytes(bytes.length, '')} ${path}`),
    ...(bundled.length === 0 ? [] : ['Bundled Dependencies', ...bundled]),
    'Tarball Details',
    `name: ${manifest.name}`,
    `version: ${manifest.version}`,
    `filename: ${filename}`,
    `package size: ${formatBytes(tarball.length, ' ')}`,
    `unpacked size: ${formatBytes(
      files.reduce((sum, { bytes }) => sum + bytes.length, 0),
      ' ',
    )}`,
    `shasum: ${shasum}`,
    `integrity: ${integrity.slice(0, 20)}[...]${integrity.slice(80)}`,
    ...(bundled.length === 0
      ? []
      : [`bundled deps: ${bundled.length}`, 'bundled files: 0', `own files: ${files.length}`]),
    `total files: ${files.length}`,
    '',
  ]);
}

/** Names that begin with a capital first, each part in order of letters whatever their case. */
function shown(files: readonly PackedFile[]): readonly PackedFile[] {
  const isUpper = ({ path }: PackedFile): boolean => path[0] === path[0]?.toUpperCase();
  const order = (a: PackedFile, b: PackedFile): number => (sortKey(a.path) < sortKey(b.path) ? -1 : 1);
  return [...files.filter(isUpper).sort(order), ...files.filter((file) => !isUpper(file)).sort(order)];
}

/** As a dictionary sorts: punctuation before letters, letters whatever their case. */
function sortKey(path: string): string {
  return path.toLowerCase().replaceAll(/[^a-z0-9]/g, (sign) => (sign === '/' ? '\x02' : '\x01'));
}

export function formatBytes(bytes: number, space: '' | ' '): string {
  if (bytes < 1000) return `${bytes}${space}B`;
  if (bytes < 999_950) return `${(bytes / 1000).toFixed(1)}${space}kB`;
  return `${(bytes / 1_000_000).toFixed(1)}${space}MB`;
}

/** Where the packages lie that `bundleDependencies` names, and what these need. */
function bundledPlaces(io: CommandIO, folder: string, manifest: Manifest): readonly string[] {
  const asked = manifest.bundleDependencies ?? manifest.bundledDependencies ?? [];
  const names = asked === true ? Object.keys(manifest.dependencies ?? {}) : Array.isArray(asked) ? asked : [];
  if (names.length === 0) return [];
  const tree = installedTree(io, folder);
  const places = new Set<string>();
  const take = (from: string, name: string): void => {
    const place = findFrom(tree, from, name);
    if (place !== undefined) places.add(place);
  };
  for (const name of names) take(ROOT, name);
  for (const place of places) for (const name of Object.keys(tree.get(place)?.dependencies ?? {})) take(place, name);
  return [...places];
}

const always = /^(readme|license|licence)(\.[^/]*)?$/i;
const never = new Set([
  '.git',
  'node_modules',
  '.npmrc',
  'package-lock.json',
  '.DS_Store',
  '.gitignore',
  '.npmignore',
  'npm-debug.log',
]);

/** Paths of the package (npm documentation, "package.json", files): `files` when it is there, else all but what is ignored. */
function packedPaths(files: Files, folder: string, manifest: Manifest): readonly string[] {
  const all: string[] = [];
  const walk = (prefix: string): void => {
    for (const name of files.list(join(folder, prefix))) {
      if (never.has(name) || name.endsWith('.orig')) continue;
      const path = prefix === '' ? name : `${prefix}/${name}`;
      const { type } = files.lstat(join(folder, path));
      if (type === 'directory') walk(path);
      else if (type === 'file') all.push(path);
    }
  };
  walk('');
  const required = new Set([
    'package.json',
    plain(manifest.main ?? 'index.js'),
    ...Object.values(binsOf(manifest)).map(plain),
  ]);
  const rules = ignoreRules(files, folder);
  const wanted = (path: string): boolean => {
    if (required.has(path) || always.test(path)) return true;
    if (manifest.files !== undefined)
      return manifest.files.reduce((is, pattern) => {
        const isOut = pattern.startsWith('!');
        return matches(plain(isOut ? pattern.slice(1) : pattern), path) ? !isOut : is;
      }, false);
    return !rules.reduce((out, { pattern, keep }) => (matches(pattern, path) ? !keep : out), false);
  };
  return all.filter(wanted).sort(bySuffix);
}

/** npm sorts a package's files by extension, then by name. */
function bySuffix(a: string, b: string): number {
  const key = (path: string): string => {
    const name = nameOf(`/${path}`);
    const dot = name.lastIndexOf('.');
    return `${dot > 0 ? name.slice(dot) : ''}\x00${name.toLowerCase()}\x00${path}`;
  };
  return key(a) < key(b) ? -1 : 1;
}

function ignoreRules(files: Files, folder: string): readonly { readonly pattern: string; readonly keep: boolean }[] {
  const file = ['.npmignore', '.gitignore'].map((name) => join(folder, name)).find((path) => files.exists(path));
  if (file === undefined) return [];
  return files
    .readText(file)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ keep: line.startsWith('!'), pattern: line.replace(/^!/, '') }));
}

/** A pattern of `files` or of an ignore file: it may name a folder, and a name without `/` stands at any depth. */
function matches(pattern: string, path: string): boolean {
  const bare = pattern.replace(/\/+$/, '');
  const source = bare
    .replace(/^\//, '')
    .split(/(\*\*\/?|\*|\?)/)
    .map((part) => {
      if (part.startsWith('**')) return '(?:.*/)?';
      return part === '*' ? '[^/]*' : part === '?' ? '[^/]' : part.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${bare.includes('/') ? '' : '(?:.*/)?'}${source}(?:/.*)?$`).test(path);
}

function plain(path: string): string {
  return path.replace(/^\.\//, '').replace(/^\/+/, '');
}
