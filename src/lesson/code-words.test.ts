import { expect, test } from 'vitest';
import { pieces } from './code-words.ts';

test('what stands in backticks is code', () => {
  expect(pieces('Run `loop run` twice.')).toEqual([
    { code: false, text: 'Run ' },
    { code: true, text: 'loop run' },
    { code: false, text: ' twice.' },
  ]);
});

test('text without backticks is one piece', () => {
  expect(pieces('Look.')).toEqual([{ code: false, text: 'Look.' }]);
});
