import type { Line, Request } from './state.ts';

export function createLine(): Line {
  return { head: -1, tail: -1, length: 0 };
}

/** Puts a request at the end. A request stands in one line at a time. */
export function append(requests: readonly Request[], line: Line, r: Request): void {
  r.previous = line.tail;
  r.next = -1;
  if (line.tail < 0) line.head = r.id;
  else (requests[line.tail] as Request).next = r.id;
  line.tail = r.id;
  line.length++;
}

/** Takes a request out, wherever it stands. */
export function removeFrom(requests: readonly Request[], line: Line, r: Request): void {
  if (r.previous < 0) line.head = r.next;
  else (requests[r.previous] as Request).next = r.next;
  if (r.next < 0) line.tail = r.previous;
  else (requests[r.next] as Request).previous = r.previous;
  line.length--;
}
