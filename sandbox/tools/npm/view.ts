import semver from 'semver';
import type { CommandIO } from '../../machine/index.ts';
import type { Given } from './options.ts';
import { packument, pick } from './resolve.ts';
import { notHere } from './stop.ts';

/** `npm view NAME[@RANGE] [FIELD]`: what the registry tells of a package. */
export function view(io: CommandIO, given: Given): number {
  const [word, ...fields] = given.words;
  if (word === undefined) throw notHere('npm view without a package');
  const at = word.indexOf('@', 1);
  const [name, spec] = at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
  const found = packument(io.machine, name, spec || '*');
  const version = pick(found, spec);
  const release = found.versions.get(version);
  if (release === undefined) throw new Error(`${name}@${version} is not in its own package`);
  const versions = [...found.versions.keys()].sort(semver.compare);
  const { manifest, url, shasum, integrity, published } = release;
  const facts: Record<string, unknown> = {
    ...manifest,
    versions,
    'dist-tags': found.distTags,
    dist: { shasum, tarball: url, integrity },
    time: Object.fromEntries([...found.versions].map(([one, { published: when }]) => [one, when])),
  };
  if (fields.length > 0) {
    const shown = fields
      .map((field) => [field, valueAt(facts, field)] as const)
      .filter(([, value]) => value !== undefined);
    if (given.has('json'))
      io.stdout(`${JSON.stringify(shown.length === 1 ? shown[0]?.[1] : Object.fromEntries(shown), undefined, 2)}\n`);
    else if (shown.length === 1) io.stdout(`${printed(shown[0]?.[1], false)}\n`);
    else io.stdout(shown.map(([field, value]) => `${field} = ${printed(value, true)}\n`).join(''));
    return 0;
  }
  if (given.has('json')) {
    io.stdout(`${JSON.stringify({ name, ...facts }, undefined, 2)}\n`);
    return 0;
  }
  const needs = Object.entries((manifest.dependencies ?? {}) as Record<string, string>);
  const bins = Object.keys((manifest.bin ?? {}) as Record<string, string>);
  const lines = [
    '',
    `${name}@${version} | ${manifest.license ?? 'Proprietary'} | deps: ${needs.length === 0 ? 'none' : needs.length} | versions: ${versions.length}`,
    ...(manifest.description ? [String(manifest.description)] : []),
    ...(manifest.deprecated ? ['', `DEPRECATED ⚠️  - ${manifest.deprecated}`] : []),
    ...(bins.length > 0 ? ['', `bin: ${bins.join(', ')}`] : []),
    '',
    'dist',
    `.tarball: ${url}`,
    `.shasum: ${shasum}`,
    `.integrity: ${integrity}`,
    ...(needs.length > 0 ? ['', 'dependencies:', needs.map(([one, range]) => `${one}: ${range}`).join(', ')] : []),
    '',
    'dist-tags:',
    ...Object.entries(found.distTags).map(([tag, tagged]) => `${tag}: ${tagged}`),
    '',
    `published ${published.slice(0, 10)}`,
  ];
  io.stdout(`${lines.join('\n')}\n`);
  return 0;
}

function valueAt(from: unknown, path: string): unknown {
  if (typeof from !== 'object' || from === null) return undefined;
  if (Object.hasOwn(from, path)) return Reflect.get(from, path);
  const dot = path.indexOf('.');
  return dot < 0 ? undefined : valueAt(Reflect.get(from, path.slice(0, dot)), path.slice(dot + 1));
}

/** A value as Node's console shows it. */
function printed(value: unknown, quoted: boolean): string {
  if (typeof value === 'string') return quoted ? `'${value}'` : value;
  if (Array.isArray(value)) {
    const items = value.map((item) => printed(item, true));
    const line = `[ ${items.join(', ')} ]`;
    return line.length <= 76 && items.length <= 6 ? line : `[\n${items.map((item) => `  ${item}`).join(',\n')}\n]`;
  }
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(
    ([key, inner]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : `'${key}'`}: ${printed(inner, true)}`,
  );
  const line = `{ ${entries.join(', ')} }`;
  return line.length <= 76 ? line : `{\n${entries.map((entry) => `  ${entry}`).join(',\n')}\n}`;
}
