import type { FileChange, FileEntry, FileLimits, FileStat, Files, FileTree } from './contract.ts';
import { FileError, type FileErrorCode } from './error.ts';
import { nameOf, parentOf } from './path.ts';
export const defaultFileLimits: FileLimits = { fileBytes: 64 * 2 ** 20, totalBytes: 256 * 2 ** 20 };

interface Folder extends Attributes {
  readonly type: 'directory';
  readonly children: Map<string, Node>;
}
interface File extends Attributes {
  readonly type: 'file';
  bytes: Uint8Array;
  /** What it grows into: memory of its own, which begins with its bytes while it is only appended to. */
  room?: Uint8Array;
  /** How many names it has. */
  links: number;
}
interface Link extends Attributes {
  readonly type: 'symlink';
  readonly target: string;
}
interface Attributes {
  readonly inode: number;
  mode: number;
  mtimeMs: number;
  ctimeMs: number;
}
type Node = Folder | File | Link;

interface Found {
  readonly node: Node;
  /** The names on the way to it, which are no links. */
  readonly way: readonly string[];
}

/** The kernel allows as many steps through symbolic links as Linux does (MAXSYMLINKS). */
const MAX_LINKS = 40;
/** Bytes of a name, and of a path with its end: Linux's NAME_MAX and PATH_MAX (limits.h). */
const MAX_NAME = 255;
const MAX_PATH = 4096;

