import { dayFolders, readDayFolder } from '../../build/day.ts';
import type { Request } from './request.ts';
import { words } from './words.ts';

/** `noventa list`: the written days. */
export async function list({ json, language }: Request): Promise<number> {
  const days = await Promise.all(dayFolders().map(readDayFolder));
  if (json) {
    const written = days.map(({ exercise, slug }) => ({
      day: exercise.id,
      slug,
      title: exercise.title,
      steps: exercise.steps.map(({ id }) => id),
      checks: exercise.steps.flatMap(({ checks }) => checks.map(({ id }) => id)),
    }));
    console.log(JSON.stringify(written, null, 2));
    return 0;
  }
  for (const { exercise, slug } of days) {
    const checks = exercise.steps.flatMap((step) => step.checks).length;
    const counts = `${exercise.steps.length} ${words.steps[language]}, ${checks} ${words.checks[language]}`;
    console.log(`${exercise.id}  ${exercise.title[language]}\n     ${slug}  (${counts})`);
  }
  return 0;
}
