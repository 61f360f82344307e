import { expect, test } from 'vitest';
import { differences } from './solving.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const file = (text: string) => ({ type: 'file' as const, mode: 0o644, mtimeMs: 0, bytes: bytes(text) });

test('the solution is told as what goes from the learner and what comes', async () => {
  const tree = { '/home/dev/a.yaml': file('one\ntwo\n') };
  expect(await differences(tree, { files: { 'a.yaml': bytes('one\n2\n') } })).toEqual([
    { path: 'a.yaml', hunks: [{ header: '@@ -1,2 +1,2 @@', lines: [' one', '-two', '+2'] }] },
  ]);
});

test('a file that is the same is not listed, one that is missing comes whole', async () => {
  const tree = { '/home/dev/a': file('x\n') };
  const found = await differences(tree, { files: { b: bytes('new\n'), a: bytes('x\n') } });
  expect(found.map(({ path, hunks }) => [path, hunks?.[0]?.lines])).toEqual([['b', ['+new']]]);
});

test('bytes that are no text are named and not compared', async () => {
  expect(await differences({}, { files: { x: new Uint8Array([0, 1]) } })).toEqual([{ path: 'x', hunks: undefined }]);
});
