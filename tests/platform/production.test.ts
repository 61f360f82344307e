import { describe, expect, test } from 'vitest';
import { figuresOfLive } from '../../sandbox/dashboard/index.ts';
import type { RequestCounts } from '../../sandbox/platform/index.ts';
import { incidents } from '../../sandbox/telemetry/delivery/index.ts';
import { timelineFromLog } from '../../sandbox/telemetry/timeline/index.ts';
import { type Desk, openCompany, openDesk, scenario } from './desk.ts';

/** Starts the new version beside the old one, tries it, and only then moves the pointer of nginx. */
const deploy = `#!/bin/bash
set -euo pipefail
version=$1
current=$(ssh web-1 "grep -o '127.0.0.1:[0-9]*' /etc/nginx/conf.d/seats.conf" | cut -d: -f2)
next=8081
if [ "$current" = 8081 ]; then next=8082; fi
curl -fsS -o /tmp/seats-$version.tgz http://registry.ventarela.test/seats/$version/seats.tgz
scp -q /tmp/seats-$version.tgz web-1:/tmp/
ssh web-1 "mkdir -p /opt/seats/releases/$version && tar -xzf /tmp/seats-$version.tgz -C /opt/seats/releases/$version"
ssh web-1 "ln -sfn ../releases/$version /opt/seats/on/$next && systemctl restart seats@$next"
ok=no
for try in 1 2 3 4 5; do
  sleep 1
  if ssh web-1 "curl -fsS localhost:$next/version" 2>/dev/null | grep -q "$version"; then ok=yes; break; fi
done
if [ $ok = no ]; then
  ssh web-1 "systemctl stop seats@$next"
  curl -fsS --json "{\\"service\\":\\"seats\\",\\"version\\":\\"$version\\",\\"result\\":\\"failed\\"}" http://events.ventarela.test/deploys > /dev/null
  echo "seats $version did not start" >&2
  exit 1
fi
ssh web-1 "sed -i s/$current/$next/ /etc/nginx/conf.d/seats.conf && nginx -t && systemctl reload nginx"
sleep 2
ssh web-1 "systemctl stop seats@$current"
curl -fsS --json "{\\"service\\":\\"seats\\",\\"version\\":\\"$version\\",\\"result\\":\\"succeeded\\"}" http://events.ventarela.test/deploys > /dev/null
`;

/** The other port still has the version before. */
const rollback = `#!/bin/bash
set -euo pipefail
current=$(ssh web-1 "grep -o '127.0.0.1:[0-9]*' /etc/nginx/conf.d/seats.conf" | cut -d: -f2)
before=8081
if [ "$current" = 8081 ]; then before=8082; fi
ssh web-1 "systemctl start seats@$before && sleep 1 && curl -fsS localhost:$before/healthz" > /dev/null
ssh web-1 "sed -i s/$current/$before/ /etc/nginx/conf.d/seats.conf && systemctl reload nginx && systemctl stop seats@$current"
`;

/** Stops what serves, and starts the new version in its place. */
const naive = `#!/bin/bash
ssh web-1 "systemctl stop seats@8081"
curl -fsS -o /tmp/seats.tgz http://registry.ventarela.test/seats/$1/seats.tgz
scp -q /tmp/seats.tgz web-1:/tmp/
ssh web-1 "mkdir -p /opt/seats/releases/$1 && tar -xzf /tmp/seats.tgz -C /opt/seats/releases/$1 && ln -sfn ../releases/$1 /opt/seats/on/8081"
ssh web-1 "systemctl start seats@8081"
sleep 2
`;

async function company(seed?: string): Promise<Desk> {
  const desk = await openDesk(seed === undefined ? {} : { seed });
  for (const [name, text] of Object.entries({ deploy, rollback, naive }))
    desk.machine.files.writeFile(`/home/dev/${name}.sh`, text, 0o755);
  await openCompany(desk, scenario);
  await desk.must('sleep 20');
  return desk;
}

async function counts(desk: Desk, since?: number): Promise<RequestCounts> {
  const live = await desk.production.look(desk.machine);
  if (live === undefined) throw new Error('there is no production');
  return live.ledger.counts(since);
}

/** Nobody is lost: each request is in exactly one place. */
function expectConserved({ arrived, served, failed, dropped, waiting }: RequestCounts): void {
  expect(served + failed + dropped + waiting).toBe(arrived);
  expect(waiting).toBeGreaterThanOrEqual(0);
}

const lost = ({ arrived, failed, dropped }: RequestCounts): number => (failed + dropped) / arrived;
const version = (desk: Desk): Promise<string> => desk.must('curl -fsS http://web-1/version');

