import { expect, test } from 'vitest';
import { type Exercise, failed, passed } from './checks/index.ts';
import { createEngine, type Engine, type EngineOptions } from './engine.ts';
import { quickjsWasm } from './hosts/build/bundle.ts';
import { loadPart } from './parts/direct.ts';
import type { EngineEvent, Snapshot } from './snapshot.ts';

const pack = { day: 'none', seed: 's', files: {} };
const size = { columns: 80, rows: 24 };

async function begin(
  snapshot?: Snapshot,
  options: Partial<EngineOptions> = {},
): Promise<{ readonly engine: Engine; readonly events: EngineEvent[] }> {
  const events: EngineEvent[] = [];
  const engine = await createEngine(
    { pack, language: 'en', ...(snapshot && { snapshot }), ...options },
    {
      loadPart,
      loadWasm: () => Promise.reject(new Error('no programs in this test')),
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      onKernel() {},
      emit: (event) => void events.push(event),
    },
  );
  return { engine, events };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const written = (events: readonly EngineEvent[], terminal: string): string =>
  events.map((event) => (event.event === 'output' && event.terminal === terminal ? event.text : '')).join('');

test('terminals have a folder and variables each, and share files and history', async () => {
  const { engine, events } = await begin();
  engine.openTerminal('t1', size);
  engine.openTerminal('t2', size);
  engine.type('t1', 'mkdir d; cd d; x=1; echo mine > f\r');
  await settled();
  engine.type('t2', 'pwd; echo "[$x]"; cat d/f; history | wc -l\r');
  await settled();
  expect(written(events, 't2')).toMatch(/\r\n\/home\/dev\r\n\[\]\r\nmine\r\n2\r\n/);
});

test('one terminal runs while another waits for its person, and only the one that is meant is interrupted', async () => {
  const { engine, events } = await begin();
  engine.openTerminal('t1', size);
  engine.openTerminal('t2', size);
  engine.type('t1', 'cat\r');
  engine.type('t2', 'cat\r');
  await settled();
  expect(events.findLast(({ event }) => event === 'busy')).toMatchObject({ terminals: ['t1', 't2'] });
  engine.interrupt('t1');
  await settled();
  expect(events.findLast(({ event }) => event === 'busy')).toMatchObject({ terminals: ['t2'], busy: true });
  engine.type('t1', 'echo on\r');
  await settled();
  expect(written(events, 't1')).toContain('\r\non\r\n');
});

test('a snapshot keeps the shell of every open terminal; one from before there were several still opens', async () => {
  const { engine } = await begin();
  engine.openTerminal('t1', size);
  engine.openTerminal('t2', size);
  engine.openTerminal('t3', size);
  engine.type('t2', 'cd /tmp\r');
  await settled();
  engine.closeTerminal('t3');
  const snapshot = engine.snapshot();
  expect(Object.keys(snapshot.otherShells ?? {})).toEqual(['t2']);

  const next = await begin(structuredClone(snapshot));
  next.engine.openTerminal('t1', size);
  next.engine.openTerminal('t2', size);
  expect(written(next.events, 't2')).toContain('/tmp');

  const { otherShells: _, ...old } = snapshot;
  const before = await begin(old);
  before.engine.openTerminal('t1', size);
  expect(before.engine.snapshot().shell).toEqual(old.shell);
});

test('when the first terminal is closed, the next one is the first of what is kept', async () => {
  const { engine } = await begin();
  engine.openTerminal('t1', size);
  engine.openTerminal('t2', size);
  engine.type('t2', 'cd /tmp\r');
  await settled();
  engine.closeTerminal('t1');
  expect(engine.snapshot()).toMatchObject({ shell: { cwd: '/tmp' }, otherShells: {} });
});

const said = { es: 'x', en: 'x' };

/** An empty day with these checks and stars. */
async function beginWith(step: Pick<Exercise['steps'][number], 'checks' | 'stars'>): Promise<Engine> {
  const exercise: Exercise = {
    id: 'd01',
    seed: 's',
    title: said,
    steps: [
      { id: 'd01-s1', title: said, task: said, kind: 'challenge', hints: [said, said, said], reason: said, ...step },
    ],
    wrong: {},
  };
  return createEngine(
    { pack, language: 'en', exercise },
    {
      loadPart,
      loadWasm: async () => quickjsWasm().bytes,
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      onKernel() {},
      emit() {},
    },
  );
}

test('stars are judged when they are named, and only then', async () => {
  const check = { id: 'd01-c1', goal: said, kind: 'log', run: () => passed } as const;
  const engine = await beginWith({
    checks: [check],
    stars: [{ ...check, id: 'd01-x1', star: 'faster', run: () => failed({ expected: said, found: said, next: said }) }],
  });
  const outcomes = (results: Awaited<ReturnType<Engine['check']>>) => results.map(({ id, outcome }) => [id, outcome]);
  expect(outcomes(await engine.check())).toEqual([['d01-c1', 'passed']]);
  expect(outcomes(await engine.check(['d01-x1', 'd01-c1']))).toEqual([
    ['d01-c1', 'passed'],
    ['d01-x1', 'failed'],
  ]);
});

test('a check may look at the same state on other seeds: each its own chance, the same each time, the learner’s left alone', async () => {
  const drawn: number[][] = [];
  const engine = await beginWith({
    checks: [
      {
        id: 'd01-c1',
        goal: said,
        kind: 'world',
        async run(desk) {
          await desk.run('echo mine > here');
          const draw = async (seed: string): Promise<number> => {
            const other = await desk.onSeed(seed);
            expect([other.text('kept'), other.exists('here')]).toEqual(['before\n', false]);
            return other.integer(0, 1_000_000);
          };
          drawn.push([desk.integer(0, 1_000_000), await draw('a'), await draw('b'), await draw('a')]);
          return passed;
        },
      },
    ],
  });
  await engine.run('echo before > kept');
  expect((await engine.check())[0]).toEqual({ id: 'd01-c1', outcome: 'passed' });
  await engine.check();
  const [[own, one, two, again] = [], second] = drawn;
  expect(new Set([own, one, two]).size).toBe(3);
  expect(again).toBe(one);
  expect(second).toEqual(drawn[0]);
});

test('a day that comes as it opens goes on as one that is set up here, on its own seed alone', async () => {
  const setup = 'mkdir seats; mktemp > seats/luck; sleep 90';
  const exercise: Exercise = { id: 'd01', seed: 's', title: { es: 'x', en: 'x' }, steps: [], wrong: {}, setup };
  const work = 'date; cat seats/luck; mktemp; ls -l seats';
  const { engine: one } = await begin(undefined, { exercise });
  const opened = structuredClone(one.snapshot());
  const { engine: other } = await begin(undefined, { exercise, pack: { ...pack, opened } });
  expect(await other.run(work)).toEqual(await one.run(work));
  expect(other.log()).toBe(one.log());
  expect(other.snapshot()).toEqual(one.snapshot());
  await expect(begin(undefined, { exercise, pack: { ...pack, seed: 'other', opened } })).rejects.toThrow(
    'none: it stands here as it opens with seed s, not with other',
  );
});
