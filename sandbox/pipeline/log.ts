// What a step writes, line by line: masked, and cut where it is too long to be kept.

/** Lines that are kept of a step's beginning and of its end, and signs of a line. Ours: a run is a document in a snapshot. */
const FIRST_LINES = 100_000;
const LAST_LINES = 1000;
const LONGEST_LINE = 20_000;

export interface Log {
  write(line: string): void;
  /** A value that must stay secret from now on. */
  mask(value: string): void;
  masked(text: string): string;
  /** Whether it holds what must stay secret. */
  isSecret(text: string): boolean;
  /** What has been written since the last time. */
  take(): readonly string[];
}

/** @param cut the words for what is left out, by the number of lines */
export function createLog(cut: (lines: number) => string, masks: readonly string[]): Log {
  let first: string[] = [];
  let last: string[] = [];
  let count = 0;
  const secrets = new Set<string>();
  let longestFirst: readonly string[] = [];

  function mask(value: string): void {
    for (const part of [value, ...value.split('\n')]) if (part.trim() !== '') secrets.add(part);
    // One may hold another.
    longestFirst = [...secrets].sort((a, b) => b.length - a.length);
  }
  const masked = (text: string): string => longestFirst.reduce((seen, secret) => seen.replaceAll(secret, '***'), text);
  for (const one of masks) mask(one);

  return {
    write(line) {
      const whole = masked(line);
      const shown = whole.length > LONGEST_LINE ? `${whole.slice(0, LONGEST_LINE)}…` : whole;
      count += 1;
      if (first.length < FIRST_LINES) first.push(shown);
      else {
        last.push(shown);
        if (last.length >= 2 * LAST_LINES) last = last.slice(-LAST_LINES);
      }
    },
    mask,
    masked,
    isSecret: (text) => longestFirst.some((secret) => text.includes(secret)),
    take() {
      const end = last.slice(-LAST_LINES);
      const left = count - first.length - end.length;
      const taken = left > 0 ? [...first, cut(left), ...end] : [...first, ...end];
      first = [];
      last = [];
      count = 0;
      return taken;
    },
  };
}
