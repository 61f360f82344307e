// What the checks of this day ask of a day that was lived through with the learner's rules.
import { beside, type Check, type Desk, type WatchedDay, type Words } from '../../sandbox/checks/index.ts';

export const MINUTE = 60_000;
export const both = (es: string, en: string): Words => ({ es, en });
export const same = (text: string): Words => ({ es: text, en: text });
/** Ten in the morning, when the provider of `slow-payment` becomes slow. */
export const TEN = Date.UTC(2026, 2, 4, 10);
/** When 1.2.0 is deployed on `bad-deploy`: it answers its first request 46 s later. */
export const ELEVEN = Date.UTC(2026, 2, 9, 11);

/** `10:04:02`, and `10:04` of a whole minute. */
export const clock = (at: number): string => new Date(at).toISOString().slice(11, 19).replace(/:00$/, '');

type Request = Parameters<Desk['replayDay']>[0];

/** The moments by which the days with harm have shown it, on 20 seeds half an hour before at the latest: what comes after is not judged. */
export const judgedUntil: Partial<Readonly<Record<Request['day'], number>>> = {
  'slow-payment': Date.UTC(2026, 2, 4, 10, 35),
  'friday-1700': Date.UTC(2026, 2, 6, 15, 45),
  'unseen-saturday': Date.UTC(2026, 2, 7, 9),
  'bad-deploy': Date.UTC(2026, 2, 9, 12),
};

const files = {
  rules: 'monitoring/alerts.yaml',
  alertmanager: 'monitoring/alertmanager.yml',
  notify: 'monitoring/notify.yaml',
} as const;

/** A goal that is not the first of its step: when one of the files cannot be read, the first one tells why. */
export const besideTheFiles = <One extends Check>(check: One): One =>
  Object.values(files).reduce((one, file) => beside(file, { found: both('no se puede', 'it cannot') }, one), check);

/** A day with all that the learner has written. */
export function watched(desk: Desk, day: Request['day'], seed = '1'): WatchedDay {
  const until = judgedUntil[day];
  return desk.replayDay({
    day,
    seed,
    ...(until !== undefined && { until }),
    ...files,
  });
}

/** To whom it was told that something fires, in whatever words, and when: ms since 1970, in order. */
export function firingTold({ timeline }: WatchedDay): readonly { readonly at: number; readonly to: string }[] {
  return timeline.filter((event) => event.kind === 'notification').filter(({ status }) => status === 'firing');
}

/** When #operations was told so. */
export const toldAt = (day: WatchedDay): readonly number[] =>
  firingTold(day).flatMap(({ at, to }) => (to === '#operations' ? [at] : []));

/** A stretch of a day in which buyers were harmed. */
export interface Harm {
  readonly from: number;
  readonly to: number;
}

/** The first stretch of at least five minutes in which, each minute, p95 was over 2 s or 5 % failed. */
export function firstHarm({ replay: { minutes } }: WatchedDay): Harm | undefined {
  const isBad = minutes.map(({ asked, failed, p95 }) => asked > 0 && (p95 > 2000 || failed / asked > 0.05));
  const first = isBad.findIndex((_, index) => isBad.slice(index, index + 5).filter(Boolean).length === 5);
  if (first < 0) return undefined;
  let last = first;
  for (let index = first; index < Math.min(isBad.length, first + 600); index++) if (isBad[index]) last = index;
  const at = (index: number): number => minutes[index]?.at ?? 0;
  return { from: at(first), to: at(last) + MINUTE };
}

export function firstCall({ replay: { events } }: WatchedDay): number | undefined {
  return events.find(({ type }) => type === 'SupportCalled')?.at;
}
