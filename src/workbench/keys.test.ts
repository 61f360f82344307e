import { expect, test } from 'vitest';
import { neighbour } from './keys.ts';
import { panesOf } from './store.ts';

const wide = panesOf({ narrow: false, files: {} });
const narrow = panesOf({ narrow: true, files: {} });

test('F6 goes round the panes in both directions', () => {
  expect([neighbour(wide, 'steps', 1), neighbour(wide, 'terminal', 1), neighbour(wide, 'steps', -1)]).toEqual([
    'files',
    'steps',
    'terminal',
  ]);
  expect([neighbour(narrow, 'terminal', 1), neighbour(narrow, 'steps', -1)]).toEqual(['runs', 'runs']);
});

test('F6 from a button between the panes begins at an end', () => {
  expect([neighbour(wide, undefined, 1), neighbour(wide, undefined, -1)]).toEqual(['steps', 'terminal']);
});
