// Times of the luck test, alone in Node: `node tests/bench/luck.ts 7 8`, each step on 20 seeds with the course's own answer, in one engine.
import { bundleEngine, quickjsWasm } from '../../sandbox/hosts/build/bundle.ts';
import { findDay, readActions, readDay, readFolder, startEngine } from '../../sandbox/hosts/node/index.ts';
import { openSession, type Session } from '../../sandbox/hosts/session.ts';

const SEEDS = 20;

const engine = await bundleEngine();
for (const number of process.argv.length > 2 ? process.argv.slice(2) : ['7', '8', '9']) {
  const day = await readDay(findDay(number) as string);
  const start = () => startEngine({ engine, wasm: quickjsWasm().file, exercise: day.script });
  const session = await openSession({ startEngine: start, pack: day.pack, language: 'en' });
  const folder = `${day.folder}/solution`;
  for (const [path, bytes] of Object.entries(readFolder(folder))) await session.call('writeFile', { path, bytes });
  await session.call('run', { script: readActions(folder), asScript: true });
  const checks: string[] = [];
  for (const [index, step] of day.exercise.steps.entries()) {
    const added = step.checks.filter(({ kind }) => kind === 'world');
    if (added.length === 0) continue;
    // What a learner waits for there: the checks of the step and of those before it, as `checksToTry` of the workbench has them.
    checks.push(...added.map(({ id }) => id));
    console.log(`day ${number}, step ${index + 1}: ${await tried(session, checks)}`);
  }
  session.close();
}

async function tried(session: Session, checks: readonly string[]): Promise<string> {
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
  const seconds = ((performance.now() - before.ms) / 1000).toFixed(1);
  const cpu = (process.cpuUsage().user - before.cpu) / 1e6;
  const told = failing.length === 0 ? 'all passed' : `not passed: ${failing.join(', ')}`;
  return `${seconds} s, ${cpu.toFixed(1)} s of processor, ${(cpu / SEEDS).toFixed(2)} s a seed; ${told}`;
}
