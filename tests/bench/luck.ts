// Times of the luck test, alone in Node: `node tests/bench/luck.ts 8 9`, 20 seeds with the course's own answer, in one engine.
import { bundleEngine, quickjsWasm } from '../../sandbox/hosts/build/bundle.ts';
import { findDay, readActions, readDay, readFolder, startEngine } from '../../sandbox/hosts/node/index.ts';
import { openSession } from '../../sandbox/hosts/session.ts';

const SEEDS = 20;

const engine = await bundleEngine();
for (const number of process.argv.length > 2 ? process.argv.slice(2) : ['8', '9']) {
  const day = await readDay(findDay(number) as string);
  const start = () => startEngine({ engine, wasm: quickjsWasm().file, exercise: day.script });
  const session = await openSession({ startEngine: start, pack: day.pack, language: 'en' });
  const folder = `${day.folder}/solution`;
  for (const [path, bytes] of Object.entries(readFolder(folder))) await session.call('writeFile', { path, bytes });
  await session.call('run', { script: readActions(folder), asScript: true });
  const checks = day.exercise.steps.flatMap((step) => step.checks.map(({ id }) => id));
  const failing: string[] = [];
  const before = { ms: performance.now(), cpu: process.cpuUsage().user };
  await session.luck(
    checks,
    Array.from({ length: SEEDS }, (_, index) => String(index + 1)),
    {
      signal: new AbortController().signal,
      engines: 1,
      onLucky({ seed, results }) {
        for (const { id, outcome } of results) if (outcome !== 'passed') failing.push(`${seed}: ${id}`);
      },
    },
  );
  const [ms, cpu] = [performance.now() - before.ms, (process.cpuUsage().user - before.cpu) / 1000];
  session.close();
  const told = failing.length === 0 ? 'all passed' : `not passed: ${failing.join(', ')}`;
  console.log(
    `luck test of day ${number}, ${SEEDS} seeds: ${(ms / 1000).toFixed(1)} s (${(cpu / 1000).toFixed(1)} s of processor), ${told}`,
  );
}
