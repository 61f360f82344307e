import { expect, test } from 'vitest';
import { glossary } from './glossary.ts';
import { keysOf, say } from './words.ts';

test('both languages have the same sentences', () => {
  expect(keysOf('en')).toEqual(keysOf('es'));
});

test('both languages leave the same holes in each sentence', () => {
  const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const key of keysOf('es')) expect([key, holes(say('en', key))]).toEqual([key, holes(say('es', key))]);
});

test('values fill the holes of a sentence', () => {
  expect(say('en', 'home.continue', { day: 2 })).toBe('Continue with day 2');
});

test('a sentence that is not there is named with its file', () => {
  expect(() => say('en', 'map.nothing')).toThrow('content/en/ui.yaml has no "map.nothing"');
});

test('terms are sorted, once each, and complete in both languages', () => {
  const ids = glossary.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
  for (const { id, es, en } of glossary)
    for (const side of [es, en])
      expect([id, side.term.length > 0, side.meaning.endsWith('.')]).toEqual([id, true, true]);
});
