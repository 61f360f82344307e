// What every part of a replay is drawn from.
import type { Recording } from '../../../sandbox/hosts/replay/recording.ts';
import type { Moment } from '../../../sandbox/hosts/replay/replay.ts';
import type { Bench } from '../bench.ts';
import type { Language } from '../parts.ts';
import type { SharedSession } from '../production/link.ts';
import type { Change } from './moments.ts';
import type { Sides } from './sides.ts';
import type { Sight, Stop } from './stops.ts';
import type { WhatIf } from './what-if.ts';
import type { ReplaySay } from './words.ts';

export interface Room {
  readonly bench: Bench;
  readonly say: ReplaySay;
  readonly language: Language;
  /** What somebody else did; undefined of the learner's own. */
  readonly shared: SharedSession | undefined;
  readonly isOtherVersion: boolean;
  readonly isOtherDay: boolean;
  readonly recording: Recording;
  /** Elements that others own. */
  readonly hosts: { readonly screen: HTMLElement; readonly runs: HTMLElement; readonly production: HTMLElement };
  readonly stops: readonly Stop[];
  readonly sights: readonly Sight[];
  /** The stop at which one stands. */
  readonly wanted: number;
  /** The state there, once it is worked out. */
  readonly moment: Moment | undefined;
  readonly end: Moment | undefined;
  /** Files that are not as they were at the stop before. */
  readonly changes: readonly Change[];
  /** A file of which the whole text is shown. */
  readonly looked: string | undefined;
  /** What stands in the terminal, for whoever does not see it. */
  readonly screenText: string;
  /** Actions done while it is lived through the first time; undefined afterwards. */
  readonly progress: number | undefined;
  readonly all: number;
  readonly fault: string;
  /** What came of a button. */
  readonly told: string;
  /** Whether it may run. */
  readonly isAccepted: boolean;
  readonly whatIf: WhatIf;
  /** Of what somebody else did, beside the learner's own. */
  readonly sides: Sides | 'working' | 'broke' | undefined;
  compareSides(): void;
  textOf(stop: number): string;
  timeOf(at: number): string;
  accept(): void;
  go(stop: number): void;
  goToSight(by: 1 | -1): void;
  look(path: string): void;
  tell(text: string): void;
  openFile(file: File): void;
  close(): void;
}
