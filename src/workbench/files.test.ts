import { expect, test } from 'vitest';
import { commandFor, contentOf, languageOfFile, nameProblem, rowsOf } from './files.ts';

const file = (text: string | Uint8Array) => ({
  type: 'file' as const,
  mode: 0o644,
  mtimeMs: 0,
  bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text,
});
const folder = { type: 'directory' as const, mode: 0o755, mtimeMs: 0 };

const tree = {
  '/': folder,
  '/etc': folder,
  '/etc/hosts': file(''),
  '/home': folder,
  '/home/dev': folder,
  '/home/dev/.git': folder,
  '/home/dev/.git/HEAD': file('ref'),
  '/home/dev/notas de año.md': file('hola'),
  '/home/dev/a.yaml': file('a: 1'),
  '/home/dev/seats': folder,
  '/home/dev/seats/app.mjs': file('1'),
};

test('rows show the home folder, folders first, without the repository behind it', () => {
  expect(rowsOf(tree, new Set()).map(({ name, level, kind }) => [name, level, kind])).toEqual([
    ['seats', 1, 'folder'],
    ['app.mjs', 2, 'file'],
    ['a.yaml', 1, 'file'],
    ['notas de año.md', 1, 'file'],
  ]);
});

test('a closed folder hides what is in it', () => {
  const rows = rowsOf(tree, new Set(['/home/dev/seats']));
  expect(rows.map(({ name, expanded }) => [name, expanded])).toEqual([
    ['seats', false],
    ['a.yaml', undefined],
    ['notas de año.md', undefined],
  ]);
});

test('rows know their place among their siblings', () => {
  expect(rowsOf(tree, new Set()).map(({ position, siblings }) => `${position}/${siblings}`)).toEqual([
    '1/3',
    '1/1',
    '2/3',
    '3/3',
  ]);
});

test('text keeps accents and its byte order mark', () => {
  expect(contentOf({ '/a': file('\uFEFFaño') }, '/a')).toEqual({ kind: 'text', text: '\uFEFFaño' });
});

test('bytes that are no UTF-8, a NUL, and more than a megabyte are shown as such', () => {
  expect(contentOf({ '/a': file(new Uint8Array([0xc3, 0x28])) }, '/a')).toEqual({ kind: 'binary', size: 2 });
  expect(contentOf({ '/a': file('a\0b') }, '/a')).toEqual({ kind: 'binary', size: 3 });
  expect(contentOf({ '/a': file('x'.repeat(1_000_001)) }, '/a')).toEqual({ kind: 'large', size: 1_000_001 });
  expect(contentOf({}, '/a')).toEqual({ kind: 'missing' });
});

test('a name that cannot be is refused with its reason', () => {
  const problem = (name: string) => nameProblem(tree, '/home/dev', name);
  expect([problem('  '), problem('a/b'), problem('..'), problem('a\nb'), problem('a.yaml')]).toEqual([
    'empty',
    'slash',
    'dots',
    'control',
    'taken',
  ]);
  expect([problem('mi nota ñ.txt'), problem('..env')]).toEqual([undefined, undefined]);
});

test('languages follow the name of the file', () => {
  expect(
    ['a.yml', 'b.MJS', 'Dockerfile', 'Dockerfile.dev', 'x.sh', 'plain'].map((name) => languageOfFile(`/h/${name}`)),
  ).toEqual(['yaml', 'javascript', 'dockerfile', 'dockerfile', 'shell', 'plaintext']);
});

test('programs and scripts can be run, names with spaces too; data cannot', () => {
  expect(commandFor('/home/dev/seats/app.mjs')).toBe('(cd ~/seats && node app.mjs)');
  expect(commandFor('/home/dev/build.sh')).toBe('(cd ~ && bash build.sh)');
  expect(commandFor("/home/dev/mi año's/x y.sh")).toBe("(cd ~/'mi año'\\''s' && bash 'x y.sh')");
  expect(commandFor('/home/dev/a.yaml')).toBeUndefined();
});
