// The tree beside node:fs in a folder of its own: the same operations must give the same answers and error codes.
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Files } from './contract.ts';
import { createFiles } from './files.ts';

/** The operations of both, on paths like `/a/b`. */
interface Disk {
  readonly write: (path: string, content: string) => void;
  readonly append: (path: string, content: string) => void;
  readonly read: (path: string) => string;
  readonly mkdir: (path: string) => void;
  readonly mkdirs: (path: string) => void;
  readonly list: (path: string) => readonly string[];
  readonly remove: (path: string) => void;
  readonly removeAll: (path: string) => void;
  readonly rename: (path: string, to: string) => void;
  readonly symlink: (path: string, target: string) => void;
  readonly readlink: (path: string) => string;
  readonly realpath: (path: string) => string;
  readonly chmod: (path: string) => void;
  readonly stat: (path: string) => unknown;
  readonly lstat: (path: string) => unknown;
  readonly exists: (path: string) => boolean;
}

function inMemory(files: Files): Disk {
  const told = ({ type, mode, size }: ReturnType<Files['stat']>) => ({ type, ...(type === 'file' && { mode, size }) });
  return {
    write: (path, content) => files.writeFile(path, content),
    append: (path, content) => files.appendFile(path, content),
    read: (path) => files.readText(path),
    mkdir: (path) => files.mkdir(path),
    mkdirs: (path) => files.mkdir(path, { recursive: true }),
    list: (path) => files.list(path),
    remove: (path) => files.remove(path),
    removeAll: (path) => files.remove(path, { recursive: true }),
    rename: (path, to) => files.rename(path, to),
    symlink: (path, target) => files.symlink(target, path),
    readlink: (path) => files.readlink(path),
    realpath: (path) => files.realpath(path),
    chmod: (path) => files.chmod(path, 0o600),
    stat: (path) => told(files.stat(path)),
    lstat: (path) => told(files.lstat(path)),
    exists: (path) => files.exists(path),
  };
}

function onDisk(root: string): Disk {
  // `join` would take `..` away before the system sees it.
  const at = (path: string): string => root + path;
  const told = (stat: fs.Stats) => ({
    type: stat.isSymbolicLink() ? 'symlink' : stat.isDirectory() ? 'directory' : 'file',
    ...(stat.isFile() && { mode: stat.mode & 0o7777, size: stat.size }),
  });
  return {
    write: (path, content) => fs.writeFileSync(at(path), content, { mode: 0o644 }),
    append: (path, content) => fs.appendFileSync(at(path), content, { mode: 0o644 }),
    read: (path) => fs.readFileSync(at(path), 'utf8'),
    mkdir: (path) => void fs.mkdirSync(at(path)),
    mkdirs: (path) => void fs.mkdirSync(at(path), { recursive: true }),
    list: (path) => fs.readdirSync(at(path)).sort(),
    // The tree's `remove` is unlink for files and rmdir for folders.
    remove: (path) => (fs.lstatSync(at(path)).isDirectory() ? fs.rmdirSync(at(path)) : fs.unlinkSync(at(path))),
    removeAll: (path) => fs.rmSync(at(path), { recursive: true }),
    rename: (path, to) => fs.renameSync(at(path), at(to)),
    symlink: (path, target) => fs.symlinkSync(target, at(path)),
    readlink: (path) => fs.readlinkSync(at(path)),
    realpath: (path) => fs.realpathSync.native(at(path)).slice(root.length) || '/',
    chmod: (path) => fs.chmodSync(at(path), 0o600),
    stat: (path) => told(fs.statSync(at(path))),
    lstat: (path) => told(fs.lstatSync(at(path))),
    exists: (path) => fs.existsSync(at(path)),
  };
}

type Operation = { readonly [N in keyof Disk]: readonly [N, ...Parameters<Disk[N]>] }[keyof Disk];

const name = fc.constantFrom('a', 'b', 'c');
const part = fc.oneof({ weight: 12, arbitrary: name }, { weight: 1, arbitrary: fc.constantFrom('..', '.') });
// Nothing may leave the folder: at least as many names as steps up, and links point below their own place.
const path = fc
  .tuple(name, fc.array(part, { maxLength: 3 }))
  .map(([first, rest]) => [first, ...rest])
  .filter((parts) => parts.filter((one) => one === '..').length <= 1 && parts.at(-1) !== '..' && parts.at(-1) !== '.')
  .map((parts) => `/${parts.join('/')}`);
const target = fc.array(name, { minLength: 1, maxLength: 2 }).map((parts) => parts.join('/'));
const content = fc.constantFrom('', 'one', 'año\n');
const withPath = (operation: keyof Disk) => path.map((at) => [operation, at] as const);

const operation = fc.oneof(
  fc.tuple(fc.constant('write' as const), path, content),
  fc.tuple(fc.constant('append' as const), path, content),
  fc.tuple(fc.constant('rename' as const), path, path),
  fc.tuple(fc.constant('symlink' as const), path, target),
  ...(['mkdir', 'mkdirs', 'mkdirs', 'remove', 'removeAll', 'read', 'list', 'readlink'] as const).map(withPath),
  ...(['realpath', 'chmod', 'stat', 'lstat', 'exists'] as const).map(withPath),
) as fc.Arbitrary<Operation>;

function answer(disk: Disk, [name, ...args]: Operation): unknown {
  try {
    return { gives: (disk[name] as (...args: readonly string[]) => unknown)(...args) };
  } catch (error) {
    return { code: (error as { code?: string }).code ?? String(error) };
  }
}

test('a random sequence of operations gives what node:fs gives, error codes included', () => {
  const base = fs.mkdtempSync(join(tmpdir(), 'noventa-files-'));
  try {
    let run = 0;
    fc.assert(
      fc.property(fc.array(operation, { minLength: 5, maxLength: 40 }), (plan) => {
        const root = join(base, String(run++));
        fs.mkdirSync(root);
        const [memory, disk] = [inMemory(createFiles(() => 0)), onDisk(root)];
        for (const one of plan) expect([one, answer(memory, one)]).toEqual([one, answer(disk, one)]);
      }),
      { seed: 20260302, numRuns: 300 },
    );
  } finally {
    fs.rmSync(base, { recursive: true });
  }
});
