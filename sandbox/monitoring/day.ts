// A day of the company as its monitoring saw it: samples, rules, alerts, messages and logs.
import type { SampledProgram } from '../platform/index.ts';
import { type Alert, copyStore, createStore, type RuleGroup, recordOf, type Store } from '../telemetry/index.ts';
import type { Message } from '../telemetry/messages/index.ts';
import {
  type AlertChange,
  type Arrival,
  alertingPaths,
  createWatch,
  type Disk,
  settleAlerting,
  settleNews,
} from '../telemetry/service/index.ts';
import { mergeTimelines, type TimelineEvent } from '../telemetry/timeline/index.ts';
import {
  type Answer,
  type Call,
  type CompanyDay,
  companyDays,
  endOf,
  type Replay,
  type ReplayOptions,
  replayDay,
} from '../world/index.ts';
import { answersOf } from './answers.ts';
import { createFailureLog, type FailureLog, type LogLine } from './logs.ts';
import { createRecorder } from './recorder.ts';
import { worldTimeline } from './timeline.ts';

/** `scrape_interval` of the company, ms. */
const SCRAPE_INTERVAL = 15_000;

export interface WatchedDayOptions extends Pick<ReplayOptions, 'capacity' | 'seed' | 'until'> {
  readonly rules?: readonly RuleGroup[];
  /** Texts of files, each checked by whoever gives them: one that cannot be read is as if it were not there. */
  readonly alertmanager?: string;
  readonly notify?: string;
  readonly oncall?: string;
  /** Answers searches. It has just been started: a day is lived through with it once. */
  readonly program?: SampledProgram;
}

/** An alert that fired. Times in ms since 1970. */
export interface DayAlert {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** When its expression began to hold, and when that had lasted for its `for`. */
  readonly activeAt: number;
  readonly firedAt: number;
  /** Undefined when it still fired at the end. */
  readonly resolvedAt?: number;
}

export interface WatchedDay {
  readonly replay: Replay;
  readonly store: Store;
  /** Alerts that fired, in the order in which they did. */
  readonly alerts: readonly DayAlert[];
  /** Alerts as they were at the end, pending ones too. */
  readonly active: readonly Alert[];
  /** What people were told, in the order of time. */
  readonly messages: readonly Message[];
  readonly timeline: readonly TimelineEvent[];
  readonly logs: readonly LogLine[];
  /** Where a program answered searches: how many it answered, and how many of them really ran it. */
  readonly searches?: SampledProgram['share'];
}

/** A day as it was scraped and logged, before anybody's rules. */
export type ScrapedDay = Pick<WatchedDay, 'replay' | 'store' | 'logs' | 'searches'>;

/** Lives through a day. The same day, capacity, seed and end give the same. */
export function scrapeDay(
  day: CompanyDay,
  { capacity, seed = '1', until, program }: WatchedDayOptions = {},
): ScrapedDay {
  const store = createStore();
  const record = createRecorder(store);
  const log = createFailureLog(seed);
  const replay = replayDay(day, {
    seed,
    ...(until !== undefined && { until }),
    ...(capacity && { capacity }),
    ...(program && { serve: (call: Call) => searchWith(program, call, log) }),
    failed: log.failed,
    watch: { interval: SCRAPE_INTERVAL, look: record },
  });
  return { replay, store, logs: log.lines(), ...(program && { searches: { ...program.share } }) };
}

/**
 * What the program answers to a search. Holds and payments stay the scenario's: each changes what the next one may have, so that no
 * sample stands for the rest.
 */
function searchWith(program: SampledProgram, call: Call, log: FailureLog): Answer | undefined {
  if (call.service !== 'seats' || call.method !== 'GET') return undefined;
  const answer = program.answer({ ...call, kind: call.path });
  if (answer !== undefined && (answer.failed !== undefined || answer.status >= 500)) log.wrote(call, answer.output);
  return answer;
}

/**
 * What rules and routes make of a day. A rule at a moment sees what was scraped until then, so that it may be asked when the day is over:
 * one day, which takes longest, does for any number of rules. What a rule records under the very labels of a scraped series is not added.
 * @param scraped the day with the same capacity, seed and end
 */
export function watchDay(
  day: CompanyDay,
  options: WatchedDayOptions = {},
  scraped: ScrapedDay = scrapeDay(day, options),
): WatchedDay {
  const { replay, logs, searches } = scraped;
  const { start, services } = companyDays[day];
  const end = endOf(day, options.until);
  const store = copyStore(scraped.store);
  const span = { start, end, step: SCRAPE_INTERVAL };
  const known = answersOf(store, options.rules ?? [], span);
  const watch = createWatch(options.rules ?? [], known === undefined ? {} : { known });
  const changes: AlertChange[] = [];
  const arrivals: Arrival[] = [];
  for (let at = start; at <= end; at += SCRAPE_INTERVAL) {
    const { changes: found, arrival } = watch.evaluate(store, at);
    changes.push(...found);
    if (arrival !== undefined) arrivals.push(arrival);
  }
  const deploys = worldTimeline(replay.events, { seats: services.seats.version });
  const told = tell(options, end, arrivals, deploys);
  const timeline = mergeTimelines(
    deploys,
    changes.map(({ at, state, alert: { labels } }) => ({ at, kind: 'alert', state, labels })),
    told.events,
  );
  const alerts = alertsFrom(changes);
  return {
    replay,
    store,
    alerts,
    active: watch.alerts(),
    messages: told.messages,
    timeline,
    logs,
    ...(searches && { searches }),
  };
}

/** Lets an alerting service of the day's own send what is due. */
function tell(
  { alertmanager, notify, oncall }: WatchedDayOptions,
  until: number,
  arrivals: readonly Arrival[],
  deploys: readonly TimelineEvent[],
): { readonly messages: readonly Message[]; readonly events: readonly TimelineEvent[] } {
  const given = { [alertingPaths.config]: alertmanager, [alertingPaths.news]: notify, [alertingPaths.oncall]: oncall };
  const files = new Map(Object.entries(given).flatMap(([path, text]) => (text === undefined ? [] : [[path, text]])));
  const disk: Disk = { read: (path) => files.get(path), write: (path, text) => void files.set(path, text) };
  const news = settleNews(disk, deploys);
  const { messages, events } = settleAlerting(disk, until, arrivals);
  return { messages: [...news, ...messages].sort((a, b) => a.at - b.at), events };
}

function alertsFrom(changes: readonly AlertChange[]): readonly DayAlert[] {
  const fired: DayAlert[] = [];
  const open = new Map<string, number>();
  for (const { at, state, alert } of changes) {
    const key = JSON.stringify(alert.labels);
    if (state === 'firing') {
      open.set(key, fired.length);
      const labels = recordOf(alert.labels);
      fired.push({
        name: labels.alertname ?? '',
        labels,
        annotations: recordOf(alert.annotations),
        activeAt: alert.activeAt,
        firedAt: at,
      });
    } else {
      const index = open.get(key);
      if (index === undefined) continue;
      fired[index] = { ...(fired[index] as DayAlert), resolvedAt: at };
      open.delete(key);
    }
  }
  return fired;
}
