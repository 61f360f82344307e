// Which stretch of time the charts show. Pure.

/** Ms; `all` is a whole simulated day. */
export type Width = number | 'all';

export const widths: readonly number[] = [15 * 60_000, 3_600_000, 6 * 3_600_000, 24 * 3_600_000];

export interface Span {
  /** The first moment with a value; the others follow in steps, up to `end`, which is the cursor. */
  readonly start: number;
  readonly end: number;
  readonly step: number;
  /** What the axis of time shows. */
  readonly axis: readonly [number, number];
}

const SCRAPE = 15_000;
const POINTS = 240;

/** @param cursor the moment that is now. @param known the first and the last moment of which anything is known. */
export function spanOf(width: Width, cursor: number, known: { readonly from: number; readonly until: number }): Span {
  const length = width === 'all' ? known.until - known.from : width;
  const step = Math.max(SCRAPE, Math.ceil(length / POINTS / SCRAPE) * SCRAPE);
  // On a grid of its own, so that values do not move when time does.
  const onGrid = (at: number): number => Math.ceil(at / step) * step;
  if (width === 'all')
    return { start: Math.min(cursor, onGrid(known.from)), end: cursor, step, axis: [known.from, known.until] };
  return { start: onGrid(cursor - length), end: cursor, step, axis: [cursor - length, cursor] };
}

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Thursday was 1 January 1970. */
const FRIDAY = 1;

/** The next Friday at 17:00 after a moment. */
export function nextFriday(after: number): number {
  const day = Math.floor(after / DAY);
  const ahead = (FRIDAY - (day % 7) + 7) % 7;
  const at = (day + ahead) * DAY + 17 * HOUR;
  return at > after ? at : at + 7 * DAY;
}
