// `npm explain NAME…`: who asked for a package, up to the project.
import type { CommandIO } from '../../machine/index.ts';
import { readLock } from './lock.ts';
import type { Given } from './options.ts';
import type { Manifest } from './project.ts';
import { NpmStop, notHere } from './stop.ts';
import { findFrom, installedTree, ROOT, reached, type Tree, wantsOf } from './tree.ts';
import { readRoot, rootFolder } from './workspaces.ts';

export function explain(io: CommandIO, given: Given): number {
  const { words } = given;
  if (words.length === 0)
    throw new NpmStop('EUSAGE', ['', 'Explain installed packages', '', 'Usage:', 'npm explain <package-spec>']);
  if (given.has('json')) throw notHere('npm explain --json');
  const folder = rootFolder(io);
  const root = readRoot(io.machine.files, folder);
  const tree = readLock(io.machine.files, folder) ?? installedTree(io, folder, root);
  const needed = reached(tree, root, false);
  const isAsked = (at: string, name: string, version: string): boolean =>
    words.some((word) => word === name || word === `${name}@${version}` || word === at);
  const found = [...tree].filter(([at, { name, version }]) => isAsked(at, name, version));
  if (found.length === 0) throw new NpmStop(undefined, [`No dependencies found matching ${words.join(', ')}`]);
  const told = found.flatMap(([at, { name, version, link, resolved = '' }]) => {
    const head = `${name}@${version}${needed.has(at) ? '' : ' dev'}`;
    const own = [at, ...asking(tree, root, at)];
    return [...(link ? [[head, resolved, ...indented([`${name}@${version}`, ...own])]] : []), [head, ...own]];
  });
  io.stdout(`${told.map((lines) => lines.join('\n')).join('\n\n')}\n`);
  return 0;
}

/** Who asks for what stands at a place, each with who asks for it. */
function asking(tree: Tree, root: Manifest, at: string, seen: readonly string[] = []): readonly string[] {
  const name = tree.get(at)?.name ?? '';
  const lines = [ROOT, ...tree.keys()].flatMap((from) => {
    const spec = wantsOf(tree, from, root)[name];
    if (spec === undefined || findFrom(tree, from, name) !== at || seen.includes(from)) return [];
    const asker = tree.get(from);
    const type = from === ROOT && root.dependencies?.[name] === undefined && root.devDependencies?.[name] ? 'dev ' : '';
    const edge = `${type}${name}@"${spec}" from`;
    if (asker === undefined) return [`${edge} the root project`];
    const above = [from, ...asking(tree, root, from, [...seen, at])];
    const id = `${asker.name}@${asker.version}`;
    return [`${edge} ${id}`, ...(asker.link ? [asker.resolved ?? '', ...indented([id, ...above])] : above)];
  });
  return indented(lines);
}

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);
