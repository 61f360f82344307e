// What the workbench shows of the desk's files. Pure.
import type { Snapshot } from './parts.ts';

type FileTree = Snapshot['files'];

export const home = '/home/dev';

/** Larger files are shown as such and not loaded: bytes. */
export const largestText = 1_000_000;

/** Not the learner's to look into file by file. */
const hidden: ReadonlySet<string> = new Set(['.git', 'node_modules']);

export interface Row {
  readonly path: string;
  readonly name: string;
  /** 1 for what is directly in the home folder. */
  readonly level: number;
  readonly kind: 'file' | 'folder';
  /** Only of folders. */
  readonly expanded?: boolean;
  readonly position: number;
  readonly siblings: number;
}

export type FileContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'binary' | 'large'; readonly size: number }
  | { readonly kind: 'missing' };

export type NameProblem = 'empty' | 'slash' | 'dots' | 'taken' | 'control';

/** The home folder as rows from top to bottom: folders first, then by name; what is in a closed folder is left out. */
export function rowsOf(tree: FileTree, closed: ReadonlySet<string>): readonly Row[] {
  const children = new Map<string, string[]>();
  for (const path of Object.keys(tree)) {
    const parent = folderOf(path);
    if (!isInHome(path) || path === home || hidden.has(nameOf(path))) continue;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [path]);
    else siblings.push(path);
  }
  const isFolder = (path: string): boolean => tree[path]?.type === 'directory';
  function below(folder: string, level: number): Row[] {
    const paths = [...(children.get(folder) ?? [])].sort(
      (a, b) => Number(isFolder(b)) - Number(isFolder(a)) || nameOf(a).localeCompare(nameOf(b)),
    );
    return paths.flatMap((path, index) => {
      const place = { path, name: nameOf(path), level, position: index + 1, siblings: paths.length };
      if (!isFolder(path)) return [{ ...place, kind: 'file' as const }];
      const expanded = !closed.has(path);
      return [{ ...place, kind: 'folder' as const, expanded }, ...(expanded ? below(path, level + 1) : [])];
    });
  }
  return below(home, 1);
}

/** What can be shown of a file. Bytes that are not UTF-8, or hold a NUL, are binary. */
export function contentOf(tree: FileTree, path: string): FileContent {
  const entry = tree[path];
  if (entry?.type !== 'file') return { kind: 'missing' };
  if (entry.bytes.length > largestText) return { kind: 'large', size: entry.bytes.length };
  if (entry.bytes.includes(0)) return { kind: 'binary', size: entry.bytes.length };
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(entry.bytes) };
  } catch {
    return { kind: 'binary', size: entry.bytes.length };
  }
}

/** Why a file or folder cannot have this name in this folder; undefined when it can. */
export function nameProblem(tree: FileTree, folder: string, name: string): NameProblem | undefined {
  if (name.trim() === '') return 'empty';
  if (name.includes('/')) return 'slash';
  if (name === '.' || name === '..') return 'dots';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'control';
  return tree[`${folder}/${name}`] === undefined ? undefined : 'taken';
}

/** Files at and below a path, for putting them back after they were removed. */
export function filesBelow(tree: FileTree, path: string): Readonly<Record<string, Uint8Array>> {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([at, entry]) =>
      (at === path || at.startsWith(`${path}/`)) && entry.type === 'file' ? [[at, entry.bytes]] : [],
    ),
  );
}

/** How the editor colours a file; `plaintext` for all it does not know. */
export function languageOfFile(path: string): string {
  const name = nameOf(path).toLowerCase();
  if (name === 'dockerfile' || name.startsWith('dockerfile.')) return 'dockerfile';
  return languages[name.slice(name.lastIndexOf('.') + 1)] ?? 'plaintext';
}

const languages: Readonly<Record<string, string>> = {
  yaml: 'yaml',
  yml: 'yaml',
  json: 'json',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  ts: 'typescript',
  mts: 'typescript',
  sh: 'shell',
  bash: 'shell',
  md: 'markdown',
};

/** The command that runs a file in its own folder, wherever the shell is; undefined when it is nothing that runs. */
export function commandFor(path: string): string | undefined {
  const program = /\.(mjs|js)$/.test(path) ? 'node' : path.endsWith('.sh') ? 'bash' : undefined;
  if (program === undefined || !isInHome(path)) return undefined;
  const folder = folderOf(path);
  const place = folder === home ? '~' : `~/${quoted(fromHome(folder))}`;
  return `(cd ${place} && ${program} ${quoted(nameOf(path))})`;
}

function quoted(path: string): string {
  return /^[\w@%+=:,./][\w@%+=:,./-]*$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

/** Any path as an absolute one, taken from the home folder. */
export function inHome(path: string): string {
  return path.startsWith('/') ? path : `${home}/${path}`;
}

export function fromHome(path: string): string {
  return path.startsWith(`${home}/`) ? path.slice(home.length + 1) : path;
}

function isInHome(path: string): boolean {
  return (
    path.startsWith(`${home}/`) &&
    !fromHome(path)
      .split('/')
      .some((part) => hidden.has(part))
  );
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}
