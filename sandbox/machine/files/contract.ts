// What a file system of the sandbox offers, and what it tells to those that follow it.

/** The bit of a mode that POSIX gives to a named pipe (S_IFIFO): here a pipe is a file with that bit. */
export const PIPE = 0o010000;

/** What `stat` tells. Times in ms of simulated time; `mode` is the permission bits only. */
export interface FileStat {
  readonly type: 'file' | 'directory' | 'symlink';
  readonly mode: number;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly inode: number;
  /** Names that the file has, or folders that point at the folder: itself, its parent, those within. */
  readonly links: number;
}

/** One change of the tree, in the order in which it happened; applying all of them to an older copy gives the newer one. */
export type FileChange =
  | {
      readonly op: 'write';
      readonly path: string;
      readonly bytes: Uint8Array;
      readonly mode: number;
      readonly mtimeMs: number;
    }
  | { readonly op: 'append'; readonly path: string; readonly bytes: Uint8Array; readonly mtimeMs: number }
  | { readonly op: 'mkdir'; readonly path: string; readonly mode: number; readonly mtimeMs: number }
  | { readonly op: 'symlink'; readonly path: string; readonly target: string; readonly mtimeMs: number }
  /** `mtimeMs`: when; the folder's own time now. */
  | { readonly op: 'remove'; readonly path: string; readonly mtimeMs: number }
  | { readonly op: 'rename'; readonly from: string; readonly path: string; readonly mtimeMs: number }
  | { readonly op: 'attributes'; readonly path: string; readonly mode: number; readonly mtimeMs: number };

/**
 * The whole tree as plain data: absolute path → entry, sorted by path, parents before children. Inode numbers are not kept, nor which
 * names are the same file.
 */
export type FileTree = Readonly<Record<string, FileEntry>>;

export type FileEntry =
  | { readonly type: 'directory'; readonly mode: number; readonly mtimeMs: number }
  | { readonly type: 'file'; readonly mode: number; readonly mtimeMs: number; readonly bytes: Uint8Array }
  | { readonly type: 'symlink'; readonly mode: number; readonly mtimeMs: number; readonly target: string };

/**
 * The file system of a sandbox machine: one synchronous tree in memory. Paths are absolute (relative ones are taken from `/`).
 * Every method throws `FileError` with Node's codes. Bytes that go in or out are copies or never changed in place.
 */
export interface Files {
  readFile(path: string): Uint8Array;
  /** The file as UTF-8 text; bytes that are not UTF-8 become U+FFFD. */
  readText(path: string): string;
  /** Makes or replaces a file. `mode` counts only for a new one (default 0o644). The folder must exist. */
  writeFile(path: string, content: string | Uint8Array, mode?: number): void;
  appendFile(path: string, content: string | Uint8Array): void;
  /** @param options.recursive makes missing parents and accepts an existing folder. */
  mkdir(path: string, options?: { readonly recursive?: boolean; readonly mode?: number }): void;
  /** Names in the folder, sorted by code unit. */
  list(path: string): readonly string[];
  exists(path: string): boolean;
  stat(path: string): FileStat;
  /** Like `stat`, but tells of a symbolic link itself. */
  lstat(path: string): FileStat;
  /** @param options.recursive removes folders with what is in them. @param options.force accepts that it does not exist. */
  remove(path: string, options?: { readonly recursive?: boolean; readonly force?: boolean }): void;
  rename(from: string, to: string): void;
  symlink(target: string, path: string): void;
  /** Gives a file one more name; a symbolic link is copied. */
  link(from: string, path: string): void;
  readlink(path: string): string;
  realpath(path: string): string;
  chmod(path: string, mode: number): void;
  utimes(path: string, mtimeMs: number): void;
  /** Called at once after each change; the returned function ends the subscription. */
  watch(listener: (change: FileChange) => void): () => void;
  /** How much was done with it so far: steps in the tree, bytes read and written. */
  usage(): { readonly operations: number; readonly bytes: number };
  snapshot(): FileTree;
  /** The bytes of all files together. */
  readonly totalBytes: number;
}

/** How much a machine may hold. A write over it is refused with ENOSPC or EFBIG and changes nothing. */
export interface FileLimits {
  readonly fileBytes: number;
  readonly totalBytes: number;
}