export function createFiles(now: () => number, tree: FileTree = {}, limits: FileLimits = defaultFileLimits): Files {
  let nextInode = 2;
  let totalBytes = 0;
  let operations = 0;
  let movedBytes = 0;
  const listeners = new Set<(change: FileChange) => void>();
  const attributes = (mode: number, time: number): Attributes => ({
    inode: nextInode++,
    mode,
    mtimeMs: time,
    ctimeMs: time,
  });
  const root: Folder = { type: 'directory', children: new Map(), ...attributes(0o755, now()) };

  function announce(change: FileChange): void {
    if ('bytes' in change) movedBytes += change.bytes.length;
    for (const listener of listeners) listener(change);
  }

  /** Walks to a node. `follow` says whether a link at the very end is followed too. Gives the resolved path with it, or what is wrong. */
  function seek(path: string, follow: boolean): Found | FileErrorCode {
    operations += 1;
    let links = 0;
    let at: Node = root;
    const way: string[] = [];
    if (isTooLong(path)) return 'ENAMETOOLONG';
    let rest = split(path);
    for (let next = 0; next < rest.length; ) {
      const part = rest[next++] as string;
      if (at.type !== 'directory') return 'ENOTDIR';
      if (part === '..') {
        way.pop();
        at = walk(way);
        continue;
      }
      const child = at.children.get(part);
      if (child === undefined) return 'ENOENT';
      if (child.type === 'symlink' && (follow || next < rest.length)) {
        if (++links > MAX_LINKS) return 'ELOOP';
        rest = [...split(child.target), ...rest.slice(next)];
        next = 0;
        if (child.target.startsWith('/')) {
          at = root;
          way.length = 0;
        }
        continue;
      }
      at = child;
      way.push(part);
    }
    return { node: at, way };
  }

  function find(path: string, syscall: string, follow: boolean): Found {
    const found = seek(path, follow);
    return typeof found === 'string' ? fail(found, syscall, path) : found;
  }

  /** The node at the end of a way that is known to exist and to hold no links. */
  function walk(way: readonly string[]): Node {
    let at: Node = root;
    for (const part of way) at = (at as Folder).children.get(part) as Node;
    return at;
  }

  function fail(code: FileErrorCode, syscall: string, path: string): never {
    throw new FileError(code, syscall, path);
  }

  /** `place` for a path that is known to exist and to hold no links. */
  function standing({ node, way }: Found): ReturnType<typeof place> {
    return { folder: walk(way.slice(0, -1)) as Folder, name: way.at(-1) ?? '', path: pathOf(way), node };
  }

  /** The folder in which `path` stands or will stand, and the real path of the entry. A final link is followed when `follow`. */
  function place(
    path: string,
    syscall: string,
    follow: boolean,
  ): { folder: Folder; name: string; path: string; node: Node | undefined } {
    let current = tidy(path);
    if (isTooLong(current)) fail('ENAMETOOLONG', syscall, path);
    if (current === '/' || current.endsWith('/..')) return standing(find(current, syscall, true));
    for (let links = 0; ; links++) {
      if (links > MAX_LINKS) fail('ELOOP', syscall, path);
      const parent = findParent(current, syscall, path);
      const name = nameOf(current);
      const node = parent.folder.children.get(name);
      const real = parent.path === '/' ? `/${name}` : `${parent.path}/${name}`;
      if (!(follow && node?.type === 'symlink')) return { folder: parent.folder, name, path: real, node };
      current = tidy(node.target.startsWith('/') ? node.target : `${parent.path}/${node.target}`);
      if (current === '/' || current.endsWith('/..')) return standing(find(current, syscall, true));
    }
  }

  function findParent(current: string, syscall: string, asked: string): { folder: Folder; path: string } {
    const found = seek(parentOf(current), true);
    if (typeof found === 'string') return fail(found, syscall, asked);
    if (found.node.type !== 'directory') return fail('ENOTDIR', syscall, asked);
    return { folder: found.node, path: pathOf(found.way) };
  }

  function makeRoom(grow: number, size: number, path: string): void {
    if (size > limits.fileBytes) fail('EFBIG', 'write', path);
    if (grow > 0 && totalBytes + grow > limits.totalBytes) fail('ENOSPC', 'write', path);
    totalBytes += grow;
  }

  function touch(folder: Folder): void {
    folder.mtimeMs = now();
    folder.ctimeMs = now();
  }

  function put(path: string, bytes: Uint8Array, mode: number): void {
    const spot = place(path, 'open', true);
    const file = spot.node;
    if (file?.type === 'directory') fail('EISDIR', 'open', path);
    if (file?.type === 'file') {
      makeRoom(bytes.length - file.bytes.length, bytes.length, path);
      file.bytes = bytes;
      file.mtimeMs = now();
      file.ctimeMs = now();
    } else {
      makeRoom(bytes.length, bytes.length, path);
      spot.folder.children.set(spot.name, { type: 'file', bytes, links: 1, ...attributes(mode, now()) });
      touch(spot.folder);
    }
    const written = spot.folder.children.get(spot.name) as File;
    for (const name of namesOf(written, spot.path))
      announce({ op: 'write', path: name, bytes, mode: written.mode, mtimeMs: written.mtimeMs });
  }

  /** Appends without moving what is there each time: a log of n lines costs n, not n². Bytes once written stay as they are. */
  function grow(file: File, more: Uint8Array): void {
    const size = file.bytes.length + more.length;
    if (file.room === undefined || file.room.buffer !== file.bytes.buffer || file.room.length < size) {
      file.room = new Uint8Array(size + (size >> 1));
      file.room.set(file.bytes);
    }
    file.room.set(more, file.bytes.length);
    file.bytes = file.room.subarray(0, size);
  }

  /** All paths of a node. */
  function namesOf(node: Node, path: string): readonly string[] {
    if (node.type !== 'file' || node.links === 1) return [path];
    const found: string[] = [];
    const look = (folder: Folder, at: string): void => {
      for (const [name, child] of folder.children) {
        if (child === node) found.push(`${at}/${name}`);
        else if (child.type === 'directory') look(child, `${at}/${name}`);
      }
    };
    look(root, '');
    return found;
  }

  function makeFolder(path: string, mode: number, recursive: boolean): void {
    const clean = tidy(path);
    if (recursive && clean !== '/' && !exists(parentOf(clean))) makeFolder(parentOf(clean), 0o755, true);
    const spot = place(clean, 'mkdir', false);
    if (spot.node !== undefined) {
      if (recursive && find(clean, 'mkdir', true).node.type === 'directory') return;
      fail('EEXIST', 'mkdir', path);
    }
    spot.folder.children.set(spot.name, { type: 'directory', children: new Map(), ...attributes(mode, now()) });
    touch(spot.folder);
    announce({ op: 'mkdir', path: spot.path, mode, mtimeMs: now() });
  }

  const exists = (path: string): boolean => typeof seek(path, true) === 'object';

  function statOf(node: Node): FileStat {
    const size = node.type === 'file' ? node.bytes.length : node.type === 'symlink' ? encode(node.target).length : 4096;
    const { type, mode, mtimeMs, ctimeMs, inode } = node;
    return { type, mode, size, mtimeMs, ctimeMs, inode, links: linksOf(node) };
  }

  function linksOf(node: Node): number {
    if (node.type === 'directory')
      return [...node.children.values()].reduce((sum, { type }) => sum + (type === 'directory' ? 1 : 0), 2);
    return node.type === 'file' ? node.links : 1;
  }

  /** Takes a name from a node, and from all that is in it; gives back the room of files that have no name left. */
  function release(node: Node): void {
    if (node.type === 'directory') for (const child of node.children.values()) release(child);
    if (node.type !== 'file') return;
    node.links -= 1;
    if (node.links === 0) totalBytes -= node.bytes.length;
  }

  function symlink(target: string, path: string): void {
    const spot = place(path, 'symlink', false);
    if (spot.node !== undefined) fail('EEXIST', 'symlink', path);
    spot.folder.children.set(spot.name, { type: 'symlink', target, ...attributes(0o777, now()) });
    touch(spot.folder);
    announce({ op: 'symlink', path: spot.path, target, mtimeMs: now() });
  }

  function load(): void {
    for (const [path, entry] of Object.entries(tree)) {
      if (path === '/') {
        root.mode = entry.mode;
        root.mtimeMs = entry.mtimeMs;
        continue;
      }
      const folder = walk(split(parentOf(path))) as Folder;
      const common = attributes(entry.mode, entry.mtimeMs);
      if (entry.type === 'directory')
        folder.children.set(nameOf(path), { type: 'directory', children: new Map(), ...common });
      else if (entry.type === 'symlink')
        folder.children.set(nameOf(path), { type: 'symlink', target: entry.target, ...common });
      else {
        folder.children.set(nameOf(path), { type: 'file', bytes: entry.bytes, links: 1, ...common });
        totalBytes += entry.bytes.length;
      }
    }
  }

  load();
  return {
    get totalBytes() {
      return totalBytes;
    },
    readFile(path) {
      const { node } = find(path, 'open', true);
      if (node.type === 'directory') throw new FileError('EISDIR', 'read', path);
      movedBytes += (node as File).bytes.length;
      return (node as File).bytes.slice();
    },
    readText(path) {
      const { node } = find(path, 'open', true);
      if (node.type === 'directory') throw new FileError('EISDIR', 'read', path);
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode((node as File).bytes);
    },
    writeFile: (path, content, mode = 0o644) => put(path, bytesOf(content), mode),
    appendFile(path, content) {
      const more = bytesOf(content);
      const spot = place(path, 'open', true);
      if (spot.node === undefined) return put(path, more, 0o644);
      if (spot.node.type !== 'file') return fail('EISDIR', 'open', path);
      const file = spot.node;
      makeRoom(more.length, file.bytes.length + more.length, path);
      grow(file, more);
      file.mtimeMs = now();
      file.ctimeMs = now();
      for (const name of namesOf(file, spot.path)) announce({ op: 'append', path: name, bytes: more, mtimeMs: now() });
    },
    mkdir: (path, { recursive = false, mode = 0o755 } = {}) => makeFolder(path, mode, recursive),
    list(path) {
      const { node } = find(path, 'scandir', true);
      if (node.type !== 'directory') throw new FileError('ENOTDIR', 'scandir', path);
      return [...node.children.keys()].sort();
    },
    exists,
    stat: (path) => statOf(find(path, 'stat', true).node),
    lstat: (path) => statOf(find(path, 'lstat', false).node),
    remove(path, { recursive = false, force = false } = {}) {
      let spot: ReturnType<typeof place>;
      try {
        spot = place(path, 'rm', false);
      } catch (error) {
        if (force && error instanceof FileError && error.code !== 'ELOOP') return;
        throw error;
      }
      if (spot.node === undefined) {
        if (force) return;
        fail('ENOENT', 'rm', path);
      }
      if (spot.node === root) fail('EPERM', 'rm', path);
      if (spot.node.type === 'directory' && !recursive && spot.node.children.size > 0) fail('ENOTEMPTY', 'rm', path);
      release(spot.node);
      spot.folder.children.delete(spot.name);
      touch(spot.folder);
      announce({ op: 'remove', path: spot.path, mtimeMs: now() });
    },
    rename(from, to) {
      const source = place(from, 'rename', false);
      const target = place(to, 'rename', false);
      const moved = source.node;
      if (moved === undefined) throw new FileError('ENOENT', 'rename', from, to);
      if (source.path === target.path) return;
      if (moved === root || target.node === root) throw new FileError('EPERM', 'rename', from, to);
      if (target.path.startsWith(`${source.path}/`)) throw new FileError('EINVAL', 'rename', from, to);
      if (target.node?.type === 'directory') {
        if (moved.type !== 'directory') throw new FileError('EISDIR', 'rename', from, to);
        if (target.node.children.size > 0) throw new FileError('ENOTEMPTY', 'rename', from, to);
      } else if (target.node !== undefined && moved.type === 'directory') {
        throw new FileError('ENOTDIR', 'rename', from, to);
      }
      if (target.node === moved) return;
      if (target.node !== undefined) release(target.node);
      source.folder.children.delete(source.name);
      target.folder.children.set(target.name, moved);
      moved.ctimeMs = now();
      touch(source.folder);
      touch(target.folder);
      announce({ op: 'rename', from: source.path, path: target.path, mtimeMs: now() });
    },
    symlink,
    link(from, path) {
      const { node } = find(from, 'link', false);
      if (node.type === 'directory') throw new FileError('EPERM', 'link', from, path);
      const spot = place(path, 'link', false);
      if (spot.node !== undefined) throw new FileError('EEXIST', 'link', from, path);
      if (node.type === 'symlink') return symlink(node.target, path);
      spot.folder.children.set(spot.name, node);
      node.links += 1;
      node.ctimeMs = now();
      touch(spot.folder);
      announce({ op: 'write', path: spot.path, bytes: node.bytes.slice(), mode: node.mode, mtimeMs: node.mtimeMs });
      // A file with an older time: its folder's is another.
      announce({ op: 'attributes', path: parentOf(spot.path), mode: spot.folder.mode, mtimeMs: now() });
    },
    readlink(path) {
      const { node } = find(path, 'readlink', false);
      if (node.type !== 'symlink') throw new FileError('EINVAL', 'readlink', path);
      return node.target;
    },
    realpath: (path) => pathOf(find(path, 'realpath', true).way),
    chmod(path, mode) {
      const found = find(path, 'chmod', true);
      found.node.mode = mode & 0o7777;
      found.node.ctimeMs = now();
      for (const name of namesOf(found.node, pathOf(found.way)))
        announce({ op: 'attributes', path: name, mode: found.node.mode, mtimeMs: found.node.mtimeMs });
    },
    utimes(path, mtimeMs) {
      const found = find(path, 'utime', true);
      found.node.mtimeMs = mtimeMs;
      found.node.ctimeMs = now();
      for (const name of namesOf(found.node, pathOf(found.way)))
        announce({ op: 'attributes', path: name, mode: found.node.mode, mtimeMs });
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    usage: () => ({ operations, bytes: movedBytes }),
    snapshot() {
      const entries: Record<string, FileEntry> = {};
      collect(root, '/', entries);
      return entries;
    },
  };
}

function collect(node: Node, path: string, into: Record<string, FileEntry>): void {
  const { mode, mtimeMs } = node;
  if (node.type === 'file') into[path] = { type: 'file', mode, mtimeMs, bytes: kept(node) };
  else if (node.type === 'symlink') into[path] = { type: 'symlink', mode, mtimeMs, target: node.target };
  else {
    into[path] = { type: 'directory', mode, mtimeMs };
    for (const name of [...node.children.keys()].sort()) {
      collect(node.children.get(name) as Node, path === '/' ? `/${name}` : `${path}/${name}`, into);
    }
  }
}

/** Bytes are never changed in place; where they lie in a larger memory, they are handed out without it. */
function kept({ bytes }: File): Uint8Array {
  return bytes.length === bytes.buffer.byteLength ? bytes : bytes.slice();
}

/** Drops `.` and empty parts only: `..` after a link must be walked, not computed. */
function split(path: string): string[] {
  const parts: string[] = [];
  for (let start = 0; start < path.length; ) {
    const next = path.indexOf('/', start);
    const end = next < 0 ? path.length : next;
    const isHere = end - start === 1 && path[start] === '.';
    if (end > start && !isHere) parts.push(path.slice(start, end));
    start = end + 1;
  }
  return parts;
}

function isTooLong(path: string): boolean {
  return isOver(path, MAX_PATH - 1) || (path.length * 3 > MAX_NAME && path.split('/').some(isLongName));
}

/** Whether it takes more bytes than `most`: a UTF-16 code unit takes three at most, so that what is short is not counted. */
function isOver(text: string, most: number): boolean {
  return text.length * 3 > most && encode(text).length > most;
}

const isLongName = (name: string): boolean => isOver(name, MAX_NAME);

function tidy(path: string): string {
  return pathOf(split(path));
}

const pathOf = (way: readonly string[]): string => `/${way.join('/')}`;

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? encode(content) : content.slice();
}
