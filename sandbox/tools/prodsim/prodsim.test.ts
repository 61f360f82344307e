import { expect, test } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import { type CommandIO, createMachine, type Machine } from '../../machine/index.ts';
import { withDays } from '../../monitoring/index.ts';
import { createProdsim } from './index.ts';

const surroundings = { commands: () => [], language: 'en', pause: async () => {} } as const;
const prodsim = createProdsim(surroundings);

function deskOf(files: Readonly<Record<string, string>>) {
  const machine = createMachine({ kernel: createKernel({ seed: '1' }), language: 'en' });
  for (const [path, text] of Object.entries(files)) machine.files.writeFile(`${machine.home}/${path}`, text);
  return machine;
}

const call = (machine: Machine, ...args: readonly string[]) => callIn(machine, machine.home, ...args);

async function callIn(machine: Machine, cwd: string, ...args: readonly string[]) {
  let stdout = '';
  let stderr = '';
  const io = {
    machine,
    cwd,
    stdout: (text: string) => {
      stdout += text;
    },
    stderr: (text: string) => {
      stderr += text;
    },
  } as unknown as CommandIO;
  return { exitCode: await prodsim.run(args, io), stdout, stderr };
}

test('Friday without rules is slow, and its files show where the queue began to grow', async () => {
  const machine = deskOf({});
  const { exitCode, stdout } = await call(machine, 'run', 'friday-1700');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('without capacity.yaml: one instance, all day');
  const lines = machine.files.readText(`${machine.home}/production/friday-1700/minutes.csv`).trimEnd().split('\n');
  const [head = '', ...rows] = lines;
  const column = (name: string): number => head.split(',').indexOf(name);
  expect(rows).toHaveLength(1440);
  const waiting = rows.map((row) => Number(row.split(',')[column('seats_waiting')]));
  const first = waiting.findIndex((_, n) => waiting.slice(n, n + 10).every((length) => length > 20));
  expect(rows[first]).toMatch(/^2026-03-06T15:/);
  // The saturated resource at that minute is the processor.
  expect(Number(rows[first]?.split(',')[column('seats_cpu_percent')])).toBeGreaterThanOrEqual(99);
  const calls = machine.files.readText(`${machine.home}/production/friday-1700/calls.jsonl`).trimEnd().split('\n');
  expect(stdout).toContain(`calls to Support            ${calls.length}\n`);
}, 60_000);

test('with a rule by load it meets the goals, the same every time', async () => {
  const machine = deskOf({ 'capacity.yaml': 'seats: { min: 1, max: 6, load: { target: 60% } }\n' });
  const { stdout } = await call(machine, 'run', 'friday-1700', '--json');
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ day: 'friday-1700', seed: '1' });
  expect(report.minutesInTime).toBeGreaterThan(0.99);
  expect(report.supportCalls).toBeLessThan(5);
  expect(report.cost).toBeLessThan(30);
  expect((await call(machine, 'run', 'friday-1700', '--json')).stdout).toBe(stdout);
}, 60_000);

test('a bad rule is told with its place and range, and nothing is run', async () => {
  const machine = deskOf({ 'capacity.yaml': 'seats:\n  min: -1\n  max: 6\n' });
  expect(await call(machine, 'run', 'quiet-night')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'capacity.yaml:2:8: seats.min: expected a whole number from 1 to 100, found -1\n',
  });
  expect(machine.files.exists(`${machine.home}/production`)).toBe(false);
});

test('what it does not know it refuses', async () => {
  const machine = deskOf({});
  expect((await call(machine, 'run', 'sunday')).stderr).toContain('expected one of these days: friday-1700');
  expect((await call(machine, 'run', 'friday-1700', '--fast')).stderr).toContain('"--fast"');
  expect((await call(machine, 'run', 'friday-1700', '--capacity', 'none.yaml')).exitCode).toBe(2);
});

test('with rules it tells which alerts fired and leaves messages, logs and a Prometheus to ask', async () => {
  const machine = deskOf({});
  machine.files.mkdir(`${machine.home}/monitoring`);
  const write = (name: string, text: string): void =>
    machine.files.writeFile(`${machine.home}/monitoring/${name}`, text);
  const expr =
    'histogram_quantile(0.95, sum by (le) (rate(lb_request_duration_seconds_bucket{service="seats"}[5m]))) > 2';
  write('alerts.yaml', `groups: [{ name: buyers, rules: [{ alert: Slow, expr: '${expr}', for: 1m }] }]\n`);
  const receiver = "{ name: ops, slack_configs: [{ api_url: 'http://chat.test/', channel: '#operations' }] }";
  write('alertmanager.yml', `route: { receiver: ops }\nreceivers: [${receiver}]\n`);
  const { stdout, exitCode } = await call(machine, 'run', 'slow-payment');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /one alert fired with the rules of monitoring\/alerts\.yaml:\n {4}alert {2}fired {17}resolved\n {4}Slow {3}2026-03-04T10:0[1-4]:\d\dZ {2}2026-03-04T12:0/,
  );
  const inFolder = (name: string): string => machine.files.readText(`${machine.home}/production/slow-payment/${name}`);
  expect(inFolder('messages.jsonl')).toContain('"to":"#operations","title":"[FIRING:1]');
  expect(JSON.parse(inFolder('alerts.jsonl'))).toMatchObject({ alert: 'Slow' });
  const line = JSON.parse(inFolder('logs.jsonl').split('\n')[0] ?? '');
  expect(line).toMatchObject({ level: 'error', version: '1.1.0', path: '/payments' });
  expect(machine.files.readText('/srv/loki/prodsim-slow-payment.jsonl')).toContain('"day":"slow-payment"');
  const network = withDays(machine, surroundings, async () => 'ENOTFOUND');
  const target = '/api/v1/query?query=ALERTS&time=2026-03-04T11:00:00Z';
  const request = { method: 'GET', target, headers: {}, body: new Uint8Array() };
  const answer = await network('slow-payment.ventarela.test', 9090, request);
  expect(typeof answer !== 'string' && JSON.parse(new TextDecoder().decode(answer.body))).toMatchObject({
    data: { result: [{ metric: { alertname: 'Slow', alertstate: 'firing' } }] },
  });
  expect(await network('quiet-night.ventarela.test', 9090, request)).toBe('ENOTFOUND');
  const elsewhere = `${machine.home}/logs`;
  machine.files.mkdir(elsewhere);
  expect((await callIn(machine, elsewhere, 'run', 'slow-payment')).stdout).toContain(
    'without alerting rules: there is no monitoring/alerts.yaml in this folder; there is ~/monitoring/alerts.yaml\n',
  );
}, 60_000);

test('a rule that cannot be read is told in the words of promtool, with its file', async () => {
  const machine = deskOf({ 'bad.yaml': "groups: [{ name: a, rules: [{ alert: B, expr: 'sum(' }] }]\n" });
  const { exitCode, stderr } = await call(machine, 'run', 'quiet-night', '--rules', 'bad.yaml');
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^bad\.yaml: .*could not parse expression/);
  const missing = await call(machine, 'run', 'quiet-night', '--notify', 'none.yaml');
  expect(missing).toMatchObject({ exitCode: 2, stderr: 'prodsim: there is no file none.yaml\n' });
});
