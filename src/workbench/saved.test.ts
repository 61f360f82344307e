import { expect, test } from 'vitest';
import type { ProgressStatus } from './parts.ts';
import { savedLine, sizeOf } from './saved.ts';
import { speaker } from './words.ts';

const say = speaker('en');
const kept: ProgressStatus = { storage: 'disk', role: 'writer', saving: 'idle', savedAt: 100_000, setAside: 0 };
const after = (ms: number) => savedLine(kept, 100_000 + ms, true, say).text;

test('the time since the last saving is said in the unit that fits', () => {
  expect([after(0), after(2500), after(61_000), after(7_200_000)]).toEqual([
    'Saved just now',
    'Saved 2 s ago',
    'Saved 1 min ago',
    'Saved 2 h ago',
  ]);
});

test('what waits is never called saved', () => {
  expect(savedLine({ ...kept, saving: 'waiting' }, 100_000, true, say).text).toBe('Saving…');
});

test('another tab that saves is said before anything else, with the way out', () => {
  const line = savedLine({ ...kept, role: 'reader', storage: 'memory' }, 100_000, true, say);
  expect([line.tone, line.offersTakeOver]).toEqual(['bad', true]);
});

test('a browser that refuses storage is told of as a loss to come', () => {
  expect(savedLine({ ...kept, storage: 'memory' }, 100_000, true, say)).toMatchObject({
    tone: 'bad',
    offersTakeOver: false,
  });
});

test('sizes are told in the unit and the manner of the language', () => {
  expect([sizeOf(12, 'en'), sizeOf(5_240_000, 'en'), sizeOf(5_240_000, 'es')]).toEqual(['12 B', '5.2 MB', '5,2 MB']);
});
