import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, test } from 'vitest';
import { DAY_START } from '../../kernel/index.ts';
import { type Command, createNodeRuntime, type NodeRuntime } from '../../machine/index.ts';
import { createWorld, type Scenario } from '../../world/index.ts';
import { startInstance } from './instance.ts';
import { startSampled } from './sampled.ts';

const wasm = createRequire(import.meta.url).resolve('@jitl/quickjs-ng-wasmfile-release-sync/wasm');
const turn = setImmediate;
const pause = (): Promise<void> => new Promise((resolve) => turn(resolve));
const runtime: NodeRuntime = createNodeRuntime(async () => readFileSync(wasm), { pause });
beforeAll(() => runtime.load());

/** `node FILE`, without the options of the real command, which are the tools' own. */
const node: Command = {
  name: 'node',
  summary: { es: '', en: '' },
  run: ([path = '', ...args], io) =>
    runtime.run({ kind: 'file', path, check: false, words: [path, ...args], args }, io),
};
const surroundings = { commands: () => [node], language: 'en', pause } as const;

const app = `import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
let asked = 0;
createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://x');
  console.log(JSON.stringify({ path: pathname }));
  asked += 1;
  if (pathname === '/crash') setImmediate(() => { throw new Error('no such coach'); });
  else if (pathname === '/loop') for (;;);
  else if (pathname === '/slow') { await wait(250); response.end('slow'); }
  else if (pathname === '/third') { response.statusCode = asked % 3 === 0 ? 500 : 200; response.end(); }
  else if (pathname === '/echo') { let body = ''; for await (const part of request) body += part; response.end(body); }
  else response.end(JSON.stringify({ asked, now: Date.now() }));
}).listen(process.env.PORT);
`;
const plan = {
  files: { 'app.mjs': new TextEncoder().encode(app) },
  args: ['app.mjs'],
  env: { PORT: '8080' },
  seed: 's',
  at: DAY_START,
};
const ask = (path: string, at = DAY_START, body = '') => ({ method: body === '' ? 'GET' : 'POST', path, body, at });

async function instance() {
  const started = await startInstance(plan, surroundings);
  if ('output' in started) throw new Error(started.output.join('\n'));
  return started;
}

describe('an instance', () => {
  test('answers within the turn, with its own state, the moment of the world and what it was sent', async () => {
    const one = await instance();
    expect(JSON.parse(one.ask(ask('/')).body)).toEqual({ asked: 1, now: DAY_START });
    expect(JSON.parse(one.ask(ask('/', DAY_START + 5000)).body)).toEqual({ asked: 2, now: DAY_START + 5000 });
    expect(one.ask(ask('/echo', DAY_START, 'hello')).body).toBe('hello');
    expect(one.takeOutput()).toEqual(['{"path":"/"}', '{"path":"/"}', '{"path":"/echo"}']);
  });

  test('costs what it computes and what it waits for', async () => {
    const one = await instance();
    expect(one.ask(ask('/slow')).cost).toBeGreaterThanOrEqual(250);
    expect(one.ask(ask('/')).cost).toBeLessThan(10);
  });

  test('that throws crashes, and one that never ends hangs', async () => {
    const [one, other] = [await instance(), await instance()];
    expect(one.ask(ask('/crash'))).toMatchObject({ status: 0, failed: 'crash' });
    expect(one.takeOutput().join('\n')).toContain('Error: no such coach\n    at ');
    expect(other.ask(ask('/loop'))).toMatchObject({ status: 0, failed: 'hang' });
    expect([one.isAlive, other.isAlive]).toEqual([false, false]);
  });

  test('that does not come to listen tells what it wrote', async () => {
    const files = { 'app.mjs': new TextEncoder().encode("console.error('CURRENCY is not set'); process.exit(1);") };
    expect(await startInstance({ ...plan, files }, surroundings)).toEqual({ output: ['CURRENCY is not set'] });
  });
});

test('of thousands of alike requests a sample runs, and the share of failures is the program’s', async () => {
  const program = await startSampled(plan, surroundings);
  if ('output' in program) throw new Error(program.output.join('\n'));
  const count = 40_000;
  let failures = 0;
  for (let number = 0; number < count; number++)
    if (program.answer({ kind: '/third', ...ask('/third', DAY_START + number) })?.status === 500) failures += 1;
  // The first 100 and one in 200 of the others.
  expect(program.share.of).toBe(count);
  expect(program.share.ran).toBeGreaterThan(260);
  expect(program.share.ran).toBeLessThan(340);
  // Five standard errors of the sample.
  const error = Math.sqrt((1 / 3) * (2 / 3)) / Math.sqrt(program.share.ran);
  expect(Math.abs(failures / count - 1 / 3)).toBeLessThan(5 * error);
});

test('a world serves with the program: its failures are what people meet', async () => {
  const scenario: Scenario = {
    name: 'third',
    start: DAY_START,
    length: 600_000,
    services: {
      seats: {
        instances: 2,
        concurrency: 1,
        time: { distribution: 'deterministic', mean: 20 },
        routes: { third: { path: '/third' } },
      },
    },
    journeys: { search: { steps: [{ service: 'seats', route: 'third' }] } },
    arrivals: [{ journey: 'search', pattern: 'poisson', rate: 10 }],
  };
  const live = async () => {
    const program = await startSampled(plan, surroundings);
    if ('output' in program) throw new Error(program.output.join('\n'));
    const codes = new Map<number, number>();
    const world = createWorld(
      { scenario, seed: 'third' },
      {
        serve: ({ route, method, path, body, at }) => program.answer({ kind: route, method, path, body, at }),
        finished: ({ code }) => void codes.set(code, (codes.get(code) ?? 0) + 1),
      },
    );
    world.runUntil(DAY_START + 600_000);
    return [...codes].sort(([a], [b]) => a - b);
  };
  const first = await live();
  const [good = 0, bad = 0] = [200, 500].map((code) => new Map(first).get(code) ?? 0);
  expect(good + bad).toBeGreaterThan(5000);
  expect(bad / (good + bad)).toBeGreaterThan(0.25);
  expect(bad / (good + bad)).toBeLessThan(0.42);
  expect(await live()).toEqual(first);
});
