// What work costs in simulated time: counted operations, never measured seconds, so that it is the same on every computer.
import type { Kernel } from '../kernel/index.ts';
import type { Files } from './files/index.ts';
import type { Pace } from './pace.ts';

/** µs. Orders of magnitude of a small cloud machine: they make "slower" and "faster" facts of the world, not forecasts. */
export const costs = {
  /** Starting a program of the shell. */
  command: 1000,
  /** Starting node. */
  program: 40_000,
  /** One step in the tree of files: opening, listing, renaming. */
  fileOperation: 20,
  /** Reading or writing a MiB. */
  mebibyte: 5000,
  /** A unit of a program's work: some ten thousand loop steps or calls. */
  programWork: 1000,
} as const;

/** Counts what is done with the files of all disks between two calls, and moves the clock by what that costs. */
export interface Meter {
  /** Forgets what was done with the files until now: it was not done by a program. */
  begin(): void;
  /** Work on the files that no program does, in the middle of one: it costs nothing. */
  aside<T>(work: () => T): T;
  /** @param base µs that it costs beside the files. */
  spend(base: number): void;
}

type Usage = ReturnType<Files['usage']>;

const less = (one: Usage, other: Usage): Usage => ({
  operations: one.operations - other.operations,
  bytes: one.bytes - other.bytes,
});

export function createMeter(kernel: Kernel, disks: readonly Files[], pace?: Pace): Meter {
  const usage = (): Usage =>
    disks
      .map((disk) => disk.usage())
      .reduce((sum, one) => ({ operations: sum.operations + one.operations, bytes: sum.bytes + one.bytes }));
  let charged = usage();
  return {
    begin() {
      charged = usage();
    },
    aside(work) {
      const before = usage();
      const result = work();
      const done = less(usage(), before);
      charged = { operations: charged.operations + done.operations, bytes: charged.bytes + done.bytes };
      return result;
    },
    spend(base) {
      const used = usage();
      const { operations, bytes } = less(used, charged);
      charged = used;
      const micros = base + operations * costs.fileOperation + (bytes / 2 ** 20) * costs.mebibyte;
      const ms = Math.ceil(micros / 1000);
      if (pace === undefined) kernel.advance(ms);
      else pace.spend(ms);
    },
  };
}
