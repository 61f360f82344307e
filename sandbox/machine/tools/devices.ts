import type { Machine } from '../machine.ts';

const ENOUGH = 65_536;

const endless = new WeakMap<Machine, number>();

/** How often a device without an end was read for as long as it gives: who does that ends only by a signal. */
export function endlessReads(machine: Machine): number {
  return endless.get(machine) ?? 0;
}

/** What a read of a device gives; undefined when the path is none. Without `most` an endless one gives 64 KiB. */
export function bytesOfDevice(path: string, machine: Machine, most?: number): Uint8Array | undefined {
  if (path === '/dev/null') return new Uint8Array();
  if (!devices.includes(path)) return undefined;
  if (most === undefined) endless.set(machine, endlessReads(machine) + 1);
  if (path === '/dev/zero' || path === '/dev/full') return new Uint8Array(most ?? ENOUGH);
  const random = machine.kernel.random('urandom');
  return Uint8Array.from({ length: most ?? ENOUGH }, () => random.integer(0, 255));
}

/** Devices that are always there, beside what is on the disk. */
export const devices: readonly string[] = ['/dev/null', '/dev/zero', '/dev/full', '/dev/urandom', '/dev/random'];
