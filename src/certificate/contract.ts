/** What somebody has passed of a part of the course, with what they did for it. */
export interface Certificate {
  /** Of the learner's choice. */
  readonly name: string;
  /** A lap's number, or the ninety days. */
  readonly part: number | 'course';
  /** Days of that part. */
  readonly of: number;
  /** When it was made: ms since 1970. */
  readonly made: number;
  /** The days that were passed, in order. */
  readonly days: readonly CertifiedDay[];
}

export interface CertifiedDay {
  /** `d01`. */
  readonly id: string;
  /** When it was first passed: ms since 1970. */
  readonly passedAt: number;
  readonly checks: readonly string[];
  readonly stars: readonly string[];
  /** What was done, as `RunKept` has it. Missing where it was not kept. */
  readonly run?: { readonly version: string; readonly run: string };
}

/** What a browser that did a day again says of it. */
export type Verdict =
  /** `done` of `of` actions. */
  | { readonly kind: 'running'; readonly done: number; readonly of: number }
  /** `stars`: of those that the certificate names, which came out again. */
  | { readonly kind: 'passed'; readonly stars: readonly string[]; readonly otherVersion: boolean }
  /** Ids of the checks that did not pass. */
  | { readonly kind: 'failed'; readonly checks: readonly string[]; readonly otherVersion: boolean }
  /** Checks that had no result within their limit of real time, as on a slow device; all others passed. */
  | { readonly kind: 'unfinished'; readonly checks: readonly string[] }
  | { readonly kind: 'noRun' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'unknownDay' }
  | { readonly kind: 'broke'; readonly why: string };
