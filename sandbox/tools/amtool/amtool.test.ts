import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import { type CommandIO, createMachine } from '../../machine/index.ts';
import { createLabels } from '../../telemetry/labels.ts';
import { alertingPaths, settleAlerting } from '../../telemetry/service/index.ts';
import { inbox } from '../inbox/index.ts';
import { oncall } from '../oncall/index.ts';
import { diskOf } from './disk.ts';
import { amtool } from './index.ts';

const one = 'receivers: [{name: x}]\n';
const route = (inner: string): string => `route: {receiver: x, ${inner}}\n${one}`;
const tree = `global: {resolve_timeout: 10m}
route:
  receiver: default
  group_by: [alertname]
  routes:
  - matchers: [ 'service=~"mysql|cassandra"', team="db" ]
    receiver: db
    continue: true
    routes:
    - match: {severity: page}
      receiver: pager
  - match_re: {service: 'a.*'}
    match: {x: "y"}
    receiver: a
receivers: [{name: default}, {name: db}, {name: pager}, {name: a}]
`;

/** Configurations, good and bad, whose verdict is the real tool's. */
const corpus: readonly string[] = [
  tree,
  route('group_by: [a]'),
  route('foo: 1'),
  `route: {receiver: x}\nreceivers: [{name: x, bla: 2, slack_configs: [{api_url: 'http://x', zap: 1}]}]\n`,
  route('group_wait: abc'),
  route('group_wait: 5'),
  route('group_wait: 1h30m'),
  `route: {receiver: [x]}\n${one}`,
  route("routes: [{matchers: ['a']}]"),
  route(`routes: [{matchers: ['a=~"("']}]`),
  route(`routes: [{matchers: ['a=~"*"']}]`),
  route(`routes: [{matchers: ['a="b']}]`),
  route(`routes: [{matchers: ['{a="b",c!~"d|e"}']}]`),
  route("routes: [{match_re: {a: '('}}]"),
  route("routes: [{match: {'a-b': c}}]"),
  route('routes: [{match_re: {a: }}]'),
  route('continue: true'),
  route('continue: maybe'),
  route('group_by: [a, a]'),
  route('group_by: [a-b]'),
  route("group_by: ['...', a]"),
  route('repeat_interval: 0s'),
  route('group_interval: 0s'),
  route('matchers: [a=b]'),
  route('mute_time_intervals: [a]'),
  route('routes: [{receiver: nope}]'),
  route('routes: [{mute_time_intervals: [nope]}]'),
  'receivers: [{name: x}]\n',
  'route: {receiver: x}\n',
  'route: {}\nreceivers: [{name: x}]\n',
  '',
  `${route('group_by: []')}- {name: x}\n`.replace('- {name: x}\n', ''),
  'route: {receiver: x}\nreceivers: [{name: x}, {name: x}]\n',
  'route: {receiver: x}\nreceivers: [{}]\n',
  'route: {receiver: x}\nreceivers: {name: x}\n',
  "route: {receiver: x}\nreceivers: [{name: x, slack_configs: [{channel: '#a'}]}]\n",
  "global: {slack_api_url: 'http://chat/'}\nroute: {receiver: x}\nreceivers: [{name: x, slack_configs: [{channel: '#a', send_resolved: true}]}]\n",
  "global: {slack_api_url: 'chat'}\nroute: {receiver: x}\nreceivers: [{name: x}]\n",
  "route: {receiver: x}\nreceivers: [{name: x, email_configs: [{to: 'a@b'}]}]\n",
  "global: {smtp_smarthost: 'mail:25'}\nroute: {receiver: x}\nreceivers: [{name: x, email_configs: [{to: 'a@b'}]}]\n",
  "global: {smtp_smarthost: 'mail:25', smtp_from: 'c@d'}\nroute: {receiver: x}\nreceivers: [{name: x, email_configs: [{}]}]\n",
  'route: {receiver: x}\nreceivers: [{name: x, pagerduty_configs: [{}]}]\n',
  'route: {receiver: x}\nreceivers: [{name: x, pagerduty_configs: [{routing_key: seats}]}]\n',
  'route: {receiver: x}\nreceivers: [{name: x, webhook_configs: [{}]}]\n',
  "route: {receiver: x}\nreceivers: [{name: x, webhook_configs: [{url: 'foo'}]}]\n",
  `global:\n${route('group_by: [a]')}`,
  `${route('group_by: [a]')}inhibit_rules: [{source_matchers: [a=b], target_matchers: [c=d], equal: [e]}]\n`,
  `${route('group_by: [a]')}inhibit_rules: [{source_matchers: [a=b], target_matchers: [c=d], foo: 1}]\n`,
  ...[
    "times: [{start_time: '09:00', end_time: '17:00'}], weekdays: ['monday:friday'], days_of_month: ['1:5', '-3:-1'], months: ['1:3', december], years: ['2026:2030']",
    "times: [{start_time: '25:00', end_time: '10:00'}]",
    "times: [{start_time: '17:00', end_time: '09:00'}]",
    "times: [{start_time: '17:00'}]",
    'weekdays: [noday]',
    "weekdays: ['friday:monday']",
    "days_of_month: ['32']",
    "days_of_month: ['-1:1']",
    "days_of_month: ['5:1']",
    "months: ['13']",
    "months: ['may:january']",
    "years: ['2030:2020']",
    "years: ['next']",
    'foo: 1',
  ].map((interval) => `${route('group_by: [a]')}time_intervals: [{name: t, time_intervals: [{${interval}}]}]\n`),
  `${route('group_by: [a]')}time_intervals: [{time_intervals: []}]\n`,
  `${route('group_by: [a]')}time_intervals: [{name: t}, {name: t}]\n`,
  `${route('group_by: [a]')}mute_time_intervals: [{name: t}]\n`,
];

