import { type CollectionEntry, getCollection } from 'astro:content';
import type { Language } from '../../sandbox/machine/words.ts';
import { lessonOf, nameOf } from './address.ts';
import { curriculum, type Day } from './curriculum.ts';

export interface Lesson {
  readonly day: Day;
  readonly name: string;
  readonly entry: CollectionEntry<'days'>;
}

/**
 * The days that have a lesson in a language, in the order of the course.
 * @throws when a lesson's `day` or file name is not the curriculum's.
 */
export async function lessons(language: Language): Promise<readonly Lesson[]> {
  const entries = await getCollection('days', ({ id }) => lessonOf(id)?.language === language);
  const found = entries.map((entry) => {
    const day = curriculum.days.find(({ id }) => id === entry.data.day);
    const name = lessonOf(entry.id)?.name;
    if (day === undefined)
      throw new Error(`${entry.filePath}: day: ${entry.data.day} is not in content/curriculum.yaml`);
    if (name !== nameOf(day))
      throw new Error(`${entry.filePath}: rename it to ${nameOf(day)}.mdx, the name of ${day.id}`);
    return { day, name, entry };
  });
  return found.sort((a, b) => a.day.id.localeCompare(b.day.id));
}
