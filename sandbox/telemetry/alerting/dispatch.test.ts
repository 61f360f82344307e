import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLabels, getLabel, labelsKey } from '../labels.ts';
import type { PostedAlert } from './alert.ts';
import { type AlertingConfig, readAlertingConfig } from './config.ts';
import { advance, nextFlush, receive, reload } from './dispatch.ts';
import { parseMatchers } from './matcher.ts';
import { type AlertmanagerState, emptyAlertmanager, type Notification } from './state.ts';

const S = 1000;
const M = 60 * S;
const H = 60 * M;

function config(text: string): AlertingConfig {
  const answer = readAlertingConfig(text);
  if (!answer.ok) throw new Error(answer.message);
  return answer.config;
}

const receivers = `
receivers:
- name: operations
  webhook_configs: [{ url: 'http://hook/' }]
- name: pager
  webhook_configs: [{ url: 'http://pager/', send_resolved: false }]
`;
const simple = config(`
route: { receiver: operations, group_by: [alertname], group_wait: 30s, group_interval: 5m, repeat_interval: 4h }
${receivers}`);

const labels = (text: string) => createLabels(parseMatchers(text).map(({ name, value }) => [name, value]));
const firing = (text: string, startsAt: number, endsAt = 1e12): PostedAlert => ({
  labels: labels(text),
  annotations: [],
  startsAt,
  endsAt,
});

type Step = { readonly at: number } & (
  | { readonly post: readonly PostedAlert[] }
  | { readonly change: (state: AlertmanagerState) => AlertmanagerState }
);

/** Plays steps in order of time and lets the clock run to `until`. */
function play(settings: AlertingConfig, steps: readonly Step[], until: number, from = emptyAlertmanager) {
  let state = from;
  const notifications: Notification[] = [];
  const run = (to: number): void => {
    const answer = advance(state, settings, to);
    state = answer.state;
    notifications.push(...answer.notifications);
  };
  for (const step of steps) {
    run(step.at);
    state = 'post' in step ? receive(state, settings, step.at, step.post) : step.change(state);
  }
  run(until);
  return { state, notifications };
}

/** `30 firing first A1 A2`: seconds, status, reason and the alerts' ids, resolved ones with a minus. */
function told(notifications: readonly Notification[]): readonly string[] {
  return notifications.map(({ at, status, reason, alerts }) => {
    const ids = alerts.map((alert) => `${alert.status === 'resolved' ? '-' : ''}${getLabel(alert.labels, 'id')}`);
    return `${at / S} ${status} ${reason}: ${ids.join(' ')}`;
  });
}

