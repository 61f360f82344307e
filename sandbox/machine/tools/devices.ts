import type { Machine } from '../machine.ts';

const ENOUGH = 65_536;

/** What a read of a device gives; undefined when the path is none. Without `most` an endless one gives 64 KiB. */
export function bytesOfDevice(path: string, machine: Machine, most = ENOUGH): Uint8Array | undefined {
  if (path === '/dev/null') return new Uint8Array();
  if (path === '/dev/zero') return new Uint8Array(most);
  if (path !== '/dev/urandom' && path !== '/dev/random') return undefined;
  const random = machine.kernel.random('urandom');
  return Uint8Array.from({ length: most }, () => random.integer(0, 255));
}

/** Devices that are always there, beside what is on the disk. */
export const devices: readonly string[] = ['/dev/null', '/dev/zero', '/dev/urandom', '/dev/random'];
