// A folder on disk in which a sandbox is kept between two calls of the command line: the home folder as files, and beside
// them, in `.noventa/snapshot.json`, the whole sandbox (the forge, the clock, the shell, the log).
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileEntry } from '../../machine/index.ts';
import { type FolderFiles, readFolder, reserved } from '../build/day.ts';
import { Told } from '../build/told.ts';
import type { Snapshot } from '../protocol.ts';

const HOME = '/home/dev/';

/** What a folder holds for a sandbox: files to put over the home folder, or a whole sandbox that was kept there. */
export interface KeptFolder {
  readonly files: FolderFiles;
  readonly snapshot?: Snapshot;
}

/**
 * @param without paths that are passed over
 * @throws Told when the kept state cannot be read or is of another day.
 */
export function readKeptFolder(folder: string, day: string, without?: ReadonlySet<string>): KeptFolder {
  const files = readFolder(folder, without);
  const file = join(folder, reserved, 'snapshot.json');
  if (!existsSync(file)) return { files };
  const kept = parse(readFileSync(file, 'utf8'), file);
  if (kept.version !== 1) throw new Told(`${file}: expected version 1, found ${String(kept.version)}`);
  if (kept.day !== day) throw new Told(`${file}: kept from '${kept.day}', asked for '${day}'`);
  return { files: {}, snapshot: { ...kept, files: withHome(kept, files) } };
}

/** Makes the folder's files those of the home folder, and keeps the sandbox beside them. */
export function writeKeptFolder(folder: string, snapshot: Snapshot): void {
  const home = new Map<string, FileEntry>();
  for (const [path, entry] of Object.entries(snapshot.files)) {
    const name = path.slice(HOME.length);
    if (path.startsWith(HOME) && name !== reserved && !name.startsWith(`${reserved}/`)) home.set(name, entry);
  }
  for (const path of Object.keys(readFolder(folder))) {
    if (home.get(path)?.type !== 'file') rmSync(join(folder, path));
  }
  for (const [path, entry] of home) {
    if (entry.type !== 'file') continue;
    refuseLinks(folder, path);
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), entry.bytes);
    chmodSync(join(folder, path), entry.mode);
  }
  mkdirSync(join(folder, reserved), { recursive: true });
  const text = JSON.stringify(snapshot, (_, value: unknown) =>
    value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value,
  );
  writeFileSync(join(folder, reserved, 'snapshot.json'), `${text}\n`);
}

/** The kept tree with the home folder's files as they now are on disk. What did not change keeps its times, which git looks at. */
function withHome(kept: Snapshot, files: FolderFiles): Snapshot['files'] {
  const entries = Object.entries(kept.files).filter(
    ([path, entry]) => !path.startsWith(HOME) || entry.type !== 'file' || path.slice(HOME.length) in files,
  );
  const tree = new Map<string, FileEntry>(entries);
  const mtimeMs = kept.kernel.now;
  for (const [name, bytes] of Object.entries(files)) {
    const was = tree.get(HOME + name);
    if (was?.type === 'file' && Buffer.compare(was.bytes, bytes) === 0) continue;
    for (let at = dirname(HOME + name); !tree.has(at); at = dirname(at))
      tree.set(at, { type: 'directory', mode: 0o755, mtimeMs });
    tree.set(HOME + name, { type: 'file', mode: was?.mode ?? 0o644, mtimeMs, bytes });
  }
  return Object.fromEntries([...tree].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function parse(text: string, file: string): Snapshot {
  try {
    return JSON.parse(text, (_, value) =>
      typeof value?.base64 === 'string' ? new Uint8Array(Buffer.from(value.base64, 'base64')) : value,
    );
  } catch (error) {
    throw new Told(`${file}: ${String(error)}`);
  }
}

/** What a sandbox writes stays in the folder, whatever links stand in it. */
function refuseLinks(folder: string, path: string): void {
  const parts = path.split('/');
  for (let count = 1; count <= parts.length; count++) {
    const at = join(folder, ...parts.slice(0, count));
    if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink())
      throw new Told(`${at} is a symbolic link: not written through it`);
  }
}
