import { describe, expect, test } from 'vitest';
import { type Call, createWorld, type Intervention, type Scenario, type ServiceSpec, type World } from './index.ts';

const second = 1000;

/** `web` in two instances, a request every 50 ms that takes 20 ms. */
function scenarioWith(web: Partial<ServiceSpec>, more: Partial<Scenario> = {}): Scenario {
  return {
    name: 'two',
    services: {
      web: { instances: 2, concurrency: 4, time: { distribution: 'deterministic', mean: 20 }, startup: 3000, ...web },
    },
    journeys: { visit: { steps: [{ service: 'web' }], timeout: 2000 } },
    arrivals: [{ journey: 'visit', pattern: 'constant', rate: 20 }],
    ...more,
  };
}

const stateOf = (world: World): string =>
  world
    .instances()
    .map(({ name, version, state, listed }) => `${name} ${version} ${state}${listed ? '' : ' unlisted'}`)
    .join(', ');

const typesOf = (world: World): readonly string[] =>
  world.events().map(({ at, type, instance }) => `${at / second} ${type} ${instance ?? ''}`.trim());

function desk(world: World) {
  const { web } = world.figures().services;
  if (web === undefined) throw new Error('no web');
  return web;
}

describe('an instance', () => {
  test('that is drained finishes what it has and loses nothing', () => {
    const world = createWorld({
      scenario: scenarioWith({ time: { distribution: 'deterministic', mean: 700 } }),
      seed: '',
    });
    world.runUntil(10 * second);
    world.act({ do: 'drain', instance: 'web-1' });
    expect(stateOf(world)).toBe('web-1 1.0.0 draining unlisted, web-2 1.0.0 up');
    world.runUntil(11 * second);
    expect(stateOf(world)).toBe('web-1 1.0.0 stopped unlisted, web-2 1.0.0 up');
    expect(desk(world).dropped).toBe(0);
  });

  test('that is killed loses what it had, still gets requests until its checks fail, and comes back after a pause and its start-up', () => {
    const world = createWorld({
      scenario: scenarioWith({ restart: { delay: 20 * second, most: 60 * second, reset: 60 * second } }),
      seed: '',
    });
    world.runUntil(10.01 * second);
    world.act({ do: 'kill', instance: 'web-1' });
    world.runUntil(60 * second);
    expect(typesOf(world)).toEqual([
      '0 InstanceStarted web-1',
      '0 InstanceStarted web-2',
      '10.01 InstanceCrashed web-1',
      '20 InstanceUnhealthy web-1',
      '33.01 InstanceStarted web-1',
    ]);
    // Every other one of 200 requests met a closed door.
    expect(desk(world).dropped).toBeGreaterThanOrEqual(99);
    expect(desk(world).dropped).toBeLessThanOrEqual(101);
  });

  test('that takes long to start again is out of the balancer meanwhile', () => {
    const web = { startup: 30 * second, restart: { delay: second, most: 60 * second, reset: 60 * second } };
    const world = createWorld({ scenario: scenarioWith(web), seed: '' });
    world.runUntil(10.01 * second);
    world.act({ do: 'kill', instance: 'web-1' });
    world.runUntil(60 * second);
    expect(typesOf(world).slice(2)).toEqual([
      '10.01 InstanceCrashed web-1',
      '20 InstanceUnhealthy web-1',
      '41.01 InstanceStarted web-1',
    ]);
    expect(desk(world).dropped).toBeLessThanOrEqual(101);
  });

  test('that crashes at every request is started again with longer and longer pauses, up to the longest', () => {
    const serve = (): { status: number; cost: number; failed: 'crash' } => ({ status: 500, cost: 1, failed: 'crash' });
    const web = { instances: 1, startup: 0, restart: { delay: 1000, most: 5000, reset: 60 * second } };
    const world = createWorld({ scenario: scenarioWith(web), seed: '' }, { serve });
    world.runUntil(30 * second);
    const starts = world.events().filter(({ type }) => type === 'InstanceStarted');
    const pauses = starts.map(({ at }, n) => Math.round((at - (starts[n - 1]?.at ?? 0)) / second)).slice(1, 6);
    expect(pauses).toEqual([1, 2, 4, 5, 5]);
  });

  test('whose memory leaks ends at its limit', () => {
    const memory = { base: 100, leak: 1, limit: 150 };
    const world = createWorld({ scenario: scenarioWith({ instances: 1, memory }), seed: '' });
    world.runUntil(4 * second);
    expect(world.events().map(({ type, reason }) => `${type} ${reason ?? ''}`)).toContain(
      'InstanceCrashed out of memory',
    );
    expect(desk(world).served).toBe(51);
  });

  test('that hangs lets its requests time out, is found by its checks and started again, and the world goes on', () => {
    const serve = ({ instance, at }: Call): { status: number; cost: number; failed?: 'hang' } =>
      instance === 'web-1' && at > 5 * second && at < 8 * second
        ? { status: 0, cost: 0, failed: 'hang' }
        : { status: 200, cost: 20 };
    const world = createWorld({ scenario: scenarioWith({}), seed: '' }, { serve });
    world.runUntil(40 * second);
    expect(typesOf(world)).toContain('15 InstanceUnhealthy web-1');
    expect(stateOf(world)).toBe('web-1 1.0.0 up, web-2 1.0.0 up');
    const { visit } = world.figures().journeys;
    expect(visit?.failed).toBeGreaterThan(2);
    expect(visit?.finished).toBeGreaterThan(700);
  });

  test('that is started out of rotation gets nothing until it is put in', () => {
    const world = createWorld({ scenario: scenarioWith({ instances: 1 }), seed: '' });
    world.act({ do: 'start', service: 'web', instance: 'green', version: '2.0.0', rotate: false });
    world.runUntil(10 * second);
    expect(stateOf(world)).toBe('web-1 1.0.0 up, green 2.0.0 up unlisted');
    // 200 came in the ten seconds; the last one is still being worked on.
    const seen: string[] = [];
    const green = (): void => {
      const figures = world.scrape();
      for (const [index, { name, labels }] of world.series().entries())
        if (name === 'http_requests_total' && labels.instance === 'green') seen.push(`${figures[index]}`);
    };
    green();
    world.act({ do: 'rotate', instance: 'green', into: true });
    world.act({ do: 'rotate', instance: 'web-1', into: false });
    world.runUntil(20 * second);
    green();
    expect(seen).toEqual(['199']);
  });
});

