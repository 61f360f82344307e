// What the checks of this day share: the company's days lived through with a rule, and figures as each language writes them.
import type { Desk, Words } from '../../sandbox/checks/index.ts';

export const goal = (es: string, en: string): Words => ({ es, en });

export const RULES = 'capacity.yaml';

export type Day = 'friday-1700' | 'unseen-saturday' | 'unseen-sunday';

export interface Outcome {
  readonly inTime: number;
  readonly calls: number;
  readonly cost: number;
}

export function live(desk: Desk, day: Day, seed: string, capacity = RULES): Outcome {
  const { summary } = desk.replayDay({ day, seed, capacity }).replay;
  return { inTime: summary.minutesInTime, calls: summary.supportCalls, cost: summary.cost };
}

/** A figure as each language writes it. */
export const figure = (value: number, digits: number): Words =>
  goal(value.toFixed(digits).replace('.', ','), value.toFixed(digits));

/** As `prodsim` tells it: downwards, so that what does not reach a goal never looks as if it did. */
export function percent(share: number): Words {
  const { es, en } = figure(Math.floor(share * 10_000) / 100, 2);
  return goal(`${es} %`, `${en} %`);
}

export const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
