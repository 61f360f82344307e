import { describe, expect, test } from 'vitest';
import { readAlertingConfig } from './config.ts';

const receivers = 'receivers: [{ name: x }]\n';
const messageOf = (text: string): string => {
  const answer = readAlertingConfig(text);
  return answer.ok ? 'ok' : answer.message;
};

// What the real amtool says of good and bad files is compared in sandbox/tools/amtool.
describe('a configuration', () => {
  test('has defaults, and children inherit all but matchers and time intervals', () => {
    const answer = readAlertingConfig(`
route:
  receiver: x
  group_by: [alertname]
  group_wait: 10s
  routes:
  - matchers: [severity=page]
    active_time_intervals: [day]
    routes: [{ match: { team: a }, group_by: ['...'], repeat_interval: 1h }]
time_intervals: [{ name: day, time_intervals: [{ weekdays: ['monday:friday'] }] }]
${receivers}`);
    const child = answer.ok ? answer.config.route.routes[0]?.routes[0] : undefined;
    expect(child).toMatchObject({
      key: '{}/{severity="page"}/{team="a"}',
      receiver: 'x',
      groupBy: 'all',
      groupWait: 10_000,
      groupInterval: 300_000,
      repeatInterval: 3_600_000,
      activeTimeIntervals: [],
    });
    expect(answer.ok && structuredClone(answer.config)).toEqual(answer.ok && answer.config);
  });

  test('what this sandbox lacks is refused by name', () => {
    for (const [text, part] of [
      [`templates: ['*.tmpl']\nroute: { receiver: x }\n${receivers}`, 'field templates is not part of this sandbox'],
      [
        `route: { receiver: x, group_interval: 10ms }\n${receivers}`,
        'a group_interval below 1s is not part of this sandbox',
      ],
      [
        "route: { receiver: x }\nreceivers: [{ name: x, slack_configs: [{ api_url: 'http://c/', fallback: '{{ .Status }}' }] }]",
        'field fallback is not part of this sandbox',
      ],
      [
        "route: { receiver: x }\nreceivers: [{ name: x, slack_configs: [{ api_url: 'http://c/', title: '{{ $value }}' }] }]",
        'slack_configs: title: template: :1: undefined variable',
      ],
      [
        `route: { receiver: x }\n${receivers}time_intervals: [{ name: t, time_intervals: [{ location: Europe/Madrid }] }]`,
        "location 'Europe/Madrid' is not part of this sandbox",
      ],
    ] as const)
      expect(messageOf(text)).toContain(part);
  });

  test('that is made to run for ever is refused', () => {
    const bomb = `a: &a { routes: [] }\nroute: { receiver: x, routes: &r [{ receiver: x, routes: *r }] }\n${receivers}`;
    expect(messageOf(bomb)).toBe('yaml: document contains excessive aliasing');
    expect(messageOf(`route: ${'['.repeat(50_000)}`)).toContain('max depth');
    expect(messageOf(`route: ${'{routes: ['.repeat(20_000)}`)).toContain('max depth');
  });
});
