import { expect, test } from 'vitest';
import { neighbour } from './keys.ts';

test('F6 goes round the panes in both directions', () => {
  expect([neighbour('steps', 1), neighbour('terminal', 1), neighbour('steps', -1)]).toEqual([
    'files',
    'steps',
    'terminal',
  ]);
});

test('F6 from a button between the panes begins at an end', () => {
  expect([neighbour(undefined, 1), neighbour(undefined, -1)]).toEqual(['steps', 'terminal']);
});