describe('a deploy while buyers call', () => {
  test('side by side with a pointer and a smoke test loses at most 1 %, and the new version serves', async () => {
    const desk = await company();
    const begun = desk.machine.kernel.now();
    await desk.must('./deploy.sh 1.0.1');
    const during = await counts(desk, begun);
    expect(await version(desk)).toBe('{"version":"1.0.1"}\n');
    expect(during.arrived).toBeGreaterThan(20);
    expect(lost(during)).toBeLessThanOrEqual(0.01);
    expectConserved(during);
    expect(JSON.parse(await desk.must('curl -fsS http://events.ventarela.test/deploys'))).toMatchObject([
      { kind: 'deploy', service: 'seats', version: '1.0.1', result: 'succeeded', by: 'dev' },
    ]);
  });

  test('that stops the old version first loses requests', async () => {
    const desk = await company();
    const begun = desk.machine.kernel.now();
    await desk.must('./naive.sh 1.0.1');
    const during = await counts(desk, begun);
    expect(await version(desk)).toBe('{"version":"1.0.1"}\n');
    expect(lost(during)).toBeGreaterThan(0.1);
    expectConserved(during);
  });

  test('of a version that misses a variable fails, and the old one goes on serving', async () => {
    const desk = await company();
    const begun = desk.machine.kernel.now();
    const { exitCode, stderr } = await desk.run('./deploy.sh 1.1.0');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: 'seats 1.1.0 did not start\n' });
    expect(await version(desk)).toBe('{"version":"1.0.0"}\n');
    expect(lost(await counts(desk, begun))).toBe(0);
    expect(await desk.must('ssh web-1 journalctl -u seats@8082 -o cat')).toContain('CURRENCY is not set\n');
    // systemd starts what failed five times in ten seconds again only when they are over.
    await desk.must(
      'sleep 10; ssh web-1 "echo CURRENCY=units | sudo tee /etc/seats.env > /dev/null"; ./deploy.sh 1.1.0',
    );
    expect(await version(desk)).toBe('{"version":"1.1.0"}\n');
  });

  test('is taken back in under 30 seconds', async () => {
    const desk = await company();
    await desk.must('./deploy.sh 1.0.1');
    const begun = desk.machine.kernel.now();
    await desk.must('./rollback.sh');
    expect(await version(desk)).toBe('{"version":"1.0.0"}\n');
    expect(desk.machine.kernel.now() - begun).toBeLessThan(30_000);
  });

  test('that does not restart leaves the old process serving', async () => {
    const desk = await company();
    await desk.must(`
      curl -fsS -o /tmp/seats.tgz http://registry.ventarela.test/seats/1.0.1/seats.tgz; scp -q /tmp/seats.tgz web-1:/tmp/
      ssh web-1 "tar -xzf /tmp/seats.tgz -C /opt/seats/releases/1.0.0"`);
    expect(await desk.must('ssh web-1 cat /opt/seats/on/8081/app.mjs')).toContain("'1.0.1'");
    expect(await version(desk)).toBe('{"version":"1.0.0"}\n');
    await desk.must('ssh web-1 systemctl restart seats@8081; sleep 2');
    expect(await version(desk)).toBe('{"version":"1.0.1"}\n');
  });
});

test('whoever waits at the desk for a program that never answers goes away when they said, at Ctrl+C, or after a quarter of an hour', async () => {
  const desk = await company();
  const waits = async (script: string, meanwhile = () => {}) => {
    const begun = desk.machine.kernel.now();
    const running = desk.run(script);
    meanwhile();
    const { stderr, exitCode } = await running;
    return { stderr, exitCode, seconds: Math.round((desk.machine.kernel.now() - begun) / 1000) };
  };
  const timedOut = (ms: number) => `curl: (28) Operation timed out after ${ms} milliseconds with 0 bytes received\n`;
  expect(await waits('curl -sS -m 2 http://web-1:8081/loop')).toEqual({
    stderr: timedOut(2001),
    exitCode: 28,
    seconds: 2,
  });
  expect(await waits('timeout 5 curl -sS http://web-1:8081/trips')).toMatchObject({ exitCode: 124, seconds: 5 });
  const fetching = `node -e "fetch('http://web-1:8081/trips', { signal: AbortSignal.timeout(4000) }).catch(() => {})"`;
  expect(await waits(fetching)).toMatchObject({ exitCode: 0, seconds: 4 });
  expect(await waits('curl -sS http://web-1:8081/trips')).toMatchObject({ exitCode: 28, seconds: 900 });
  const interrupted = await waits('curl -sS http://web-1:8081/trips', () => setImmediate(desk.interrupt));
  expect(interrupted.exitCode).toBe(130);
  expect(interrupted.seconds).toBeLessThan(900);
  const restored = await openDesk({ snapshot: desk.snapshot() });
  const look = 'date; ssh web-1 "date; ps -ef"';
  expect(await restored.run(look)).toEqual(await desk.run(look));
});