const lines: readonly string[] = [
  'config routes show --config.file=c.yml',
  'config routes test --config.file=c.yml service=mysql team=db severity=page',
  'config routes test --config.file c.yml --tree service=mysql team=db severity=page',
  'config routes test --config.file c.yml --tree service=ab x=y',
  'config routes test --config.file c.yml --verify.receivers=db,pager service=mysql team=db',
  'config routes test --config.file c.yml --verify.receivers=db service=mysql team=db',
  'config routes test --config.file c.yml',
  'config routes test --config.file c.yml service=~x',
  'config routes test --config.file c.yml servi',
  'config routes test --config.file nofile a=b',
  'config routes foo',
  'check-config nofile',
  'check-config c.yml c.yml',
  'foo',
  '--foo',
  'alert query -x',
  'silence add --comment',
  'alert query -o foo',
];

function machineOf(files: Readonly<Record<string, string>> = {}) {
  const machine = createMachine({ kernel: createKernel({ seed: 'a', now: Date.UTC(2026, 2, 6, 18) }), language: 'en' });
  for (const [name, text] of Object.entries(files)) machine.files.writeFile(`${machine.home}/${name}`, text);
  const run = async (line: string) => {
    const [name, ...args] = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
    let [out, err] = ['', ''];
    const io: CommandIO = {
      machine,
      cwd: machine.home,
      env: { USER: 'operations' },
      stdin: new Uint8Array(),
      isTerminal: false,
      columns: 80,
      stdout: (text) => {
        out += text;
      },
      stderr: (text) => {
        err += text;
      },
      signal: new AbortController().signal,
    };
    const command = [amtool, inbox, oncall].find((each) => each.name === name);
    const exitCode = await command?.run(args, io);
    return { out, err, exitCode };
  };
  return { machine, run };
}

/** Debian's, where it is installed. */
const program: string = 'amtool';
const isHere = spawnSync(program, ['--version']).status === 0;

describe.skipIf(!isHere)(
  'as the real amtool (Debian package prometheus-alertmanager; skipped where it is not installed)',
  () => {
    function real(line: string, files: Readonly<Record<string, string>>) {
      const folder = mkdtempSync(join(tmpdir(), 'amtool-'));
      try {
        for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
        const { stdout, stderr, status } = spawnSync(program, line.split(' '), { cwd: folder, encoding: 'utf8' });
        // Debian's build has an address of Alertmanager from the start, of which it warns.
        const err = stderr.replace('Warning: --config.file flag overrides the --alertmanager.url.\n', '');
        return { out: stdout, err, exitCode: status };
      } finally {
        rmSync(folder, { recursive: true });
      }
    }

    test.each(corpus.map((text, index) => [index, text] as const))('check-config %i', async (_, text) => {
      expect(await machineOf({ 'c.yml': text }).run('amtool check-config c.yml')).toEqual(
        real('check-config c.yml', { 'c.yml': text }),
      );
    });

    test.each(lines)('amtool %s', async (line) => {
      expect(await machineOf({ 'c.yml': tree }).run(`amtool ${line}`)).toEqual(real(line, { 'c.yml': tree }));
    });
  },
);

test('what this sandbox does not have is refused by name', async () => {
  const { run } = machineOf({ 'c.yml': 'route: {receiver: x}\nreceivers: [{name: x, opsgenie_configs: [{}]}]\n' });
  const { out, exitCode } = await run('amtool check-config c.yml');
  expect(out).toContain('FAILED: field opsgenie_configs is not part of this sandbox (there are: slack_configs,');
  expect(exitCode).toBe(1);
  expect((await run('amtool cluster show')).err).toBe("amtool: error: 'cluster' is not part of this sandbox\n\n");
  expect((await run('amtool alert query')).err).toContain('dial tcp: lookup alertmanager: no such host');
});

