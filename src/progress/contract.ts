import type { Snapshot } from '../../sandbox/hosts/protocol.ts';

/** Something that happened to the learner's course. Records are only ever added. `at` and order are the store's to give. */
export type ProgressEvent =
  | { readonly type: 'DayStarted'; readonly day: string }
  | { readonly type: 'PredictionMade'; readonly day: string; readonly question: string; readonly choice: number }
  | {
      readonly type: 'QuestionAnswered';
      readonly day: string;
      readonly question: string;
      readonly choices: readonly number[];
      readonly right: boolean;
    }
  | { readonly type: 'HintShown'; readonly day: string; readonly step: string; readonly hint: number }
  | { readonly type: 'CheckPassed'; readonly day: string; readonly check: string }
  | { readonly type: 'StepPassed'; readonly day: string; readonly step: string }
  | { readonly type: 'StarEarned'; readonly day: string; readonly star: string }
  /** What stood in the home folder when a step passed: `work` is a `StepWork` as JSON. */
  | { readonly type: 'WorkKept'; readonly day: string; readonly step: string; readonly work: string }
  /** Every check of the day passed in one go. */
  | { readonly type: 'DayPassed'; readonly day: string }
  /**
   * All that was done at the desk until the day was passed: `run` is a `Journal` as text, packed (`packed.ts`), `version` names the files
   * of the site that it was done with.
   */
  | { readonly type: 'RunKept'; readonly day: string; readonly version: string; readonly run: string }
  /** An item of a review was answered: `rating` as FSRS has it, 1 forgotten, 2 hard, 3 good, 4 easy. `seed` is what it was asked with. */
  | {
      readonly type: 'ItemReviewed';
      readonly day: string;
      readonly item: string;
      readonly seed: string;
      readonly rating: number;
    }
  /** Every item of a day that is done was passed again in a later review. */
  | { readonly type: 'DayLearned'; readonly day: string }
  | { readonly type: 'WorkReset'; readonly day: string; readonly what: 'file' | 'step' | 'day' };

/** The learner's own work as it was when a step passed: what a commit of the day can be made of. Paths are relative to home. */
export interface StepWork {
  /** Simulated time, ms since 1970. */
  readonly now: number;
  /** Text files that are not as the day brought them. */
  readonly files: Readonly<Record<string, string>>;
  /** Files of the day that are not there any more. */
  readonly gone: readonly string[];
  /** Files that were too large to be kept, or no text. */
  readonly left: readonly string[];
  /** Checks of the step and their stars that passed. */
  readonly passed: readonly string[];
}

/** One answer to an item of a review. */
export interface Review {
  /** ms since 1970. */
  readonly at: number;
  readonly rating: 1 | 2 | 3 | 4;
}

export type DayState = 'new' | 'started' | 'done' | 'learned';

export interface DayProgress {
  readonly state: DayState;
  readonly checks: readonly string[];
  readonly steps: readonly string[];
  readonly stars: readonly string[];
  /** Step id → the work as it was when the step last passed, and when that was: ms since 1970. */
  readonly work: Readonly<Record<string, StepWork & { readonly at: number }>>;
  /** When the day was first passed: ms since 1970. Undefined while it is not. */
  readonly passedAt?: number;
  /** The last run that passed the day, as it is kept. Undefined when none is. */
  readonly run?: { readonly version: string; readonly run: string };
  /** Item id → its reviews, in the order of the records. */
  readonly reviews: Readonly<Record<string, readonly Review[]>>;
  /** When the solution was last looked at: the day is due again the next day. Undefined when it never was. */
  readonly solutionSeen?: number;
  /** Question id → the choice that was committed to. */
  readonly predictions: Readonly<Record<string, number>>;
  /** ms since 1970 of the last record. */
  readonly at: number;
}

/** How the store is, to be shown. */
export interface ProgressStatus {
  /** `memory`: this browser refuses storage or it is full; nothing outlives the page. `nowhere`: nothing is meant to. */
  readonly storage: 'disk' | 'memory' | 'nowhere';
  /** `reader`: another tab saves drafts; this one adds records, which disturb nobody, until it takes over. */
  readonly role: 'writer' | 'reader';
  readonly saving: 'idle' | 'waiting' | 'writing';
  readonly savedAt?: number;
  /** Records that could not be read were set aside, to be downloaded. */
  readonly setAside: number;
}

export type ImportAnswer =
  | { readonly ok: true; readonly added: number; readonly drafts: number }
  | {
      readonly ok: false;
      readonly reason: 'not-ours' | 'truncated' | 'newer' | 'damaged' | 'storage';
      readonly detail: string;
    };

/** A person's ninety days, kept on this device. Opened with `openProgress()` from `src/progress/index.ts`. */
export interface Progress {
  /** Adds a record. Never throws: what cannot be written stays in memory and `status` says so. */
  record(event: ProgressEvent): Promise<void>;
  day(id: string): DayProgress;
  days(): Readonly<Record<string, DayProgress>>;
  /** Everything that happened, in the order of time. `at`: ms since 1970. */
  records(): readonly { readonly at: number; readonly event: ProgressEvent }[];
  /** The last saved state of a day's sandbox. */
  draft(day: string): Promise<Snapshot | undefined>;
  /** Tells that the day's sandbox changed; `take` is called 500 ms after the last such call and when the page hides. */
  keepDraft(day: string, take: () => Snapshot): void;
  /** Writes now what waits. */
  flush(): Promise<void>;
  status(): ProgressStatus;
  /** Called after each change of records or status; the returned function ends it. */
  subscribe(listener: () => void): () => void;
  /** Becomes the writing tab; the other one turns reader. */
  takeOver(): Promise<void>;
  /** Everything, as one file. */
  export(): Promise<Blob>;
  /** Adds what the file holds and this device lacks; a draft that both have is kept as the newer, the older set aside. */
  import(file: Blob): Promise<ImportAnswer>;
  /** What was set aside, as one file. */
  exportSetAside(): Promise<Blob>;
}
