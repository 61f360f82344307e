import type { Repository, Store } from '../forge/index.ts';
import type { LoggedEvent } from '../kernel/index.ts';
import type { FileStat } from '../machine/files/index.ts';
import type { HttpResponse } from '../machine/network.ts';
import type { RunResult } from '../machine/shell/contract.ts';
import type { Words } from '../machine/words.ts';
import type { RunDocument, RunFile, WatchedDay } from '../monitoring/index.ts';
import type {
  Artifact,
  JournalEntry,
  OperationsEvent,
  RequestCounts,
  Service as UnitState,
} from '../platform/index.ts';

import type { PartName } from './part-names.ts';
import type { Chance } from './review.ts';

export type { Commit, PullRequest, Repository } from '../forge/index.ts';
export type { WatchedDay } from '../monitoring/index.ts';

/** What the forge keeps of a repository, to be read. */
export type ForgeRecords = Pick<Store, 'settings' | 'pulls' | 'issues' | 'releases' | 'checks'>;

/** One day's exercise: what `exercises/NN-slug/exercise.ts` exports as `exercise`. */
export interface Exercise {
  /** Stable id, `d01`: kept in learners' storage, never renamed. */
  readonly id: string;
  readonly seed: string;
  readonly title: Words;
  /** Parts of the engine that the day is sure to need: fetched with it. Others come when a command needs them. */
  readonly parts?: readonly PartName[];
  /**
   * The day whose end this one begins from, `d02`: the machine as it is when that day's solution is done, its clock gone on to
   * nine o'clock of this day's own date. Made from that solution whenever it is needed, never kept by hand. `start/` is laid over it.
   */
  readonly stateFrom?: string;
  /**
   * Commands run once on the fresh machine, after the files of `start/` are in the home folder. Not shown to the learner. A function
   * where they are others on every seed.
   */
  readonly setup?: string | ((chance: Chance) => string);
  /** The file that the editor opens first, relative to the home folder. */
  readonly opens?: string;
  readonly steps: readonly Step[];
  /** On how many seeds the matrix is run; one where chance has no part in the day. */
  readonly seeds?: number;
  /**
   * Folder name below `wrong/` → the check that it must fail, and only that one (`d03-c3 d03-c9`: where one cannot fail without the
   * other); or the star that it loses while it passes every check.
   */
  readonly wrong: Readonly<Record<string, string>>;
}

export interface Step {
  /** `d01-s1`. */
  readonly id: string;
  readonly title: Words;
  /** What to do, at most 90 words; `code` in backticks. */
  readonly task: Words;
  readonly kind: 'run' | 'change' | 'fill' | 'write' | 'challenge';
  readonly checks: readonly Check[];
  /** Files that the step is about, the first one shown: relative to home; one a language where their names differ. */
  readonly files?: readonly (string | Words)[];
  /** Where to read, where to look, a skeleton with a gap. The fourth hint is the solution as a difference, with `reason`. */
  readonly hints: readonly [Words, Words, Words];
  /** Why the solution is as it is: said with its difference. */
  readonly reason: Words;
  /** Goals beyond the challenge: each gives a star, none is needed to pass. */
  readonly stars?: readonly Star[];
}

/** `d01-x1`: a check whose goal is more than was asked. */
export interface Star extends Check {
  readonly star: 'faster' | 'cheaper' | 'safer';
}

export interface Check {
  /** `d01-c1`. */
  readonly id: string;
  /** A goal: what should be true. */
  readonly goal: Words;
  /** What it judges; says nothing about how. */
  readonly kind: 'command' | 'file' | 'log' | 'git' | 'service' | 'world';
  /** Runs on a copy of the learner's state. What it does there changes nothing. */
  run(desk: Desk): Promise<Verdict> | Verdict;
}

/** What a check found. A failing one says in at most 50 words what was expected, found, where, and what to try. */
export type Verdict =
  | { readonly passed: true }
  | {
      readonly passed: false;
      readonly expected: Words;
      readonly found: Words;
      readonly where?: Place;
      readonly next: Words;
    };

/**
 * A file (relative to home, with a line when there is one), a command, a stage of the loop (with the run, `R2`, whose lines stand in
 * the terminal), a run of the forge (with the job and the step to look at), or a service.
 */
export type Place =
  | { readonly file: string; readonly line?: number }
  | { readonly command: string }
  | { readonly stage: string; readonly run?: string }
  | { readonly repository: string; readonly run: number; readonly job?: string; readonly step?: string }
  | { readonly service: string };

