import { expect, test } from 'vitest';
import { commandsOf } from './transcript.ts';

test('copying a transcript takes what was typed and leaves what was answered', () => {
  const transcript = ['$ git status', 'nothing to commit', '$ cat price.txt', '$12', '$ ls'].join('\n');
  expect(commandsOf(transcript)).toEqual(['git status', 'cat price.txt', 'ls']);
});

test('a transcript of answers alone has nothing to copy', () => {
  expect(commandsOf('ready\n')).toEqual([]);
});
