// The company's registry of artifacts: a file under a name and a version, kept for ever as it was first published.
import { type Files, sha256 } from '../../machine/index.ts';

/** Where the registry keeps its files on the disk of the machine that has it. */
const ROOT = '/srv/registry';

/** Put there by whoever looks after the registry: meanwhile it takes nothing. */
export const READ_ONLY = `${ROOT}/.read-only`;

/** Where it is there, each download adds a line: the moment in ms since 1970, and the path. A past that is computed again adds its lines again. */
export const ACCESS_LOG = `${ROOT}/.access.log`;

export interface Artifact {
  readonly name: string;
  readonly version: string;
  readonly file: string;
  /** SHA-256 of the bytes, lower-case hexadecimal. */
  readonly digest: string;
  /** In bytes. */
  readonly size: number;
  /** Simulated time, ms since 1970. */
  readonly publishedAt: number;
  readonly publishedBy: string;
}

export type Coordinates = Pick<Artifact, 'name' | 'version' | 'file'>;

export type Published =
  | { readonly outcome: 'created' | 'unchanged'; readonly artifact: Artifact }
  | { readonly outcome: 'refused'; readonly existing: Artifact };

const folderOf = ({ name, version }: Pick<Coordinates, 'name' | 'version'>): string => `${ROOT}/${name}/${version}`;
const pathOf = (at: Coordinates): string => `${folderOf(at)}/${at.file}`;
const noteOf = (at: Coordinates): string => `${folderOf(at)}/.${at.file}.json`;

/** Keeps bytes as a version. The same bytes again change nothing; other bytes under a version that is there are refused. */
export function publish(
  files: Files,
  at: Coordinates,
  bytes: Uint8Array,
  { by, now }: { readonly by: string; readonly now: number },
): Published {
  const existing = findArtifact(files, at);
  if (existing !== undefined)
    return existing.digest === sha256Hex(bytes)
      ? { outcome: 'unchanged', artifact: existing }
      : { outcome: 'refused', existing };
  files.mkdir(folderOf(at), { recursive: true });
  files.writeFile(pathOf(at), bytes, 0o444);
  files.writeFile(noteOf(at), JSON.stringify({ publishedAt: now, publishedBy: by }), 0o444);
  return { outcome: 'created', artifact: findArtifact(files, at) as Artifact };
}

/** @param until what was published later is not there yet, for a past that is computed again. */
export function findArtifact(files: Files, at: Coordinates, until = Number.POSITIVE_INFINITY): Artifact | undefined {
  const path = pathOf(at);
  if (!files.exists(path) || !files.exists(noteOf(at))) return undefined;
  const { publishedAt, publishedBy } = JSON.parse(files.readText(noteOf(at))) as Pick<
    Artifact,
    'publishedAt' | 'publishedBy'
  >;
  if (publishedAt > until) return undefined;
  const bytes = files.readFile(path);
  const { name, version, file } = at;
  return { name, version, file, digest: sha256Hex(bytes), size: bytes.length, publishedAt, publishedBy };
}

export function readArtifact(files: Files, at: Coordinates): Uint8Array {
  return files.readFile(pathOf(at));
}

/** All artifacts, or those of a name, in the order in which they were published. */
export function listArtifacts(files: Files, name?: string, until = Number.POSITIVE_INFINITY): readonly Artifact[] {
  const found: Artifact[] = [];
  for (const one of name === undefined ? listed(files, ROOT) : [name])
    for (const version of listed(files, `${ROOT}/${one}`))
      for (const file of listed(files, `${ROOT}/${one}/${version}`).filter((entry) => !entry.startsWith('.'))) {
        const artifact = findArtifact(files, { name: one, version, file }, until);
        if (artifact !== undefined) found.push(artifact);
      }
  return found.sort((a, b) => a.publishedAt - b.publishedAt || (pathOf(a) < pathOf(b) ? -1 : 1));
}

function listed(files: Files, folder: string): readonly string[] {
  return files.exists(folder) && files.stat(folder).type === 'directory' ? files.list(folder) : [];
}

function sha256Hex(bytes: Uint8Array): string {
  return [...sha256(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