test('what failed before a change is no sample of what answers after it', async () => {
  const desk = await company();
  await desk.must('ssh web-1 systemctl stop seats@8081; sleep 180; ssh web-1 systemctl start seats@8081; sleep 5');
  const mendedAt = desk.machine.kernel.now();
  await desk.must('sleep 300');
  const { arrived, failed, dropped } = (await desk.production.look(desk.machine))?.ledger.counts(mendedAt) ?? {};
  expect(arrived).toBeGreaterThan(0);
  expect([failed, dropped]).toEqual([0, 0]);
});

describe('a program that goes wrong', () => {
  test('that crashes leaves its stack in the journal and is started again', async () => {
    const desk = await company();
    const answer = await desk.run('curl -sS http://web-1/crash');
    expect(answer.stdout).toContain('502 Bad Gateway');
    await desk.must('sleep 2');
    const journal = await desk.must('ssh web-1 journalctl -u seats@8081 -o cat');
    expect(journal).toContain('Error: no such coach\n    at ');
    expect(journal).toContain('Main process exited, code=exited, status=1/FAILURE');
    expect(journal).toContain('Scheduled restart job, restart counter is at 1.');
    expect(await version(desk)).toBe('{"version":"1.0.0"}\n');
    await desk.run('for i in 1 2 3 4 5 6; do curl -sS http://web-1/crash > /dev/null; sleep 1.2; done');
    expect((await desk.run('ssh web-1 systemctl is-active seats@8081')).stdout).toBe('failed\n');
    expectConserved(await counts(desk));
  });

  test('that never ends its turn times out, is called unhealthy, and does not stop the rest', async () => {
    const desk = await company();
    const answer = await desk.run('curl -sS http://web-1/loop');
    expect(answer.stdout).toContain('504 Gateway Time-out');
    await desk.must('sleep 30');
    expect(desk.log()).toContain('"type":"InstanceUnhealthy"');
    expect((await desk.run('ssh web-1 systemctl is-active seats@8081')).stdout).toBe('active\n');
    const begun = desk.machine.kernel.now();
    await desk.must('ssh web-1 systemctl restart seats@8081');
    expect(desk.machine.kernel.now() - begun).toBeGreaterThan(90_000);
    await desk.must('sleep 2');
    expect(await version(desk)).toBe('{"version":"1.0.0"}\n');
    expectConserved(await counts(desk));
  });
});

describe('what is collected', () => {
  test('is what the program itself tells and what buyers felt, every 15 seconds', async () => {
    const desk = await company();
    await desk.must('sleep 60');
    const live = await desk.production.look(desk.machine);
    const { result } = (
      JSON.parse(await ask('query=http_requests_total[1m]')) as {
        data: { result: { metric: Record<string, string>; values: [number, string][] }[] };
      }
    ).data;
    expect(result.map(({ metric }) => metric)).toEqual([
      { __name__: 'http_requests_total', instance: 'web-1:8081', job: 'seats' },
    ]);
    const times = result[0]?.values.map(([at]) => at) ?? [];
    expect(times.slice(1).map((at, index) => at - (times[index] ?? 0))).toEqual([15, 15, 15]);
    const values = result[0]?.values.map(([, value]) => Number(value)) ?? [];
    expect(values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0))).toBe(true);
    expect(await sampleOf('up{instance="web-1:8082"}')).toBe('0');
    expect(await sampleOf('sum(up)')).toBe('2');
    const last = Number(await sampleOf('timestamp(front_requests_total{code="200"})')) * 1000;
    expect(Number(await sampleOf('front_requests_total{code="200"}'))).toBe(
      live?.ledger.counts(undefined, last).served,
    );
    expect((await desk.run('curl -sS http://prometheus.ventarela.test/')).exitCode).toBe(7);

    function ask(form: string): Promise<string> {
      return desk.must(`curl -sS --data-urlencode '${form}' http://prometheus.ventarela.test:9090/api/v1/query`);
    }
    async function sampleOf(query: string): Promise<string | undefined> {
      return JSON.parse(await ask(`query=${query}`)).data.result[0]?.value[1];
    }
  });

  test('of logs is what services wrote, from every host', async () => {
    const desk = await company();
    await desk.run('curl -s http://web-1/crash');
    const live = await desk.production.look(desk.machine);
    expect(live?.logs.find(({ line }) => line.startsWith('Error: no such coach'))).toMatchObject({
      host: 'web-1',
      unit: 'seats@8081.service',
    });
    const found = await desk.must(`logcli query '{app="seats"} |= "no such coach"' -q -o raw --forward`);
    expect(found).toContain('Error: no such coach\n');
  });
});

