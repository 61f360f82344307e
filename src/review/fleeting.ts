// The progress of a micro-incident: the same door as a learner's, but nothing of it outlives the page.
import type { Progress, ProgressEvent, ProgressStatus } from '../progress/contract.ts';
import { foldDays, untouched } from '../progress/fold.ts';

const status: ProgressStatus = { storage: 'nowhere', role: 'writer', saving: 'idle', setAside: 0 };
const nothing = async (): Promise<Blob> => new Blob([]);

/** @param onEvent hears everything that would have been recorded. @param now ms since 1970. */
export function fleetingProgress(onEvent: (event: ProgressEvent) => void, now: () => number): Progress {
  const listeners = new Set<() => void>();
  let records: readonly { readonly at: number; readonly event: ProgressEvent }[] = [];
  return {
    async record(event) {
      records = [...records, { at: now(), event }];
      for (const listener of listeners) listener();
      onEvent(event);
    },
    day: (id) => foldDays(records)[id] ?? untouched,
    days: () => foldDays(records),
    records: () => records,
    draft: async () => undefined,
    keepDraft() {},
    async flush() {},
    status: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async takeOver() {},
    export: nothing,
    import: async () => ({ ok: false, reason: 'storage', detail: 'an incident is not kept' }),
    exportSetAside: nothing,
  };
}
