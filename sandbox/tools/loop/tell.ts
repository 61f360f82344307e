import type { LoggedEvent } from '../../kernel/index.ts';
import type { CommandIO, Words } from '../../machine/index.ts';
import { stages } from '../../world/loop/index.ts';
import { duration, things, words } from './words.ts';

/** The prediction that a run puts to the test: the last one saved for its card, when it is that card's first run. */
export function predictionOf(log: readonly LoggedEvent[], run: string, card: string): string | undefined {
  const first = log.find((entry) => entry.type === 'RunStarted' && entry.card === card);
  if (first?.type !== 'RunStarted' || first.run !== run) return undefined;
  const saved = log.findLast((entry) => entry.type === 'PredictionSaved' && entry.card === card);
  return saved?.type === 'PredictionSaved' ? saved.prediction : undefined;
}

/** What the events of one run say, a line a stage, and how the prediction compares with it. */
export function tell(
  events: readonly LoggedEvent[],
  { isTerminal, machine: { language } }: CommandIO,
  remark: Words | undefined,
  prediction: string | undefined,
): string {
  const paint = (code: number, text: string): string => (isTerminal ? `\x1b[${code}m${text}\x1b[0m` : text);
  const label = (stage: string, minutes: number): string =>
    `${(stages as readonly string[]).indexOf(stage) + 1}  ${stage.padEnd(8)} ${duration(minutes).padStart(11)}  `;
  const lines: string[] = [];
  for (const event of events) {
    if (event.type === 'RunStarted') {
      lines.push(words.runHead(event.run, event.card)[language]);
      if (remark !== undefined) lines.push(`  ·  ${remark[language]}`);
    }
    if (event.type === 'StageEnded') {
      const what = things[event.handedOver]?.[language] ?? event.handedOver;
      lines.push(`${paint(32, '  ✓')}  ${label(event.stage, event.minutes)}${words.hands[language]} ${what}`);
    }
    if (event.type === 'StageStopped') {
      lines.push(
        `${paint(31, '  ✗')}  ${label(event.stage, event.minutes)}${paint(31, words.stopped(event.reason)[language])}`,
        `  ↩  ${words.back(event.reason)[language]}`,
      );
    }
    if (event.type === 'RunEnded') {
      lines.push(words.arrived(duration(event.leadTimeMinutes), event.stops)[language]);
    }
  }
  if (prediction !== undefined) lines.push(words.predicted(prediction, firstStop(events))[language]);
  return `${lines.join('\n')}\n`;
}

function firstStop(events: readonly LoggedEvent[]): string {
  const stop = events.find(({ type }) => type === 'StageStopped');
  return stop?.type === 'StageStopped' ? stop.stage : 'none';
}
