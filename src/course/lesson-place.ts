import { lessonOf, nameOf } from './address.ts';
import type { Day } from './curriculum.ts';

interface Entry {
  readonly id: string;
  readonly filePath?: string;
  readonly data: { readonly day: string };
}

/**
 * The day that a lesson's file is about, and the name that both have.
 * @throws when its `day` or its file name is not the curriculum's; the message is the author's to act on.
 */
export function placeOf(entry: Entry, days: readonly Day[]): { readonly day: Day; readonly name: string } {
  const file = entry.filePath ?? entry.id;
  const day = days.find(({ id }) => id === entry.data.day);
  if (day === undefined) throw new Error(`${file}: day: ${entry.data.day} is not in content/curriculum.yaml`);
  const name = nameOf(day);
  if (lessonOf(entry.id)?.name !== name) throw new Error(`${file}: rename it to ${name}.mdx, the name of ${day.id}`);
  return { day, name };
}
