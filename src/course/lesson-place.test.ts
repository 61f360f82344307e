import { expect, test } from 'vitest';
import { curriculum } from './curriculum.ts';
import { placeOf } from './lesson-place.ts';

const file = (name: string, day: string) => ({
  id: `es/days/${name}`,
  filePath: `content/es/days/${name}.mdx`,
  data: { day },
});

test('a lesson stands at its day', () => {
  const { day, name } = placeOf(file('02-first-change-in-git', 'd02'), curriculum.days);
  expect([day.id, name]).toEqual(['d02', '02-first-change-in-git']);
});

test('a lesson of an unknown day is refused with file and field', () => {
  expect(() => placeOf(file('91-too-far', 'd91'), curriculum.days)).toThrow(
    'content/es/days/91-too-far.mdx: day: d91 is not in content/curriculum.yaml',
  );
});

test('a lesson in a file of another name is told its name', () => {
  expect(() => placeOf(file('02-git', 'd02'), curriculum.days)).toThrow(
    'content/es/days/02-git.mdx: rename it to 02-first-change-in-git.mdx, the name of d02',
  );
});

test('there are ninety days, once each, in order', () => {
  expect(curriculum.days.map(({ id }) => id)).toEqual(
    Array.from({ length: 90 }, (_, index) => `d${String(index + 1).padStart(2, '0')}`),
  );
});
