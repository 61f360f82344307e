import type { Snapshot } from '../../sandbox/hosts/protocol.ts';
import { checksum, isSumOf } from './checksum.ts';

/** A day's sandbox as it was saved. */
export interface StoredDraft {
  readonly version: 1;
  readonly day: string;
  readonly at: number;
  /** The tab that saved it. */
  readonly tab: string;
  /** Checksum of the stored draft that this one was made from. Absent when there was none, or an earlier course saved it. */
  readonly seen?: number;
  readonly snapshot: Snapshot;
  readonly sum: number;
}

export function draftOf(day: string, snapshot: Snapshot, at: number, tab: string, seen?: number): StoredDraft {
  const sum = checksum([day, at, snapshot]);
  return { version: 1, day, at, tab, ...(seen === undefined ? {} : { seen }), snapshot, sum };
}

export function isDraft(value: unknown): value is StoredDraft {
  if (typeof value !== 'object' || value === null) return false;
  const { version, day, at, snapshot, sum } = value as Partial<StoredDraft>;
  return (
    version === 1 &&
    typeof day === 'string' &&
    typeof at === 'number' &&
    snapshot?.version === 1 &&
    isSumOf(sum, [day, at, snapshot])
  );
}