describe('alerts', () => {
  const rules = `groups:
  - name: buyers
    rules:
      - alert: BuyersFail
        expr: sum(rate(front_requests_total{code=~"5..|000"}[1m])) > 1
        for: 30s
        labels: { severity: page }
        annotations: { summary: 'buyers get errors' }
`;
  const config = `route: { receiver: operations, group_wait: 10s }
receivers:
  - name: operations
    slack_configs: [{ channel: '#operations', api_url: 'http://chat.ventarela.test', send_resolved: true }]
`;

  test('of the rules that Prometheus was told to read reach the channel while buyers fail, and end after', async () => {
    const desk = await company();
    const { files } = desk.machine;
    for (const folder of ['/srv/prometheus', '/srv/alertmanager']) files.mkdir(folder, { recursive: true });
    files.writeFile('/srv/prometheus/rules.yml', 'groups: [{ name: x, rules: [{ alert: A, expr: "1 +" }] }]');
    files.writeFile('/srv/alertmanager/alertmanager.yml', config);
    const reload = 'curl -sS -X POST http://prometheus.ventarela.test:9090/-/reload';
    expect(await desk.must(reload)).toContain('failed to reload config: /srv/prometheus/rules.yml: ');
    files.writeFile('/srv/prometheus/rules.yml', rules);
    await desk.must(`${reload}; sleep 60`);
    expect(files.exists('/srv/messages.jsonl')).toBe(false);
    // Within a script, too, the channel holds what has been told by then.
    const told = await desk.must('ssh web-1 systemctl stop seats@8081; sleep 150; inbox operations');
    expect(told).toContain('BuyersFail');
    const again = await openDesk({ snapshot: desk.snapshot() });
    for (const one of [desk, again]) await one.must('ssh web-1 systemctl start seats@8081; sleep 600');
    expect(again.machine.files.readText('/srv/messages.jsonl')).toBe(files.readText('/srv/messages.jsonl'));
    expect(files.readText('/srv/messages.jsonl').toLowerCase()).toContain('resolved');
    const logged = desk.machine.kernel.log.entries().filter(({ type }) => type.startsWith('Alert'));
    expect(logged).toMatchObject([
      { type: 'AlertFired', alert: 'BuyersFail', labels: '{"alertname":"BuyersFail","severity":"page"}' },
      { type: 'AlertResolved', alert: 'BuyersFail' },
    ]);
    const [incident] = incidents(timelineFromLog(desk.machine.kernel.log.entries()));
    expect(incident).toMatchObject({ alerts: ['BuyersFail'] });
    const lasted = (incident?.endedAt ?? 0) - (incident?.startedAt ?? 0);
    expect(lasted).toBeGreaterThan(60_000);
    expect(lasted).toBeLessThan(300_000);
  });

  test('are told by the API while they are pending or fire, and end with their rule', async () => {
    const desk = await company();
    const { files } = desk.machine;
    files.mkdir('/srv/prometheus', { recursive: true });
    const rule = (name: string): string =>
      `groups: [{ name: a, rules: [{ alert: ${name}, expr: vector(3), for: 20s }] }]`;
    const reload = 'curl -sS -X POST http://prometheus.ventarela.test:9090/-/reload';
    const alerts = async () =>
      JSON.parse(await desk.must('curl -sS http://prometheus.ventarela.test:9090/api/v1/alerts')).data.alerts;
    files.writeFile('/srv/prometheus/rules.yml', rule('Always'));
    await desk.must(`${reload}; sleep 16`);
    expect(await alerts()).toMatchObject([{ labels: { alertname: 'Always' }, state: 'pending', value: '3e+00' }]);
    await desk.must('sleep 30');
    expect(await alerts()).toMatchObject([{ state: 'firing' }]);
    files.writeFile('/srv/prometheus/rules.yml', rule('Another'));
    await desk.must(`${reload}; sleep 2`);
    expect(await alerts()).toEqual([]);
    const logged = desk.machine.kernel.log.entries().filter(({ type }) => type.startsWith('Alert'));
    expect(logged.map((entry) => `${entry.type} ${'alert' in entry ? entry.alert : ''}`)).toEqual([
      'AlertFired Always',
      'AlertResolved Always',
    ]);
  });
});

