// What authors write of a day with production: a setup, and checks that look at it, on the learner's copy and on an unseen seed.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { type Check, type Desk, type Exercise, failed, passed } from '../../sandbox/checks/index.ts';
import { createEngine, type Engine } from '../../sandbox/engine.ts';
import { loadPart } from '../../sandbox/parts/direct.ts';
import { scenario, seats } from './desk.ts';

const quickjs = createRequire(import.meta.url).resolve('@jitl/quickjs-ng-wasmfile-release-sync/wasm');
const turn = setImmediate;
const words = (text: string) => ({ es: text, en: text });
const check = (id: string, run: Check['run']): Check => ({ id, goal: words(id), kind: 'service', run });
const says = (found: unknown) => failed({ expected: words(''), found: words(JSON.stringify(found)), next: words('') });

const loses = check('loses-little', async (desk) => {
  const { requests, exitCode } = await desk.production.during('./deploy.sh 1.0.1');
  const { json } = await desk.production.get('http://web-1/version');
  const isNew = (json() as { version: string }).version === '1.0.1';
  const lost = (requests.failed + requests.dropped) / requests.arrived;
  return exitCode === 0 && isNew && requests.arrived > 0 && lost <= 0.01 ? passed : says({ requests, exitCode, isNew });
});

const unseen = check('loses-little-on-an-unseen-day', async (desk) => {
  const other = await desk.onSeed('unseen');
  return loses.run(other);
});

const knows = check('knows', async (desk) => {
  const { production, registry } = desk;
  const [first] = registry.artifacts('seats');
  const host = production.host('web-1');
  const service = await host.service('seats@8081');
  const found = {
    version: first?.version,
    bytes: first !== undefined && registry.bytes(first).length === first.size,
    active: service?.active,
    command: service?.pid !== undefined && (await host.run('ps -o args= -p $(pgrep -f app.mjs)')).stdout,
    log: (await host.journal('seats@8081')).some(({ message }) => message.includes('listening')),
    kinds: (await production.timeline()).map(({ kind }) => kind),
  };
  const expected = {
    version: '1.0.0',
    bytes: true,
    active: 'active',
    command: 'node app.mjs\n',
    log: true,
    kinds: ['host-started', 'service-started', 'service-started'],
  };
  return JSON.stringify(found) === JSON.stringify(expected) ? passed : says(found);
});

/** Desks on which these looked, in order. */
const desks: unknown[] = [];
const look = (id: string, act: (desk: Desk) => Promise<unknown>): Check =>
  check(id, async (desk) => {
    desks.push(desk);
    const { arrived } = await desk.production.requests();
    await act(desk);
    return says({ arrived, left: desk.exists('left'), now: desk.now() });
  });
const looks = [
  look('looks', async () => {}),
  look('looks-too', async ({ log, production }) => [log.length, await production.alerts()]),
  look('leaves', (desk) => desk.run('touch left; sleep 90')),
  look('draws', async (desk) => desk.integer(1, 6)),
  look('looks-last', async () => {}),
];

function day(): Exercise {
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const setup = `
    mkdir -p /tmp/build /srv/production
    for version in 1.0.0 1.0.1; do
      echo ${quoted(seats('VERSION'))} | sed "s/VERSION/$version/" > /tmp/build/app.mjs
      tar -czf /tmp/seats.tgz -C /tmp/build app.mjs
      curl -fsS -T /tmp/seats.tgz http://registry.ventarela.test/seats/$version/seats.tgz
    done
    echo ${quoted(scenario)} > /srv/production/scenario.yaml`;
  const hints = [words(''), words(''), words('')] as const;
  const step = {
    id: 's1',
    title: words(''),
    task: words(''),
    kind: 'write',
    checks: [loses, unseen, knows, ...looks],
    hints,
    reason: words(''),
  } as const;
  return { id: 'd07', seed: 'seventh', title: words(''), setup, steps: [step], wrong: {} };
}

async function open(deploy: string): Promise<Engine> {
  const pack = { day: 'd07', seed: 'seventh', files: {} };
  const engine = await createEngine(
    { pack, language: 'en', exercise: day() },
    {
      loadPart,
      loadWasm: async () => readFileSync(quickjs),
      pause: () => new Promise((resolve) => turn(resolve)),
      onKernel: () => {},
      emit: () => {},
    },
  );
  engine.writeFile('deploy.sh', new TextEncoder().encode(deploy));
  await engine.run('chmod +x deploy.sh; sleep 90');
  return engine;
}

const fetched = `curl -fsS -o /tmp/seats.tgz http://registry.ventarela.test/seats/$1/seats.tgz && scp -q /tmp/seats.tgz web-1:/tmp/
ssh web-1 "mkdir -p /opt/seats/releases/$1 && tar -xzf /tmp/seats.tgz -C /opt/seats/releases/$1"`;

test('a careful deploy passes on the copy and on an unseen day, and changes nothing of the learner’s', async () => {
  const engine = await open(`#!/bin/bash -e
${fetched}
ssh web-1 "ln -sfn ../releases/$1 /opt/seats/on/8082 && systemctl start seats@8082 && sleep 2 && curl -fsS localhost:8082/healthz"
ssh web-1 "sed -i s/8081/8082/ /etc/nginx/conf.d/seats.conf && systemctl reload nginx && systemctl stop seats@8081"
`);
  const before = engine.log();
  const results = await engine.check([loses, unseen, knows].map(({ id }) => id));
  expect(results.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['loses-little', 'passed'],
    ['loses-little-on-an-unseen-day', 'passed'],
    ['knows', 'passed'],
  ]);
  expect(engine.log()).toBe(before);
  expect((await engine.run('curl -fsS http://web-1/version')).stdout).toBe('{"version":"1.0.0"}\n');
}, 60_000);

test('one that stops what serves first fails on both', async () => {
  const engine = await open(`#!/bin/bash -e
ssh web-1 systemctl stop seats@8081
${fetched}
ssh web-1 "ln -sfn ../releases/$1 /opt/seats/on/8081 && systemctl start seats@8081 && sleep 2"
`);
  const results = await engine.check(['loses-little', 'loses-little-on-an-unseen-day']);
  expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
}, 60_000);

test('a desk that a check only looked at is handed on, and what another does there is seen by none', async () => {
  const engine = await open('#!/bin/bash');
  const ids = looks.map(({ id }) => id);
  const together = await engine.check(ids);
  const order = [...new Set(desks)];
  expect(desks.map((desk) => order.indexOf(desk))).toEqual([0, 0, 0, 1, 2]);
  const alone = [];
  for (const id of ids) alone.push(...(await engine.check([id])));
  expect(together).toEqual(alone);
}, 60_000);
