// Lines of logs as streams, taken as they come.
import { createLabels, type Labels } from '../telemetry/index.ts';
import type { LogEntry, LogStream } from '../telemetry/logs/index.ts';

export interface Streams {
  readonly streams: readonly LogStream[];
  add(labels: Labels | Readonly<Record<string, string>>, entry: LogEntry): void;
}

/** Lines of the same labels must come in the order of time. */
export function createStreams(): Streams {
  const streams: LogStream[] = [];
  const byKey = new Map<string, LogEntry[]>();
  return {
    streams,
    add(given, entry) {
      const labels = Array.isArray(given) ? (given as Labels) : createLabels(Object.entries(given));
      const key = JSON.stringify(labels);
      let entries = byKey.get(key);
      if (entries === undefined) {
        entries = [];
        byKey.set(key, entries);
        streams.push({ labels, entries });
      }
      entries.push(entry);
    },
  };
}
