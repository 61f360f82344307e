// What a worked example did, as its sandbox was after each move: written by tests/content from a run of the day's own sandbox.
import type { Language } from '../../../sandbox/machine/words.ts';

export interface RecordedMove {
  readonly label: string;
  /** Simulated ms that went by. */
  readonly elapsed: number;
  /** Files of the home folder that came, changed or went. */
  readonly files: readonly RecordedFile[];
  /** Branches and tags, of the desk's repositories and of the forge's, that came, moved or went. */
  readonly refs: readonly RecordedRef[];
  /** What listens now: `node app.mjs`, and its port. */
  readonly services: readonly { readonly command: string; readonly port: number }[];
  /** Runs of the forge that began or went on. */
  readonly runs: readonly RecordedRun[];
}

export interface RecordedFile {
  readonly path: string;
  readonly change: 'new' | 'changed' | 'gone';
  readonly added: number;
  readonly removed: number;
  /** Lines with their sign, unified; none for what is no text. */
  readonly lines: readonly string[];
}

export interface RecordedRef {
  /** `seats` on the desk, `origin/seats` on the forge. */
  readonly repository: string;
  /** `main`, `v1.0.0`. */
  readonly name: string;
  /** Short ids; undefined when it was not there, or is not any more. */
  readonly was?: string;
  readonly is?: string;
}

export interface RecordedRun {
  readonly workflow: string;
  readonly number: number;
  readonly branch: string;
  readonly state: string;
  readonly jobs: readonly {
    readonly name: string;
    readonly needs: readonly string[];
    readonly state: string;
    /** Simulated ms. */
    readonly duration: number;
  }[];
}

const records = import.meta.glob<readonly RecordedMove[]>('../../../content/*/recorded/*.json', {
  eager: true,
  import: 'default',
});

/** What was recorded of a move of a day's worked example; undefined while it was not recorded. */
export function recordedMove(language: Language, lesson: string, label: string): RecordedMove | undefined {
  return records[`../../../content/${language}/recorded/${lesson}.json`]?.find((move) => move.label === label);
}
