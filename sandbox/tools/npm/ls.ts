import type { CommandIO } from '../../machine/index.ts';
import { omitsDev } from './config.ts';
import { unmet } from './install.ts';
import type { Given } from './options.ts';
import { join, type Manifest } from './project.ts';
import { fits } from './resolve.ts';
import { NpmStop } from './stop.ts';
import { findFrom, installedTree, type Placed, ROOT, type Tree, wantsOf } from './tree.ts';
import { chosen, readRoot, rootFolder } from './workspaces.ts';

interface Item {
  readonly name: string;
  readonly label: string;
  readonly json: Record<string, unknown>;
  readonly items: readonly Item[];
  readonly matches: boolean;
}

/** `npm ls [NAME…]`: the tree that is installed, and 1 when it is not what package.json asks for. */
export function ls(io: CommandIO, given: Given): number {
  const { files } = io.machine;
  const folder = rootFolder(io);
  const root: Manifest = files.exists(join(folder, 'package.json')) ? readRoot(files, folder) : {};
  const tree = installedTree(io, folder, root);
  const only = chosen(io, given)?.map(({ name }) => name);
  const problems: string[] = [];
  const filter = given.words;
  const depth = given.flags.has('depth')
    ? Number(given.flags.get('depth'))
    : given.has('all') || filter.length > 0
      ? Number.POSITIVE_INFINITY
      : 0;
  const rootName =
    root.name === undefined && root.version === undefined
      ? ''
      : `${root.name ?? folder.slice(folder.lastIndexOf('/') + 1)}@${root.version ?? ''}`;
  const who = (location: string): string => {
    const placed = tree.get(location);
    return placed === undefined ? rootName.replace(/@$/, '') : `${placed.name}@${placed.version}`;
  };

  const withDev = !omitsDev(io, given);
  for (const location of [ROOT, ...tree.keys()]) {
    for (const { name, spec, found } of unmet(tree, location, root, withDev)) {
      problems.push(
        found === undefined
          ? `missing: ${name}@${spec}, required by ${who(location)}`
          : `invalid: ${name}@${found.version} ${join(folder, findFrom(tree, location, name) ?? '')}`,
      );
    }
  }
  const extraneous = [...tree].filter(
    ([location, { name }]) => !location.includes('/node_modules/') && !isWanted(tree, root, name),
  );
  for (const [location, { name, version }] of extraneous)
    problems.push(`extraneous: ${name}@${version} ${join(folder, location)}`);

  const more = Object.fromEntries(extraneous.map(([, { name }]) => [name, undefined]));
  const wantedFrom = (location: string): Readonly<Record<string, string | undefined>> => {
    const { link, workspace, dependencies = {} } = tree.get(location) ?? {};
    // What a folder that is linked asks for is not installed with the project: it is shown where it is there.
    const linked = Object.entries(link && !workspace ? dependencies : {});
    const found = linked.filter(([name]) => findFrom(tree, location, name) !== undefined);
    const wants = {
      ...wantsOf(tree, location, root, withDev),
      ...Object.fromEntries(found),
      ...(location === ROOT ? more : {}),
    };
    const names = Object.keys(wants).sort((a, b) => (a < b ? -1 : 1));
    const kept = names.filter((name) => location !== ROOT || only === undefined || only.includes(name));
    return Object.fromEntries(kept.map((name) => [name, wants[name]]));
  };
  const innerLevel = ({ workspace }: Placed, level: number): number => (workspace ? level : level + 1);
  // Who shows a package whole: whoever is nearest to the root, level by level.
  const shownBy = new Map<string, string>();
  const queue: [string, number][] = [[ROOT, 0]];
  for (const [location, level] of queue) {
    for (const name of Object.keys(wantedFrom(location))) {
      const at = findFrom(tree, location, name);
      if (at === undefined || shownBy.has(at)) continue;
      shownBy.set(at, location);
      const inner = innerLevel(tree.get(at) as Placed, level);
      if (inner <= depth) queue.push([at, inner]);
    }
  }

  const itemsOf = (location: string, level: number): readonly Item[] => {
    return Object.entries(wantedFrom(location))
      .map(([name, spec]) => itemOf(location, name, spec, level))
      .filter((item) => filter.length === 0 || item.matches);
  };
  const itemOf = (from: string, name: string, spec: string | undefined, level: number): Item => {
    const at = findFrom(tree, from, name);
    const placed = at === undefined ? undefined : tree.get(at);
    const wanted = filter.some((one) => one === name || one === `${name}@${placed?.version}`);
    if (at === undefined || placed === undefined) {
      const problem = `missing: ${name}@${spec}, required by ${who(from)}`;
      const json = { required: spec, missing: true, problems: [problem] };
      return { name, label: `UNMET DEPENDENCY ${name}@${spec}`, json, items: [], matches: wanted };
    }
    const isRepeated = shownBy.get(at) !== from;
    const inner = innerLevel(placed, level);
    const items = isRepeated || inner > depth ? [] : itemsOf(at, inner);
    const isInvalid = spec !== undefined && !fits(placed, spec);
    const notes = [
      isRepeated ? ' deduped' : '',
      spec === undefined ? ' extraneous' : '',
      placed.link ? ` -> ./${placed.resolved}` : '',
      isInvalid ? ` invalid: "${spec}" from ${from === ROOT ? 'the root project' : from}` : '',
    ];
    return {
      name,
      label: `${name}@${placed.version}${notes.join('')}`,
      json: isRepeated ? { version: placed.version } : jsonOf(placed, items),
      items,
      matches: wanted || items.some((item) => item.matches),
    };
  };
  const items = itemsOf(ROOT, 0);
  const told = problems.join('\n');
  if (given.has('parseable')) {
    io.stdout([folder, ...[...shownBy.keys()].map((at) => join(folder, at))].map((path) => `${path}\n`).join(''));
  } else if (given.has('json')) {
    const head = {
      ...(root.version === undefined ? {} : { version: root.version }),
      name: root.name ?? folder.slice(folder.lastIndexOf('/') + 1),
    };
    const dependencies =
      items.length === 0 ? {} : { dependencies: Object.fromEntries(items.map(({ name, json }) => [name, json])) };
    const trouble = problems.length === 0 ? {} : { problems };
    const error = problems.length === 0 ? {} : { error: { code: 'ELSPROBLEMS', summary: told, detail: '' } };
    io.stdout(`${JSON.stringify({ ...head, ...trouble, ...dependencies, ...error }, undefined, 2)}\n`);
  } else {
    io.stdout(
      `${rootName === '' ? folder : `${rootName} ${folder}`}\n${items.length === 0 ? '└── (empty)\n' : draw(items, '')}\n`,
    );
  }
  // What nobody asked for alone is no failure.
  if (problems.some((problem) => !problem.startsWith('extraneous:'))) throw new NpmStop('ELSPROBLEMS', problems);
  return filter.length > 0 && items.length === 0 ? 1 : 0;
}

function isWanted(tree: Tree, root: Manifest, name: string): boolean {
  return [ROOT, ...tree.keys()].some((location) => name in wantsOf(tree, location, root));
}

function jsonOf({ name, version, resolved, link }: Placed, items: readonly Item[]): Record<string, unknown> {
  const up = name.includes('/') ? '../../' : '../';
  const where = resolved === undefined ? {} : { resolved: link ? `file:${up}${resolved}` : resolved };
  const dependencies =
    items.length === 0 ? {} : { dependencies: Object.fromEntries(items.map(({ name, json }) => [name, json])) };
  return { version, ...where, overridden: false, ...dependencies };
}

function draw(items: readonly Item[], indent: string): string {
  return items
    .map(({ label, items: inner }, index) => {
      const isLast = index === items.length - 1;
      const branch = `${isLast ? '└' : '├'}─${inner.length > 0 ? '┬' : '─'} `;
      return `${indent}${branch}${label}\n${draw(inner, `${indent}${isLast ? '  ' : '│ '}`)}`;
    })
    .join('');
}
