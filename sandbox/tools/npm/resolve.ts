// Which packages, which versions, and where in node_modules: as high as they can stand, nested where versions conflict.
import semver from 'semver';
import { findPackage, type Packument, registryUrl } from '../../forge/registry/index.ts';
import { type Machine, resolvePath } from '../../machine/index.ts';
import { join, type Manifest, WORKSPACES } from './project.ts';
import { NpmStop, unreachable } from './stop.ts';
import {
  findFrom,
  foldersAbove,
  isTarball,
  meant,
  type Placed,
  packed,
  placedFrom,
  ROOT,
  reached,
  relative,
  type Tree,
  wantsOf,
} from './tree.ts';

/** @throws NpmStop E404, ENOTFOUND */
export function packument({ far, cutOff }: Pick<Machine, 'far' | 'cutOff'>, name: string, spec = '*'): Packument {
  if (cutOff) throw unreachable(`${registryUrl}${name.replace('/', '%2f')}`);
  const found = findPackage(far, name);
  if (found !== undefined) return found;
  throw new NpmStop('E404', [
    `404 Not Found - GET ${registryUrl}${name.replace('/', '%2f')}`,
    '404',
    `404  The requested resource '${name}@${spec}' could not be found or you do not have permission to access it.`,
    '404',
    '404 Note that you can also install from a',
    '404 tarball, folder, http url, or git url.',
  ]);
}

/** The version that npm takes for a range: `latest` when it fits, else the highest that fits. @throws NpmStop ETARGET */
export function pick({ name, versions, distTags }: Packument, spec: string): string {
  const tagged = distTags[spec === '' ? 'latest' : spec];
  if (tagged !== undefined) return tagged;
  const { latest = '' } = distTags;
  if (semver.satisfies(latest, spec)) return latest;
  const best = semver.maxSatisfying([...versions.keys()], spec);
  if (best !== null) return best;
  throw new NpmStop('ETARGET', [
    `notarget No matching version found for ${name}@${spec}.`,
    "notarget In most cases you or one of your dependencies are requesting a package version that doesn't exist.",
  ]);
}

export function fits(placed: Placed, spec: string, distTags: Readonly<Record<string, string>> = {}): boolean {
  if (isTarball(spec)) return placed.resolved === spec;
  if (spec.startsWith('file:')) return placed.link === true;
  if (semver.validRange(spec) !== null)
    return (
      (!placed.link || placed.workspace === true) &&
      (semver.validRange(spec) === '*' || semver.satisfies(placed.version, spec))
    );
  // A tag: it came from the registry, presumably with that tag.
  return distTags[spec] === undefined ? placed.resolved !== undefined : distTags[spec] === placed.version;
}

type Disks = Pick<Machine, 'files' | 'far' | 'cutOff'>;

function fetched(disks: Disks, folder: string, name: string, spec: string): Placed {
  const { files } = disks;
  if (spec.startsWith('file:'))
    return { ...(isTarball(spec) ? packed(files, folder, spec) : meant(files, folder, name, spec)), name };
  const found = packument(disks, name, spec);
  const version = found.versions.get(pick(found, spec));
  if (version === undefined) throw new Error(`${name} has no version for ${spec}`);
  return placedFrom(version.manifest as Manifest, { resolved: version.url, integrity: version.integrity });
}

/** The tree that package.json asks for, keeping of `before` what fits. */
export function idealTree(disks: Disks, folder: string, root: Manifest, before: Tree): Tree {
  const own = root[WORKSPACES] ?? {};
  // What a workspace asks for now stands in its folder.
  const tree = new Map([...before].filter(([, { name }]) => own[name] === undefined));
  const queue: string[] = [ROOT];
  /** A folder is named from where its name is written. */
  const from = (location: string, spec: string): string => {
    const { workspace, resolved = '' } = tree.get(location) ?? {};
    if (!workspace || !spec.startsWith('file:')) return spec;
    return `file:${relative(folder, resolvePath(join(folder, resolved), spec.slice('file:'.length)))}`;
  };
  for (const location of queue) {
    if (location !== ROOT && !tree.has(location)) continue;
    for (const [name, spec] of Object.entries(wantsOf(tree, location, root))) {
      const at = findFrom(tree, location, name);
      const there = at === undefined ? undefined : tree.get(at);
      if (at !== undefined && there !== undefined && fits(there, spec)) {
        if (!queue.includes(at)) queue.push(at);
        continue;
      }
      const place = placeFor(tree, root, location, name, spec);
      for (const inside of [...tree.keys()]) if (inside.startsWith(`${place}/`)) tree.delete(inside);
      const replaced = tree.has(place);
      tree.set(place, {
        ...fetched(disks, folder, name, from(location, spec)),
        ...(own[name] === spec ? { workspace: true } : {}),
      });
      queue.push(place);
      // Whoever used the one that stood here may need another now.
      if (replaced) queue.push(...[...tree.keys()].filter((one) => name in wantsOf(tree, one, root)));
    }
  }
  const kept = reached(tree, root, true);
  return new Map([...tree].filter(([location]) => kept.has(location)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The highest node_modules in which nothing of this name stands in the way. */
function placeFor(tree: Tree, root: Manifest, location: string, name: string, spec: string): string {
  const own = `${location === ROOT ? '' : `${location}/`}node_modules/${name}`;
  let best = own;
  for (const folder of foldersAbove(location)) {
    const place = `${folder === ROOT ? '' : `${folder}/`}node_modules/${name}`;
    const there = tree.get(place);
    if (there !== undefined && place !== own) break;
    const rootWants = wantsOf(tree, ROOT, root)[name];
    if (
      folder === ROOT &&
      location !== ROOT &&
      rootWants !== undefined &&
      rootWants !== spec &&
      there === undefined &&
      semver.validRange(rootWants) === null
    )
      break;
    best = place;
  }
  return best;
}
