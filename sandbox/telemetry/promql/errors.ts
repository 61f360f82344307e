/** What a learner's expression has wrong before it runs, in Prometheus' words: `1:5: parse error: …`. */
export class ParseError extends Error {
  readonly reason: string;
  readonly position: number;

  constructor(reason: string, position: number, text: string) {
    super(`${placeOf(text, position)}: parse error: ${reason}`);
    this.reason = reason;
    this.position = position;
  }
}

/** What goes wrong while it runs, in Prometheus' words. */
export class ExecutionError extends Error {}

/** Line and column as Prometheus counts them, `1:5`; columns are bytes of UTF-8. */
export function placeOf(text: string, position: number): string {
  if (text === '') return 'unknown position';
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  return `${line}:${new TextEncoder().encode(before.slice(before.lastIndexOf('\n') + 1)).length + 1}`;
}