/** The state in which a check looks. Paths are relative to the home folder unless they begin with `/`. */
export interface Desk {
  /** The moment at which the check looks, ms since 1970. */
  now(): number;
  /** Runs a shell script in the home folder (or `cwd`) of the copy; `as`: the role of the company that pushes and uses `gh` in it. */
  run(script: string, options?: { readonly cwd?: string; readonly as?: string }): Promise<RunResult>;
  exists(path: string): boolean;
  stat(path: string): FileStat | undefined;
  /** @throws `CheckStop` with a verdict that names the missing file. */
  text(path: string): string;
  /** Parsed YAML. @throws `CheckStop` with a verdict that names file and line of the error. */
  yaml(path: string): unknown;
  json(path: string): unknown;
  /** Everything that the sandbox logged before the check began. */
  readonly log: readonly LoggedEvent[];
  /** The same with what the check itself has brought about on this copy until now. */
  happened(): readonly LoggedEvent[];
  readonly git: {
    /** A repository of the desk by its folder, or of the forge by its name. */
    at(folder: string): Promise<Repository | undefined>;
    origin(name: string): Promise<Repository | undefined>;
  };
  /** Pull requests, issues, releases, settings and the checks of commits of a repository of the forge, by its name. */
  forge(repository: string): ForgeRecords;
  /**
   * Starts a program (`node app.mjs`) in a folder and waits until it listens; each request is answered by it.
   * @throws `CheckStop` with what it printed when it ends, never listens, or runs over its limits.
   */
  start(
    command: string,
    options?: { readonly cwd?: string; readonly port?: number; readonly env?: Record<string, string> },
  ): Promise<Service>;
  /** The company's hosts and the people who call them. */
  readonly production: ProductionView;
  /** The company's registry of artifacts. */
  readonly registry: RegistryView;
  /**
   * Lives through one of the company's days with files of the desk, as `prodsim run` does, and tells minutes, figures, alerts and
   * messages. The same day, files and seed are computed once.
   * @throws `CheckStop` with a verdict that names a file that is missing or cannot be understood.
   */
  replayDay(request: ReplayRequest): WatchedDay;
  /**
   * What came of an experiment on another copy of the learner's state. Checks of one judging that name the same experiment share it:
   * it is made once.
   */
  once<T>(name: string, experiment: (copy: Desk) => Promise<T>): Promise<T>;
  /** Another copy of the learner's state, where production begins anew and chance has this seed: an unseen day. */
  onSeed(seed: string): Promise<Desk>;
  /** A folder of its own holding the files of a commit, without `.git`: the clean directory of a colleague. */
  checkout(repository: Repository, ref: string): Promise<string>;
  /** Chance of the check's own, the same on every run with the same seed. */
  integer(low: number, high: number): number;
}

/** A day, and paths of the files that have a part in it; the others are as if they were not there. */
export interface ReplayRequest extends Partial<Readonly<Record<RunFile, string>>> {
  readonly day: RunDocument['day'];
  readonly seed?: string;
  /** Nothing after that is looked at, ms since 1970: the day is lived through so far only. */
  readonly until?: number;
}

export interface Service {
  get(target: string): Promise<HttpResponse & { readonly text: string; json(): unknown }>;
  stop(): void;
}

/** Production of the copy on which a check looks, up to the desk's clock at each call. Times are ms since 1970. */
export interface ProductionView {
  /** What became of the buyers' requests that were made from `since` until before `until`. */
  requests(since?: number, until?: number): Promise<RequestCounts>;
  /** The latency in ms below which this share (0…1) of the answers lies; undefined without answers. */
  latency(share: number, since?: number, until?: number): Promise<number | undefined>;
  /** Asks an address of the company: `http://web-1/version`. @throws `CheckStop` when no answer comes. */
  get(url: string): Promise<HttpResponse & { readonly text: string; json(): unknown }>;
  /** Runs a script of the desk in the home folder, and tells what became of the requests that were made meanwhile. */
  during(script: string): Promise<RunResult & { readonly requests: RequestCounts; readonly ms: number }>;
  host(name: string): HostView;
  /** Asks production's Prometheus for the value of a PromQL expression that gives one, at a moment (now). Undefined when there is none. */
  query(expression: string, at?: number): Promise<number | undefined>;
  /** Alerts of its Prometheus that are pending or firing now, by name. */
  alerts(): Promise<readonly { readonly name: string; readonly state: 'pending' | 'firing'; readonly since: number }[]>;
  /** Deploys, rollbacks and what hosts did, in the order of time. */
  timeline(): Promise<readonly OperationsEvent[]>;
}

export interface HostView {
  run(script: string): Promise<RunResult>;
  /** @throws `CheckStop` with a verdict that names the missing file. */
  text(path: string): Promise<string>;
  exists(path: string): Promise<boolean>;
  /** A service as systemd sees it; undefined when there is no such unit. */
  service(name: string): Promise<Omit<UnitState, 'unit' | 'text'> | undefined>;
  /** Of one unit, or of all in the order in which it was written. */
  journal(unit?: string): Promise<readonly JournalEntry[]>;
}

export interface RegistryView {
  /** All artifacts, or those of a name, in the order in which they were published. */
  artifacts(name?: string): readonly Artifact[];
  bytes(artifact: Artifact): Uint8Array;
}

/** What the learner is told of one check. `unfinished` never counts against them; `fault` says whose it is. */
export type CheckResult =
  | { readonly id: string; readonly outcome: 'passed' }
  | { readonly id: string; readonly outcome: 'failed'; readonly verdict: Verdict & { readonly passed: false } }
  | {
      readonly id: string;
      readonly outcome: 'unfinished';
      readonly fault: 'program' | 'course';
      readonly message: Words;
      readonly detail: string;
    };
