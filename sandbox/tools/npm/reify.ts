// Makes node_modules what a tree says: fetches, checks, unpacks, links, removes.
import { findPackage, registryUrl } from '../../forge/registry/index.ts';
import { integrityOf, unpackTarball } from '../../forge/registry/tarball.ts';
import { type CommandIO, parentOf, resolvePath } from '../../machine/index.ts';
import { lockOf } from './lock.ts';
import { join, type Manifest, writeJson } from './project.ts';
import { pick } from './resolve.ts';
import { NpmStop, say, unreachable } from './stop.ts';
import { installedTree, nameAt, type Placed, readTarball, relative, type Tree } from './tree.ts';

export interface Change {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** ms of simulated time: a request for each package, its bytes at 100 kB a second, and what npm itself needs. */
const cost = { start: 240, request: 45, bytesEachMs: 100 } as const;

export function difference(before: Tree, after: Tree): Change {
  const same = (a: Placed | undefined, b: Placed | undefined): boolean =>
    a?.version === b?.version && !a?.link === !b?.link;
  return {
    added: [...after.keys()].filter((at) => !before.has(at)),
    removed: [...before.keys()].filter((at) => !after.has(at)),
    changed: [...after.keys()].filter((at) => before.has(at) && !same(before.get(at), after.get(at))),
  };
}

/** @throws NpmStop EINTEGRITY before anything is changed */
export function reify(io: CommandIO, folder: string, root: Manifest, tree: Tree, fresh = false): Change {
  const { files, kernel } = io.machine;
  const before: Tree = fresh ? new Map() : installedTree(io, folder);
  const change = difference(before, tree);
  const wanted = [...change.added, ...change.changed].sort((a, b) => (a < b ? -1 : 1));
  let bytes = 0;
  const tarballs = new Map<string, Uint8Array>();
  for (const at of wanted) {
    const placed = tree.get(at) as Placed;
    if (placed.link) continue;
    const tarball = placed.resolved?.startsWith('file:') ? opened(io, folder, placed) : download(io, placed);
    bytes += tarball.length;
    tarballs.set(at, tarball);
  }
  for (const at of wanted) {
    const placed = tree.get(at) as Placed;
    if (placed.deprecated !== undefined)
      say(io, 'warn', [`deprecated ${placed.name}@${placed.version}: ${placed.deprecated}`]);
  }
  // A background job's clock is not its own to move.
  if (io.pid === undefined)
    kernel.advance(cost.start + cost.request * tarballs.size + Math.ceil(bytes / cost.bytesEachMs));

  const modules = join(folder, 'node_modules');
  if (fresh && files.exists(modules)) {
    files.remove(modules, { recursive: true });
    files.mkdir(modules);
  }
  // Where a package is added, a link may lie that leads nowhere, or a folder that is no package.
  for (const at of [...change.removed, ...wanted]) files.remove(join(folder, at), { recursive: true, force: true });
  for (const at of wanted) {
    const path = join(folder, at);
    const tarball = tarballs.get(at);
    files.mkdir(parentOf(path), { recursive: true });
    if (tarball === undefined)
      files.symlink(relative(parentOf(path), resolvePath(folder, tree.get(at)?.resolved ?? '')), path);
    else unpack(io, path, tarball);
  }
  linkBins(io, folder, tree, change);
  // What is left when the last package goes is a folder with the list of none.
  if (tree.size > 0 || files.exists(modules)) {
    const hidden = lockOf(root, tree);
    const { '': _, ...packages } = hidden.packages as Record<string, unknown>;
    writeJson(files, join(modules, '.package-lock.json'), { ...hidden, packages });
  }
  return change;
}

function download(io: CommandIO, { name, version, integrity, resolved }: Placed): Uint8Array {
  if (io.machine.cutOff) throw unreachable(resolved ?? `${registryUrl}${name}`);
  const found = findPackage(io.machine.far, name);
  const release = found?.versions.get(version);
  if (found === undefined || release === undefined) {
    if (found !== undefined) pick(found, version);
    throw new NpmStop('E404', [
      `404 Not Found - GET ${resolved ?? name}`,
      '404',
      `404  '${name}@${version}' is not in this registry.`,
    ]);
  }
  return whole(io, `${name}@${resolved ?? release.url}`, release.tarball, integrity);
}

/** The tarball that `file:PATH` means. */
function opened(io: CommandIO, folder: string, { name, integrity, resolved = '' }: Placed): Uint8Array {
  const path = resolvePath(folder, resolved.slice('file:'.length));
  return whole(io, `${name}@file:${path}`, readTarball(io.machine.files, path), integrity);
}

/** A tarball that is what the lock file says. @throws NpmStop EINTEGRITY */
function whole(io: CommandIO, name: string, tarball: Uint8Array, integrity: string | undefined): Uint8Array {
  const real = integrityOf(tarball);
  if (integrity === undefined || integrity === real) return tarball;
  const corrupted = `tarball tarball data for ${name} (${integrity}) seems to be corrupted. Trying again.`;
  say(io, 'warn', [corrupted, corrupted]);
  throw new NpmStop('EINTEGRITY', [
    `${integrity} integrity checksum failed when using sha512: wanted ${integrity} but got ${real}. (${tarball.length} bytes)`,
  ]);
}

function unpack(io: CommandIO, path: string, tarball: Uint8Array): void {
  for (const file of unpackTarball(tarball)) {
    const target = `${path}/${file.path}`;
    io.machine.files.mkdir(parentOf(target), { recursive: true });
    io.machine.files.writeFile(target, file.bytes, file.mode);
  }
}

/** Commands of the packages at the top, in node_modules/.bin. */
function linkBins(io: CommandIO, folder: string, tree: Tree, change: Change): void {
  const { files } = io.machine;
  const bin = join(folder, 'node_modules/.bin');
  if (files.exists(bin))
    for (const name of files.list(bin))
      if (!files.exists(`${bin}/${name}`)) files.remove(`${bin}/${name}`, { force: true });
  for (const at of [...change.added, ...change.changed]) {
    if (at.indexOf('node_modules/', 1) > 0) continue;
    for (const [name, file] of Object.entries(tree.get(at)?.bin ?? {})) {
      files.mkdir(bin, { recursive: true });
      files.remove(`${bin}/${name}`, { force: true });
      files.symlink(`../${nameAt(at)}/${file.replace(/^\.\//, '')}`, `${bin}/${name}`);
      const real = `${join(folder, at)}/${file}`;
      if (files.exists(real)) files.chmod(real, 0o755);
    }
  }
}
