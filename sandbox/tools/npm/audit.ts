// Which installed packages have a known weakness, and what would mend it.
import semver from 'semver';
import { type Advisory, advisories, findPackage } from '../../forge/registry/index.ts';
import type { CommandIO, Files } from '../../machine/index.ts';
import { readLock, writeLock } from './lock.ts';
import type { Given } from './options.ts';
import { type Manifest, projectFolder, readManifest } from './project.ts';
import { reify } from './reify.ts';
import { idealTree } from './resolve.ts';
import { NpmStop, notHere } from './stop.ts';
import { findFrom, ROOT, type Tree, wantsOf } from './tree.ts';

export interface Vulnerability {
  readonly name: string;
  readonly severity: Advisory['severity'];
  readonly isDirect: boolean;
  /** Advisories of the package itself, or names of the weak packages that it needs. */
  readonly via: readonly (Advisory | string)[];
  readonly effects: readonly string[];
  readonly range: string;
  readonly nodes: readonly string[];
  readonly fixAvailable: boolean | { readonly name: string; readonly version: string; readonly isSemVerMajor: boolean };
}

const levels = ['info', 'low', 'moderate', 'high', 'critical'] as const;

/** Weak packages of a tree and those that cannot do without them, by name. */
export function vulnerabilities(far: Files, tree: Tree, root: Manifest): readonly Vulnerability[] {
  const weak = (name: string, version: string): readonly Advisory[] =>
    advisories.filter((one) => one.name === name && semver.satisfies(version, one.range));
  const found = new Map<string, { via: Set<Advisory | string>; nodes: string[] }>();
  const add = (name: string, via: Advisory | string, node: string): void => {
    const entry = found.get(name) ?? { via: new Set(), nodes: [] };
    entry.via.add(via);
    if (!entry.nodes.includes(node)) entry.nodes.push(node);
    found.set(name, entry);
  };
  for (const [location, { name, version }] of tree) for (const one of weak(name, version)) add(name, one, location);
  // A package whose range allows weak versions only is weak with them.
  const allowsOnlyWeak = (name: string, spec: string): boolean => {
    const versions = [...(findPackage(far, name)?.versions.keys() ?? [])].filter((one) => semver.satisfies(one, spec));
    return versions.length > 0 && versions.every((one) => weak(name, one).length > 0);
  };
  for (const [location, placed] of tree)
    for (const [name, spec] of Object.entries(placed.dependencies))
      if (found.has(name) && allowsOnlyWeak(name, spec)) add(placed.name, name, location);

  const severityOf = (name: string): Advisory['severity'] => {
    const all = [...(found.get(name)?.via ?? [])].map((via) =>
      typeof via === 'string' ? severityOf(via) : via.severity,
    );
    return all.sort((a, b) => levels.indexOf(b) - levels.indexOf(a))[0] ?? 'low';
  };
  const direct = wantsOf(tree, ROOT, root);
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { via, nodes }]) => {
      const effects = [...found].filter(([, other]) => other.via.has(name)).map(([other]) => other);
      const own = [...via].filter((one) => typeof one !== 'string');
      const range = own.length > 0 ? own.map((one) => one.range).join(' || ') : weakVersions(far, name, tree);
      return {
        name,
        severity: severityOf(name),
        isDirect: name in direct,
        via: [...via],
        effects,
        range,
        nodes,
        fixAvailable: fixFor(name),
      };
    });

  function isFine(name: string, version: string): boolean {
    if (weak(name, version).length > 0) return false;
    const needs = (findPackage(far, name)?.versions.get(version)?.manifest.dependencies ?? {}) as Record<
      string,
      string
    >;
    return !Object.entries(needs).some(([needed, spec]) => allowsOnlyWeak(needed, spec));
  }

  function fixFor(name: string): Vulnerability['fixAvailable'] {
    const entry = found.get(name);
    const versions = [...(findPackage(far, name)?.versions.keys() ?? [])].filter((one) => isFine(name, one));
    const askers = [
      [ROOT, direct] as const,
      ...[...tree].map(([at, { dependencies }]) => [at, dependencies] as const),
    ].filter(([at, wants]) => name in wants && entry?.nodes.includes(findFrom(tree, at, name) ?? ''));
    const blocked = askers.filter(([, wants]) => !versions.some((one) => semver.satisfies(one, wants[name] ?? '*')));
    if (blocked.length === 0) return versions.length > 0;
    for (const [at] of blocked) {
      if (at !== ROOT) return fixFor(tree.get(at)?.name ?? '');
    }
    const version = versions.at(-1);
    if (version === undefined) return false;
    const now = tree.get(`node_modules/${name}`)?.version ?? version;
    return { name, version, isSemVerMajor: semver.major(version) !== semver.major(now) };
  }
}

