// The journal of a host: a line each of what its services wrote and of what systemd did with them.

export interface JournalEntry {
  /** Simulated time, ms since 1970. */
  readonly at: number;
  /** `seats.service`, or '' of the system itself. */
  readonly unit: string;
  /** The program that wrote it, as the line shows it: `node`, `systemd`. */
  readonly identifier: string;
  readonly pid: number;
  readonly message: string;
  /** As syslog counts: 6 informational, 4 warning, 3 error. */
  readonly priority: number;
}

export interface Journal {
  entries(): readonly JournalEntry[];
  append(entry: JournalEntry): void;
  /** Told of each new entry until the function returned is called. */
  follow(listener: (entry: JournalEntry) => void): () => void;
}

/** The oldest lines go when there are more: a host's disk is not endless. */
const LARGEST = 20_000;
/** journald cuts a line there by default ("LineMax=48K"). */
const LONGEST_LINE = 48 * 1024;

export function createJournal(): Journal {
  let entries: JournalEntry[] = [];
  const listeners = new Set<(entry: JournalEntry) => void>();
  return {
    entries: () => entries,
    append(given) {
      const entry = { ...given, message: given.message.slice(0, LONGEST_LINE) };
      entries.push(entry);
      if (entries.length > LARGEST * 1.25) entries = entries.slice(-LARGEST);
      for (const listener of listeners) listener(entry);
    },
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Makes lines of what a program writes in pieces. */
export function lines(take: (line: string) => void): { write(text: string): void; end(): void } {
  let rest = '';
  return {
    write(text) {
      const parts = (rest + text).split('\n');
      rest = (parts.pop() ?? '').slice(0, LONGEST_LINE);
      for (const part of parts) take(part);
    },
    end() {
      if (rest !== '') take(rest);
      rest = '';
    },
  };
}
