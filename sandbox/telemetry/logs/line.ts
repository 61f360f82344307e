import type { Labels } from '../labels.ts';

/** A log line on its way through a pipeline, with its labels by where they came from. Changed in place by stages. */
export interface Line {
  readonly at: number;
  text: string;
  /** Labels of the stream; a parser's label of the same name becomes `name_extracted`. */
  readonly stream: ReadonlySet<string>;
  readonly labels: Map<string, string>;
  /** Names that a parser has set: the first value of a name counts. */
  readonly parsed: Set<string>;
}

/** A step of a pipeline: false drops the line. */
export type Stage = (line: Line) => boolean;

export const ERROR = '__error__';

export function startLine(stream: Labels, at: number, text: string): Line {
  return { at, text, stream: new Set(stream.map(([name]) => name)), labels: new Map(stream), parsed: new Set() };
}

/** Sets a label that a parser found, by the rules for names that are taken. */
export function extract(line: Line, name: string, value: string): void {
  const own = line.stream.has(name) ? `${name}_extracted` : name;
  if (line.parsed.has(own)) return;
  line.parsed.add(own);
  line.labels.set(own, value);
}

export function fail(line: Line, error: string): void {
  if (!line.labels.has(ERROR)) line.labels.set(ERROR, error);
}

/** A name as labels may have it: other characters become `_`, a digit in front gets one. */
export function sanitize(name: string): string {
  const word = name.replace(/[^a-zA-Z0-9_]/g, '_');
  return /^\d/.test(word) ? `_${word}` : word;
}
