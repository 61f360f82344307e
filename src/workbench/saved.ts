// How it stands with saving, as a sentence. Pure.
import type { ProgressStatus } from './parts.ts';
import type { Say } from './words.ts';

export interface SavedLine {
  readonly text: string;
  /** `bad`: what is done now would be lost with the page. */
  readonly tone: 'calm' | 'bad';
  readonly offersTakeOver: boolean;
}

/** @param now ms since 1970. @param changed whether there was anything to save in this visit. */
export function savedLine(status: ProgressStatus, now: number, changed: boolean, say: Say): SavedLine {
  const calm = (text: string): SavedLine => ({ text, tone: 'calm', offersTakeOver: false });
  if (status.role === 'reader') return { text: say('otherTab'), tone: 'bad', offersTakeOver: true };
  if (status.storage === 'memory') return { text: say('memory'), tone: 'bad', offersTakeOver: false };
  if (status.storage === 'nowhere') return calm(say('notKept'));
  if (status.saving !== 'idle') return calm(say('saving'));
  if (status.savedAt === undefined) return calm(say(changed ? 'saving' : 'nothingToSave'));
  const seconds = Math.max(0, Math.floor((now - status.savedAt) / 1000));
  if (seconds < 2) return calm(say('savedNow'));
  if (seconds < 60) return calm(say('savedSeconds', { n: seconds }));
  if (seconds < 3600) return calm(say('savedMinutes', { n: Math.floor(seconds / 60) }));
  return calm(say('savedHours', { n: Math.floor(seconds / 3600) }));
}

/** Bytes as a reader says them: `12 kB`, `5.2 MB`. */
export function sizeOf(bytes: number, language: string): string {
  const inUnit = (value: number, unit: string): string =>
    `${value.toLocaleString(language, { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
  if (bytes < 1000) return inUnit(bytes, 'B');
  return bytes < 1_000_000 ? inUnit(bytes / 1000, 'kB') : inUnit(bytes / 1_000_000, 'MB');
}
