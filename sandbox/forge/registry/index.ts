// The company's package registry: the catalogue of the course, and in /srv/npm of the machine what was published to it.
import { type Files, type Machine, sha256 } from '../../machine/index.ts';
import { catalogue } from './catalogue.ts';
import { integrityOf, packTarball, shasumOf, unpackTarball } from './tarball.ts';

export { type Advisory, advisories } from './catalogue.ts';

/** Where npm finds the registry. */
export const registryUrl = 'https://npm.ventarela.test/';

const PUBLISHED = '/srv/npm';

export interface PublishedVersion {
  readonly manifest: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  readonly published: string;
  readonly tarball: Uint8Array;
  readonly url: string;
  readonly integrity: string;
  readonly shasum: string;
}

export interface Packument {
  readonly name: string;
  readonly distTags: Readonly<Record<string, string>>;
  /** In the order of publishing. */
  readonly versions: ReadonlyMap<string, PublishedVersion>;
}

const made = new Map<string, PublishedVersion>();

/** All versions of a package, or undefined when the registry has none. */
export function findPackage(files: Files, name: string): Packument | undefined {
  const versions = new Map<string, PublishedVersion>();
  const known = Object.hasOwn(catalogue, name) ? catalogue[name] : undefined;
  for (const version of Object.keys(known?.releases ?? {})) versions.set(version, fromCatalogue(name, version));
  const folder = `${PUBLISHED}/${name}`;
  const own = files.exists(folder) ? files.list(folder).filter((file) => file.endsWith('.tgz')) : [];
  const published = own.map((file) => {
    const { published } = JSON.parse(files.readText(`${folder}/${file}.json`)) as { published: string };
    return { version: file.slice(0, -'.tgz'.length), published, tarball: files.readFile(`${folder}/${file}`) };
  });
  for (const { version, published: when, tarball } of published.sort((a, b) => (a.published < b.published ? -1 : 1)))
    versions.set(version, publishedVersion(name, version, when, tarball));
  const latest = [...versions.keys()].at(-1);
  return latest === undefined ? undefined : { name, distTags: { latest }, versions };
}

/** Keeps a tarball as a version; a version that is there already is never replaced. @param now ISO 8601 */
export function publishPackage(
  { far, kernel }: Pick<Machine, 'far' | 'kernel'>,
  { name, version, by }: { readonly name: string; readonly version: string; readonly by: string },
  tarball: Uint8Array,
  now: string,
): boolean {
  if (findPackage(far, name)?.versions.has(version)) return false;
  far.mkdir(`${PUBLISHED}/${name}`, { recursive: true });
  far.writeFile(`${PUBLISHED}/${name}/${version}.tgz`, tarball);
  far.writeFile(`${PUBLISHED}/${name}/${version}.tgz.json`, JSON.stringify({ published: now, by }));
  const digest = [...sha256(tarball)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  kernel.record({ type: 'PackagePublished', name, version, digest, by });
  return true;
}

function fromCatalogue(name: string, version: string): PublishedVersion {
  const kept = made.get(`${name}@${version}`);
  if (kept !== undefined) return kept;
  const { description, releases } = catalogue[name] as (typeof catalogue)[string];
  const { files, published, deprecated: _, ...more } = releases[version] as (typeof releases)[string];
  const manifest = { name, version, description, main: 'index.js', license: 'MIT', ...more };
  const all = { ...files, 'package.json': `${JSON.stringify(manifest, undefined, 2)}\n` };
  const tarball = packTarball(
    Object.entries(all).map(([path, text]) => ({
      path,
      bytes: new TextEncoder().encode(text),
      mode: text.startsWith('#!') ? 0o755 : 0o644,
    })),
  );
  const described = publishedVersion(name, version, published, tarball);
  const release = releases[version];
  const result =
    release?.deprecated === undefined
      ? described
      : { ...described, manifest: { ...described.manifest, deprecated: release.deprecated } };
  made.set(`${name}@${version}`, result);
  return result;
}

function publishedVersion(name: string, version: string, published: string, tarball: Uint8Array): PublishedVersion {
  const file = unpackTarball(tarball).find(({ path }) => path === 'package.json');
  return {
    manifest: JSON.parse(new TextDecoder().decode(file?.bytes)) as Record<string, unknown>,
    published,
    tarball,
    url: `${registryUrl}${name}/-/${name.slice(name.indexOf('/') + 1)}-${version}.tgz`,
    integrity: integrityOf(tarball),
    shasum: shasumOf(tarball),
  };
}
