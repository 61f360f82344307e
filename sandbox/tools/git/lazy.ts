// What everyday commands need of the rare ones now and then.
import type { TreeFiles } from '../../forge/index.ts';
import type { Parsed } from './options.ts';
import type { Entry } from './pretty.ts';
import type { Work } from './work.ts';

export interface RebaseWish {
  readonly onto: string;
  /** As it was named: the log says it. */
  readonly ontoName: string;
  /** Commits from here on are not made again; undefined for all. */
  readonly upstream: string | undefined;
  readonly head: string;
  readonly branch: string | undefined;
  readonly interactive?: boolean;
  /** Whether the person sees the list first. */
  readonly edited?: boolean;
  readonly autosquash?: boolean;
  readonly exec?: readonly string[];
  /** Whether other branches on these commits go along. */
  readonly updateRefs?: boolean;
  /** Whether the list is in the form that has labels. */
  readonly merges?: boolean;
  readonly force?: boolean;
  readonly autostash?: boolean;
  /** The empty commit upon which a whole history is made again (`--root`). */
  readonly root?: string | undefined;
  /** What the log calls the command. */
  readonly reflog: string;
  readonly quiet: boolean;
  /** Whose side is taken where both changed the same lines. */
  readonly favor?: 'ours' | 'theirs';
  /** Whether what the other side has already is made again too. */
  readonly reapply?: boolean;
}

export interface Head {
  /** As it was named on the command line. */
  readonly name: string;
  readonly oid: string;
}

export interface OctopusWish {
  readonly current: string;
  readonly heads: readonly Head[];
  readonly into: string;
  stat(before: TreeFiles, after: TreeFiles): Promise<string>;
}

export interface Lazy {
  independent(work: Work, heads: readonly Head[]): Promise<readonly Head[]>;
  octopus(work: Work, parsed: Parsed, wish: OctopusWish): Promise<number>;
  rebaseOnto(work: Work, wish: RebaseWish): Promise<number>;
  lineHistory(work: Work, asked: string, history: readonly Entry[]): Promise<readonly LineStep[]>;
  showRemote(work: Work, remote: string): Promise<number>;
  submodule(work: Work, args: readonly string[]): Promise<number>;
  pruneRemote(work: Work, remote: string, isDry: boolean): Promise<number>;
  stageByHunk(work: Work, asked: readonly string[]): Promise<void>;
  stashByHunk(work: Work, parsed: Parsed): Promise<number>;
}

/** A commit that changed some lines, and how. */
export interface LineStep {
  readonly entry: Entry;
  readonly patch: string;
}

/** Fetches it. @throws GitStop when it cannot be had. */
export type GetLazy = () => Promise<Lazy>;
