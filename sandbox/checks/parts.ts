import type { LoggedEvent } from '../kernel/index.ts';
import type { Machine } from '../machine/machine.ts';
import type { Shell } from '../machine/shell/contract.ts';

/** What a desk is made of: a machine for it alone, the log as it was when checking began, and a way to let programs work. */
export interface DeskParts {
  readonly machine: Machine;
  readonly shell: Shell;
  readonly log: readonly LoggedEvent[];
  /** Lets work that was started go on (the host's turn of its own event loop). */
  pause(): Promise<void>;
}