function weakVersions(far: Files, name: string, tree: Tree): string {
  const versions = [...(findPackage(far, name)?.versions.keys() ?? [])];
  const highest = [...tree.values()]
    .filter((one) => one.name === name)
    .map(({ version }) => version)
    .sort(semver.compare)
    .at(-1);
  return versions[0] === highest ? `${highest}` : `<=${highest}`;
}

function counts(found: readonly Vulnerability[]): Record<(typeof levels)[number] | 'total', number> {
  const each = levels.map((level) => [level, found.filter(({ severity }) => severity === level).length] as const);
  return Object.fromEntries([...each, ['total', found.length]]) as Record<(typeof levels)[number] | 'total', number>;
}

/** The last lines of `npm audit`, which `npm install` says too. */
export function summary(found: readonly Vulnerability[]): string {
  if (found.length === 0) return 'found 0 vulnerabilities';
  const seen = Object.entries(counts(found)).filter(
    ([level, count]) => count > 0 && level !== 'total' && level !== 'info',
  );
  const lines =
    seen.length > 1
      ? [`${found.length} vulnerabilities (${seen.map(([level, count]) => `${count} ${level}`).join(', ')})`]
      : [`${found.length} ${seen[0]?.[0]} severity vulnerabilit${found.length === 1 ? 'y' : 'ies'}`];
  const forced = found.filter(({ fixAvailable }) => typeof fixAvailable === 'object');
  const unfixable = found.some(({ fixAvailable }) => fixAvailable === false);
  const breaking = forced.some(({ fixAvailable }) => typeof fixAvailable === 'object' && fixAvailable.isSemVerMajor);
  if (found.some(({ fixAvailable }) => fixAvailable === true)) {
    const what = forced.length > 0 || unfixable ? 'issues that do not require attention' : 'all issues';
    lines.push('', `To address ${what}, run:`, '  npm audit fix');
  }
  if (forced.length > 0)
    lines.push(
      '',
      `To address all issues${unfixable ? ' possible' : ''}${breaking ? ' (including breaking changes)' : ''}, run:`,
      '  npm audit fix --force',
    );
  if (unfixable) lines.push('', 'Some issues need review, and may require choosing', 'a different dependency.');
  return lines.join('\n');
}

/** `npm audit [fix]`: 1 when something at or above --audit-level was found. */
export function audit(io: CommandIO, given: Given): number {
  const { files } = io.machine;
  const folder = projectFolder(io);
  const root = readManifest(files, folder);
  const tree = readLock(files, folder);
  if (tree === undefined) {
    throw new NpmStop('ENOLOCK', [
      'audit This command requires an existing lockfile.',
      'audit Try creating one first with: npm i --package-lock-only',
      'audit Original error: loadVirtual requires existing shrinkwrap file',
    ]);
  }
  const [action] = given.words;
  if (action !== undefined && action !== 'fix') throw notHere(`npm audit ${action}`);
  const found = vulnerabilities(io.machine.far, tree, root);
  if (action === 'fix') return fix(io, given, folder, root, tree, found);
  if (given.has('json')) io.stdout(`${JSON.stringify(asJson(found, tree, root), undefined, 2)}\n`);
  else io.stdout(`${found.length === 0 ? summary(found) : report(found)}\n`);
  const least = levels.indexOf((given.flags.get('audit-level') ?? 'low') as 'low');
  return found.some(({ severity }) => levels.indexOf(severity) >= least) ? 1 : 0;
}

