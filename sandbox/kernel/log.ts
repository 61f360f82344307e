import { eventProblem, type LoggedEvent, type SandboxEvent } from './events.ts';

/** The append-only record of what the sandbox did. Checks, replay and progress read it; nothing ever changes an entry. */
export interface EventLog {
  append(at: number, event: SandboxEvent): LoggedEvent;
  entries(): readonly LoggedEvent[];
  /** Called with each new entry; the returned function ends the subscription. */
  subscribe(listener: (entry: LoggedEvent) => void): () => void;
}

/** @throws when `earlier` is not a log (a gap in `seq`, time that runs backwards, an entry of unknown shape). */
export function createLog(earlier: readonly LoggedEvent[] = []): EventLog {
  const entries: LoggedEvent[] = [];
  const listeners = new Set<(entry: LoggedEvent) => void>();
  let last = Number.NEGATIVE_INFINITY;

  function add(entry: LoggedEvent): void {
    const problem = eventProblem(entry);
    if (problem !== undefined) throw new Error(`event ${entries.length + 1}: ${problem}`);
    if (entry.seq !== entries.length + 1) throw new Error(`event ${entry.seq}: expected number ${entries.length + 1}`);
    if (!(entry.at >= last)) throw new Error(`event ${entry.seq}: its time ${entry.at} is before ${last}`);
    last = entry.at;
    entries.push(entry);
  }

  for (const entry of earlier) add(entry);
  return {
    append(at, event) {
      const entry: LoggedEvent = { seq: entries.length + 1, at, ...event };
      add(entry);
      for (const listener of listeners) listener(entry);
      return entry;
    },
    entries: () => entries,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The log as text, one JSON object a line, keys in a fixed order: what "byte for byte" is said of. */
export function formatLog(entries: readonly LoggedEvent[]): string {
  return entries.map((entry) => `${JSON.stringify(entry, ['seq', 'at', 'type', ...fieldsOf(entry)])}\n`).join('');
}

function fieldsOf(entry: LoggedEvent): string[] {
  return Object.keys(entry)
    .filter((key) => key !== 'seq' && key !== 'at' && key !== 'type')
    .sort();
}
