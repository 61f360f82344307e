import { calendarTime } from '../time/calendar.ts';
import type { OnCallSchedule } from './schedule.ts';

/** The role that answers for a rotation at a moment; undefined before its start. Of several overrides the last one counts. */
export function onCallAt({ rotations, overrides }: OnCallSchedule, name: string, at: number): string | undefined {
  const override = overrides.findLast(({ rotation, from, to }) => rotation === name && at >= from && at < to);
  if (override !== undefined) return override.role;
  const rotation = rotations.find((one) => one.name === name);
  if (rotation === undefined || at < rotation.start) return undefined;
  return rotation.roles[Math.floor((at - rotation.start) / rotation.length) % rotation.roles.length];
}

/** Something that somebody was called for. Times in ms since 1970. */
export interface PagedIncident {
  readonly id: number;
  readonly openedAt: number;
  readonly acknowledgedAt?: number;
  readonly acknowledgedBy?: string;
  readonly resolvedAt?: number;
}

/** One call: a role's pager rings. `step` counts from 1 and goes on over repetitions. */
export interface Page {
  readonly at: number;
  readonly incident: number;
  readonly role: string;
  readonly rotation: string;
  readonly step: number;
}

/**
 * The pages of an incident up to a moment (inclusive): the first step at once, each further one when its predecessor's wait has
 * passed and the incident is neither acknowledged nor over. A role that is on call in two rotations of a step is paged once.
 */
export function pagesOf(schedule: OnCallSchedule, incident: PagedIncident, until: number): readonly Page[] {
  const stop = Math.min(
    incident.acknowledgedAt ?? Number.POSITIVE_INFINITY,
    incident.resolvedAt ?? Number.POSITIVE_INFINITY,
  );
  const pages: Page[] = [];
  let at = incident.openedAt;
  for (let turn = 0; turn <= schedule.repeat; turn++) {
    for (const [index, { notify, wait }] of schedule.escalation.entries()) {
      const isFirst = turn === 0 && index === 0;
      if (at > until || (at >= stop && !isFirst)) return pages;
      const step = turn * schedule.escalation.length + index + 1;
      const rung = new Set<string>();
      for (const rotation of notify) {
        const role = onCallAt(schedule, rotation, at);
        if (role === undefined || rung.has(role)) continue;
        rung.add(role);
        pages.push({ at, incident: incident.id, role, rotation, step });
      }
      at += wait;
    }
  }
  return pages;
}

/** What being on call cost a role over a period. */
export interface OnCallLoad {
  readonly role: string;
  /** Hours on call in any rotation, each hour counted once. */
  readonly hours: number;
  readonly pages: number;
  /** Pages between 22:00 and 07:00 UTC. */
  readonly nightPages: number;
}

/** The load of every role of the schedule in from ≤ t < to, sorted by role. */
export function loadOf(
  schedule: OnCallSchedule,
  pages: readonly Page[],
  from: number,
  to: number,
): readonly OnCallLoad[] {
  const roles = new Set([
    ...schedule.rotations.flatMap((one) => one.roles),
    ...schedule.overrides.map(({ role }) => role),
  ]);
  const edges = [from, ...changesOf(schedule, from, to), to];
  return [...roles].sort().map((role) => {
    let ms = 0;
    for (const [index, start] of edges.entries()) {
      const end = edges[index + 1];
      if (end === undefined) break;
      if (schedule.rotations.some(({ name }) => onCallAt(schedule, name, start) === role)) ms += end - start;
    }
    const own = pages.filter((page) => page.role === role && page.at >= from && page.at < to);
    const nightPages = own.filter(({ at }) => isNight(at)).length;
    return { role, hours: ms / 3_600_000, pages: own.length, nightPages };
  });
}

/** The moments within a period at which somebody else takes over, in order. */
function changesOf({ rotations, overrides }: OnCallSchedule, from: number, to: number): readonly number[] {
  const moments = new Set(overrides.flatMap((one) => [one.from, one.to]));
  for (const { start, length } of rotations) {
    const first = start + Math.max(0, Math.ceil((from - start) / length)) * length;
    for (let at = first; at < to; at += length) moments.add(at);
  }
  return [...moments].filter((at) => at > from && at < to).sort((a, b) => a - b);
}

function isNight(at: number): boolean {
  const { minute } = calendarTime(at);
  return minute >= 22 * 60 || minute < 7 * 60;
}
