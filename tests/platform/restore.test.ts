// Production is computed again from what was done to it: a desk that comes from a snapshot goes on as if nothing had been.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Desk, openCompany, openDesk, scenario } from './desk.ts';

const rules = 'groups: [{ name: g, rules: [{ alert: Down, expr: "up{job=\\"seats\\"} == 0", for: 30s }] }]';

const actions = [
  'sleep 7',
  'sleep 130',
  'curl -sS http://web-1/version',
  'curl -sS http://web-1/sold',
  'curl -sS http://web-1/crash',
  'curl -sS -m 2 http://web-1/loop',
  'timeout 5 curl -sS http://web-1:8081/loop',
  `node -e "fetch('http://web-1:8081/loop', { signal: AbortSignal.timeout(4000) }).then((r) => console.log(r.status), (e) => console.log(e.name))"`,
  '(sleep 1; date > at) & curl -sS -m 3 http://web-1:8081/sold; wait; cat at',
  'ssh web-1 systemctl restart seats@8081',
  'ssh web-1 systemctl stop seats@8081',
  'ssh web-1 systemctl start seats@8081',
  'ssh web-1 "sleep 1; curl -s localhost:8081/sold; date"',
  'ssh web-1 "PORT=9000 nohup node /opt/seats/on/8081/app.mjs > /tmp/out 2>&1 &"',
  'ssh web-1 "curl -s localhost:9000/sold; ss -ltn; ps -ef"',
  'ssh web-1 "kill \\$(pgrep -f app.mjs | head -1)"',
  'echo CURRENCY=x > env; scp env web-1:/etc/seats.env; scp web-1:/etc/seats.env back; cat back',
  'ssh web-1 "systemctl status seats@8081; journalctl -n 5 -o short-precise; systemctl is-active nginx"',
  `mkdir -p /srv/prometheus; echo '${rules}' > /srv/prometheus/rules.yml; curl -sS -X POST http://prometheus.ventarela.test:9090/-/reload`,
  'curl -sS "http://prometheus.ventarela.test:9090/api/v1/query?query=sum(front_requests_total)"; curl -sS http://prometheus.ventarela.test:9090/api/v1/alerts',
  'ssh web-1 "mkdir -p /opt/seats/releases/1.0.1; curl -fsS http://registry.ventarela.test/seats/1.0.1/seats.tgz | tar -xz -C /opt/seats/releases/1.0.1; ln -sfn ../releases/1.0.1 /opt/seats/on/8082; systemctl start seats@8082"',
  'ssh web-1 "sed -i s/8081/8082/ /etc/nginx/conf.d/seats.conf; nginx -s reload"',
  `curl -sS -d '{"service":"seats","version":"1.0.1","result":"succeeded","host":"web-1"}' http://events.ventarela.test/deploys`,
  'timeout 3 ssh web-1 "while true; do date; sleep 1; done"',
] as const;

/** What a desk does and sees: what each line said, what lies on it in the end, and the log. */
async function play(desk: Desk, lines: readonly string[]): Promise<readonly string[]> {
  const said: string[] = [];
  for (const line of lines) {
    const { stdout, stderr, exitCode } = await desk.run(line);
    said.push(`${line}\n${exitCode}\n${stdout}${stderr}`);
  }
  const live = await desk.production.look(desk.machine);
  const files = Object.entries(desk.machine.files.snapshot()).map(([path, entry]) =>
    JSON.stringify([
      path,
      { ...entry, ...('bytes' in entry && { bytes: Buffer.from(entry.bytes).toString('latin1') }) },
    ]),
  );
  return [...said, ...files, JSON.stringify([live?.ledger.counts(), live?.ledger.percentile(0.95)]), desk.log()];
}

const runs = Number(process.env.RESTORES ?? 15);

test(
  'a desk from a snapshot of any moment goes on to the same words, counts and log',
  async () => {
    const drawn = new Map<string, number>(actions.map((one) => [one, 0]));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...actions), { maxLength: 4 }),
        fc.array(fc.constantFrom(...actions), { maxLength: 3 }),
        fc.nat(1000),
        async (before, after, seed) => {
          for (const one of [...before, ...after]) drawn.set(one, (drawn.get(one) ?? 0) + 1);
          const desk = await openDesk({ seed: `restore/${seed}` });
          await openCompany(desk, scenario);
          await play(desk, before);
          const snapshot = desk.snapshot();
          const restored = await openDesk({ snapshot });
          expect(await play(restored, after)).toEqual(await play(desk, after));
        },
      ),
      { numRuns: runs },
    );
    if (runs >= 100) for (const [action, times] of drawn) expect(times, action).toBeGreaterThan(runs / 50);
  },
  30_000 + runs * 4000,
);

test('two desks with the same seed have the same day, and another seed has another', async () => {
  const day = async (seed: string) => {
    const desk = await openDesk({ seed });
    await openCompany(desk, scenario);
    return play(desk, ['sleep 30', 'ssh web-1 systemctl restart seats@8081', 'sleep 600']);
  };
  const [first, again, other] = [await day('a'), await day('a'), await day('b')];
  expect(again).toEqual(first);
  expect(other.at(-2)).not.toBe(first.at(-2));
});
