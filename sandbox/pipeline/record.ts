// What a run leaves behind, as plain data: for the run view, `gh run`, checks and the event log.
import type { Effect } from './far-disk.ts';
import type { Combination } from './matrix.ts';

export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped';

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export interface StepRecord {
  readonly id: string;
  readonly name: string;
  /** How the step itself ended, and how that counts: they differ under `continue-on-error`. */
  readonly outcome: Conclusion;
  readonly conclusion: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
  /** Simulated time, ms since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Masked. */
  readonly log: readonly string[];
}

export interface JobRecord {
  /** The key in the file. Jobs of a reusable workflow: `caller / called`. */
  readonly id: string;
  readonly name: string;
  readonly needs: readonly string[];
  readonly matrix?: Combination;
  /** Its concurrency group, in lower case. */
  readonly group?: string;
  readonly conclusion: Conclusion;
  readonly queuedAt: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly steps: readonly StepRecord[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly annotations: readonly Annotation[];
  /** Markdown, from `$GITHUB_STEP_SUMMARY`. */
  readonly summary: string;
}

export interface Artifact {
  readonly name: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly uploadedAt: number;
}

/** A job that cannot go on before a reviewer of its environment has spoken. */
export interface Waiting {
  readonly environment: string;
  readonly job: string;
  readonly since: number;
}

export interface RunRecord {
  readonly workflow: string;
  readonly path: string;
  readonly event: string;
  readonly title: string;
  readonly conclusion: Conclusion;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly jobs: readonly JobRecord[];
  readonly artifacts: readonly Artifact[];
  /** What its jobs change on the forge and the registries, in the order of their moments. */
  readonly effects: readonly Effect[];
  /** When not empty, the run is not over: these jobs and those that need them are only named. */
  readonly waiting: readonly Waiting[];
}
