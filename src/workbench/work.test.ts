import { expect, test } from 'vitest';
import type { Snapshot } from './parts.ts';
import { workOf } from './work.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const file = (text: string) => ({ type: 'file', mode: 0, mtimeMs: 0, bytes: bytes(text) }) as const;
const folder = { type: 'directory', mode: 0, mtimeMs: 0 } as const;
const home = (files: Readonly<Record<string, string>>): Snapshot['files'] => ({
  '/home/dev/seats': folder,
  '/home/dev/seats/.git': folder,
  ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`/home/dev/${path}`, file(text)])),
});
const pack = { day: 'd02', seed: 's', files: { 'seats/app.mjs': bytes('old'), 'seats/trips.json': bytes('[]') } };

test('the work of a day is what changed, came and went; a repository’s inside is not', () => {
  const tree = home({ 'seats/app.mjs': 'new', '.hidden': 'x', 'seats/.git/HEAD': 'ref' });
  expect(workOf(pack, tree)).toEqual({
    files: { 'seats/app.mjs': 'new', '.hidden': 'x' },
    gone: ['seats/trips.json'],
    left: [],
  });
});

test('what the day began from is not work', () => {
  const base = { now: 0, files: { ...home({ 'notes.md': 'kept', 'seats/app.mjs': 'older' }) } };
  const tree = home({ 'notes.md': 'kept', 'seats/app.mjs': 'old', 'seats/trips.json': '[]' });
  expect(workOf({ ...pack, base }, tree)).toEqual({ files: {}, gone: [], left: [] });
});

test('where the day came as it opens, that is what it brought: what its setup wrote is nobody’s work', () => {
  const files = home({ 'seats/app.mjs': 'set up', 'setup.log': 'done' });
  const opened = { version: 1, day: 'd02', files } as Snapshot;
  expect(workOf({ ...pack, files: {}, opened }, files)).toEqual({ files: {}, gone: [], left: [] });
  expect(workOf({ ...pack, files: {}, opened }, home({ 'seats/app.mjs': 'set up' })).gone).toEqual(['setup.log']);
});

test('files that are too large, or no text, are named only', () => {
  const tree = home({ 'seats/app.mjs': 'old', 'seats/trips.json': '[]', 'big.txt': 'x'.repeat(64_001), 'a.bin': '\0' });
  expect(workOf(pack, tree).left).toEqual(['a.bin', 'big.txt']);
});
