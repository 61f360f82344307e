// Simulated days side by side, to the same horizon.
import type { Words } from '../machine/index.ts';
import { readRun, runDay, type WatchedDay } from '../monitoring/index.ts';
import type { Live, ProgramSurroundings } from '../platform/index.ts';
import { query } from '../telemetry/index.ts';
import { companyDays, type Minute } from '../world/index.ts';

export interface CompareRequest {
  /** Texts of `run.json`. */
  readonly runs: readonly string[];
  /** Ms from the beginning of each day up to where they are compared. */
  readonly horizon: number;
}

export interface RunFigures {
  readonly asked: number;
  readonly failed: number;
  /** Seconds, of all answers of the shop since the day began, as `histogram_quantile` has it; absent without any. */
  readonly p95?: number;
  /** Absent where it is not measured: of production as it lives. */
  readonly cost?: number;
  readonly calls?: number;
  /** Ms of the longest row of bad minutes: how long it took until buyers were served well again. */
  readonly restore: number;
  /** Whether that row still goes on at the horizon. */
  readonly isOpen: boolean;
}

/** A stretch of production as it lives: ms since 1970, up to before `until`. */
export interface FiguresRequest {
  readonly from: number;
  readonly until: number;
}

export type Compared =
  | { readonly ok: true; readonly figures: readonly RunFigures[] }
  | { readonly ok: false; readonly message: string };

const MINUTE = 60_000;
const MOST_RUNS = 4;
/** Two weeks, ms. */
const LONGEST = 14 * 86_400_000;
/** A minute is bad when its p95 is this many ms or more, or more than this share of its requests failed. */
export const BAD = { p95: 800, failed: 0.01 } as const;

export async function compareRuns(
  { runs, horizon }: CompareRequest,
  surroundings: ProgramSurroundings,
): Promise<Compared> {
  const figures: RunFigures[] = [];
  for (const text of runs.slice(0, MOST_RUNS)) {
    const document = readRun(text);
    const answer = document && (await runDay(document, surroundings));
    if (answer?.ok !== true) return { ok: false, message: noRun[surroundings.language] };
    figures.push(figuresOf(answer.day, horizon));
  }
  return { ok: true, figures };
}

/** What became of the buyers of a stretch. Minutes are counted from its beginning; requests that still wait are not judged. */
export function figuresOfLive({ ledger }: Pick<Live, 'ledger'>, { from, until }: FiguresRequest): RunFigures {
  const judged = (since: number, before: number): Pick<Minute, 'asked' | 'failed' | 'p95'> => {
    const { served, failed, dropped } = ledger.counts(since, before);
    const p95 = ledger.percentile(0.95, since, before) ?? 0;
    return { asked: served + failed + dropped, failed: failed + dropped, p95 };
  };
  const end = Math.min(until, from + LONGEST);
  const minutes = Array.from({ length: Math.max(0, Math.ceil((end - from) / MINUTE)) }, (_, index) =>
    judged(from + index * MINUTE, Math.min(end, from + (index + 1) * MINUTE)),
  );
  const { asked, failed, p95 } = judged(from, end);
  return { asked, failed, ...(asked > 0 && { p95: p95 / 1000 }), ...restoreOf(minutes) };
}

function figuresOf({ replay, store }: WatchedDay, horizon: number): RunFigures {
  const { start } = companyDays[replay.day];
  const minutes = replay.minutes.filter(({ at }) => at + MINUTE <= start + horizon);
  const sum = (of: (minute: Minute) => number): number => minutes.reduce((all, minute) => all + of(minute), 0);
  const p95 = percentileAt(store, start + horizon);
  return {
    asked: sum(({ asked }) => asked),
    failed: sum(({ failed }) => failed),
    ...(p95 !== undefined && { p95 }),
    cost: sum(({ cost }) => cost),
    calls: sum(({ support }) => support),
    ...restoreOf(minutes),
  };
}

function percentileAt(store: WatchedDay['store'], at: number): number | undefined {
  const expression = 'histogram_quantile(0.95, sum by (le) (lb_request_duration_seconds_bucket{service="seats"}))';
  const answer = query(store, expression, at);
  const value = answer.ok && answer.value.type === 'vector' ? answer.value.samples[0]?.value : undefined;
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

/** The longest row of bad minutes, and whether it is the last one and has not ended. */
export function restoreOf(
  minutes: readonly Pick<Minute, 'asked' | 'failed' | 'p95'>[],
): Pick<RunFigures, 'restore' | 'isOpen'> {
  let [longest, row, isOpen] = [0, 0, false];
  for (const { asked, failed, p95 } of minutes) {
    const isBad = asked > 0 && (p95 >= BAD.p95 || failed > BAD.failed * asked);
    // A minute without anybody says nothing: a row neither grows nor ends there.
    if (asked === 0) continue;
    row = isBad ? row + 1 : 0;
    if (!isBad) isOpen = false;
    else if (row >= longest) [longest, isOpen] = [row, true];
  }
  return { restore: longest * MINUTE, isOpen };
}

const noRun: Words = {
  es: 'Uno de los días no se puede volver a vivir: su run.json está estropeado.',
  en: 'One of the days cannot be lived through again: its run.json is spoilt.',
};