test('a deploy replaces all instances, a new one being up before an old one goes, and no request is lost', () => {
  const world = createWorld({ scenario: scenarioWith({}), seed: '' });
  world.runUntil(10 * second);
  world.act({ do: 'deploy', service: 'web', version: '2.0.0' });
  world.runUntil(60 * second);
  expect(typesOf(world).filter((line) => /Deploy/.test(line))).toEqual(['10 DeployStarted', '16 DeployFinished']);
  const up = world.instances().filter(({ state }) => state === 'up');
  expect(up.map(({ version }) => version)).toEqual(['2.0.0', '2.0.0']);
  const { arrived, served, insideNow } = desk(world);
  expect(served + insideNow).toBe(arrived);
});

test('a deploy of a version that ends when it starts leaves the old ones serving, and another deploy mends it', () => {
  const world = createWorld({ scenario: scenarioWith({ versions: { '2.0.0': { broken: true } } }), seed: '' });
  world.act({ do: 'deploy', service: 'web', version: '2.0.0' });
  world.runUntil(60 * second);
  expect(world.instances().filter(({ state }) => state === 'up')).toHaveLength(2);
  expect(desk(world).failed + desk(world).dropped + desk(world).refused).toBe(0);
  world.act({ do: 'deploy', service: 'web', version: '1.0.0' });
  world.runUntil(120 * second);
  expect(stateOf(world)).toMatch(/^web-1 1.0.0 up, web-2 1.0.0 up, web-3 2.0.0 stopped/);
});

