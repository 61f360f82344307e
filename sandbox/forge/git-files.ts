import type { PromiseFsClient } from 'isomorphic-git';
import type { FileStat, Files } from '../machine/files/index.ts';
import type { Machine } from '../machine/machine.ts';
import type { Place } from './tree.ts';

const caches = new WeakMap<Files, object>();

/**
 * A repository on a machine's disk, as isomorphic-git wants to be told.
 * @param own where a linked working tree keeps its HEAD and what else is not shared (Documentation/gitrepository-layout.txt).
 */
export function placeAt(files: Files, gitdir: string, own = gitdir): Place {
  const cache = caches.get(files) ?? {};
  caches.set(files, cache);
  const isOwn = (path: string): boolean =>
    path.startsWith(`${gitdir}/`) && /^(?:[A-Z_]+|refs\/bisect(?:\/.*)?)$/.test(path.slice(gitdir.length + 1));
  const place = (path: string): string => (isOwn(path) ? own + path.slice(gitdir.length) : path);
  return { fs: gitFiles(files, own === gitdir ? undefined : place), gitdir, cache };
}

/** The disk on which a repository lies: the forge's own for those of the forge. */
export const diskOf = ({ files, far }: Pick<Machine, 'files' | 'far'>, gitdir: string): Files =>
  gitdir.startsWith('/srv/git/') ? far : files;

export const placeOn = (machine: Pick<Machine, 'files' | 'far'>, gitdir: string): Place =>
  placeAt(diskOf(machine, gitdir), gitdir);

/** The machine's files as isomorphic-git wants them. @param place where a file really lies. */
export function gitFiles(files: Files, place = (path: string): string => path): PromiseFsClient {
  return {
    promises: {
      async readFile(path: string | undefined, options?: unknown) {
        if (path === undefined) return nothing(files);
        return isText(options) ? files.readText(place(path)) : files.readFile(place(path));
      },
      writeFile: async (path: string, content: string | Uint8Array, options?: { mode?: number }) =>
        files.writeFile(place(path), content, options?.mode),
      unlink: async (path: string) => files.remove(place(path)),
      readdir: async (path: string) => [...files.list(place(path))],
      mkdir: async (path: string) => files.mkdir(place(path)),
      rmdir: async (path: string) => files.remove(path, { recursive: true }),
      stat: async (path: string) => statOf(files.stat(place(path))),
      lstat: async (path: string) => statOf(files.lstat(place(path))),
      readlink: async (path: string) => files.readlink(path),
      symlink: async (target: string, path: string) => files.symlink(target, path),
      chmod: async (path: string, mode: number) => files.chmod(path, mode),
    },
  };
}

/** Made when it is first thrown: a browser whose tools are open reads the whole script again for the places in its stack. */
let noPath: TypeError | undefined;

/**
 * isomorphic-git reads no file at all, at each of its calls, to see whether a promise comes back: a step in the tree as any other. To
 * make an error for it, with its stack, takes longer than the step.
 */
function nothing(files: Files): never {
  files.stat('/');
  noPath ??= new TypeError('no path');
  throw noPath;
}

const isText = (options: unknown): boolean =>
  options === 'utf8' ||
  (typeof options === 'object' && options !== null && (options as { encoding?: string }).encoding === 'utf8');

const kinds = { file: 0o100000, directory: 0o040000, symlink: 0o120000 } as const;

function statOf({ type, mode, size, mtimeMs, ctimeMs, inode }: FileStat) {
  return {
    type,
    mode: kinds[type] | mode,
    size,
    ino: inode,
    mtimeMs,
    ctimeMs,
    uid: 1000,
    gid: 1000,
    dev: 1,
    isFile: () => type === 'file',
    isDirectory: () => type === 'directory',
    isSymbolicLink: () => type === 'symlink',
  };
}
