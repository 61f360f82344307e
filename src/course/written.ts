import { type CollectionEntry, getCollection } from 'astro:content';
import type { Language } from '../../sandbox/machine/words.ts';
import { lessonOf } from './address.ts';
import { curriculum, type Day } from './curriculum.ts';
import { placeOf } from './lesson-place.ts';

export interface Lesson {
  readonly day: Day;
  readonly name: string;
  readonly entry: CollectionEntry<'days'>;
}

/** The days that have a lesson in a language, in the order of the course. @throws what `placeOf` throws. */
export async function lessons(language: Language): Promise<readonly Lesson[]> {
  const entries = await getCollection('days', ({ id }) => lessonOf(id)?.language === language);
  return entries
    .map((entry) => ({ ...placeOf(entry, curriculum.days), entry }))
    .sort((a, b) => a.day.id.localeCompare(b.day.id));
}