describe('a group', () => {
  test('waits for group_wait, then tells of everything that has come', () => {
    const { notifications } = play(
      simple,
      [
        { at: 0, post: [firing('alertname=Slow,id=1', 0)] },
        { at: 20 * S, post: [firing('alertname=Slow,id=2', 20 * S)] },
        { at: 20 * S, post: [firing('alertname=Down,id=3', 20 * S)] },
      ],
      2 * M,
    );
    expect(told(notifications)).toEqual(['30 firing first: 1 2', '50 firing first: 3']);
  });

  test('tells of a further alert at the next group_interval, and of nothing where nothing has changed', () => {
    const { notifications } = play(
      simple,
      [
        { at: 0, post: [firing('alertname=Slow,id=1', 0)] },
        { at: 40 * S, post: [firing('alertname=Slow,id=2', 40 * S)] },
      ],
      H,
    );
    expect(told(notifications)).toEqual(['30 firing first: 1', '330 firing new alerts: 1 2']);
  });

  test('repeats itself after repeat_interval', () => {
    const { notifications } = play(simple, [{ at: 0, post: [firing('alertname=Slow,id=1', 0)] }], 9 * H);
    expect(told(notifications)).toEqual([
      '30 firing first: 1',
      `${4 * 3600 + 30} firing repeat: 1`,
      `${8 * 3600 + 30} firing repeat: 1`,
    ]);
  });

  test('is silent about an alert that is over before group_wait', () => {
    const steps = [
      { at: 0, post: [firing('alertname=Slow,id=1', 0)] },
      { at: 20 * S, post: [firing('alertname=Slow,id=1', 0, 20 * S)] },
    ];
    const { notifications, state } = play(simple, steps, H);
    expect(told(notifications)).toEqual([]);
    expect(nextFlush(state)).toBeUndefined();
  });

  test('tells that all is over once, and begins anew when an alert comes back', () => {
    const { notifications } = play(
      simple,
      [
        { at: 0, post: [firing('alertname=Slow,id=1', 0)] },
        { at: M, post: [firing('alertname=Slow,id=1', 0, M)] },
        { at: 10 * M, post: [firing('alertname=Slow,id=1', 10 * M)] },
      ],
      11 * M,
    );
    expect(told(notifications)).toEqual(['30 firing first: 1', '330 resolved all resolved: -1', '630 firing first: 1']);
  });

  test('ends by itself when the sender falls silent: resolve_timeout', () => {
    const posted = [{ labels: labels('alertname=Slow,id=1'), annotations: [] }];
    const { notifications } = play(simple, [{ at: 0, post: posted }], H);
    expect(told(notifications)).toEqual(['30 firing first: 1', '330 resolved all resolved: -1']);
  });

  test('does not tell a receiver of ends that it does not want, but remembers them', () => {
    const quiet = config(`route: { receiver: pager, group_by: [alertname] }${receivers}`);
    const { notifications } = play(
      quiet,
      [
        { at: 0, post: [firing('alertname=Slow,id=1', 0), firing('alertname=Slow,id=2', 0)] },
        { at: M, post: [firing('alertname=Slow,id=1', 0, M), firing('alertname=Slow,id=2', 0, M)] },
        { at: 10 * M, post: [firing('alertname=Slow,id=1', 10 * M)] },
      ],
      H,
    );
    expect(told(notifications)).toEqual(['30 firing first: 1 2', '630 firing first: 1']);
  });

  test('of an alert that is older than group_wait is told at once, as after a reload', () => {
    const state = receive(emptyAlertmanager, simple, 10 * M, [firing('alertname=Slow,id=1', 0)]);
    expect(told(advance(state, simple, 10 * M).notifications)).toEqual(['600 firing first: 1']);
    const waiting = receive(emptyAlertmanager, simple, 0, [firing('alertname=Slow,id=1', 0)]);
    const { notifications } = advance(reload(waiting, simple, 31 * S), simple, 31 * S);
    expect(told(notifications)).toEqual(['31 firing first: 1']);
  });

  test("group_by ['...'] makes a group of each alert, an empty one a single group of all", () => {
    const steps = [{ at: 0, post: ['A', 'B', 'B'].map((name, id) => firing(`alertname=${name},id=${id}`, 0)) }];
    const count = (groupBy: string) =>
      play(config(`route: { receiver: operations, group_by: ${groupBy} }${receivers}`), steps, M).notifications.length;
    expect(["['...']", '[]', '[alertname]'].map(count)).toEqual([3, 1, 2]);
  });
});

describe('muting', () => {
  const steps = [{ at: 0, post: [firing('alertname=Slow,id=1', 0)] }];

  test('a silence holds a message back and lets it through when it ends', () => {
    const silence = {
      id: 's',
      matchers: parseMatchers('alertname=Slow'),
      startsAt: 0,
      endsAt: 6 * M,
      updatedAt: 0,
      createdBy: 'operations',
      comment: 'known',
    };
    const { notifications } = play(simple, steps, H, { ...emptyAlertmanager, silences: [silence] });
    expect(told(notifications)).toEqual(['630 firing first: 1']);
  });

  test('an alert that stands for the cause mutes those that follow from it, where the labels are equal', () => {
    const inhibiting = config(`
route: { receiver: operations, group_by: ['...'] }
inhibit_rules:
- { source_matchers: [alertname=DatabaseDown], target_matchers: ['alertname!=DatabaseDown'], equal: [town] }
${receivers}`);
    const { notifications } = play(
      inhibiting,
      [
        {
          at: 0,
          post: [
            firing('alertname=DatabaseDown,town=oria,id=1', 0, 10 * M),
            firing('alertname=Slow,town=oria,id=2', 0),
            firing('alertname=Slow,town=vado,id=3', 0),
          ],
        },
      ],
      11 * M,
    );
    expect(told(notifications)).toEqual([
      '30 firing first: 1',
      '30 firing first: 3',
      '630 resolved all resolved: -1',
      '630 firing first: 2',
    ]);
  });

  test('an alert that matches both sides does not mute itself or its like', () => {
    const both = config(`
route: { receiver: operations, group_by: ['...'] }
inhibit_rules: [{ source_matchers: [severity=page], target_matchers: ['severity=~".+"'] }]
${receivers}`);
    const post = ['page', 'page', 'ticket'].map((severity, id) => firing(`severity=${severity},id=${id}`, 0));
    expect(told(play(both, [{ at: 0, post }], M).notifications)).toEqual(['30 firing first: 0', '30 firing first: 1']);
  });

  test('a route is silent in its mute times and outside its active ones', () => {
    const timed = (field: string) =>
      config(`
route: { receiver: pager, routes: [{ receiver: operations, group_by: [alertname], ${field}: [night] }] }
time_intervals: [{ name: night, time_intervals: [{ times: [{ start_time: '00:00', end_time: '06:00' }] }] }]
${receivers}`);
    const first = (field: string) => play(timed(field), steps, 7 * H).notifications[0]?.at;
    expect(first('active_time_intervals')).toBe(30 * S);
    expect(first('mute_time_intervals')).toBe(6 * H + 30 * S);
  });
});

