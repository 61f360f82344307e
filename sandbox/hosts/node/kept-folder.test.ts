import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FileEntry } from '../../machine/files/index.ts';
import type { Snapshot } from '../protocol.ts';
import { readKeptFolder, writeKeptFolder } from './kept-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'noventa-kept-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const file = (text: string, mode = 0o644): FileEntry => ({ type: 'file', mode, mtimeMs: 1, bytes: bytes(text) });
const directory: FileEntry = { type: 'directory', mode: 0o755, mtimeMs: 1 };

function keptWith(home: Record<string, FileEntry>): Snapshot {
  const shell = { cwd: '/home/dev', variables: {}, exported: [], functions: [], aliases: {}, history: [] };
  const files = {
    '/': directory,
    '/home': directory,
    '/home/dev': directory,
    ...home,
    '/srv': directory,
    '/srv/x': file('forge'),
  };
  return { version: 1, day: 'd02', kernel: { seed: 's', now: 9, random: {}, log: [] }, files, shell };
}

test('a sandbox that was kept comes back as it was', () => {
  const kept = keptWith({ '/home/dev/a': file('1', 0o755), '/home/dev/b': directory, '/home/dev/b/ñ o': file('2') });
  writeKeptFolder(folder, kept);
  expect(readFileSync(join(folder, 'b/ñ o'), 'utf8')).toBe('2');
  expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o755);
  const { snapshot } = readKeptFolder(folder, 'd02');
  expect(snapshot).toEqual(kept);
});

test('files that were changed, added or removed in the folder are so in the sandbox', () => {
  writeKeptFolder(folder, keptWith({ '/home/dev/a': file('1'), '/home/dev/b': file('2') }));
  writeFileSync(join(folder, 'a'), 'changed');
  rmSync(join(folder, 'b'));
  mkdirSync(join(folder, 'new'));
  writeFileSync(join(folder, 'new/c'), '3');
  const files = readKeptFolder(folder, 'd02').snapshot?.files ?? {};
  expect(Object.keys(files).filter((path) => path.startsWith('/home/dev/'))).toEqual([
    '/home/dev/a',
    '/home/dev/new',
    '/home/dev/new/c',
  ]);
  expect(files['/home/dev/a']).toMatchObject({ bytes: bytes('changed'), mtimeMs: 9 });
  expect(files['/srv/x']).toEqual(file('forge'));
});

test('what the sandbox has no more goes from the folder, too', () => {
  writeFileSync(join(folder, 'old'), '');
  writeKeptFolder(folder, keptWith({}));
  expect(existsSync(join(folder, 'old'))).toBe(false);
});

test('a folder without a kept sandbox is just its files', () => {
  writeFileSync(join(folder, 'a'), '1');
  expect(readKeptFolder(folder, 'd02')).toEqual({ files: { a: new Uint8Array(bytes('1')) } });
});

test('a sandbox of another day is refused with both days named', () => {
  writeKeptFolder(folder, keptWith({}));
  expect(() => readKeptFolder(folder, 'd01')).toThrow(/'d02'.*'d01'/);
});

test('nothing is written through a symbolic link that stands in the folder', () => {
  const outside = mkdtempSync(join(tmpdir(), 'noventa-outside-'));
  symlinkSync(outside, join(folder, 'link'));
  expect(() =>
    writeKeptFolder(folder, keptWith({ '/home/dev/link': directory, '/home/dev/link/x': file('1') })),
  ).toThrow(/symbolic link/);
  expect(existsSync(join(outside, 'x'))).toBe(false);
  rmSync(outside, { recursive: true });
});

test('what the learner made under .noventa does not replace what is kept there', () => {
  writeKeptFolder(
    folder,
    keptWith({ '/home/dev/.noventa': directory, '/home/dev/.noventa/actions.sh': file('rm -rf ~') }),
  );
  expect(existsSync(join(folder, '.noventa/actions.sh'))).toBe(false);
});
