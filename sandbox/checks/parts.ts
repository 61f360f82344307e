import type { LoggedEvent } from '../kernel/index.ts';
import type { Machine } from '../machine/machine.ts';
import type { Shell } from '../machine/shell/contract.ts';
import type { ProductionView, ReplayRequest, WatchedDay } from './contract.ts';
import type { Luck } from './luck.ts';

/** What a desk is made of: a machine for it alone, the log as it was when checking began, and a way to let programs work. */
export interface DeskParts {
  readonly machine: Machine;
  readonly shell: Shell;
  readonly log: readonly LoggedEvent[];
  /** Production and its monitoring; absent where the exercise does not name that part. */
  readonly watching?: Watching;
  readonly luck?: Luck;
  /** Told before a check changes anything on the desk, by acting there or by drawing a number. */
  onAct(): void;
  /** See `Desk.once`. */
  once<T>(name: string, experiment: (copy: DeskParts) => Promise<T>): Promise<T>;
  /** The parts of a desk in the same state, where production begins anew with this seed. */
  onSeed(seed: string): Promise<DeskParts>;
  /** Lets work that was started go on (the host's turn of its own event loop). */
  pause(): Promise<void>;
}

/** What the part `production` has for a desk. */
export interface Watching {
  view(parts: DeskParts): ProductionView;
  replay(parts: DeskParts, request: ReplayRequest): WatchedDay;
}
