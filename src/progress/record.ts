import { checksum, isSumOf } from './checksum.ts';
import type { ProgressEvent } from './contract.ts';

/** An event as it is kept: when it happened, and a checksum over both. */
export interface StoredRecord {
  readonly version: 1;
  /** ms since 1970. */
  readonly at: number;
  readonly event: ProgressEvent;
  readonly sum: number;
}

export function recordOf(event: ProgressEvent, at: number): StoredRecord {
  return { version: 1, at, event, sum: checksum([1, at, event]) };
}

/** Two records with the same identity are the same happening, on whatever device. */
export function identityOf({ at, event }: StoredRecord): string {
  return JSON.stringify([at, ...Object.entries(event).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

type Kind = 'string' | 'number' | 'boolean' | 'numbers';

/** Every event's fields, to know a proper record from a broken one. */
const fields: {
  readonly [T in ProgressEvent['type']]: Readonly<
    Record<Exclude<keyof Extract<ProgressEvent, { type: T }>, 'type'>, Kind>
  >;
} = {
  DayStarted: { day: 'string' },
  PredictionMade: { day: 'string', question: 'string', choice: 'number' },
  QuestionAnswered: { day: 'string', question: 'string', choices: 'numbers', right: 'boolean' },
  HintShown: { day: 'string', step: 'string', hint: 'number' },
  CheckPassed: { day: 'string', check: 'string' },
  StepPassed: { day: 'string', step: 'string' },
  StarEarned: { day: 'string', star: 'string' },
  WorkKept: { day: 'string', step: 'string', work: 'string' },
  DayPassed: { day: 'string' },
  RunKept: { day: 'string', version: 'string', run: 'string' },
  ItemReviewed: { day: 'string', item: 'string', seed: 'string', rating: 'number' },
  DayLearned: { day: 'string' },
  WorkReset: { day: 'string', what: 'string' },
};

/** Whether a value that was read is a record as this version of the course writes it, undamaged. */
export function isRecord(value: unknown): value is StoredRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { version, at, event, sum } = value as Record<string, unknown>;
  return version === 1 && typeof at === 'number' && isEvent(event) && isSumOf(sum, [1, at, event]);
}

/** Whether a value is an undamaged record of a later course, which this one cannot read and must leave where it is. */
export function isLaterRecord(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || isRecord(value)) return false;
  const { version, at, event, sum } = value as Record<string, unknown>;
  return typeof version === 'number' && typeof at === 'number' && isSumOf(sum, [version, at, event]);
}

function isEvent(value: unknown): value is ProgressEvent {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  const { type } = value;
  if (typeof type !== 'string' || !Object.hasOwn(fields, type)) return false;
  return Object.entries(fields[type as ProgressEvent['type']]).every(([name, kind]) => {
    const field = (value as unknown as Record<string, unknown>)[name];
    return kind === 'numbers'
      ? Array.isArray(field) && field.every((one) => typeof one === 'number')
      : typeof field === kind;
  });
}
