// The written days with their steps and goals in one language, for pages that tell of many days.
import type { Language } from '../../sandbox/machine/words.ts';
import { lessons } from '../course/written.ts';
import { exerciseOf } from './exercises.ts';

export interface Goal {
  readonly id: string;
  readonly goal: string;
}

export interface DayOutline {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly { readonly id: string; readonly title: string; readonly checks: readonly Goal[] }[];
}

export async function outlineOf(language: Language): Promise<readonly DayOutline[]> {
  return (await lessons(language)).map(({ day, name }) => ({
    id: day.id,
    title: day.title[language],
    steps: (exerciseOf(name)?.steps ?? []).map(({ id, title, checks }) => ({
      id,
      title: title[language],
      checks: checks.map((check) => ({ id: check.id, goal: check.goal[language] })),
    })),
  }));
}
