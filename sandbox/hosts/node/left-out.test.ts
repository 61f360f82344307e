import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFolder } from '../build/day.ts';
import { leftOut } from './left-out.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'noventa-left-out-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, text = ''): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
const read = async (at: string): Promise<readonly string[]> => Object.keys(readFolder(at, await leftOut(at)));
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'init.defaultBranch=main', ...args], { cwd: folder, encoding: 'utf8' });

test('what git itself would list stays: tracked files and new ones, not what it ignores', async () => {
  put('.gitignore', 'node_modules\n*.log\n!keep.log\n/dist/\n');
  put('sub/.gitignore', 'secret\n');
  for (const path of ['node_modules/a/index.js', 'dist/x', 'sub/dist/y', 'a.log', 'keep.log', 'sub/secret', 'sub/b'])
    put(path, path);
  put('vendor.log', 'tracked all the same');
  git('init', '-q');
  git('add', '-f', 'vendor.log');
  const listed = git('ls-files', '-co', '--exclude-standard').trim().split('\n').sort();
  expect([...(await read(folder))].sort()).toEqual(listed);
  expect(await read(join(folder, 'sub'))).toEqual(['.gitignore', 'b', 'dist/y']);
});

test('a folder without a repository has its own rules, and what they name may be as large as it likes', async () => {
  put('.gitignore', 'node_modules\n');
  put('a.txt', 'a');
  mkdirSync(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'node_modules/big'), Buffer.alloc(65 * 2 ** 20));
  expect(await read(folder)).toEqual(['.gitignore', 'a.txt']);
});
