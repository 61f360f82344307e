import { expect, test } from 'vitest';
import type { Action } from '../../../sandbox/hosts/replay/recording.ts';
import type { Snapshot } from '../parts.ts';
import { changesBetween, deedText } from './moments.ts';
import { replaySpeaker } from './words.ts';

const file = (text: string): Snapshot['files'][string] => ({
  type: 'file',
  mode: 0o644,
  mtimeMs: 0,
  bytes: new TextEncoder().encode(text),
});

test('what changed at a moment: written, gone, and nothing of a repository inside', () => {
  const before = { '/home/dev/a': file('1'), '/home/dev/b': file('1'), '/home/dev/c': file('1') };
  const now = {
    '/home/dev/a': file('2'),
    '/home/dev/c': file('1'),
    '/home/dev/.git/x': file('1'),
    '/srv/y': file('1'),
  };
  expect(changesBetween(before, now)).toEqual([
    { path: '/home/dev/a', text: '2' },
    { path: '/home/dev/b', text: undefined },
  ]);
});

test('deeds in a few words', () => {
  const say = replaySpeaker('en');
  const typed: Action = { call: 'type', args: { id: 't1', data: 'git st\x1b[D\x7fatus\r' }, at: 0 };
  expect(deedText(typed, say)).toBe('git status');
  expect(deedText({ call: 'remove', args: { path: '/home/dev/a' }, at: 0 }, say)).toBe('a is removed');
});
