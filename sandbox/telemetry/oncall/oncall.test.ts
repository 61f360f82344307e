import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadOf, type OnCallSchedule, onCallAt, pagesOf, readSchedule } from './index.ts';

const M = 60_000;
const H = 60 * M;
const DAY = 24 * H;
const START = Date.UTC(2026, 2, 2, 9);

const file = `
rotations:
- name: primary
  start: 2026-03-02T09:00:00Z
  length: 7d
  roles: [dev-booking, dev-web]
- name: secondary
  start: 2026-03-02T09:00:00Z
  length: 7d
  roles: [operations]
overrides:
- { rotation: primary, from: 2026-03-04T09:00:00Z, to: 2026-03-05T09:00:00Z, role: quality }
escalation:
- { notify: [primary], wait: 5m }
- { notify: [primary, secondary], wait: 15m }
repeat: 1
`;

function schedule(text = file): OnCallSchedule {
  const answer = readSchedule(text);
  if (!answer.ok) throw new Error(answer.problem.en);
  return answer.schedule;
}

describe('a rota', () => {
  test('hands over at the end of each turn, and an override goes before it', () => {
    const who = [-1, 0, 2 * DAY, 3 * DAY, 7 * DAY, 14 * DAY].map((after) =>
      onCallAt(schedule(), 'primary', START + after),
    );
    expect(who).toEqual([undefined, 'dev-booking', 'quality', 'dev-booking', 'dev-web', 'dev-booking']);
  });

  test('has somebody on call at every moment from its start on', () => {
    fc.assert(
      fc.property(fc.nat(400 * DAY), (after) => {
        expect(onCallAt(schedule(), 'primary', START + after)).toMatch(/^(?:dev-booking|dev-web|quality)$/);
      }),
    );
  });
});

describe('a page', () => {
  const steps = (incident: object, until = DAY) =>
    pagesOf(schedule(), { id: 1, openedAt: START, ...incident }, START + until).map(
      ({ at, role, step }) => `${(at - START) / M} ${step} ${role}`,
    );

  test('climbs step by step when nobody answers, and begins again as often as the file says', () => {
    expect(steps({})).toEqual([
      '0 1 dev-booking',
      '5 2 dev-booking',
      '5 2 operations',
      '20 3 dev-booking',
      '25 4 dev-booking',
      '25 4 operations',
    ]);
  });

  test('stops when somebody acknowledges or when it is over, and has always rung once', () => {
    expect(steps({ acknowledgedAt: START + 4 * M })).toEqual(['0 1 dev-booking']);
    expect(steps({ acknowledgedAt: START + 5 * M })).toEqual(['0 1 dev-booking']);
    expect(steps({ resolvedAt: START + 6 * M })).toEqual(['0 1 dev-booking', '5 2 dev-booking', '5 2 operations']);
    expect(steps({ resolvedAt: START })).toEqual(['0 1 dev-booking']);
  });

  test('up to a moment is the beginning of what it is later', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), (a, b) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)];
        expect(steps({}, late * M).slice(0, steps({}, early * M).length)).toEqual(steps({}, early * M));
      }),
    );
  });

  test('goes to nobody before the rota has begun', () => {
    expect(pagesOf(schedule(), { id: 1, openedAt: START - DAY }, START - DAY)).toEqual([]);
  });
});

describe('the load', () => {
  test('adds up hours, pages and those at night by role', () => {
    const night = START + 14 * H;
    const pages = [...pagesOf(schedule(), { id: 1, openedAt: START, acknowledgedAt: START + M }, START + DAY)].concat(
      pagesOf(schedule(), { id: 2, openedAt: night, acknowledgedAt: night + 6 * M }, night + H),
    );
    expect(loadOf(schedule(), pages, START, START + 7 * DAY)).toEqual([
      { role: 'dev-booking', hours: 144, pages: 3, nightPages: 2 },
      { role: 'dev-web', hours: 0, pages: 0, nightPages: 0 },
      { role: 'operations', hours: 168, pages: 1, nightPages: 1 },
      { role: 'quality', hours: 24, pages: 0, nightPages: 0 },
    ]);
  });
});

test.each([
  ['rotations: []', 1, 'has to be a list'],
  [file.replace('7d', '7'), 5, 'has to be a duration of at least 1h, like 15m or 7d; it says "7"'],
  [file.replace('[primary]', '[nights]'), 14, 'there is no rotation "nights"'],
  [file.replace('repeat: 1', 'repeat: -1'), 16, 'a number from 0 to 10'],
  [file.replace('length', 'lenght'), 5, 'there is no "lenght" in rotations'],
  [file.replace('2026-03-05', '2026-03-03'), 12, 'a time after "from"'],
  [file.replace('2026-03-02T09:00:00Z', 'monday'), 4, 'it says "monday"'],
])('a wrong schedule is told with its line and what was expected (%#)', (text, line, part) => {
  const answer = readSchedule(text);
  expect(answer.ok ? '' : answer.problem.en).toContain(part);
  expect(answer.ok ? 0 : answer.problem.line).toBe(line);
});
