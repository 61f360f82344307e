// A person's ninety days, kept on this device.
import type { Progress } from './contract.ts';
import { createProgress } from './progress.ts';

export type { DayProgress, DayState, ImportAnswer, Progress, ProgressEvent, ProgressStatus } from './contract.ts';

let opened: Promise<Progress> | undefined;

/** The same one for the whole page. Never rejects. */
export function openProgress(): Promise<Progress> {
  opened ??= createProgress('noventa');
  return opened;
}
