import type { CommandIO } from '../../machine/index.ts';
import { omitsDev } from './config.ts';
import type { Given } from './options.ts';
import { join, type Manifest } from './project.ts';
import { fits } from './resolve.ts';
import { NpmStop } from './stop.ts';
import { findFrom, installedTree, type Placed, ROOT, wantsOf } from './tree.ts';
import { chosen, readRoot, rootFolder } from './workspaces.ts';

interface Item {
  readonly name: string;
  readonly label: string;
  readonly json: object;
  readonly problems: readonly string[];
  readonly items: readonly Item[];
  /** It is one of those that were asked for. */
  readonly isNamed: boolean;
}

/** `npm ls [NAME…]`: the tree that is installed, and 1 when it is not what package.json asks for. */
export function ls(io: CommandIO, given: Given): number {
  const { files } = io.machine;
  const folder = rootFolder(io);
  const root: Manifest = files.exists(join(folder, 'package.json')) ? readRoot(files, folder) : {};
  const tree = installedTree(io, folder, root);
  const only = chosen(io, given)?.map(({ name }) => name);
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
  const asksFor = (location: string, dev: boolean): Readonly<Record<string, string>> => {
    const { link, workspace, dependencies = {} } = tree.get(location) ?? {};
    // What a folder that is linked asks for is not installed with the project: it is shown where it is there.
    const linked = Object.entries(link && !workspace ? dependencies : {});
    const found = linked.filter(([name]) => findFrom(tree, location, name) !== undefined);
    return { ...wantsOf(tree, location, root, dev), ...Object.fromEntries(found) };
  };
  const asked = new Set<string>([ROOT]);
  for (const location of asked)
    for (const name of Object.keys(asksFor(location, true))) {
      const at = findFrom(tree, location, name);
      if (at !== undefined) asked.add(at);
    }
  const wantedFrom = (location: string): Readonly<Record<string, string | undefined>> => {
    const within = `${location === ROOT ? '' : `${location}/`}node_modules/`;
    const more = [...tree].filter(([at, { name }]) => at === within + name && !asked.has(at));
    const wants = {
      ...Object.fromEntries(more.map(([, { name }]) => [name, undefined])),
      ...asksFor(location, withDev),
    };
    const names = Object.keys(wants).sort((a, b) => (a < b ? -1 : 1));
    const kept = names.filter((name) => location !== ROOT || only === undefined || only.includes(name));
    return Object.fromEntries(kept.map((name) => [name, wants[name]]));
  };
  const innerLevel = ({ workspace }: Placed, level: number): number => (workspace ? level : level + 1);
  // Who shows a package whole: whoever is nearest to the root, level by level. Who asks for another version of it is told wherever it is.
  const shownBy = new Map<string, string>();
  const invalid = new Map<string, string>();
  let firstMissing: string | undefined;
  const queue: [string, number][] = [[ROOT, 0]];
  for (const [location, level] of queue) {
    for (const [name, spec] of Object.entries(wantedFrom(location))) {
      const at = findFrom(tree, location, name);
      const placed = at === undefined ? undefined : tree.get(at);
      if (at === undefined || placed === undefined) firstMissing ??= `${location} ${name}`;
      if (at === undefined || placed === undefined) continue;
      if (spec !== undefined && (leadsNowhere(placed) || !fits(placed, spec))) {
        const told = `${JSON.stringify(spec)} from ${location === ROOT ? 'the root project' : location}`;
        invalid.set(at, [invalid.get(at) ?? [], told].flat().join(', '));
      }
      if (shownBy.has(at)) continue;
      shownBy.set(at, location);
      const inner = innerLevel(placed, level);
      if (inner <= depth) queue.push([at, inner]);
    }
  }

  const itemsOf = (location: string, level: number): readonly Item[] => {
    return Object.entries(wantedFrom(location))
      .map(([name, spec]) => itemOf(location, name, spec, level))
      .filter((item) => filter.length === 0 || isShown(item));
  };
  const itemOf = (from: string, name: string, spec: string | undefined, level: number): Item => {
    const at = findFrom(tree, from, name);
    const placed = at === undefined ? undefined : tree.get(at);
    if (at === undefined || placed === undefined) {
      const isLeft = from === ROOT && isOptional(root, name);
      const problems = isLeft ? [] : [`missing: ${name}@${spec}, required by ${who(from)}`];
      return {
        name,
        label: `UNMET ${isLeft ? 'OPTIONAL ' : ''}DEPENDENCY ${name}@${spec}`,
        json: isLeft
          ? {}
          : { ...(firstMissing === `${from} ${name}` ? { required: spec } : {}), missing: true, problems },
        problems,
        items: [],
        isNamed: false,
      };
    }
    const isRepeated = shownBy.get(at) !== from;
    const inner = innerLevel(placed, level);
    const items = isRepeated || inner > depth ? [] : itemsOf(at, inner);
    const isExtraneous = !isRepeated && !asked.has(at);
    const faults = invalid.get(at);
    const path = `${name}@${placed.version} ${join(folder, at)}`;
    const problems = [
      ...(faults === undefined ? [] : [`invalid: ${path}`]),
      ...(isExtraneous ? [`extraneous: ${path}`] : []),
    ];
    const notes = [
      isRepeated ? ' deduped' : '',
      faults === undefined ? '' : ` invalid: ${faults}`,
      isExtraneous ? ' extraneous' : '',
      leadsNowhere(placed) ? ` (${placed.resolved})` : placed.link ? ` -> ./${placed.resolved}` : '',
    ];
    return {
      name,
      label: `${name}@${placed.version}${notes.join('')}`,
      json: {
        ...(isRepeated ? { version: placed.version } : headOf(placed)),
        ...(isExtraneous ? { extraneous: true } : {}),
        ...(faults === undefined ? {} : { invalid: faults }),
        ...(problems.length === 0 ? {} : { problems }),
        ...(items.length === 0
          ? {}
          : { dependencies: Object.fromEntries(items.map(({ name, json }) => [name, json])) }),
      },
      problems,
      items,
      isNamed: filter.some((one) => isNamedBy(placed, one)),
    };
  };
  const items = itemsOf(ROOT, 0);
  const level = [...items];
  const found = new Set<string>();
  for (const { items: inner, isNamed, problems } of level) {
    level.push(...inner);
    if (filter.length === 0 || isNamed) for (const problem of problems) found.add(problem);
  }
  const problems = [...found];
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

const leadsNowhere = ({ link, version }: Placed): boolean => link === true && version === '';

const isOptional = ({ optionalDependencies, dependencies }: Manifest, name: string): boolean =>
  optionalDependencies?.[name] !== undefined && dependencies?.[name] === undefined;

const isShown = ({ isNamed, items }: Item): boolean => isNamed || items.some(isShown);

/** `NAME` or `NAME@RANGE` */
function isNamedBy(placed: Placed, word: string): boolean {
  const cut = word.indexOf('@', 1);
  return cut < 0 ? word === placed.name : word.slice(0, cut) === placed.name && fits(placed, word.slice(cut + 1));
}

function headOf({ name, version, resolved, link }: Placed): object {
  const up = name.includes('/') ? '../../' : '../';
  const where = resolved === undefined ? {} : { resolved: link ? `file:${up}${resolved}` : resolved };
  return { version, ...where, overridden: false };
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
