import type { Exercise } from '../../sandbox/checks/index.ts';

const modules = import.meta.glob<{ readonly exercise: Exercise }>('../../exercises/*/exercise.ts', { eager: true });

/** The exercise of a day by the name of its folder (`01-one-turn-of-the-loop`); undefined while there is none. */
export function exerciseOf(name: string): Exercise | undefined {
  return modules[`../../exercises/${name}/exercise.ts`]?.exercise;
}