describe('a fault', () => {
  const during = (act: Intervention, web: Partial<ServiceSpec> = {}, more: Partial<Scenario> = {}) => {
    const world = createWorld({ scenario: scenarioWith(web, more), seed: '1' });
    world.act(act);
    world.runUntil(100 * second);
    return { ...desk(world), journey: world.figures().journeys.visit };
  };
  const fault = (kind: string, at: string, more: object = {}): Intervention =>
    ({ do: 'break', fault: { kind, at, ...more } }) as Intervention;

  test('`slow` makes the work of a service so many times as long', () => {
    expect(during(fault('slow', 'web', { factor: 3 })).response.mean).toBeCloseTo(60, 6);
  });
  test('`errors` makes that share of answers fail', () => {
    const { failed, arrived } = during(fault('errors', 'web', { share: 0.25 }));
    expect(failed / arrived).toBeGreaterThan(0.22);
    expect(failed / arrived).toBeLessThan(0.28);
  });
  test('`network-loss` makes answers late: whoever is lost once waits 200 ms', () => {
    const { served, journey } = during(fault('network-loss', 'web', { share: 0.5 }));
    expect(served).toBeLessThan(journey?.started ?? 0);
    expect(journey?.failed).toBeGreaterThan(0);
  });
  test('`expired-certificate` lets nobody in', () => {
    expect(during(fault('expired-certificate', 'web'))).toMatchObject({ served: 0, refused: 2000 });
  });
  test('`disk-full` on a host fails what writes there, and nothing else', () => {
    const routes = { 'POST /holds': { writes: true } };
    const { failed, served } = during(
      fault('disk-full', 'h1'),
      { routes, hosts: ['h1', 'h2'] },
      { hosts: { h1: {}, h2: {} } },
    );
    expect(failed).toBe(1000);
    expect(served).toBeGreaterThan(990);
  });
  test('`clock-skew` of more than 5 minutes fails what checks signed times', () => {
    const routes = { 'POST /payments': { signed: true } };
    const act = fault('clock-skew', 'h1', { ms: 400_000 });
    const world = createWorld({ scenario: scenarioWith({ routes, hosts: ['h1'] }, { hosts: { h1: {} } }), seed: '' });
    world.act(act);
    world.runUntil(10 * second);
    const codes = world.series().flatMap(({ name, labels }) => (name === 'http_requests_total' ? [labels.code] : []));
    expect(codes).toEqual(['401', '401']);
  });
  test('`errors` take the place of the code that a route answers with', () => {
    const world = createWorld({ scenario: scenarioWith({ routes: { 'GET /admin': { code: 404 } } }), seed: '' });
    world.runUntil(5 * second);
    world.act(fault('errors', 'web', { share: 1 }));
    world.runUntil(10 * second);
    const codes = world.series().flatMap(({ name, labels }) => (name === 'lb_requests_total' ? [labels.code] : []));
    expect(codes).toEqual(['404', '500']);
  });
  test('`host-down` ends what runs there, until it is mended', () => {
    const world = createWorld({
      scenario: scenarioWith({ hosts: ['h1', 'h2'] }, { hosts: { h1: {}, h2: {} } }),
      seed: '',
    });
    world.runUntil(second);
    world.act(fault('host-down', 'h1'));
    world.runUntil(100 * second);
    expect(stateOf(world)).toBe('web-1 1.0.0 crashed unlisted, web-2 1.0.0 up');
    world.act({ do: 'mend', fault: { kind: 'host-down', at: 'h1' } });
    world.runUntil(110 * second);
    expect(stateOf(world)).toBe('web-1 1.0.0 up, web-2 1.0.0 up');
  });
  test('at a place that does not exist changes nothing and says what there is', () => {
    const world = createWorld({ scenario: scenarioWith({}), seed: '' });
    const before = JSON.stringify(world.snapshot());
    expect(world.act(fault('errors', 'wob', { share: 1 }))).toEqual({ what: 'service', name: 'wob', known: ['web'] });
    expect(JSON.stringify(world.snapshot())).toBe(before);
  });
});
