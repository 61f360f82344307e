// When a `schedule` is due. Five fields of POSIX cron in UTC, with names and steps ("Events that trigger workflows", schedule).
import { formatTime } from '../../machine/index.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const names: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
    ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  ].flatMap((list) => list.map((name, index) => [name, index] as const)),
);

const ranges = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

/** The moments after `from` and up to `to`, ms since 1970, oldest first; at most the last `limit` of them. */
export function dueBetween(cron: string, from: number, to: number, limit: number): readonly number[] {
  const schedule = parse(cron);
  if (schedule === undefined) return [];
  const { onDay, minutes, hours } = schedule;
  const due: number[] = [];
  for (let day = Math.floor(to / DAY) * DAY; day > from - DAY && due.length < limit; day -= DAY) {
    if (!onDay(day)) continue;
    for (let minute = DAY / MINUTE - 1; minute >= 0 && due.length < limit; minute--) {
      const at = day + minute * MINUTE;
      if (at > from && at <= to && minutes.has(minute % 60) && hours.has(Math.floor(minute / 60))) due.unshift(at);
    }
  }
  return due;
}

interface Schedule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  /** Whether it holds on the day of a moment. */
  onDay(at: number): boolean;
}

/** Undefined when the text is no schedule: the parser of workflows has said so already. */
function parse(cron: string): Schedule | undefined {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== 5) return undefined;
  const sets = fields.map((field, index) => valuesOf(field, ranges[index] ?? [0, 0]));
  const [minutes, hours, days, months, weekdays] = sets;
  if (!(minutes && hours && days && months && weekdays)) return undefined;
  // A day counts by either field where both are restricted.
  const isEither = !fields[2]?.startsWith('*') && !fields[4]?.startsWith('*');
  return {
    minutes,
    hours,
    onDay(at) {
      const [day = 0, month = 0, weekday = 0] = formatTime('%d %m %w', at).split(' ').map(Number);
      const isDay = days.has(day);
      const isWeekday = weekdays.has(weekday) || (weekday === 0 && weekdays.has(7));
      return months.has(month) && (isEither ? isDay || isWeekday : isDay && isWeekday);
    },
  };
}

function valuesOf(field: string, [low, high]: readonly [number, number]): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  for (const part of field.toLowerCase().split(',')) {
    const [, span = '', start, end, step = '1'] = /^(\*|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part) ?? [];
    const first = span === '*' ? low : numberOf(start);
    const hasStepOnly = end === undefined && part.includes('/');
    const last = span === '*' || hasStepOnly ? high : end === undefined ? first : numberOf(end);
    if (!(first >= low && last <= high && first <= last && Number(step) > 0)) return undefined;
    for (let value = first; value <= last; value += Number(step)) values.add(value);
  }
  return values;
}

function numberOf(text = ''): number {
  return names[text] ?? (/^\d+$/.test(text) ? Number(text) : Number.NaN);
}
