import { expect, test } from 'vitest';
import { createStore, query, readRules } from '../telemetry/index.ts';
import { type AlertChange, createWatch } from '../telemetry/service/index.ts';
import { type CompanyDay, companyDays, replayDay } from '../world/index.ts';
import { type WatchedDay, watchDay } from './day.ts';
import { createRecorder } from './recorder.ts';
import { runDay, runDayForFigures } from './run.ts';

const symptoms = `groups:
  - name: buyers
    rules:
      - alert: SlowAnswers
        expr: histogram_quantile(0.95, sum by (le) (rate(lb_request_duration_seconds_bucket{service="seats"}[5m]))) > 2
        for: 1m
        labels: { severity: page }
      - alert: FailedAnswers
        expr: sum(rate(lb_requests_total{service="seats",code=~"5.."}[5m])) / sum(rate(lb_requests_total{service="seats"}[5m])) > 0.05
        for: 1m
        labels: { severity: page }
`;
const cpu = `groups:
  - name: machines
    rules:
      - { alert: CpuHigh, expr: 'avg(rate(process_cpu_seconds_total[5m])) > 0.9', for: 2m }
`;
const alertmanager = `route: { receiver: operations, group_by: [alertname] }
receivers:
  - name: operations
    slack_configs: [{ api_url: 'http://chat.ventarela.test/', channel: '#operations' }]
`;
const notify = `routes:
  - { matchers: ['kind=~"deploy|rollback"'], to: '#operations' }
`;

function watched(day: CompanyDay, rules = symptoms): WatchedDay {
  const read = readRules(rules);
  if (!read.ok) throw new Error(read.errors.join('\n'));
  return watchDay(day, { rules: read.groups, alertmanager, notify });
}

const HOUR = 3_600_000;

test('what buyers feel alerts within five minutes of a slow provider, and CPU says nothing', () => {
  const began = companyDays['slow-payment'].start + 10 * HOUR;
  const [first] = watched('slow-payment').alerts;
  expect(first?.name).toBe('SlowAnswers');
  expect((first?.firedAt ?? 0) - began).toBeGreaterThan(0);
  expect((first?.firedAt ?? 0) - began).toBeLessThan(5 * 60_000);
  expect(watched('slow-payment', cpu).alerts).toEqual([]);
}, 60_000);

test('Friday alerts, an ordinary Monday and a quiet night do not', () => {
  expect(watched('friday-1700').alerts.map(({ name }) => name)).toContain('FailedAnswers');
  for (const day of ['normal-monday', 'quiet-night'] as const) {
    const { alerts, messages } = watched(day);
    expect({ day, alerts, messages }).toEqual({ day, alerts: [], messages: [] });
  }
}, 60_000);

test('a bad deploy and its rollback are one message each, and the logs hold the town and the version', () => {
  const { messages, logs, timeline } = watched('bad-deploy');
  const told = messages.filter(({ title }) => !title.startsWith('[FIRING') && !title.startsWith('[RESOLVED'));
  expect(told.map(({ to, title }) => `${to} ${title}`)).toEqual([
    '#operations [DEPLOY] seats 1.2.0 succeeded',
    '#operations [ROLLBACK] seats 1.2.0 to 1.1.0 succeeded',
  ]);
  const lines = logs.map(({ line }) => JSON.parse(line)).filter(({ status }) => status === 500);
  expect(lines.length).toBeGreaterThan(100);
  expect(new Set(lines.map(({ version, town }) => `${version} ${town}`))).toEqual(new Set(['1.2.0 Molinos']));
  expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).toSorted((a, b) => a - b));
}, 60_000);

test('the store agrees with what the world counted, and the same day is the same again', () => {
  const { store, replay } = watched('quiet-night');
  const end = companyDays['quiet-night'].start + companyDays['quiet-night'].length;
  const result = query(store, 'sum(lb_requests_total{service="seats"}) + sum(lb_queue_length{service="seats"})', end);
  const value = result.ok && result.value.type === 'vector' ? result.value.samples[0]?.value : undefined;
  // Those who are being answered at the last moment are counted as asked, and not yet as answered.
  expect(replay.summary.asked - (value ?? 0)).toBeGreaterThanOrEqual(0);
  expect(replay.summary.asked - (value ?? 0)).toBeLessThan(10);
  const up = query(store, 'count(up{job="seats"} == 1)', end);
  expect(up.ok && up.value.type === 'vector' && up.value.samples[0]?.value).toBe(1);
  const again = watched('quiet-night');
  expect([...again.store.byKey.keys()]).toEqual([...store.byKey.keys()]);
  expect(JSON.stringify([...again.store.byKey.values()])).toBe(JSON.stringify([...store.byKey.values()]));
}, 60_000);

test.each([
  ['what only reads what was scraped', ''],
  [
    'what reads what it records',
    `      - { record: 'seats:failed', expr: 'sum(rate(lb_requests_total{code=~"5.."}[2m]))' }
      - { alert: Recorded, expr: 'avg_over_time(seats:failed[3m]) > 0.2', for: 45s, keep_firing_for: 2m }
`,
  ],
  ['what is always there', "      - { alert: Always, expr: 'vector(1)', for: 1h }\n"],
])(
  'rules that are asked when the day is over say what they said as it went on: %s',
  (_, more) => {
    const read = readRules(`${symptoms}${more}`);
    if (!read.ok) throw new Error(read.errors.join('\n'));
    const store = createStore();
    const record = createRecorder(store);
    const watch = createWatch(read.groups);
    const changes: unknown[] = [];
    replayDay('bad-deploy', {
      watch: {
        interval: 15_000,
        look(world) {
          record(world);
          changes.push(...watch.evaluate(store, world.now()).changes);
        },
      },
    });
    const day = watchDay('bad-deploy', { rules: read.groups });
    const told = day.timeline.flatMap((event) =>
      event.kind === 'alert' ? [[event.at, event.state, event.labels]] : [],
    );
    const live = (changes as AlertChange[]).map(({ at, state, alert }) => [at, state, alert.labels]);
    expect(told).toEqual(live);
    expect(live.length).toBeGreaterThan(0);
    expect(day.active).toEqual(watch.alerts());
    const text = (of: typeof store) =>
      JSON.stringify([...of.byKey].map(([key, { chunks, ...rest }]) => [key, rest, chunks]));
    const sorted = (of: typeof store) =>
      text({ ...of, byKey: new Map([...of.byKey].sort(([a], [b]) => (a < b ? -1 : 1))) });
    expect(sorted(day.store)).toBe(sorted(store));
  },
  60_000,
);

test('a day that is asked for its figures has the same ones, and what was scraped of it too', async () => {
  const document = { day: 'quiet-night', seed: 'figures' } as const;
  const lazy = runDayForFigures(document);
  if (!lazy.ok) throw new Error('refused');
  const figures = structuredClone(lazy.day.replay);
  const whole = watchDay('quiet-night', { seed: 'figures' });
  expect(figures).toEqual(whole.replay);
  expect(lazy.day.logs).toEqual(whole.logs);
  expect([...lazy.day.store.byKey.keys()]).toEqual([...whole.store.byKey.keys()]);
  expect(lazy.day.replay).toEqual(figures);
  // The last that was lived through is there again.
  expect(await runDay(document, { commands: () => [], language: 'en', pause: async () => {} })).toEqual({
    ok: true,
    day: lazy.day,
  });
});
