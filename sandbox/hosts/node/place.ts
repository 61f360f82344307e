// Days that are begun again and again in one thread: for each variant of the matrix, for each mutant of a solution.
import type { Snapshot } from '../../snapshot.ts';
import type { Day } from '../build/day.ts';
import { openSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';

/** The state in which a day begins, by its id and seed: what its setup leaves is the same for every variant, and made once. */
export type Beginnings = Map<string, Promise<Snapshot>>;

/** A thread in which a day is begun. */
export interface Place {
  /** The day from its beginning on, on a seed. What was begun here before is over. */
  begin(day: Day, seed: string): Promise<Sandbox>;
  close(): void;
}

export function openPlace(begun: Beginnings): Place {
  let sandbox: Sandbox | undefined;

  async function open(from: Pick<SandboxOptions, 'day' | 'seed' | 'snapshot'>): Promise<Sandbox> {
    if (sandbox === undefined) sandbox = await openSandbox({ ...from, language: 'es', isHeard: false });
    else await sandbox.reopen(from);
    return sandbox;
  }

  return {
    async begin(day, seed) {
      const key = `${day.exercise.id} ${seed}`;
      const known = begun.get(key);
      if (known !== undefined) return open({ day, seed, snapshot: await known });
      const first = open({ day, seed });
      begun.set(
        key,
        first.then((opened) => opened.snapshot()),
      );
      await begun.get(key);
      return first;
    },
    close: () => sandbox?.close(),
  };
}
