import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLabels } from '../labels.ts';
import { type Message, parseMessages } from '../messages/index.ts';
import type { Alert } from '../rules/evaluate.ts';
import type { TimelineEvent } from '../timeline/index.ts';
import { type Arrival, alertingPaths, type Disk, settleAlerting, settleNews } from './index.ts';
import { postsOf } from './posts.ts';

const START = Date.UTC(2026, 2, 6, 18);
const S = 1000;
const M = 60 * S;

const config = `
global: { slack_api_url: 'http://chat/hook', smtp_smarthost: 'mail:25', smtp_from: alerts@ventarela.test }
route:
  receiver: operations
  group_by: [alertname]
  routes:
  - { matchers: [severity=page], receiver: pager, continue: true }
  - { matchers: [severity=page], receiver: operations }
receivers:
- name: operations
  slack_configs: [{ channel: '#operations', send_resolved: true }]
  email_configs: [{ to: finance@ventarela.test }]
- name: pager
  pagerduty_configs: [{ routing_key: seats }]
`;
const oncall = `
rotations:
- { name: primary, start: 2026-03-02T09:00:00Z, length: 7d, roles: [operations] }
- { name: secondary, start: 2026-03-02T09:00:00Z, length: 7d, roles: [dev-booking] }
escalation:
- { notify: [primary], wait: 5m }
- { notify: [secondary], wait: 15m }
`;
const notify = `
routes:
- { matchers: ['kind=~"deploy|rollback"'], to: '#operations' }
- { matchers: [service=seats, kind=rollback], to: '#operations' }
`;

function company(): Disk & { readonly files: Map<string, string> } {
  const files = new Map<string, string>([
    [alertingPaths.config, config],
    [alertingPaths.oncall, oncall],
    [alertingPaths.news, notify],
  ]);
  return { files, read: (path) => files.get(path), write: (path, text) => void files.set(path, text) };
}

const slow = (at: number, endsAt: number): Arrival => ({
  at,
  alerts: [
    {
      labels: createLabels([
        ['alertname', 'SlowPayments'],
        ['severity', 'page'],
      ]),
      annotations: createLabels([
        ['runbook', 'http://wiki/slow'],
        ['summary', 'Paying takes 9 s'],
      ]),
      startsAt: at,
      endsAt,
    },
  ],
});
const deploy: TimelineEvent = {
  at: START,
  kind: 'deploy',
  service: 'seats',
  version: '1.4.0',
  from: '1.3.0',
  result: 'succeeded',
  changes: [{ commit: 'abcdef0123', committedAt: 0 }],
  by: 'dev-booking',
};
const rollback: TimelineEvent = {
  at: START + 9 * M,
  kind: 'rollback',
  service: 'seats',
  version: '1.3.0',
  from: '1.4.0',
  result: 'succeeded',
  reason: 'errors over 5 %',
  by: 'operations',
};
const evening: readonly Arrival[] = [slow(START + M, START + 10 * M)];
const events: readonly TimelineEvent[] = [deploy, rollback];
const shown = ({ at, via, to, title }: Message): string => `${(at - START) / S} ${via} ${to} ${title}`;

test('an alert reaches everybody who is to hear of it, its end too, and the pager by the rota', () => {
  const disk = company();
  const { messages } = settleAlerting(disk, START + 60 * M, evening);
  expect(messages.map(shown)).toEqual([
    '90 chat #operations [FIRING:1] SlowPayments (page)',
    '90 mail finance@ventarela.test [FIRING:1] SlowPayments (page)',
    '90 page operations [FIRING:1] SlowPayments (page)',
    '390 page dev-booking [FIRING:1] SlowPayments (page)',
    '690 chat #operations [RESOLVED] SlowPayments (page)',
  ]);
  expect(messages[0]?.lines).toEqual([
    '- Paying takes 9 s (firing since 2026-03-06T18:01:00Z)',
    'runbook: http://wiki/slow',
  ]);
  expect(parseMessages(disk.read(alertingPaths.messages) ?? '')).toEqual(messages);
});

