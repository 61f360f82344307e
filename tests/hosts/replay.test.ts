import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { bundleEngine, type EngineScripts, quickjsWasm } from '../../sandbox/hosts/build/bundle.ts';
import { startEngine } from '../../sandbox/hosts/node/index.ts';
import type { EngineHost, Snapshot } from '../../sandbox/hosts/protocol.ts';
import { isExact, type Recording } from '../../sandbox/hosts/replay/recording.ts';
import { createReplay, type Moment } from '../../sandbox/hosts/replay/replay.ts';
import { openSession, type Session } from '../../sandbox/hosts/session.ts';

let engine: EngineScripts;
beforeAll(async () => {
  engine = await bundleEngine();
}, 60_000);

/** How many visits are tried: more of them by hand. */
const RUNS = Number(process.env.NOVENTA_RUNS ?? 12);

const start = (): EngineHost => startEngine({ engine, wasm: quickjsWasm().file });
const pack = { day: 'none', seed: 'replay', files: { 'notes.txt': new TextEncoder().encode('one\n') } };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What can differ, as text: byte for byte. */
function told({ kernel, files, shell }: Snapshot): string {
  return JSON.stringify([kernel, shell, files], (_, value) => (value instanceof Uint8Array ? [...value] : value));
}

/** What the company has on its disks. */
function company({ files }: Snapshot): string {
  return JSON.stringify(
    Object.entries(files).filter(([path]) => path.startsWith('/srv/')),
    (_, value) => (value instanceof Uint8Array ? [...value] : value),
  );
}

/** A session of today's visit, and how to begin another one. */
interface Visit {
  session: Session;
  again(): Promise<void>;
}
type Deed = (visit: Visit) => Promise<unknown>;
const typing =
  (line: string): Deed =>
  async ({ session }) => {
    await session.call('type', { id: 't1', data: `${line}\r` });
    await session.call('settle', {});
  };
const writing =
  (path: string, text: string): Deed =>
  ({ session }) =>
    session.call('writeFile', { path, bytes: bytes(text) });
const passing =
  (ms: number): Deed =>
  async ({ session }) =>
    session.call('advance', { until: session.snapshot().kernel.now + ms });
const lines = [
  'echo $RANDOM >> luck.txt',
  'cd /tmp; pwd',
  'cd -',
  'false',
  'echo "last: $?"',
  'x=$((x + 1)); echo "x is $x"',
  'sleep 90; date',
  'git init -q shop; cd shop; git commit -q --allow-empty -m first; git log --oneline',
  'cat notes.txt',
  'set -u',
  'echo "$unset"',
  'node -e "console.log(Math.random(), Date.now())"',
  "cat > made.txt <<'END'",
  'END',
  'sleep 1000 &',
  'jobs',
  'rm -rf shop; ls -la',
  '',
];
const atDesk: readonly Deed[] = [
  ...lines.map(typing),
  writing('notes.txt', 'two\n'),
  ({ session }) => session.call('rename', { from: 'notes.txt', to: 'kept.txt' }),
  ({ session }) => session.call('remove', { path: 'luck.txt' }),
  ({ session }) => session.call('run', { script: 'ls -la; date' }),
  passing(3_600_000),
  ({ again }) => again(),
];

const program = `import { createServer } from 'node:http';
createServer((request, response) => {
  response.writeHead(request.url === '/broken' ? 500 : 200);
  response.end(request.url === '/metrics' ? 'sold_total ' + Math.floor(Math.random() * 9) + '\\n' : 'x');
}).listen(8081, () => console.log('{"message":"listening"}'));
`;
const scenario = `hosts:
  web-1:
    files:
      /opt/app.mjs: |
${program.replaceAll(/^(?=.)/gm, '        ')}
      /etc/systemd/system/seats.service: |
        [Service]
        ExecStart=/usr/bin/node /opt/app.mjs
        Restart=on-failure
        [Install]
        WantedBy=multi-user.target
    setup: systemctl enable --now seats
buyers:
  - { to: 'http://web-1:8081', rate: 2, requests: [{ path: /trips, weight: 9 }, { path: /broken, weight: 1 }] }
scrape:
  - { job: seats, targets: [web-1:8081] }
  - { job: front, targets: [front:80] }
`;
const rules = `groups: [{ name: g, rules: [{ alert: Slow, expr: 'rate(front_requests_total[1m]) > 0', for: 15s }] }]`;
const inProduction: readonly Deed[] = [
  writing('/srv/production/scenario.yaml', scenario),
  writing('/srv/production/scenario.yaml', scenario.replace('rate: 2', 'rate: 5')),
  writing('/srv/prometheus/rules.yml', rules),
  typing('curl -sS -X POST http://prometheus.ventarela.test:9090/-/reload'),
  typing('ssh web-1 systemctl restart seats'),
  typing('ssh web-1 "systemctl stop seats; date"'),
  typing('curl -s -o /dev/null -w "%{http_code}\\n" http://web-1:8081/broken; sleep 5'),
  typing(
    `curl -sS -X POST http://events.ventarela.test/deploys -d '{"service":"seats","version":"2","result":"succeeded"}'`,
  ),
  passing(120_000),
  ...atDesk,
];

