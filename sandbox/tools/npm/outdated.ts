import { findPackage } from '../../forge/registry/index.ts';
import type { CommandIO } from '../../machine/index.ts';
import type { Given } from './options.ts';
import { join, projectFolder, readManifest } from './project.ts';
import { pick } from './resolve.ts';
import { findFrom, installedTree, ROOT, wantsOf } from './tree.ts';

/** `npm outdated`: a table of what has a newer version, and 1 when there is one. */
export function outdated(io: CommandIO, given: Given): number {
  const { files } = io.machine;
  const folder = projectFolder(io);
  const root = files.exists(join(folder, 'package.json')) ? readManifest(files, folder) : {};
  const tree = installedTree(io, folder);
  const rows = Object.entries(wantsOf(tree, ROOT, root)).flatMap(([name, spec]) => {
    const at = findFrom(tree, ROOT, name);
    const current = at === undefined ? undefined : tree.get(at)?.version;
    const found = findPackage(io.machine.far, name);
    if (found === undefined || spec.startsWith('file:') || (given.words.length > 0 && !given.words.includes(name)))
      return [];
    if (current === undefined && root.dependencies?.[name] === undefined) return [];
    const [wanted, latest] = [pick(found, spec), found.distTags.latest ?? ''];
    if (current === wanted && wanted === latest) return [];
    return [{ name, current, wanted, latest, at, dependent: root.name ?? folder.slice(folder.lastIndexOf('/') + 1) }];
  });
  if (given.has('json')) {
    const entries = rows.map(({ name, at, current, wanted, latest, dependent }) => {
      const where = at === undefined ? {} : { location: join(folder, at) };
      return [name, { ...(current === undefined ? {} : { current }), wanted, latest, dependent, ...where }] as const;
    });
    io.stdout(`${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`);
  } else if (rows.length > 0) {
    const table = [
      ['Package', 'Current', 'Wanted', 'Latest', 'Location', 'Depended by'],
      ...rows.map(({ name, current, wanted, latest, at, dependent }) => [
        name,
        current ?? 'MISSING',
        wanted,
        latest,
        at ?? '-',
        dependent,
      ]),
    ];
    const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
    const line = (row: readonly string[]): string =>
      row
        .map((cell, at) => (at >= 1 && at <= 3 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
        .join('  ')
        .trimEnd();
    io.stdout(table.map((row) => `${line(row)}\n`).join(''));
  }
  return rows.length > 0 ? 1 : 0;
}