describe('whatever happens', () => {
  const settings = config(`
route:
  receiver: operations
  group_by: [alertname]
  group_wait: 10s
  group_interval: 30s
  repeat_interval: 90s
  routes:
  - { matchers: [alertname=B], receiver: pager, continue: true }
  - { matchers: [alertname=B], group_by: [] }
inhibit_rules: [{ source_matchers: [alertname=C], target_matchers: [alertname=A], equal: [id] }]
${receivers}`);
  const wait = 10 * S;
  const interval = 30 * S;
  const repeat = 90 * S;

  const moment = fc.record({
    at: fc.nat(300).map((seconds) => seconds * S),
    name: fc.constantFrom('A', 'B', 'C'),
    id: fc.constantFrom('1', '2'),
    lasts: fc.constantFrom(5, 20, 60, 400).map((seconds) => seconds * S),
  });
  const history = fc
    .array(moment, { maxLength: 12 })
    .map((moments): readonly Step[] =>
      moments
        .toSorted((a, b) => a.at - b.at)
        .map(({ at, name, id, lasts }) => ({ at, post: [firing(`alertname=${name},id=${id}`, at, at + lasts)] })),
    );
  const until = 1200 * S;
  const channel = ({ groupKey, receiver, integration }: Notification) =>
    JSON.stringify([groupKey, receiver, integration]);

  function eachPair(notifications: readonly Notification[], look: (a: Notification, b: Notification) => void): void {
    for (const key of new Set(notifications.map(channel))) {
      const own = notifications.filter((one) => channel(one) === key);
      for (const [index, one] of own.entries()) if (index > 0) look(own[index - 1] as Notification, one);
    }
  }

  test('nothing is told before group_wait, nor twice within group_interval unless a first alert came anew', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const { notifications } = play(settings, steps, until);
        // The wait begins with the group, perhaps with an alert that is over by then.
        for (const { at, alerts } of notifications) {
          const name = getLabel(alerts[0]?.labels ?? [], 'alertname');
          const begun = steps.filter(
            (step) => 'post' in step && getLabel(step.post[0]?.labels ?? [], 'alertname') === name,
          );
          expect((begun[0]?.at ?? 0) + wait).toBeLessThanOrEqual(at);
        }
        eachPair(notifications, (before, after) => {
          if (after.reason !== 'first') expect(after.at - before.at).toBeGreaterThanOrEqual(interval);
          if (after.reason === 'repeat') expect(after.at - before.at).toBeGreaterThanOrEqual(repeat);
        });
      }),
    );
  });

  test('an alert that goes on firing is repeated at the latest a group_interval after repeat_interval', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const forever: Step = { at: 0, post: [firing('alertname=C,id=9', 0)] };
        const { notifications } = play(settings, [forever, ...steps], until);
        eachPair(
          notifications.filter(({ groupKey }) => groupKey === '{}:{alertname="C"}'),
          (before, after) => expect(after.at - before.at).toBeLessThan(repeat + interval),
        );
      }),
    );
  });

  test('nobody is told that an inhibited alert fires', () => {
    fc.assert(
      fc.property(history, (steps) => {
        // What is known of a source at a moment, from the posts alone: the last one of its labels that had come.
        const sourceFires = (id: string, at: number): boolean => {
          const posts = steps.flatMap((step) => ('post' in step && step.at < at ? step.post : []));
          const own = posts.filter((post) => labelsKey(post.labels) === labelsKey(labels(`alertname=C,id=${id}`)));
          return own.some(({ startsAt = 0, endsAt = 0 }, index) => {
            // It counts while no later one that does not overlap has replaced it.
            const next = own.slice(index + 1).find((other) => (other.startsAt ?? 0) >= endsAt);
            return startsAt < at && endsAt > at && next === undefined;
          });
        };
        for (const { at, alerts } of play(settings, steps, until).notifications)
          for (const alert of alerts)
            if (alert.status === 'firing' && getLabel(alert.labels, 'alertname') === 'A')
              expect(sourceFires(getLabel(alert.labels, 'id'), at)).toBe(false);
      }),
    );
  });

  test('stopping anywhere, writing everything down and going on changes nothing', () => {
    fc.assert(
      fc.property(history, fc.array(fc.nat(1200), { maxLength: 5 }), (steps, stops) => {
        const breaks = stops.map(
          (seconds): Step => ({
            at: seconds * S,
            change: (state) => JSON.parse(JSON.stringify(state)) as AlertmanagerState,
          }),
        );
        // A stop comes behind what happens at its moment.
        const broken = [...steps, ...breaks].sort((a, b) => a.at - b.at);
        expect(play(settings, broken, until)).toEqual(play(settings, steps, until));
      }),
      { numRuns: 300 },
    );
  });
});