function fix(
  io: CommandIO,
  given: Given,
  folder: string,
  root: Manifest,
  tree: Tree,
  found: readonly Vulnerability[],
): number {
  if (given.has('force')) throw notHere('npm audit fix --force');
  const mended = new Set(found.filter(({ fixAvailable }) => fixAvailable === true).flatMap(({ nodes }) => nodes));
  const after = idealTree(io.machine, folder, root, new Map([...tree].filter(([location]) => !mended.has(location))));
  const { added, changed, removed } = reify(io, folder, root, after);
  writeLock(io.machine.files, folder, root, after);
  const left = vulnerabilities(io.machine.far, after, root);
  const parts = [
    ['added', added.length],
    ['removed', removed.length],
    ['changed', changed.length],
  ] as const;
  const told = parts
    .filter(([, n]) => n > 0)
    .map(([verb, n]) => `${verb} ${n} package${n === 1 ? '' : 's'}, `)
    .join('');
  io.stdout(
    `\n${told === '' ? 'up to date, ' : `${told}and `}audited ${after.size + 1} package${after.size === 0 ? '' : 's'} in 1s\n\n${left.length === 0 ? summary(left) : report(left)}\n`,
  );
  return left.length === 0 ? 0 : 1;
}

function report(found: readonly Vulnerability[]): string {
  const lines = ['# npm audit report', ''];
  const byName = new Map(found.map((one) => [one.name, one]));
  const printed = new Set<string>();
  const print = (one: Vulnerability, indent: string): readonly string[] => {
    if (printed.has(one.name)) return [];
    printed.add(one.name);
    const out = [`${one.name}  ${one.range}`];
    if (indent === '' && one.severity !== 'low') out.push(`Severity: ${one.severity}`);
    for (const via of one.via) {
      if (typeof via === 'string') out.push(`Depends on vulnerable versions of ${via}`);
      else if (indent === '') out.push(`${via.title} - ${urlOf(via)}`);
    }
    const { fixAvailable: fixes } = one;
    if (indent === '' && fixes === false) out.push('No fix available');
    if (indent === '' && fixes === true) out.push('fix available via `npm audit fix`');
    if (indent === '' && typeof fixes === 'object')
      out.push(
        'fix available via `npm audit fix --force`',
        `Will install ${fixes.name}@${fixes.version}, which is ${fixes.isSemVerMajor ? 'a breaking change' : 'outside the stated dependency range'}`,
      );
    out.push(...one.nodes);
    for (const effect of one.effects) {
      const other = byName.get(effect);
      if (other !== undefined) out.push(...print(other, '  '));
    }
    if (indent === '') out.push('');
    return out.map((line) => `${indent}${line}`);
  };
  for (const one of found) if (one.via.some((via) => typeof via !== 'string')) lines.push(...print(one, ''));
  return [...lines, summary(found)].join('\n');
}

function urlOf({ id }: Advisory): string {
  return `https://npm.ventarela.test/advisories/${id}`;
}

function asJson(found: readonly Vulnerability[], tree: Tree, root: Manifest): object {
  const told = found.map(({ name, severity, isDirect, via, effects, range, nodes, fixAvailable }) => {
    const causes = via.map((one) =>
      typeof one === 'string'
        ? one
        : {
            source: one.id,
            name: one.name,
            dependency: one.name,
            title: one.title,
            url: urlOf(one),
            severity: one.severity,
            cwe: [one.cwe],
            range: one.range,
          },
    );
    return [name, { name, severity, isDirect, via: causes, effects, range, nodes, fixAvailable }] as const;
  });
  const dev = [...tree.keys()].length - Object.keys(root.dependencies ?? {}).length;
  return {
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(told),
    metadata: {
      vulnerabilities: counts(found),
      dependencies: {
        prod: tree.size - Math.max(0, Object.keys(root.devDependencies ?? {}).length === 0 ? 0 : dev) + 1,
        dev: Object.keys(root.devDependencies ?? {}).length === 0 ? 0 : dev,
        optional: 0,
        peer: 0,
        peerOptional: 0,
        total: tree.size,
      },
    },
  };
}
