import { expect, test } from 'vitest';
import { findDay, readActions, readFolder } from '../build/day.ts';
import { type Day, openedOf, readDay } from './index.ts';
import { openPlace, type Place } from './place.ts';

const dayNamed = (id: string): Promise<Day> => readDay(findDay(id) ?? '');

async function lived(place: Place, day: Day): Promise<{ log: string; judged: unknown }> {
  const sandbox = await place.begin(day, day.pack.seed);
  await sandbox.lay(readFolder(`${day.folder}/solution`));
  await sandbox.run(readActions(`${day.folder}/solution`));
  const judged = await sandbox.check();
  return { log: await sandbox.log(), judged };
}

test('a thread goes on with another day and comes back, and each is what it is in a thread of its own', async () => {
  const [one, other] = (await Promise.all(['d03', 'd01'].map(dayNamed))) as [Day, Day];
  const begun = new Map([[`${one.exercise.id} ${one.pack.seed}`, openedOf(one)]]);
  const own = openPlace(begun);
  const expected = await lived(own, one);
  own.close();
  const place = openPlace(begun);
  const before = await lived(place, other);
  expect(await lived(place, one)).toEqual(expected);
  expect(await lived(place, other)).toEqual(before);
  place.close();
  expect(expected.log).toContain('\n');
}, 60_000);
