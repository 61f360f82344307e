// package.json: found, read, written.

import { type CommandIO, FileError, type Files, parentOf } from '../../machine/index.ts';
import { parseProblem } from '../../machine/node/lib/internal/json.js';
import { NpmStop } from './stop.ts';

/** Workspaces by name, each as `file:FOLDER`. It is never written. */
export const WORKSPACES = Symbol('workspaces');

export interface Manifest {
  [WORKSPACES]?: Readonly<Record<string, string>>;
  name?: string;
  version?: string;
  description?: string;
  license?: string;
  private?: boolean;
  deprecated?: string;
  main?: string;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  engines?: Record<string, string>;
  bin?: string | Record<string, string>;
  files?: readonly string[];
  [more: string]: unknown;
}

/** The nearest folder upwards that has a package.json or node_modules; the current one when none has. */
export function projectFolder({ machine: { files }, cwd }: Pick<CommandIO, 'machine' | 'cwd'>): string {
  for (let folder = cwd; ; folder = parentOf(folder)) {
    if (['package.json', 'node_modules'].some((name) => files.exists(join(folder, name)))) return folder;
    if (folder === '/') return cwd;
  }
}

export function join(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** @throws NpmStop ENOENT or EJSONPARSE, in npm's words */
export function readManifest(files: Files, folder: string): Manifest {
  const path = join(folder, 'package.json');
  let text: string;
  try {
    text = files.readText(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new NpmStop(
      'ENOENT',
      [
        'syscall open',
        `path ${path}`,
        'errno -2',
        `enoent Could not read package.json: Error: ENOENT: no such file or directory, open '${path}'`,
        'enoent This is related to npm not being able to find a file.',
        'enoent',
      ],
      254,
    );
  }
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notJson('not an object');
  return value as Manifest;
}

export function readJson(files: Files, path: string): Record<string, unknown> | undefined {
  if (!files.exists(path)) return undefined;
  const value = parseJson(files.readText(path));
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw notJson(jsonWords(text));
  }
}

const AROUND = 20;

/** What is wrong, with what stands around it (json-parse-even-better-errors, which npm reads with). */
function jsonWords(text: string): string {
  const { words = '', position } = parseProblem(text) ?? {};
  if (text === '') return `${words} while parsing empty string`;
  const [, char] = /^Unexpected token '(.)'/.exec(words) ?? [];
  const hex = char?.charCodeAt(0).toString(16).toUpperCase() ?? '';
  const said =
    char === undefined
      ? words
      : words.replace(/^Unexpected token '.'/, `Unexpected token ${JSON.stringify(char)} (0x${hex.padStart(2, '0')})`);
  const at = words.startsWith('Unexpected end') ? text.length - 1 : (position ?? 0);
  if (!/ position \d/.test(words) && !words.startsWith('Unexpected end'))
    return `${said} while parsing '${text.slice(0, 2 * AROUND)}'`;
  const [start, end] = [Math.max(0, at - AROUND), Math.min(text.length, at + AROUND)];
  const slice = `${start > 0 ? '...' : ''}${text.slice(start, end)}${end === text.length ? '' : '...'}`;
  return `${said} while parsing ${slice === text ? '' : 'near '}${JSON.stringify(slice)}`;
}

function notJson(why: string): NpmStop {
  return new NpmStop('EJSONPARSE', [
    `JSON.parse Invalid package.json: JSONParseError: ${why}`,
    'JSON.parse Failed to parse JSON data.',
    'JSON.parse Note: package.json must be actual JSON, not just JavaScript.',
  ]);
}

/** Writes JSON with the indentation and the last newline that the file has already; a file on one line stays on one line. */
export function writeJson(files: Files, path: string, value: unknown): void {
  const old = files.exists(path) ? files.readText(path) : '{}\n';
  const [, newline = '', indent = ''] = /^\s*[{[]((?:\r?\n)+)([ \t]+)/.exec(old) ?? [];
  const isNew = /^\s*(\{\}|\[\])?\s*$/.test(old);
  files.writeFile(path, `${JSON.stringify(value, undefined, isNew ? '  ' : indent)}${isNew ? '\n' : newline}`);
}

export function sortedByName<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function idOf({ name, version }: Manifest): string {
  return `${name ?? ''}@${version ?? ''}`;
}

/** Command name → file, as npm reads `bin`. */
export function binsOf({ name = '', bin }: Manifest): Readonly<Record<string, string>> {
  if (bin === undefined) return {};
  const all = typeof bin === 'string' ? { [name.slice(name.indexOf('/') + 1)]: bin } : bin;
  return Object.fromEntries(Object.entries(all).map(([command, file]) => [command, file.replace(/^\.\//, '')]));
}
