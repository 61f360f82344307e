import type { Environment } from '../../forge/index.ts';
import type { Machine } from '../../machine/index.ts';
import type { Json } from '../expression.ts';
import type { Effect } from '../far-disk.ts';
import type { Limits } from '../permissions.ts';
import type { Artifact, JobRecord, RunRecord } from '../record.ts';
import type { Problem } from '../workflow.ts';

/** What may happen to a run after its start. A run is a pure function of how it began and of these. */
export type Intervention =
  | { readonly kind: 'cancel'; readonly at: number; readonly by: string }
  /** One job, by its name: another run of its concurrency group took its place. */
  | { readonly kind: 'cut'; readonly at: number; readonly job: string }
  | {
      readonly kind: 'review';
      readonly at: number;
      readonly by: string;
      readonly environment: string;
      readonly state: 'approved' | 'rejected';
    };

/** What a run was given when it began. */
export interface Given {
  /** The `github` context, with the event's payload. */
  readonly github: { readonly [key: string]: Json };
  readonly inputs: { readonly [key: string]: Json };
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  readonly environments: Readonly<Record<string, Environment>>;
  /** What tokens of its jobs may do at most. */
  readonly limits: Limits;
}

/** A run as the forge keeps it. It is computed to its end at once: what is known so far is told by `runAt`. */
export interface StoredRun {
  /** In the repository, from 1; also its id. */
  readonly number: number;
  /** Counts the runs of the same workflow file, from 1. */
  readonly runNumber: number;
  readonly attempt: number;
  readonly repository: string;
  readonly actor: string;
  /** What is built, and the commit that its checks speak of: they differ for a pull request. */
  readonly commit: string;
  readonly checked: string;
  /** `refs/heads/main` */
  readonly ref: string;
  /** The branch or tag, as lists of runs show it. */
  readonly branch: string;
  readonly pull?: number;
  /** When the event happened, and when this attempt was asked for. */
  readonly createdAt: number;
  readonly attemptAt: number;
  /** Name of its concurrency group, in lower case. */
  readonly group?: string;
  /** The run of the same group that must end before this one starts. */
  readonly after?: number;
  readonly given: Given;
  readonly interventions: readonly Intervention[];
  /** Jobs of an earlier attempt that this one takes as they are. */
  readonly kept: readonly JobRecord[];
  /** Why the file could not be read; then there are no jobs. */
  readonly problems: readonly Problem[];
  /** What its jobs change on the forge; that up to `appliedTo` (simulated time) has been done. */
  readonly effects: readonly Effect[];
  readonly appliedTo: number;
  /** The moment of the change for which it was computed again. */
  readonly renewedAt?: number;
  /** Whether its end stands in the event log. */
  readonly isTold: boolean;
  /** Of a job whose environment waits, nothing beyond is computed. Artifacts are kept beside, as files. */
  readonly record: Omit<RunRecord, 'artifacts' | 'effects'> & {
    readonly artifacts: readonly Omit<Artifact, 'files'>[];
  };
}

export type RunAnswer = { readonly ok: true } | { readonly ok: false; readonly why: string };

/** The service that runs workflows when something happens on the forge. It keeps nothing in itself: all of it is on the machine's disk. */
export interface Ci {
  /** Starts the workflows of what has happened on the forge up to now. Cheap when nothing has. */
  settle(machine: Machine): Promise<void>;
  /** To be called for a machine that comes from a snapshot: what was to happen at a later moment is planned again. */
  resume(machine: Machine): void;
  /** One turn of the event loop, for those who wait for a program beside the service. */
  pause(): Promise<void>;
  cancel(machine: Machine, repository: string, run: number, by: string): Promise<RunAnswer>;
  /** Again, as a new attempt: all jobs, or those that failed and those that need them. */
  rerun(
    machine: Machine,
    repository: string,
    run: number,
    options: { readonly failedOnly: boolean; readonly by: string },
  ): Promise<RunAnswer>;
  /** The word of an environment's reviewer. */
  review(
    machine: Machine,
    repository: string,
    run: number,
    said: { readonly environments: readonly string[]; readonly state: 'approved' | 'rejected'; readonly by: string },
  ): Promise<RunAnswer>;
}
