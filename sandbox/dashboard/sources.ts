// Where a dashboard looks, and what has been worked out of it already.
import type { Machine, Words } from '../machine/index.ts';
import { labelsOfLog, readRun, runDay, type WatchedDay } from '../monitoring/index.ts';
import { labelsOfLine, type Production, type ProgramSurroundings } from '../platform/index.ts';
import type { Store } from '../telemetry/index.ts';
import type { LogStream } from '../telemetry/logs/index.ts';
import { mergeTimelines, type TimelineEvent } from '../telemetry/timeline/index.ts';
import { companyDays } from '../world/index.ts';
import { liveEvents, troubleOf } from './events.ts';
import { createStreams, type Streams } from './logs.ts';

/** Production as it lives, or the text of a simulated day's `run.json`. */
export type SourceName = 'live' | { readonly run: string };

export interface Source {
  readonly kind: 'live' | 'simulated';
  readonly store: Store;
  readonly logs: readonly LogStream[];
  /** All that is known, in order of time. */
  readonly events: readonly TimelineEvent[];
  /** The first and the last moment of which anything is known, ms since 1970. */
  readonly from: number;
  readonly until: number;
}

export type FoundSource =
  | { readonly ok: true; readonly source: Source }
  | { readonly ok: false; readonly message: Words };

export interface Sources {
  find(name: SourceName, machine: Machine): Promise<FoundSource>;
}

export function createSources(production: Production, surroundings: ProgramSurroundings): Sources {
  const followed = new WeakMap<object, Streams & { taken: number }>();
  const days = new WeakMap<WatchedDay, Source>();

  async function live(machine: Machine): Promise<FoundSource> {
    const found = await production.look(machine);
    const prometheus = await production.prometheus(machine);
    if (found === undefined || prometheus === undefined) return { ok: false, message: words.noProduction };
    const logs = followed.get(found) ?? { ...createStreams(), taken: 0 };
    followed.set(found, logs);
    for (const line of found.logs.slice(logs.taken)) logs.add(labelsOfLine(line), { at: line.at, line: line.line });
    logs.taken = found.logs.length;
    const events = liveEvents(machine.kernel.log.entries());
    const until = found.kernel.now();
    const from = Math.min(until, ...events.slice(0, 1).map(({ at }) => at));
    return { ok: true, source: { kind: 'live', store: prometheus.store, logs: logs.streams, events, from, until } };
  }

  async function simulated(text: string): Promise<FoundSource> {
    const document = readRun(text);
    if (document === undefined) return { ok: false, message: words.noRun };
    const answer = await runDay(document, surroundings);
    if (!answer.ok) {
      const told = (language: 'es' | 'en'): string =>
        answer.problems
          .map(
            ({ file, line, column, message }) =>
              `${[file, line, column].filter(Boolean).join(':')}: ${message[language]}`,
          )
          .join('\n');
      return { ok: false, message: { es: told('es'), en: told('en') } };
    }
    const source = days.get(answer.day) ?? sourceOf(answer.day);
    days.set(answer.day, source);
    return { ok: true, source };
  }

  return { find: async (name, machine) => (name === 'live' ? live(machine) : simulated(name.run)) };
}

function sourceOf({ store, timeline, replay, logs: lines }: WatchedDay): Source {
  const { start: from, length } = companyDays[replay.day];
  const logs = createStreams();
  for (const line of lines) logs.add(labelsOfLog(line, replay.day), { at: line.at, line: line.line });
  const events = mergeTimelines(timeline, replay.events.flatMap(troubleOf));
  return { kind: 'simulated', store, logs: logs.streams, events, from, until: from + length };
}

const words = {
  noProduction: {
    es: 'Aquí no hay producción que mirar: este día no la tiene, o su escenario no se puede leer.',
    en: 'There is no production to look at here: this day has none, or its scenario cannot be read.',
  },
  noRun: {
    es: 'run.json no describe ningún día: se espera un objeto JSON con day y seed. Vuelve a ejecutar prodsim run.',
    en: 'run.json describes no day: expected a JSON object with day and seed. Run prodsim run again.',
  },
} as const satisfies Record<string, Words>;
