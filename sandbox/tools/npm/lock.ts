// package-lock.json, version 3 (npm documentation, "package-lock.json").
import type { Files } from '../../machine/index.ts';
import { binsOf, join, type Manifest, readJson, sortedByName, writeJson } from './project.ts';
import { type Placed, ROOT, reached, type Tree } from './tree.ts';

type Entry = Record<string, unknown>;

export function lockOf(root: Manifest, tree: Tree): Record<string, unknown> {
  const forProduction = reached(tree, root, false);
  const entries: [string, Entry][] = [];
  for (const [location, placed] of tree) {
    const dev = !forProduction.has(location);
    if (placed.link) {
      entries.push([
        placed.resolved ?? '',
        nice({
          // Only a folder of another name tells its package's.
          name:
            placed.resolved?.endsWith(`/${placed.name}`) || placed.resolved === placed.name ? undefined : placed.name,
          version: placed.version || undefined,
          hasInstallScript: placed.installScripts?.some((one) => !one.startsWith('prepare:')) || undefined,
          dev: dev || undefined,
          license: placed.license,
          ...lists(placed),
        }),
      ]);
      entries.push([location, { resolved: placed.resolved, link: true }]);
    } else {
      const { version, resolved, integrity, deprecated, license } = placed;
      const hasInstallScript = placed.installScripts?.some((one) => !one.startsWith('prepare:')) || undefined;
      entries.push([
        location,
        nice({
          version,
          resolved,
          integrity,
          deprecated,
          dev: dev || undefined,
          hasInstallScript,
          license,
          ...lists(placed),
        }),
      ]);
    }
  }
  const { name, version, license, workspaces, dependencies, devDependencies, optionalDependencies, bin, engines } =
    root;
  const sorted = (record: Record<string, string> | undefined) =>
    record && Object.keys(record).length > 0 ? sortedByName(record) : undefined;
  const first = nice({
    name,
    version,
    license,
    workspaces,
    dependencies: sorted(dependencies),
    bin: bin && binsOf(root),
    devDependencies: sorted(devDependencies),
    engines,
    optionalDependencies: sorted(optionalDependencies),
  });
  const packages = Object.fromEntries([[ROOT, first], ...entries.sort(([a], [b]) => (a < b ? -1 : 1))]);
  return { ...nice({ name, version }), lockfileVersion: 3, requires: true, packages };
}

function lists({ dependencies, bin, engines, link, devDependencies = {} }: Placed): Entry {
  const filled = (record: Readonly<Record<string, string>>) => (Object.keys(record).length > 0 ? record : undefined);
  return {
    dependencies: filled(dependencies),
    bin: filled(bin),
    devDependencies: link ? filled(devDependencies) : undefined,
    engines,
  };
}

function nice(entry: Entry): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
}

/** The tree that a lock file tells, or undefined when there is none that can be read. */
export function readLock(files: Files, folder: string): Tree | undefined {
  const lock = readJson(files, join(folder, 'package-lock.json'));
  const packages = lock?.packages as Record<string, Partial<Placed>> | undefined;
  if (packages === undefined) return undefined;
  const tree = new Map<string, Placed>();
  for (const [location, entry] of Object.entries(packages)) {
    if (!location.includes('node_modules/')) continue;
    const target = entry.link ? packages[entry.resolved ?? ''] : undefined;
    const name = location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length);
    tree.set(location, {
      ...target,
      ...entry,
      name,
      version: (target ?? entry).version ?? '',
      dependencies: (target ?? entry).dependencies ?? {},
      bin: (target ?? entry).bin ?? {},
    });
  }
  return tree;
}

export function writeLock(files: Files, folder: string, root: Manifest, tree: Tree): void {
  writeJson(files, join(folder, 'package-lock.json'), lockOf(root, tree));
}
