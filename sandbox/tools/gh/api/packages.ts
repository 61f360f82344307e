// `orgs/ventarela/packages` ("REST API endpoints for packages"): what the company's registries hold, shown as the forge's packages.
// npm packages lie in its npm registry, everything else under registry.ventarela.test as `generic`, each version with its digest.
import { sha256 } from '../../../machine/index.ts';
import { listArtifacts } from '../../../platform/desk.ts';
import { iso } from '../json.ts';
import type { Place } from '../place.ts';
import { ApiStop, type Json, notFound } from './request.ts';

interface Version {
  readonly version: string;
  readonly file: string;
  readonly digest: string;
  readonly size: number;
  /** ISO 8601. */
  readonly at: string;
  readonly by: string;
}

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Name → versions, newest first. */
function packagesOf({ io }: Place, type: string): ReadonlyMap<string, readonly Version[]> {
  const { far: files } = io.machine;
  const found = new Map<string, Version[]>();
  const add = (name: string, one: Version): void => void found.set(name, [one, ...(found.get(name) ?? [])]);
  if (type === 'generic') {
    for (const { name, version, file, digest, size, publishedAt, publishedBy } of listArtifacts(files))
      add(name, { version, file, digest: `sha256:${digest}`, size, at: iso(publishedAt), by: publishedBy });
    return found;
  }
  const walk = (folder: string, name: string): void => {
    if (!files.exists(folder)) return;
    for (const one of files.list(folder)) {
      const path = `${folder}/${one}`;
      if (files.stat(path).type === 'directory') walk(path, name === '' ? one : `${name}/${one}`);
      else if (one.endsWith('.tgz')) {
        const { published, by = '' } = JSON.parse(files.readText(`${path}.json`)) as { published: string; by?: string };
        const bytes = files.readFile(path);
        const version = one.slice(0, -'.tgz'.length);
        add(name, {
          version,
          file: one,
          digest: `sha256:${hex(sha256(bytes))}`,
          size: bytes.length,
          at: published,
          by,
        });
      }
    }
  };
  walk('/srv/npm', '');
  for (const versions of found.values()) versions.sort((a, b) => (a.at < b.at ? 1 : -1));
  return found;
}

/** @param path behind `orgs/ventarela/`: `packages`, `packages/npm/NAME`, `packages/npm/NAME/versions` */
export function packages(place: Place, path: string, query: Readonly<Record<string, string>>): Json {
  const [, kind, name, part] = /^packages(?:\/(\w+)(?:\/([^/]+)(?:\/(versions))?)?)?$/.exec(path) ?? [];
  const type = kind ?? query.package_type ?? '';
  if (type !== 'npm' && type !== 'generic')
    throw new ApiStop(422, `package_type is npm or generic in this sandbox${type === '' ? '' : `, not ${type}`}`);
  const all = packagesOf(place, type);
  const shown = (one: string): Json => ({
    name: one,
    package_type: type,
    version_count: all.get(one)?.length ?? 0,
    visibility: 'internal',
    owner: { login: 'ventarela' },
    updated_at: all.get(one)?.[0]?.at ?? null,
  });
  if (name === undefined) return [...all.keys()].sort().map(shown);
  const versions = all.get(decodeURIComponent(name));
  if (versions === undefined) throw notFound();
  if (part === undefined) return shown(decodeURIComponent(name));
  return versions.map(({ version, file, digest, size, at, by }, index) => ({
    id: versions.length - index,
    name: version,
    created_at: at,
    metadata: { package_type: type },
    package_files: [{ name: file, size, digest }],
    author: { login: by },
  }));
}
