// A day that is begun again and again in one thread: for each variant of the matrix, for each mutant of a solution.
import type { Snapshot } from '../../snapshot.ts';
import type { Day } from '../build/day.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

/** The state in which a day begins, by its id and seed: what its setup leaves is the same for every variant, and made once. */
export type Beginnings = Map<string, Promise<Snapshot>>;

/** A thread with the engine of a day. */
export interface Place {
  readonly day: Day;
  /** The day from its beginning on, on a seed. */
  begin(seed: string): Promise<Sandbox>;
  close(): void;
}

export function placeFor(day: Day, begun: Beginnings): Place {
  let sandbox: Sandbox | undefined;

  async function open(seed: string, snapshot?: Snapshot): Promise<Sandbox> {
    if (sandbox === undefined)
      sandbox = await openSandbox({ day, language: 'es', seed, ...(snapshot && { snapshot }) });
    else await sandbox.reopen({ seed, ...(snapshot && { snapshot }) });
    return sandbox;
  }

  return {
    day,
    async begin(seed) {
      const key = `${day.exercise.id} ${seed}`;
      const known = begun.get(key);
      if (known !== undefined) return open(seed, await known);
      const first = open(seed);
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
