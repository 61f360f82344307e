import type { PartName } from '../../sandbox/checks/part-names.ts';
import type { DayPack } from '../../sandbox/hosts/protocol.ts';
import type { Words } from '../../sandbox/machine/words.ts';

/** What the page knows of a day's exercise: all of `exercise.ts` but how its checks look. */
export interface ExerciseSummary {
  readonly id: string;
  readonly slug: string;
  readonly title: Words;
  readonly opens?: string;
  readonly steps: readonly StepSummary[];
}

export interface StepSummary {
  readonly id: string;
  readonly title: Words;
  readonly task: Words;
  readonly kind: 'run' | 'change' | 'fill' | 'write' | 'challenge';
  readonly checks: readonly { readonly id: string; readonly goal: Words; readonly kind: string }[];
  readonly files?: readonly (string | Words)[];
  readonly hints: readonly [Words, Words, Words];
  readonly reason: Words;
  readonly stars?: readonly {
    readonly id: string;
    readonly goal: Words;
    readonly star: 'faster' | 'cheaper' | 'safer';
  }[];
}

/** Everything that the workbench of one day needs, fetched from this site when the workbench is first wanted. */
export interface DayData {
  readonly exercise: ExerciseSummary;
  readonly pack: DayPack;
  /** The texts and bytes for `openWorkerHosts`. */
  readonly engine: {
    readonly scripts: readonly Blob[];
    readonly wasm: ArrayBuffer;
    fetchPart(name: PartName): Promise<Blob>;
  };
  /** Names of the site's files that it came from: they change with their content. */
  readonly version: Readonly<Record<string, string>>;
  /** Fetched only when asked for. */
  solution(): Promise<Solution>;
}

/** The course's own answer: files of `solution/` that differ from `start/` (path → bytes), and the commands that go with them. */
export interface Solution {
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly commands: string;
}

/** The files of one day, which its page names: nobody waits for the manifest first. */
export interface DayNames {
  readonly engine: string;
  readonly parts: Readonly<Record<PartName, string>>;
  readonly wasm: string;
  readonly day: string;
  readonly checks: string;
  readonly solution: string;
  /** Parts of the engine that the day is sure to need. */
  readonly needs: readonly PartName[];
}

/**
 * @param base the site's base path, ending in `/`. @param names as the page has them; without them the manifest is asked.
 * @throws when a file of the site cannot be fetched.
 */
export type LoadDay = (base: string, dayId: string, names?: DayNames) => Promise<DayData>;
