// All that the workbench's page is drawn from, in one place.
import { atom, type ReadableAtom } from 'nanostores';
import type { Lucky } from '../../sandbox/checks/luck.ts';
import type { DayProgress } from '../progress/contract.ts';
import type { Problems } from './linting.ts';
import type { CheckResult, ProgressStatus, Snapshot } from './parts.ts';
import { hasProduction } from './production/there.ts';

/** The panes, in the order in which F6 goes round. On a narrow workbench one is shown at a time. */
export const panes = ['steps', 'files', 'editor', 'terminal', 'runs', 'production'] as const;
export type Pane = (typeof panes)[number];

export type Below = 'terminal' | 'results' | 'help' | 'runs' | 'production';

/** Where there is room, runs and production are tabs beside the terminal. Production is there when the desk has one to show. */
export function panesOf({ narrow, files }: Pick<State, 'narrow' | 'files'>): readonly Pane[] {
  if (!narrow) return panes.filter((pane) => pane !== 'runs' && pane !== 'production');
  return panes.filter((pane) => pane !== 'production' || hasProduction(files));
}

/** The tabs below the editor. */
export function tabsOf({ files }: Pick<State, 'files'>): readonly Below[] {
  return ['terminal', 'results', 'help', 'runs', ...(hasProduction(files) ? (['production'] as const) : [])];
}

/** A sentence for the person, until the next one; `undo` is what its button does. */
export interface Notice {
  readonly text: string;
  readonly tone: 'calm' | 'bad';
  readonly undo?: { readonly label: string; readonly action: () => void };
}

/** A name being typed into the tree. */
export interface Naming {
  readonly what: 'file' | 'folder' | 'rename';
  /** The folder of what is new, or the path of what is renamed. */
  readonly path: string;
  readonly problem?: string;
}

/** How one file of the solution differs from the learner's. */
export interface FileDiff {
  readonly path: string;
  /** Undefined when one of both is not text. */
  readonly hunks: readonly { readonly header: string; readonly lines: readonly string[] }[] | undefined;
}

export type SolutionView =
  | { readonly kind: 'loading' }
  | { readonly kind: 'broken'; readonly why: string }
  | { readonly kind: 'shown'; readonly files: readonly FileDiff[]; readonly commands: string };

export interface LuckTest {
  readonly state: 'running' | 'done' | 'stopped';
  /** How many seeds were wanted. */
  readonly seeds: number;
  /** Those that are done, by their numbers. */
  readonly done: readonly Lucky<Snapshot>[];
}

export interface State {
  readonly files: Snapshot['files'];
  readonly closedFolders: ReadonlySet<string>;
  readonly selected: string | undefined;
  readonly naming: Naming | undefined;

  readonly open: readonly string[];
  readonly active: string | undefined;
  /** What is wrong with the workflow file that is shown. */
  readonly problems: Problems | undefined;

  readonly step: number;
  readonly taskFolded: boolean;
  readonly results: Readonly<Record<string, CheckResult>>;
  readonly checking: readonly string[];
  /** Checks of the last judging, in order, as they are listed. */
  readonly judged: readonly string[];
  readonly unfolded: string | undefined;
  /** What the last judging came to. */
  readonly outcome: 'none' | 'stepPassed' | 'dayPassed' | 'incidentPassed' | 'earlierBroken';
  /** The last luck test of this visit. */
  readonly luck: LuckTest | undefined;
  /** Step id → how many of its hints are shown. */
  readonly hints: Readonly<Record<string, number>>;
  readonly solution: SolutionView | undefined;
  /** A report of a problem is being made: of what was seen, or with what was typed and the files. */
  readonly reporting: 'seen' | 'whole' | undefined;

  /** Whether something runs in the foreground, and the terminals in which it does. */
  readonly busy: boolean;
  readonly busyTerminals: readonly string[];
  /** Open terminals, and the one that is shown. */
  readonly terminals: readonly string[];
  readonly terminal: string;
  readonly screenReader: boolean;
  readonly below: Below;
  /** Whether runs and production have the editor's room too. */
  readonly tall: boolean;
  readonly shown: Pane;
  readonly narrow: boolean;
  readonly notice: Notice | undefined;

  readonly progress: DayProgress;
  readonly status: ProgressStatus;
  readonly changed: boolean;
  /** ms since 1970, as of the last tick. */
  readonly now: number;
}

export interface Store {
  readonly state: ReadableAtom<State>;
  get(): State;
  set(patch: Partial<State>): void;
}

export function createStore(first: State): Store {
  const state = atom(first);
  return {
    state,
    get: () => state.get(),
    set: (patch) => state.set({ ...state.get(), ...patch }),
  };
}
