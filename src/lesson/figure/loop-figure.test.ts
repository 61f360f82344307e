import { expect, test } from 'vitest';
import { loopFigure } from './loop-figure.ts';

test('four stages stand on each lobe, in the order of the way', () => {
  const { stations } = loopFigure('wide', 300, 110);
  expect(stations.map(({ x }) => (x < 0 ? 'left' : 'right'))).toEqual([
    ...Array(4).fill('left'),
    ...Array(4).fill('right'),
  ]);
  expect(stations.map(({ y }) => (y < 0 ? 'top' : 'bottom'))).toEqual([
    'top',
    'top',
    'bottom',
    'bottom',
    'top',
    'top',
    'bottom',
    'bottom',
  ]);
});

test('the standing figure is the lying one with its sides swapped', () => {
  const lying = loopFigure('wide', 300, 110).stations.map(({ x, y }) => [x, y]);
  const standing = loopFigure('tall', 300, 110).stations.map(({ x, y }) => [y, x]);
  expect(standing).toEqual(lying);
});

test('the line begins and ends in the middle', () => {
  expect(loopFigure('wide', 300, 110).line).toMatch(/^M0 0C.* 0 0Z$/);
});
