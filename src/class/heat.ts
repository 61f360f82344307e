// How far each learner of a class is, from their exported files. Pure.

import type { DayOutline, Goal } from '../lesson/outline.ts';
import type { ProgressEvent } from '../progress/contract.ts';
import { foldDays } from '../progress/fold.ts';

export interface Learner {
  /** Name of the file: what the teacher knows them by. */
  readonly name: string;
  readonly records: readonly { readonly at: number; readonly event: ProgressEvent }[];
}

export interface HeatRow {
  readonly name: string;
  /** Day id → how many of its steps are passed. */
  readonly steps: Readonly<Record<string, number>>;
  /** Where they stand: the first check not reached of the day that they touched last; undefined when that day is done. */
  readonly next: { readonly day: string; readonly check: Goal } | undefined;
}

export interface Heat {
  readonly rows: readonly HeatRow[];
  /** Checks at which most stand, with how many do. */
  readonly stuck: readonly { readonly check: Goal; readonly learners: number }[];
}

export function heatOf(learners: readonly Learner[], days: readonly DayOutline[]): Heat {
  const rows = learners.map((learner) => rowOf(learner, days));
  const counts = new Map<string, { check: Goal; learners: number }>();
  for (const { next } of rows) {
    if (next === undefined) continue;
    const known = counts.get(next.check.id) ?? { check: next.check, learners: 0 };
    counts.set(next.check.id, { ...known, learners: known.learners + 1 });
  }
  const stuck = [...counts.values()].sort((a, b) => b.learners - a.learners || (a.check.id < b.check.id ? -1 : 1));
  return { rows, stuck };
}

function rowOf({ name, records }: Learner, days: readonly DayOutline[]): HeatRow {
  const progress = new Map(Object.entries(foldDays(records)));
  const steps = Object.fromEntries(
    days.map(({ id, steps: all }) => [id, all.filter((step) => progress.get(id)?.steps.includes(step.id)).length]),
  );
  const touched = days
    .filter(({ id }) => progress.has(id))
    .toSorted((a, b) => (progress.get(b.id)?.at ?? 0) - (progress.get(a.id)?.at ?? 0))[0];
  const reached = touched && progress.get(touched.id);
  const isOpen = reached !== undefined && reached.state !== 'done' && reached.state !== 'learned';
  const check = isOpen
    ? touched?.steps.flatMap(({ checks }) => checks).find(({ id }) => !reached.checks.includes(id))
    : undefined;
  return { name, steps, next: touched && check && { day: touched.id, check } };
}
