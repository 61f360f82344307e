import type { StepEnd } from './frame.ts';
import type { RunEnd } from './session.ts';

/** How a program that the runner has started counts. */
export function endOf({ exitCode, ended, refused, outputs }: RunEnd, timedOut: string): StepEnd {
  if (ended === 'timeout') return { ok: false, why: timedOut, outputs };
  if (ended === 'cancelled') return { ok: false, why: 'The operation was canceled.', cancelled: true, outputs };
  if (refused !== undefined) return { ok: false, why: refused, outputs };
  return exitCode === 0
    ? { ok: true, outputs }
    : { ok: false, why: `Process completed with exit code ${exitCode}.`, outputs };
}