describe('at the company', () => {
  const config = `
global: { slack_api_url: 'http://chat/hook' }
route: { receiver: operations, group_by: [alertname], routes: [{ matchers: [severity=page], receiver: pager }] }
inhibit_rules: [{ source_matchers: [alertname=DatabaseDown], target_matchers: [severity=ticket] }]
receivers:
- { name: operations, slack_configs: [{ channel: '#operations' }] }
- { name: pager, pagerduty_configs: [{ routing_key: seats }] }
`;
  const rota = `
rotations: [{ name: primary, start: 2026-03-02T09:00:00Z, length: 7d, roles: [dev-booking, operations] }]
escalation: [{ notify: [primary], wait: 5m }]
repeat: 3
`;
  function company() {
    const { machine, run } = machineOf();
    const disk = diskOf(machine.files);
    disk.write(alertingPaths.config, config);
    disk.write(alertingPaths.oncall, rota);
    const now = machine.kernel.now();
    const fire = (alertname: string, severity: string, ago: number) => ({
      labels: createLabels([
        ['alertname', alertname],
        ['severity', severity],
      ]),
      annotations: createLabels([['summary', `${alertname} it is`]]),
      startsAt: now - ago,
      endsAt: now + 3_600_000,
    });
    settleAlerting(disk, now, [
      { at: now - 60_000, alerts: [fire('Slow', 'ticket', 60_000), fire('Errors', 'page', 50_000)] },
    ]);
    const wait = (ms: number) => {
      machine.kernel.advance(ms);
      settleAlerting(disk, machine.kernel.now());
    };
    return { machine, run, wait, disk, fire };
  }

  test('alert query shows what fires, and -s what is silenced', async () => {
    const { run } = company();
    expect((await run('amtool alert')).out).toBe(
      'Alertname  Starts At                Summary       State   \n' +
        'Slow       2026-03-06 17:59:00 UTC  Slow it is    active  \n' +
        'Errors     2026-03-06 17:59:10 UTC  Errors it is  active  \n',
    );
    const { out: id } = await run('amtool silence add Slow -c "we know" -d 2h');
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\n$/);
    expect((await run('amtool alert query severity=ticket')).out).toBe('Alertname  Starts At  Summary  State  \n');
    expect((await run('amtool alert query -s')).out).toContain(
      'Slow       2026-03-06 17:59:00 UTC  Slow it is  suppressed',
    );
    expect((await run('amtool silence')).out.split('\n')[1]).toBe(
      `${id.trim()}  alertname="Slow"  2026-03-06 20:00:00 UTC  operations  we know  `,
    );
    expect((await run(`amtool silence expire ${id.trim()}`)).exitCode).toBe(0);
    expect((await run('amtool silence query -q')).out).toBe('');
    expect((await run('amtool silence query --expired -q')).out).toBe(id);
  });

  test('a silence needs a comment, a matcher and an end that lies ahead', async () => {
    const { run } = company();
    const errors = [
      'silence add a=b',
      'silence add -c x',
      'silence add -c x -d 0s a=b',
      'silence expire',
      'silence expire x',
    ];
    const said = [];
    for (const line of errors) said.push((await run(`amtool ${line}`)).err.split('\n')[0]);
    expect(said).toEqual([
      'amtool: error: comment required by config',
      'amtool: error: no matchers specified',
      'amtool: error: silence duration must be greater than 0',
      'amtool: error: no silence IDs specified',
      'amtool: error: [DELETE /silence/{silenceID}][404] deleteSilenceNotFound ',
    ]);
  });

  test('the inbox shows each message with its time; a silenced alert sends none', async () => {
    const { run, wait, disk, fire, machine } = company();
    expect((await run('inbox operations')).out).toBe(
      '2026-03-06T17:59:30Z  [FIRING:1] Slow (ticket)\n    - Slow it is (firing since 2026-03-06T17:59:00Z)\n',
    );
    await run('amtool silence add Queue -c known');
    const now = machine.kernel.now();
    settleAlerting(disk, now, [{ at: now, alerts: [fire('Queue', 'ticket', 0)] }]);
    wait(600_000);
    expect((await run('inbox')).out).toBe(
      '#operations                  1 message, the last at 2026-03-06T17:59:30Z\n' +
        'dev-booking                  3 messages, the last at 2026-03-06T18:09:30Z\n',
    );
    expect((await run('inbox operations --since 1m')).out).toBe('there are no messages for operations\n');
    expect(JSON.parse((await run('inbox dev-booking --json')).out.split('\n')[0] ?? '')).toMatchObject({
      via: 'page',
      to: 'dev-booking',
    });
  });

  test('the pager stops ringing when somebody answers', async () => {
    const { run, wait } = company();
    expect((await run('oncall now')).out).toBe('primary      dev-booking\n');
    expect((await run('oncall incidents')).out).toBe('  1  2026-03-06T17:59:30Z  rings  [FIRING:1] Errors (page)\n');
    wait(301_000);
    expect((await run('oncall ack 1')).out).toBe('acknowledged: incident 1\n');
    wait(3_600_000);
    expect((await run('oncall load 1')).out).toBe(
      'role               hours   pages  at night\n' +
        'dev-booking         24.0       2       0\n' +
        'operations           0.0       0       0\n',
    );
    expect((await run('oncall ack 7')).err).toBe('oncall: there is no incident "7"; look at oncall incidents\n');
  });
});
