import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Desk, openCompany, openDesk, scenario } from './desk.ts';

const rules = (name: string, above: number): string => `groups:
  - name: buyers
    rules:
      - { record: 'buyers:failed:rate1m', expr: 'sum(rate(front_requests_total{code=~"5..|000"}[1m])) or vector(0)' }
      - { alert: ${name}, expr: 'buyers:failed:rate1m > ${above}', for: 15s, keep_firing_for: 30s }
`;
const alertmanager = `route: { receiver: operations, group_wait: 10s, repeat_interval: 2m }
receivers:
  - name: operations
    slack_configs: [{ channel: '#operations', api_url: 'http://chat.test/', send_resolved: true }]
    pagerduty_configs: [{ routing_key: x }]
`;
const reload = 'curl -sS -X POST http://prometheus.ventarela.test:9090/-/reload';

const actions = {
  wait: 'sleep 70',
  'wait long': 'sleep 400',
  stop: 'ssh web-1 systemctl stop seats@8081',
  start: 'ssh web-1 systemctl start seats@8081',
  loud: `printf '%s' '${rules('Loud', 0).replaceAll("'", `'\\''`)}' > /srv/prometheus/rules.yml; ${reload}`,
  calm: `printf '%s' '${rules('Calm', 3).replaceAll("'", `'\\''`)}' > /srv/prometheus/rules.yml; ${reload}`,
} as const;

async function company(): Promise<Desk> {
  const desk = await openDesk({});
  const { files } = desk.machine;
  for (const folder of ['/srv/prometheus', '/srv/alertmanager']) files.mkdir(folder, { recursive: true });
  files.writeFile('/srv/prometheus/rules.yml', rules('Loud', 0));
  files.writeFile('/srv/alertmanager/alertmanager.yml', alertmanager);
  await openCompany(desk, scenario);
  return desk;
}

/** All that can be seen from outside. */
async function seenOf(desk: Desk): Promise<unknown> {
  const ask = 'promtool query instant http://prometheus.ventarela.test:9090';
  return {
    log: desk.machine.kernel.log.entries().filter(({ type }) => !type.startsWith('Command')),
    messages: desk.machine.files.exists('/srv/messages.jsonl') && desk.machine.files.readText('/srv/messages.jsonl'),
    samples: await desk.must(`${ask} '{__name__=~".+"}[1h]'`),
  };
}

test('leaving and coming back at any moment changes no sample, no alert and no message', async () => {
  const names = Object.keys(actions) as (keyof typeof actions)[];
  const plan = fc.array(fc.record({ act: fc.constantFrom(...names), leaves: fc.boolean() }), {
    minLength: 3,
    maxLength: 7,
  });
  let fired = 0;
  await fc.assert(
    fc.asyncProperty(plan, async (steps) => {
      const stays = await company();
      let leaves = await company();
      for (const { act, leaves: now } of steps) {
        await stays.must(actions[act]);
        await leaves.must(actions[act]);
        if (now) leaves = await openDesk({ snapshot: leaves.snapshot() });
      }
      const seen = await seenOf(stays);
      expect(await seenOf(leaves)).toEqual(seen);
      fired += JSON.stringify(seen).split('"AlertFired"').length - 1;
    }),
    {
      numRuns: 8,
      seed: 5,
      examples: [
        [
          [
            { act: 'stop', leaves: true },
            { act: 'wait', leaves: true },
            { act: 'calm', leaves: true },
            { act: 'wait', leaves: false },
          ],
        ],
      ],
    },
  );
  // A property about alerts says nothing where none fires.
  expect(fired).toBeGreaterThan(2);
}, 300_000);

test('what fired in a production ends when another one takes its place, once', async () => {
  const desk = await company();
  await desk.must(actions.stop);
  await desk.must(actions.wait);
  const told = () =>
    desk.machine.kernel.log.entries().flatMap((entry) => {
      if (entry.type !== 'AlertFired' && entry.type !== 'AlertResolved') return [];
      return [`${entry.type} ${entry.alert}`];
    });
  expect(told()).toEqual(['AlertFired Loud']);
  desk.machine.files.writeFile('/srv/production/scenario.yaml', scenario.replace('rate: 8', 'rate: 9'));
  await desk.must('true');
  expect(told()).toEqual(['AlertFired Loud', 'AlertResolved Loud']);
  const again = await openDesk({ snapshot: desk.snapshot() });
  await again.must('sleep 60');
  expect(again.machine.kernel.log.entries().filter(({ type }) => type === 'AlertResolved')).toHaveLength(1);
}, 60_000);
