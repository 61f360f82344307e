// Named pipes (mkfifo): files whose content is taken by who reads it, and who reads waits until something has been written. A program's
// output reaches a pipe when the program ends, so that a writer never waits for its reader.
import type { AbortSignal } from '../command.ts';
import { PIPE } from '../files/index.ts';
import type { Machine } from '../machine.ts';
import { createWaiting } from './waiting.ts';

/** No program looks for this: it costs nothing. */
export function isPipe({ files, meter }: Machine, path: string): boolean {
  return meter.aside(() => files.exists(path) && (files.stat(path).mode & PIPE) !== 0);
}

/** Programs that read the files that they are given; others look at names alone. */
export const readers: ReadonlySet<string> = new Set(
  'awk base64 cat cmp column comm cut diff grep head jq join md5sum nl node paste sed sha256sum sort tac tail uniq wc'.split(
    ' ',
  ),
);

/**
 * What stands in a pipe, which is empty afterwards. Waits for a writer.
 * @param moves see `createWaiting`.
 */
export async function takeFromPipe(
  machine: Machine,
  path: string,
  pause: () => Promise<void>,
  moves: boolean,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const { files } = machine;
  const letPass = createWaiting(machine, pause, moves);
  while (files.exists(path) && files.stat(path).size === 0) {
    if (signal?.aborted) return new Uint8Array();
    await letPass();
  }
  const bytes = files.readFile(path);
  files.writeFile(path, new Uint8Array());
  return bytes;
}
