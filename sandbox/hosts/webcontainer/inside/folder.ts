// The desk's home folder on the disk of the computer that runs real programs, kept the same on both sides.
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Files } from '../../../machine/index.ts';

export interface Folder {
  /** Where a path of the desk is on the disk; undefined outside the home folder. */
  real(path: string): string | undefined;
  /** What has changed on the desk, onto the disk. */
  push(): void;
  /** What programs changed on the disk, onto the desk. @returns paths that the desk does not take, with the reason */
  pull(): readonly string[];
}

/** Real packages stay on the disk: they are many, and `npm install` brings them again. Git's insides are the sandbox's own. */
const stays = (name: string): boolean => name === 'node_modules' || name === '.git';

/** @param root an empty folder of the disk */
export function openFolder(root: string, files: Files, home: string): Folder {
  const changed = new Set<string>();
  /** What is on the disk as the desk has it: path on the desk → what tells a change. */
  const known = new Map<string, string>();
  let pulling = false;
  files.watch((change) => {
    if (pulling) return;
    if (isInHome(change.path)) changed.add(change.path);
    if (change.op === 'rename' && isInHome(change.from)) changed.add(change.from);
  });
  changed.add(home);

  function isInHome(path: string): boolean {
    return path === home || path.startsWith(`${home}/`);
  }

  const onDisk = (path: string): string => join(root, path);

  function write(path: string): void {
    if (path.split('/').includes('.git')) return;
    const place = onDisk(path);
    if (!existsOnDesk(path)) {
      rmSync(place, { recursive: true, force: true });
      for (const one of known.keys()) if (one === path || one.startsWith(`${path}/`)) known.delete(one);
      return;
    }
    const stat = files.lstat(path);
    mkdirSync(dirname(place), { recursive: true });
    const there = lstatSync(place, { throwIfNoEntry: false });
    if (there !== undefined && (stat.type !== 'directory' || !there.isDirectory())) {
      if (stat.type !== 'file' || !there.isFile()) rmSync(place, { recursive: true, force: true });
    }
    if (stat.type === 'directory') {
      mkdirSync(place, { recursive: true });
      for (const name of files.list(path)) write(`${path}/${name}`);
    } else if (stat.type === 'file') {
      writeFileSync(place, files.readFile(path));
      chmodSync(place, stat.mode & 0o777);
    } else {
      const target = files.readlink(path);
      if (!target.startsWith('/')) symlinkSync(target, place);
    }
    note(path);
  }

  function existsOnDesk(path: string): boolean {
    try {
      files.lstat(path);
      return true;
    } catch {
      return false;
    }
  }

  function note(path: string): void {
    const mark = markOf(onDisk(path));
    if (mark !== undefined) known.set(path, mark);
  }

  function pullFolder(path: string, seen: Set<string>, refused: string[]): void {
    for (const name of readdirSync(onDisk(path)).sort()) {
      if (stays(name)) continue;
      const inner = `${path}/${name}`;
      const place = onDisk(inner);
      const mark = markOf(place);
      if (mark === undefined) continue;
      seen.add(inner);
      const isFolder = mark === 'folder';
      if (known.get(inner) !== mark) take(inner, place, isFolder, refused);
      known.set(inner, mark);
      if (isFolder) pullFolder(inner, seen, refused);
    }
  }

  function take(path: string, place: string, isFolder: boolean, refused: string[]): void {
    try {
      const there = existsOnDesk(path) ? files.lstat(path).type : undefined;
      if (there !== undefined && there !== (isFolder ? 'directory' : 'file')) files.remove(path, { recursive: true });
      if (isFolder) files.mkdir(path, { recursive: true });
      else {
        const bytes = new Uint8Array(readFileSync(place));
        if (there === 'file' && same(files.readFile(path), bytes)) return;
        files.writeFile(path, bytes, lstatSync(place).mode & 0o777);
      }
    } catch (error) {
      refused.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  return {
    real: (path) => (isInHome(path) ? onDisk(path) : undefined),
    push() {
      const paths = [...changed];
      changed.clear();
      for (const path of paths) write(path);
    },
    pull() {
      const refused: string[] = [];
      if (!existsSync(onDisk(home))) return refused;
      const seen = new Set<string>();
      pulling = true;
      try {
        pullFolder(home, seen, refused);
        for (const path of [...known.keys()]) {
          if (seen.has(path) || path === home || path.split('/').some(stays)) continue;
          known.delete(path);
          files.remove(path, { recursive: true, force: true });
        }
      } finally {
        pulling = false;
      }
      return refused;
    },
  };
}

/** What tells that something on the disk is another than before; undefined for what is neither file nor folder. */
function markOf(place: string): string | undefined {
  const stat = lstatSync(place, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return 'folder';
  return stat?.isFile() ? `${stat.size} ${stat.mtimeMs} ${stat.ino}` : undefined;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
