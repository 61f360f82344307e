import type { Language } from '../../sandbox/machine/words.ts';
import type { Progress } from '../progress/contract.ts';
import type { DayMachine } from './machine.ts';

export interface WorkbenchOptions {
  /** An empty element; the workbench fills its height and width. */
  readonly container: HTMLElement;
  /** `d01`. */
  readonly dayId: string;
  readonly language: Language;
  /** From `openMachine`, begun already. */
  readonly machine: Promise<DayMachine>;
  /** Where it is recorded instead of the learner's progress. */
  readonly progress?: Progress;
}

export interface Workbench {
  focus(): void;
  /** Saves what is not saved and ends the engine. */
  stop(): Promise<void>;
}

/** What `src/workbench/index.ts` exports as `mountWorkbench`; the lesson page imports that module when the workbench is first wanted. */
export type MountWorkbench = (options: WorkbenchOptions) => Promise<Workbench>;
