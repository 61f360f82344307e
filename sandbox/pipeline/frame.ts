// What is handed round while a job's steps run.
import type { Permissions, Place } from '../forge/index.ts';
import type { Contexts, Json, Scope } from './expression.ts';
import type { Effect, FarDisk } from './far-disk.ts';
import type { Artifact, JobRecord, StepRecord } from './record.ts';
import type { Caches, JobSession, SessionOptions, SourceFile } from './session.ts';
import type { Job, RunDefaults, Value, ValueMap } from './workflow.ts';

export interface JobRequest extends SessionOptions {
  /** Of the workflow's file, in the repository. */
  readonly path: string;
  readonly job: Job;
  /** The workflow's defaults and environment, under the job's own. */
  readonly defaults: RunDefaults;
  readonly env: ValueMap;
  /** The workflow's, where the job says nothing. */
  readonly permissions?: Value;
  /** `github`, `needs`, `matrix`, `strategy`, `inputs`, `secrets`, `vars`. */
  readonly contexts: Contexts;
  readonly source: readonly SourceFile[];
  readonly origin?: Place;
  /** The forge as it is when the job begins, and what its token may do there; absent where there is no forge. */
  readonly forge?: { readonly disk: FarDisk; readonly permissions: Permissions };
  /** What other jobs of the run have uploaded so far. */
  readonly artifacts: readonly Artifact[];
  readonly caches: Caches;
}

export interface JobEnd
  extends Pick<JobRecord, 'conclusion' | 'endedAt' | 'steps' | 'outputs' | 'annotations' | 'summary'> {
  readonly uploads: readonly Artifact[];
  /** What its steps changed on the forge, in order. */
  readonly effects: readonly Effect[];
}

/** Where steps run: the job itself, or a composite action within it. */
export interface Frame {
  readonly request: JobRequest;
  readonly session: JobSession;
  readonly contexts: Contexts;
  readonly env: Readonly<Record<string, string>>;
  /** Over what `$GITHUB_ENV` sets: the environment of the step that uses a composite action. */
  readonly overlay: Readonly<Record<string, string>>;
  readonly defaults: RunDefaults;
}

/** The time that a step has. */
export interface Limit {
  readonly ms: number | undefined;
  /** What is said when it is over. */
  readonly timedOut: string;
}

/** What a step does: exit well, or fail with words for the log, where they do not stand there already. */
export type StepEnd = { readonly outputs?: Readonly<Record<string, string>> } & (
  | { readonly ok: true }
  | { readonly ok: false; readonly why: string; readonly cancelled?: boolean; readonly isTold?: boolean }
);

/** What a built-in action is given. */
export interface Use {
  readonly inputs: Readonly<Record<string, string>>;
  readonly session: JobSession;
  readonly request: JobRequest;
  readonly scope: Scope;
  /** Of the step. */
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly limit: Limit;
}

export interface StepsEnd {
  readonly records: readonly StepRecord[];
  readonly failed: boolean;
  /** The `steps` context at the end. */
  readonly steps: Json;
}
