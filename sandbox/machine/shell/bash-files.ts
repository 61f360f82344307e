import type { FsStat, IFileSystem } from 'just-bash/browser';
import { FileError, type FileStat, type Files, PIPE, parentOf, resolvePath } from '../files/index.ts';
import type { Machine } from '../machine.ts';
import { devices } from '../tools/devices.ts';
import { isPipe } from './pipes.ts';

type Content = string | Uint8Array;
type Encoding = Parameters<IFileSystem['writeFile']>[2];

/** Where the shell looks for programs. Its commands seem to stand here, without taking room in the machine's files. */
const programFolders: readonly string[] = ['/bin', '/usr/bin'];

/**
 * The machine's files as just-bash wants them, with its commands as programs in `/bin`.
 * @param pipe what a read of a named pipe gives; undefined when the path is none.
 * @param device what a read of a device gives; undefined when the path is none. Devices take everything and keep nothing.
 */
export function bashFiles(
  machine: Machine,
  commands: () => ReadonlyMap<string, unknown>,
  umask: () => number,
  device: (path: string) => Uint8Array | undefined,
  pipe: (path: string) => Promise<Uint8Array | undefined>,
): IFileSystem {
  const { files } = machine;
  const isDevice = (path: string): boolean => devices.includes(path);
  const isProgram = (path: string): boolean => {
    const folder = parentOf(path);
    return programFolders.includes(folder) && commands().has(path.slice(folder.length + 1)) && !files.exists(path);
  };
  const program: FsStat = {
    ...statOf({ type: 'file', mode: 0o755, size: 0, mtimeMs: 0, ctimeMs: 0, inode: 0, links: 1 }),
  };
  const nothing: FsStat = { ...program, mode: 0o666 };
  const special = (path: string): FsStat | undefined =>
    isDevice(path) ? nothing : isProgram(path) ? program : undefined;
  const read = (path: string): Uint8Array => device(path) ?? files.readFile(path);
  const copy = (from: string, to: string): void => {
    const { type, mode } = isDevice(from) ? ({ type: 'file', mode: 0o644 } as const) : files.stat(from);
    if (type !== 'directory') files.writeFile(to, read(from), mode);
    else {
      files.mkdir(to, { recursive: true });
      for (const name of files.list(from)) copy(`${from}/${name}`, `${to}/${name}`);
    }
  };

  return {
    readFile: async (path, options) => decode((await pipe(path)) ?? read(path), options),
    readFileBytes: async (path) => latin1((await pipe(path)) ?? read(path)) as never,
    readFileBuffer: async (path) => (await pipe(path)) ?? read(path),
    writeFile: async (path, content, options) => {
      if (isDevice(path)) return;
      makeParent(files, path);
      if (isPipe(machine, path)) files.appendFile(path, encode(content, options));
      else files.writeFile(path, encode(content, options), 0o666 & ~umask());
    },
    appendFile: async (path, content, options) => {
      if (isDevice(path)) return;
      makeParent(files, path);
      if (files.exists(path)) files.appendFile(path, encode(content, options));
      else files.writeFile(path, encode(content, options), 0o666 & ~umask());
    },
    exists: async (path) => isDevice(path) || files.exists(path) || isProgram(path),
    stat: async (path) => special(path) ?? statOf(files.stat(path)),
    lstat: async (path) => special(path) ?? statOf(files.lstat(path)),
    mkdir: async (path, options) => files.mkdir(path, { ...options, mode: 0o777 & ~umask() }),
    readdir: async (path) =>
      programFolders.includes(path)
        ? [...new Set([...files.list(path), ...commands().keys()])].sort()
        : [...files.list(path)],
    readdirWithFileTypes: async (path) =>
      files.list(path).map((name) => {
        const { type } = files.lstat(`${path}/${name}`);
        return { name, isFile: type === 'file', isDirectory: type === 'directory', isSymbolicLink: type === 'symlink' };
      }),
    rm: async (path, options) => files.remove(path, options),
    cp: async (from, to, options) => {
      if (!isDevice(from) && files.stat(from).type === 'directory' && !options?.recursive)
        throw new FileError('EISDIR', 'cp', from);
      copy(from, to);
    },
    mv: async (from, to) => files.rename(from, to),
    resolvePath,
    getAllPaths: () => Object.keys(files.snapshot()),
    chmod: async (path, mode) => files.chmod(path, mode),
    symlink: async (target, path) => files.symlink(target, path),
    link: async (from, to) => files.link(from, to),
    readlink: async (path) => files.readlink(path),
    realpath: async (path) => files.realpath(path),
    utimes: async (path, _, mtime) => files.utimes(path, mtime.getTime()),
  };
}

/** just-bash's redirections expect the file system to refuse a missing folder in bash's own words. */
function makeParent(files: Files, path: string): void {
  const parent = parentOf(path);
  if (!files.exists(parent)) throw new FileError('ENOENT', 'open', path);
}

function statOf({ type, mode, size, mtimeMs, inode }: FileStat): FsStat {
  return {
    isFile: type === 'file' && (mode & PIPE) === 0,
    isDirectory: type === 'directory',
    isSymbolicLink: type === 'symlink',
    mode,
    size,
    // biome-ignore lint/style/noRestrictedGlobals: a moment that is given, not the present one
    mtime: new Date(mtimeMs),
    dev: 1,
    ino: inode,
  };
}

function encodingOf(options: Encoding): string {
  return (typeof options === 'string' ? options : options?.encoding) ?? 'utf8';
}

function encode(content: Content, options: Encoding): Uint8Array {
  if (typeof content !== 'string') return content;
  return encodingOf(options) === 'utf8' || encodingOf(options) === 'utf-8'
    ? new TextEncoder().encode(content)
    : fromLatin1(content);
}

function decode(bytes: Uint8Array, options: Parameters<IFileSystem['readFile']>[1]): string {
  const encoding = (typeof options === 'string' ? options : options?.encoding) ?? 'utf8';
  return encoding === 'utf8' || encoding === 'utf-8' ? new TextDecoder().decode(bytes) : latin1(bytes);
}

/** A string with a character for each byte, which is how just-bash hands bytes about. */
export function latin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return parts.join('');
}

/** A text in UTF-8, with a character for each byte. */
export const bytesOfText = (text: string): string => latin1(new TextEncoder().encode(text));

/** The opposite of `latin1`. */
export function fromLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
