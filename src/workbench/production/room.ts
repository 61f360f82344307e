// What every part of the view is drawn from.
import type { Board, Compared, Observation } from '../../../sandbox/hosts/protocol.ts';
import type { Bench } from '../bench.ts';
import type { Language } from '../parts.ts';
import type { Chart } from './chart.ts';
import type { ClockState, Speed } from './clock.ts';
import type { runOfPage } from './link.ts';
import type { Width } from './span.ts';
import type { There } from './there.ts';
import type { NamedLine } from './twin.ts';
import type { ProductionSay } from './words.ts';

export type GoodBoard = Extract<Board, { readonly ok: true }>;
export type GoodObservation = Extract<Observation, { readonly ok: true }>;
export type ShownPanel = GoodBoard['panels'][number];

/** A panel with its chart, and what it shows at present. */
export interface Tile {
  readonly key: string;
  readonly panel: ShownPanel;
  readonly chart: Chart;
  lines: readonly NamedLine[];
  /** What is wrong with one of its expressions. */
  problem: string | undefined;
  /** Series that there are, when not all are shown. */
  all: number | undefined;
}

export interface Choices {
  /** `live`, `link` for the day that came with the page's address, or the path of a run's document. */
  readonly source: string;
  /** The path of a file of panels; '' for the usual ones. */
  readonly board: string;
  readonly width: Width;
  readonly speed: Speed;
  /** PromQL of the learner's own; '' for none. */
  readonly query: string;
  readonly logs: string;
  /** The path of another run's document to compare with; '' for none. */
  readonly other: string;
}

export interface Room {
  readonly bench: Bench;
  /** What ids begin with: the workbench and a moment of its replay may both stand in the page. */
  readonly ids: 'production' | 'past';
  readonly say: ProductionSay;
  readonly language: Language;
  readonly there: There;
  readonly choices: Choices;
  readonly board: GoodBoard | undefined;
  readonly seen: GoodObservation | undefined;
  readonly compared: Compared | undefined;
  readonly tiles: readonly Tile[];
  readonly queryTile: Tile | undefined;
  readonly queryPlace: { readonly line: number; readonly column: number } | undefined;
  readonly clock: ClockState;
  /** The moment that is now. */
  readonly cursor: number;
  readonly step: number;
  readonly start: number;
  readonly fault: string | undefined;
  readonly isWorking: boolean;
  /** The text of the document of the day that is shown; '' for production as it lives. */
  readonly runText: string;
  /** The day that came with the page's address. */
  readonly linked: ReturnType<typeof runOfPage>;
  /** Lets the linked day run. */
  accept(): void;
  isOpen(key: string): boolean;
  setOpen(key: string, open: boolean): void;
  choose(choices: Partial<Choices>): void;
  play(): void;
  pause(): void;
  stepBy(by: number): void;
  seek(to: number): void;
  toEvent(): void;
}
