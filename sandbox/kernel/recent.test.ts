import { expect, test } from 'vitest';
import { createRecent } from './index.ts';

test('it makes each once, and forgets the one that was asked for longest ago', () => {
  const made: string[] = [];
  const recent = createRecent<string | undefined>(2);
  const get = (key: string): string | undefined =>
    recent.get(key, () => {
      made.push(key);
      return key === 'nothing' ? undefined : key.toUpperCase();
    });
  expect(['a', 'nothing', 'nothing', 'a'].map(get)).toEqual(['A', undefined, undefined, 'A']);
  expect(get('b')).toBe('B');
  expect(['a', 'nothing', 'b'].map(recent.has)).toEqual([true, false, true]);
  expect([get('a'), get('nothing')]).toEqual(['A', undefined]);
  expect(made).toEqual(['a', 'nothing', 'b', 'nothing']);
});
