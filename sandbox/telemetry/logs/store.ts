import { createLabels, type Labels, labelsKey } from '../labels.ts';

/** One line of a log. `at` in ms since 1970. */
export interface LogEntry {
  readonly at: number;
  readonly line: string;
}

/** Lines with the same labels, in the order in which they came. */
export interface LogStream {
  readonly labels: Labels;
  readonly entries: readonly LogEntry[];
}

/**
 * Reads a store of logs: a JSON object a line, `{"at": ms, "labels": {"app": "seats"}, "line": "…"}`. Lines that are none are left out.
 * Streams come in order of their labels, entries in order of time.
 */
export function readLogs(texts: Iterable<string>): readonly LogStream[] {
  const streams = new Map<string, { readonly labels: Labels; readonly entries: LogEntry[] }>();
  for (const text of texts) {
    for (const line of text.split('\n')) {
      const record = line === '' ? undefined : parseRecord(line);
      if (record === undefined) continue;
      const key = labelsKey(record.labels);
      const stream = streams.get(key) ?? { labels: record.labels, entries: [] };
      stream.entries.push({ at: record.at, line: record.line });
      streams.set(key, stream);
    }
  }
  const sorted = [...streams].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, stream]) => stream);
  for (const { entries } of sorted) entries.sort((a, b) => a.at - b.at);
  return sorted;
}

/** One line of such a store, with its line break. */
export function formatLogRecord(labels: Labels, { at, line }: LogEntry): string {
  return `${JSON.stringify({ at, labels: Object.fromEntries(labels), line })}\n`;
}

function parseRecord(text: string): (LogEntry & { readonly labels: Labels }) | undefined {
  try {
    const value = JSON.parse(text) as Record<string, unknown> | null;
    if (typeof value !== 'object' || value === null) return undefined;
    const { at, labels, line } = value;
    if (typeof at !== 'number' || typeof line !== 'string' || typeof labels !== 'object' || labels === null)
      return undefined;
    const pairs = Object.entries(labels).map(([name, one]) => [name, String(one)] as const);
    return { at, line, labels: createLabels(pairs) };
  } catch {
    return undefined;
  }
}
