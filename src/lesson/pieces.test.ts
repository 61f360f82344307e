import { expect, test } from 'vitest';
import { pieces } from './pieces.ts';

test('what stands in backticks is code, what stands between stars is a term', () => {
  expect(pieces('Run `loop *` twice, and *fork* it.')).toEqual([
    { as: 'text', text: 'Run ' },
    { as: 'code', text: 'loop *' },
    { as: 'text', text: ' twice, and ' },
    { as: 'term', text: 'fork' },
    { as: 'text', text: ' it.' },
  ]);
});

test.each(['2 * 3 * 4', '*.log,*.tmp', '*/5 * * * *'])('%s shows its stars', (text) => {
  expect(pieces(text)).toEqual([{ as: 'text', text }]);
});
