import type { Node } from 'yaml';
import { type CalendarTime, calendarTime, daysInMonth } from '../time/calendar.ts';
import { ConfigProblem } from './problem.ts';
import type { Reader } from './yaml.ts';

/** Both ends belong to it, but the end of a range of minutes. */
type Range = readonly [from: number, to: number];

/** When something holds, in UTC. An absent field holds always; one that is there holds when one of its ranges does. */
export interface TimeInterval {
  /** Minutes of the day. */
  readonly times?: readonly Range[];
  /** 0 is Sunday. */
  readonly weekdays?: readonly Range[];
  /** Negative days count from the month's end. */
  readonly daysOfMonth?: readonly Range[];
  readonly months?: readonly Range[];
  readonly years?: readonly Range[];
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const months = 'january february march april may june july august september october november december'.split(' ');

/** Whether a moment (ms since 1970) lies in an interval. Alertmanager's documentation, `<time_interval_spec>`. */
export function isWithin(interval: TimeInterval, ms: number): boolean {
  const now = calendarTime(ms);
  const within = (ranges: readonly Range[] | undefined, value: number): boolean =>
    ranges === undefined || ranges.some(([from, to]) => value >= from && value <= to);
  return (
    (interval.times === undefined || interval.times.some(([from, to]) => now.minute >= from && now.minute < to)) &&
    (interval.daysOfMonth === undefined || interval.daysOfMonth.some((range) => isDayWithin(range, now))) &&
    within(interval.months, now.month) &&
    within(interval.weekdays, now.weekday) &&
    within(interval.years, now.year)
  );
}

/** A range that begins behind the month's end never holds; one that reaches over an end is cut there. */
function isDayWithin([from, to]: Range, { year, month, day }: CalendarTime): boolean {
  const last = daysInMonth(year, month);
  const fromStart = (one: number): number => (one < 0 ? last + one + 1 : one);
  return fromStart(from) <= last && day >= fromStart(from) && day <= fromStart(to);
}

/** Reads one `<time_interval_spec>`. @throws ConfigProblem */
export function readInterval(reader: Reader, node: Node | null): TimeInterval {
  const found: { -readonly [Field in keyof TimeInterval]: Range[] } = {};
  const each = (type: string, read: (one: Node | null) => Range) => (value: Node | null) => {
    const ranges: Range[] = [];
    reader.list(value, `[]timeinterval.${type}`, (one) => ranges.push(read(one)));
    return ranges;
  };
  reader.struct(node, 'timeinterval.TimeInterval', {
    times: (value) => {
      found.times = each('TimeRange', (one) => readTimes(reader, one))(value);
    },
    weekdays: (value) => {
      found.weekdays = each('WeekdayRange', (one) => readWeekdays(reader.string(one)))(value);
    },
    days_of_month: (value) => {
      found.daysOfMonth = each('DayOfMonthRange', (one) => readDays(reader.string(one)))(value);
    },
    months: (value) => {
      found.months = each('MonthRange', (one) => readMonths(reader.string(one)))(value);
    },
    years: (value) => {
      found.years = each('YearRange', (one) => readYears(reader.string(one)))(value);
    },
    location: (value) => {
      const zone = reader.string(value);
      if (zone !== 'UTC' && zone !== 'Local' && zone !== '')
        throw new ConfigProblem(`location '${zone}' is not part of this sandbox (there is: UTC)`);
    },
  });
  return found;
}

function readTimes(reader: Reader, node: Node | null): Range {
  let [start, end] = ['', ''];
  reader.struct(node, 'timeinterval.yamlTimeRange', {
    start_time: (value) => {
      start = reader.string(value);
    },
    end_time: (value) => {
      end = reader.string(value);
    },
  });
  if (start === '' || end === '') throw new ConfigProblem('both start and end times must be provided');
  const range: Range = [minuteOf(start), minuteOf(end)];
  if (range[0] >= range[1]) throw new ConfigProblem('start time cannot be equal or greater than end time');
  return range;
}

function minuteOf(text: string): number {
  if (!/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text))
    throw new ConfigProblem(`couldn't parse timestamp ${text}, invalid format`);
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

/** `a:b` or `a`, each read by `member`. */
function readRange(text: string, member: (part: string) => number): Range {
  const parts = text.toLowerCase().split(':');
  if (parts.length > 2) throw new ConfigProblem(`couldn't parse range ${text.toLowerCase()}, invalid format`);
  const from = member(parts[0] as string);
  return [from, parts[1] === undefined ? from : member(parts[1])];
}

function readWeekdays(text: string): Range {
  const range = readRange(text, (part) => {
    const day = weekdays.indexOf(part);
    if (day < 0) throw new ConfigProblem(`${part} is not a valid weekday`);
    return day;
  });
  if (range[0] > range[1]) throw new ConfigProblem('start day cannot be before end day');
  return range;
}

function readDays(text: string): Range {
  const range = readRange(text, wholeNumber);
  const [from, to] = range;
  for (const day of range)
    if (day === 0 || Math.abs(day) > 31)
      throw new ConfigProblem(`${day} is not a valid day of the month: out of range`);
  if (from < 0 && to > 0) throw new ConfigProblem('end day must be negative if start day is negative');
  // February is the month in which a range has to make sense.
  const inFebruary = (day: number): number => (day < 0 ? 28 + day : day);
  if (inFebruary(from) > inFebruary(to)) throw new ConfigProblem(`end day ${to} is always before start day ${from}`);
  return range;
}

function readMonths(text: string): Range {
  const range = readRange(text, (part) => {
    const named = months.indexOf(part) + 1;
    if (named === 0 && !/^[+-]?\d{1,9}$/.test(part)) throw new ConfigProblem(`${part} is not a valid month`);
    // As in Alertmanager a month of any number can be written; the thirteenth never comes.
    return named > 0 ? named : Number(part);
  });
  const [from, to] = range;
  if (from > to)
    throw new ConfigProblem(`end month ${months[to - 1] ?? ''} is before start month ${months[from - 1] ?? ''}`);
  return range;
}

function readYears(text: string): Range {
  const range = readRange(text, wholeNumber);
  if (range[0] > range[1]) throw new ConfigProblem(`end year ${range[1]} is before start year ${range[0]}`);
  return range;
}

function wholeNumber(text: string): number {
  if (!/^[+-]?\d{1,9}$/.test(text)) throw new ConfigProblem(`strconv.Atoi: parsing "${text}": invalid syntax`);
  return Number(text);
}