test('it makes no difference how often the clock stops on the way', () => {
  const whole = company();
  const expected = settleAlerting(whole, START + 60 * M, evening).messages;
  fc.assert(
    fc.property(fc.array(fc.nat(3600), { maxLength: 8 }), (stops) => {
      const disk = company();
      let last = START - 1;
      const messages = [...new Set([...stops, 3600])]
        .sort((a, b) => a - b)
        .flatMap((stop) => {
          const until = START + stop * S;
          const arrivals = evening.filter(({ at }) => at > last && at <= until);
          last = until;
          return settleAlerting(disk, until, arrivals).messages;
        });
      expect(messages).toEqual(expected);
      expect([...disk.files]).toEqual([...whole.files]);
    }),
  );
});

test('a configuration that cannot be read leaves the one that ruled', () => {
  const disk = company();
  settleAlerting(disk, START);
  disk.write(alertingPaths.config, 'route: [');
  const { messages } = settleAlerting(disk, START + 5 * M, [slow(START + M, START + 10 * M)]);
  expect(messages).toHaveLength(3);
});

test('a deploy and its rollback are one message each, with version and result, however often it is asked', () => {
  const disk = company();
  const first = settleNews(disk, events.slice(0, 1));
  const second = settleNews(disk, events);
  expect([...first, ...second, ...settleNews(disk, events)].map(shown)).toEqual([
    '0 chat #operations [DEPLOY] seats 1.4.0 succeeded',
    '540 chat #operations [ROLLBACK] seats 1.4.0 to 1.3.0 succeeded',
  ]);
  expect(second[0]?.lines).toEqual(['reason: errors over 5 %', 'by: operations']);
});

test('what happened before there was a route is never told, and a file that cannot be read tells nothing', () => {
  const disk = company();
  disk.write(alertingPaths.news, 'routes: [{ to: 3, nonsense: 1 }]');
  expect(settleNews(disk, events.slice(0, 1))).toEqual([]);
  disk.write(alertingPaths.news, notify);
  expect(settleNews(disk, events).map(shown)).toEqual([
    '540 chat #operations [ROLLBACK] seats 1.4.0 to 1.3.0 succeeded',
  ]);
});

test('a state that somebody has spoilt is begun anew', () => {
  for (const text of ['', '{', 'null', '[]', '{"at":1,"config":"","alertmanager":{},"incidents":[]}']) {
    const disk = company();
    disk.write(alertingPaths.state, text);
    expect(settleAlerting(disk, START + 5 * M, evening).messages).toHaveLength(3);
  }
});

test('without a configuration no alert is told', () => {
  const disk = company();
  disk.files.delete(alertingPaths.config);
  expect(settleAlerting(disk, START + 60 * M, evening).messages).toEqual([]);
});

test("alerts of Prometheus's rules end by themselves when Prometheus falls silent, and tell their end when it does not", () => {
  const labels = createLabels([
    ['alertname', 'SlowPayments'],
    ['severity', 'ticket'],
  ]);
  const at = (minute: number, alert: Partial<Alert>): Arrival => ({
    at: START + minute * M,
    alerts: postsOf(
      [{ labels, annotations: [], value: 1, activeAt: START, state: 'firing', firedAt: START + M, ...alert }],
      START + minute * M,
      15_000,
    ),
  });
  const told = (arrivals: readonly Arrival[]): readonly string[] =>
    settleAlerting(company(), START + 30 * M, arrivals)
      .messages.filter(({ via }) => via === 'chat')
      .map(shown);
  // Four times the resend delay of a minute after the last word, and told at the next turn of five minutes.
  expect(told([at(1, {}), at(2, {})])).toEqual([
    '90 chat #operations [FIRING:1] SlowPayments (ticket)',
    '390 chat #operations [RESOLVED] SlowPayments (ticket)',
  ]);
  const ended = { state: 'inactive', resolvedAt: START + 3 * M } as const;
  expect(told([at(1, {}), at(3, ended), at(4, ended), at(10, ended)])).toHaveLength(2);
  expect(postsOf([{ labels, annotations: [], value: 1, activeAt: 0, state: 'pending' }], START, 15_000)).toEqual([]);
});
