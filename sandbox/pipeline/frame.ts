// What is handed round while a job's steps run.
import type { Contexts, Json } from './expression.ts';
import type { Artifact, JobRecord, StepRecord } from './record.ts';
import type { Caches, JobSession, SessionOptions, SourceFile } from './session.ts';
import type { Job, RunDefaults, ValueMap } from './workflow.ts';

export interface JobRequest extends SessionOptions {
  readonly job: Job;
  /** The workflow's defaults and environment, under the job's own. */
  readonly defaults: RunDefaults;
  readonly env: ValueMap;
  /** `github`, `needs`, `matrix`, `strategy`, `inputs`, `secrets`, `vars`. */
  readonly contexts: Contexts;
  readonly source: readonly SourceFile[];
  /** What other jobs of the run have uploaded so far. */
  readonly artifacts: readonly Artifact[];
  readonly caches: Caches;
}

export interface JobEnd
  extends Pick<JobRecord, 'conclusion' | 'endedAt' | 'steps' | 'outputs' | 'annotations' | 'summary'> {
  readonly uploads: readonly Artifact[];
}

/** Where steps run: the job itself, or a composite action within it. */
export interface Frame {
  readonly request: JobRequest;
  readonly session: JobSession;
  readonly contexts: Contexts;
  readonly env: Readonly<Record<string, string>>;
  readonly defaults: RunDefaults;
  /** Folder of the composite action, for its own files. */
  readonly actionPath?: string;
}

/** What a step does: exit well, or fail with words for the log. */
export type StepEnd =
  | { readonly ok: true; readonly outputs?: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly why: string; readonly cancelled?: boolean };

export interface StepsEnd {
  readonly records: readonly StepRecord[];
  readonly failed: boolean;
  /** The `steps` context at the end. */
  readonly steps: Json;
}
