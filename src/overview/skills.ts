// How far somebody is at each stage of the loop. Pure.
import type { DayProgress } from '../progress/contract.ts';

export interface StageSkill {
  readonly stage: string;
  /** Published days that are about it, and those of them that are done, and learned. */
  readonly days: number;
  readonly done: number;
  readonly learned: number;
}

/** @param written the published days with their stages. @param stages in the order of the loop. */
export function skillsOf(
  written: readonly { readonly id: string; readonly stages: readonly string[] }[],
  stages: readonly string[],
  days: Readonly<Record<string, Pick<DayProgress, 'state'>>>,
): readonly StageSkill[] {
  return stages.map((stage) => {
    const about = written.filter((day) => day.stages.includes(stage)).map(({ id }) => days[id]?.state ?? 'new');
    const learned = about.filter((state) => state === 'learned').length;
    return { stage, days: about.length, done: about.filter((state) => state === 'done').length + learned, learned };
  });
}
