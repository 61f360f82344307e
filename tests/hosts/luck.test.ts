import { beforeAll, expect, test } from 'vitest';
import type { Lucky } from '../../sandbox/checks/luck.ts';
import { bundleEngine, type EngineScripts, quickjsWasm } from '../../sandbox/hosts/build/bundle.ts';
import { answerOf, type Day, findDay, readDay, startEngine, variantsOf } from '../../sandbox/hosts/node/index.ts';
import type { Snapshot } from '../../sandbox/hosts/protocol.ts';
import { openSession, type Session } from '../../sandbox/hosts/session.ts';

let engine: EngineScripts;
beforeAll(async () => {
  engine = await bundleEngine();
}, 120_000);

async function done(day: Day, name: string): Promise<Session> {
  const variant = variantsOf(day.folder).find((one) => one.name === name);
  if (variant === undefined) throw new Error(`day ${day.number} has no ${name}`);
  const start = () => startEngine({ engine, wasm: quickjsWasm().file, exercise: day.script });
  const session = await openSession({ startEngine: start, pack: day.pack, language: 'es' });
  const { files, actions } = answerOf(variant);
  for (const [path, bytes] of Object.entries(files)) await session.call('writeFile', { path, bytes });
  await session.call('run', { script: actions, asScript: true });
  return session;
}

const checksOf = ({ exercise }: Day) => exercise.steps.flatMap(({ checks }) => checks.map(({ id }) => id));
const withLuck = ({ exercise }: Day) =>
  exercise.steps.flatMap(({ checks }) => checks.flatMap(({ id, kind }) => (kind === 'world' ? [id] : [])));
const seeds = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

const SEEDS = 3;

test('a rule by load does as well with other luck; one made for one Friday fails, and what failed can be lived through', {
  timeout: 120_000,
}, async () => {
  const day = await readDay(findDay('8') as string);
  const told: Lucky<Snapshot>[] = [];
  const signal = new AbortController().signal;
  const options = { signal, engines: 1, onLucky: (lucky: Lucky<Snapshot>) => told.push(lucky) };
  const good = await done(day, 'solution');
  await good.luck(checksOf(day), seeds(SEEDS), options);
  good.close();
  expect(told.map(({ seed }) => seed)).toEqual(seeds(SEEDS));
  for (const { results, seen } of told) {
    expect(results.map(({ id, outcome }) => [id, outcome])).toEqual(withLuck(day).map((id) => [id, 'passed']));
    expect(seen).toEqual([]);
  }

  told.length = 0;
  const timetable = await done(day, 'wrong/friday-timetable');
  await timetable.luck(checksOf(day), ['4'], options);
  timetable.close();
  const failing = told[0]?.results.filter(({ outcome }) => outcome !== 'passed').map(({ id }) => id);
  expect(failing).toEqual(['d08-c4']);
  expect(told[0]?.seen).toMatchObject([{ check: 'd08-c4', run: { day: 'unseen-saturday', seed: '4' } }]);
});

test('a morning that several checks share is lived through once, and comes back with each of them that fails', {
  timeout: 60_000,
}, async () => {
  const day = await readDay(findDay('7') as string);
  const session = await done(day, 'wrong/restart-in-place');
  const told: Lucky<Snapshot>[] = [];
  const signal = new AbortController().signal;
  await session.luck(['d07-c7', 'd07-c1', 'd07-c2'], ['1', '2'], {
    signal,
    engines: 1,
    onLucky: (lucky) => told.push(lucky),
  });
  session.close();
  const mornings = told.map(({ results, seen }) => {
    expect(results.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['d07-c7', 'passed'],
      ['d07-c1', 'failed'],
      ['d07-c2', 'passed'],
    ]);
    expect(seen).toMatchObject([{ check: 'd07-c1', state: { day: 'd07' } }]);
    const [morning] = seen.flatMap((one) => ('state' in one ? [one.state] : []));
    // It went on for the checks that try a bad deploy after the good one.
    const done = morning?.files['/srv/production/interventions.jsonl'];
    expect(done?.type === 'file' && new TextDecoder().decode(done.bytes)).toContain('releases/1.1.0');
    return morning?.kernel.seed;
  });
  expect(mornings[0]).not.toEqual(mornings[1]);
});

test('it stops when it is told to, and the seeds that were done are known', { timeout: 60_000 }, async () => {
  const day = await readDay(findDay('8') as string);
  const session = await done(day, 'solution');
  const stop = new AbortController();
  const told: string[] = [];
  const trying = session.luck(checksOf(day), seeds(20), {
    signal: stop.signal,
    engines: 2,
    onLucky({ seed }) {
      told.push(seed);
      if (told.length === 2) stop.abort(new Error('enough'));
    },
  });
  await expect(trying).rejects.toThrow('enough');
  session.close();
  expect(told).toHaveLength(2);
});