test('with another scenario production begins anew, at once and after a reload', async () => {
  const desk = await company();
  const other = scenario.replaceAll('1.0.0', '1.0.1');
  desk.machine.files.writeFile('/srv/production/scenario.yaml', other);
  expect(await version(desk)).toBe('{"version":"1.0.1"}\n');
  expect((await counts(desk)).arrived).toBeLessThan(5);
  const again = await openDesk({ snapshot: desk.snapshot() });
  expect([await version(again), await counts(again)]).toEqual([await version(desk), await counts(desk)]);
});

test('a program that closes its server in the middle of an answer ends when the answer is out', async () => {
  const desk = await openDesk();
  await openCompany(desk, scenario.replace('request: 8', 'request: 300').replace('rate: 8', 'rate: 3'));
  await desk.must(
    'sleep 5; ssh web-1 "sed -i s/.close.*process.exit.0.../.close\\(\\)\\)/ /opt/seats/on/8081/app.mjs; systemctl restart seats@8081"; sleep 5',
  );
  expect(await desk.must('ssh web-1 tail -n 1 /opt/seats/on/8081/app.mjs')).toBe(
    "process.on('SIGTERM', () => server.close());\n",
  );
  const begun = desk.machine.kernel.now();
  await desk.must('for try in 1 2 3 4 5; do ssh web-1 systemctl restart seats@8081; sleep 4; done');
  expect(desk.machine.kernel.now() - begun).toBeLessThan(40_000);
  expect(await desk.must('ssh web-1 journalctl -u seats@8081 -o cat')).not.toContain('timed out');
});

test('what somebody spoils in the documents of production does not stop the desk', async () => {
  const desk = await company();
  desk.machine.kernel.record({ type: 'DayOpened', day: 'd07', seed: 'x' });
  await desk.must('echo "{not json" >> /srv/production/interventions.jsonl; echo oops > /srv/production/told.json');
  const again = await openDesk({ snapshot: desk.snapshot() });
  expect(await version(again)).toBe('{"version":"1.0.0"}\n');
  await again.must('echo "hosts: [" > /srv/production/scenario.yaml');
  expect((await again.run('ssh web-1 true')).stderr).toContain('Could not resolve hostname web-1');
});

test('whoever comes comes at the same moment whatever is done', async () => {
  const arrived = async (lines: readonly string[]) => {
    const desk = await openDesk({ seed: 'deeds' });
    await openCompany(desk, scenario);
    const begun = desk.machine.kernel.now();
    for (const line of lines) await desk.run(line);
    const live = await desk.production.look(desk.machine);
    return Array.from(
      { length: 130 },
      (_, at) => live?.ledger.counts(begun + at * 10_000, begun + (at + 1) * 10_000).arrived,
    );
  };
  // Quiet times, in which a sample of the requests runs, and a deed after which all do again.
  const left = await arrived(['sleep 1400']);
  expect(await arrived(['sleep 300', 'ssh web-1 true', 'sleep 1100'])).toEqual(left);
  expect(Math.max(...left.map((count) => count ?? 0))).toBeGreaterThan(10);
});

test('figures of a stretch of live production: what failed, how slow, how long until it served well again', async () => {
  const desk = await openDesk({ seed: 'figures' });
  await openCompany(desk, scenario);
  const from = desk.machine.kernel.now();
  await desk.must(
    'sleep 120; ssh web-1 systemctl stop seats@8081; sleep 180; ssh web-1 systemctl start seats@8081; sleep 300',
  );
  const until = desk.machine.kernel.now();
  const live = await desk.production.look(desk.machine);
  if (live === undefined) throw new Error('no production');
  const { asked, failed, p95 = 0, restore, isOpen, cost } = figuresOfLive(live, { from, until });
  const counts = live.ledger.counts(from, until);
  expect(asked).toBe(counts.arrived - counts.waiting);
  expect(failed).toBe(counts.failed + counts.dropped);
  expect(failed).toBeGreaterThan(0.2 * asked);
  expect(p95).toBeCloseTo((live.ledger.percentile(0.95, from, until) ?? 0) / 1000, 9);
  expect(restore).toBeGreaterThanOrEqual(3 * 60_000);
  expect(restore).toBeLessThanOrEqual(5 * 60_000);
  expect([isOpen, cost]).toEqual([false, undefined]);
  // Up to a moment within it, it goes on.
  expect(figuresOfLive(live, { from, until: from + 240_000 }).isOpen).toBe(true);
  expect(figuresOfLive(live, { from, until: from })).toEqual({ asked: 0, failed: 0, restore: 0, isOpen: false });
});
