// What the log says of the runs, in the terms in which the checks of this day ask.
import type { LoggedEvent, Words } from '../../sandbox/checks/index.ts';

export const stages = ['plan', 'code', 'build', 'test', 'release', 'deploy', 'operate', 'monitor'];

export interface EndedRun {
  readonly name: string;
  readonly card: string;
  readonly stops: number;
  readonly leadTimeMinutes: number;
  readonly result: string;
  readonly firstStop: { readonly stage: string; readonly reason: string } | undefined;
}

type Ended = Extract<LoggedEvent, { type: 'StageEnded' }>;

/** The last run of a card that ended, or undefined. */
export function lastRunOf(log: readonly LoggedEvent[], card: string): EndedRun | undefined {
  const ended = log.findLast((entry) => entry.type === 'RunEnded' && entry.card === card);
  if (ended?.type !== 'RunEnded') return undefined;
  const { run: name, stops, leadTimeMinutes, result } = ended;
  const stop = log.find((entry) => entry.type === 'StageStopped' && entry.run === name);
  return { name, card, stops, leadTimeMinutes, result, firstStop: stop?.type === 'StageStopped' ? stop : undefined };
}

/** What each stage of a run ended with, in the order in which they ended. */
export function endedStages(log: readonly LoggedEvent[], run: string): readonly Ended[] {
  return log.flatMap((entry) => (entry.type === 'StageEnded' && entry.run === run ? [entry] : []));
}

/** Whether the stages of a run began in the loop's order and each received what the one before had handed over. */
export function isWhole(log: readonly LoggedEvent[], run: string): boolean {
  const ended = endedStages(log, run);
  const received = log.flatMap((entry) => (entry.type === 'StageStarted' && entry.run === run ? [entry.received] : []));
  return (
    ended.map(({ stage }) => stage).join() === stages.join() &&
    ended.every(({ handedOver }, index) => handedOver !== '' && [handedOver, undefined].includes(received[index + 1]))
  );
}

/** Cards that were run, with a prediction saved before their first run or without; and those with a prediction that were never run. */
export function predictions(log: readonly LoggedEvent[]): {
  readonly before: readonly string[];
  readonly without: readonly string[];
  readonly waiting: readonly string[];
} {
  const before: string[] = [];
  const without: string[] = [];
  const saved = new Set<string>();
  for (const entry of log) {
    if (entry.type === 'PredictionSaved') saved.add(entry.card);
    if (entry.type !== 'RunStarted' || before.includes(entry.card) || without.includes(entry.card)) continue;
    (saved.has(entry.card) ? before : without).push(entry.card);
  }
  return { before, without, waiting: [...saved].filter((card) => !before.includes(card) && !without.includes(card)) };
}

/** What the plan said of its card when a run began. */
export function planOf(
  log: readonly LoggedEvent[],
  run: string,
): { readonly askedBy: string; readonly services: readonly string[] } {
  const read = log.find((entry) => entry.type === 'PlanRead' && entry.run === run);
  if (read?.type !== 'PlanRead') return { askedBy: '', services: [] };
  return { askedBy: read.askedBy, services: read.services === '' ? [] : read.services.split(',') };
}

/** Minutes as days and hours: `1 d 4 h`. */
export function long(minutes: number): string {
  return `${Math.floor(minutes / 1440)} d ${Math.floor((minutes % 1440) / 60)} h`;
}

export const same = (text: string): Words => ({ es: text, en: text });