/** Does everything once, and keeps what was there after each deed: the engine's own state. */
async function live(
  chosen: readonly Deed[],
): Promise<{ visit: Visit; snapshots: Map<number, Snapshot>; screen: string }> {
  let screen = '';
  let engine: EngineHost | undefined;
  async function open(snapshot?: Snapshot): Promise<Session> {
    screen = '';
    let isFirst = true;
    const startEngine = (): EngineHost => {
      const host = start();
      if (isFirst) engine = host;
      isFirst = false;
      return host;
    };
    const session = await openSession({ startEngine, pack, language: 'en', ...(snapshot && { snapshot }) });
    session.subscribe((event) => {
      if (event.event === 'output') screen += event.text;
    });
    await session.call('openTerminal', { id: 't1', columns: 80, rows: 24 });
    return session;
  }
  const visit: Visit = {
    session: await open(),
    async again() {
      const snapshot = structuredClone(visit.session.snapshot());
      visit.session.close();
      visit.session = await open(snapshot);
    },
  };
  const snapshots = new Map<number, Snapshot>();
  for (const deed of chosen) {
    await deed(visit);
    const answer = await engine?.call('snapshot', {});
    if (answer !== undefined) snapshots.set(lengthOf(visit.session.recording()), answer.snapshot);
  }
  return { visit, snapshots, screen };
}

test('in the middle of a wait each moment is what it is for somebody who waits just so long, byte for byte', {
  timeout: 120_000 + 20_000 * RUNS,
}, async () => {
  const chosen = fc.array(fc.constantFrom(...inProduction), { maxLength: 4 });
  const wait = fc.integer({ min: 2, max: 400 });
  await fc.assert(
    fc.asyncProperty(
      chosen,
      wait,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.boolean(),
      async (some, seconds, share, isTyped) => {
        const before = [inProduction[0] as Deed, ...some];
        const part = Math.round(share * seconds * 1000);
        const short = await live([...before, passing(part)]);
        const long = await live([...before, isTyped ? typing(`sleep ${seconds}`) : passing(seconds * 1000)]);
        const recording = long.visit.session.recording();
        for (const { visit } of [short, long]) visit.session.close();
        const replay = createReplay(structuredClone(recording), { startEngine: start, language: 'en' });
        const done = lengthOf(recording) - 1;
        const from = (await replay.goTo(done)).snapshot.kernel.now;
        const { snapshot, at } = await replay.goInto(done, from + part);
        expect([at, snapshot.kernel.now]).toEqual([from + part, from + part]);
        const then = short.snapshots.get(lengthOf(short.visit.session.recording())) as Snapshot;
        // Whoever types a wait has typed it: the company is the same all the same.
        if (isTyped) expect(company(snapshot)).toBe(company(then));
        else expect(told(snapshot)).toBe(told(then));
        replay.close();
      },
    ),
    { numRuns: RUNS },
  );
});

function lengthOf({ visits }: Recording): number {
  return visits.reduce((sum, { actions }) => sum + actions.length, 0);
}

test.each([
  ['at the desk', atDesk, 8],
  ['with production that lives', inProduction, 6],
] as const)(
  'back and forth %s, each moment is what it was, byte for byte',
  {
    timeout: 240_000 + 20_000 * RUNS,
  },
  async (_, all, most) => {
    const chosen = fc.array(fc.constantFrom(...all), { minLength: 2, maxLength: most });
    const visits = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(chosen, visits, fc.integer({ min: 1, max: 4 }), async (some, shares, between) => {
        const deeds = all === inProduction ? [inProduction[0] as Deed, ...some] : some;
        const { visit, snapshots, screen } = await live(deeds);
        const recording = visit.session.recording();
        visit.session.close();
        expect(isExact(recording)).toBe(true);
        const replay = createReplay(structuredClone(recording), { startEngine: start, language: 'en', between });
        const places = [...snapshots.keys()];
        let moment: Moment | undefined;
        for (const share of [...shares, 1]) {
          const done = places[Math.round(share * (places.length - 1))] as number;
          moment = await replay.goTo(done);
          expect(told(moment.snapshot)).toBe(told(snapshots.get(done) as Snapshot));
          expect(replay.reached()[done]?.entries).toBe(moment.snapshot.kernel.log.length);
        }
        expect(moment?.screens.t1).toBe(screen);
        replay.close();
      }),
      { numRuns: RUNS },
    );
  },
);

test('keys of one line are one action, and what is typed into a running program says that it is not exact', async () => {
  const session = await openSession({ startEngine: start, pack, language: 'en' });
  await session.call('openTerminal', { id: 't1', columns: 80, rows: 24 });
  for (const key of 'ls\r') await session.call('type', { id: 't1', data: key });
  await session.call('settle', {});
  expect(isExact(session.recording())).toBe(true);
  expect(session.recording().visits).toMatchObject([
    { actions: [{ call: 'openTerminal' }, { call: 'type', args: { id: 't1', data: 'ls\r' } }] },
  ]);
  await session.call('type', { id: 't1', data: 'cat\r' });
  await new Promise((resolve) => setTimeout(resolve, 500));
  await session.call('type', { id: 't1', data: 'hello\r\x04' });
  await session.call('settle', {});
  const recording = session.recording();
  session.close();
  expect(isExact(recording)).toBe(false);
  const replay = createReplay(recording, { startEngine: start, language: 'en' });
  const end = await replay.goTo(99);
  expect(end.done).toBe(lengthOf(recording));
  expect(end.screens.t1).toContain('\r\nhello\r\n');
  replay.close();
}, 60_000);
