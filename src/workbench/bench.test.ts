import { expect, test } from 'vitest';
import { type Bench, twinsOf } from './bench.ts';

test('the other language’s files of any step are twins; a file that both share is none', () => {
  const exercise = {
    steps: [
      { files: ['seats/app.mjs', { es: 'tarjeta.md', en: 'card.md' }] },
      {},
      { files: [{ es: 'a/LEEME.md', en: 'a/README.md' }] },
    ],
  } as unknown as Bench['exercise'];
  expect([...twinsOf({ exercise, language: 'es' })]).toEqual(['/home/dev/card.md', '/home/dev/a/README.md']);
  expect([...twinsOf({ exercise, language: 'en' })]).toEqual(['/home/dev/tarjeta.md', '/home/dev/a/LEEME.md']);
});
