// Parts of the engine that come when they are needed: what they may not change, and which days have them from the beginning.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { partNames } from '../../sandbox/checks/part-names.ts';
import { bundleEngine, quickjsWasm } from '../../sandbox/hosts/build/bundle.ts';
import {
  type Day,
  dayFolders,
  readActions,
  readDay,
  readFolder,
  readIncident,
  startEngine,
} from '../../sandbox/hosts/node/index.ts';
import { openSession } from '../../sandbox/hosts/session.ts';

const wasm = quickjsWasm().file;
const empty = { day: 'none', seed: 'parts', files: {} };

const script = `
printf 'groups:\\n- name: g\\n  rules:\\n  - { alert: A, expr: up == 0 }\\n' > rules.yml
(for round in $(seq 1 3000); do echo $round > loop; done) &
node -e "let round = 0; const go = () => { require('fs').writeFileSync('turns', String(round++)); if (round < 100) setImmediate(go); }; go()" &
promtool check rules rules.yml; cat loop turns
wait
curl -s -d '{"service":"seats","version":"1.0.0","result":"succeeded"}' http://events.ventarela.test/deploys
inbox | head -3; promtool check rules missing.yml; echo $?`;

/** What is said and logged when a part takes so many ms to come. */
async function live(late: number): Promise<{ readonly said: unknown; readonly log: string; readonly asked: string[] }> {
  const engine = await bundleEngine();
  const asked: string[] = [];
  const start = () =>
    startEngine({
      engine,
      wasm,
      async onPart(part) {
        asked.push(part);
        await new Promise((resolve) => setTimeout(resolve, late));
      },
    });
  const session = await openSession({ startEngine: start, pack: empty, language: 'en' });
  try {
    const said = await session.call('run', { script });
    return { said, log: (await session.call('log', {})).text, asked };
  } finally {
    session.close();
  }
}

test('a part that comes late changes neither what is said nor a byte of the log, whatever runs beside', async () => {
  const first = await live(0);
  expect(first.asked).toEqual(['production']);
  const { stdout } = first.said as { readonly stdout: string };
  const [, loop] = /SUCCESS: 1 rules found\n\n?(\d+)\n/.exec(stdout) ?? [];
  // The loop in the background is under way: with time of its own it would get further.
  expect(Number(loop)).toBeGreaterThan(0);
  expect(Number(loop)).toBeLessThan(3000);
  for (const late of [1, 40, 400]) expect(await live(late)).toEqual(first);
}, 60_000);

test('nothing is asked for by who needs none', async () => {
  const engine = await bundleEngine();
  const asked: string[] = [];
  const onPart = async (part: string): Promise<void> => void asked.push(part);
  const session = await openSession({
    startEngine: () => startEngine({ engine, wasm, onPart }),
    pack: empty,
    language: 'en',
  });
  await session.call('run', { script: 'git init -q; npm init -y; node -e 1; curl -s http://web-1/; loop --help' });
  await session.call('run', { script: 'curl -s http://registry.ventarela.test/seats' });
  session.close();
  expect(asked).toEqual([]);
});

/** The parts that a day asks for when it names none, on the way of its solution and at its checks. */
async function needs(day: Day): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'noventa-parts-'));
  const file = join(folder, 'exercise.js');
  writeFileSync(file, `${day.script.text}\n;delete noventaExercise.exercise.parts;`);
  const engine = await bundleEngine();
  const asked = new Set<string>();
  const onPart = async (part: string): Promise<void> => void asked.add(part);
  const start = () => startEngine({ engine, wasm, exercise: { file, hash: 'none' }, onPart });
  const session = await openSession({ startEngine: start, pack: day.pack, language: 'en' });
  try {
    const solution = join(day.folder, 'solution');
    for (const [path, bytes] of Object.entries(readFolder(solution))) await session.call('writeFile', { path, bytes });
    await session.call('run', { script: readActions(solution), asScript: true });
    const results = await session.check(day.exercise.steps.flatMap(({ checks }) => checks.map(({ id }) => id)));
    for (const result of results)
      if (result.outcome === 'unfinished') {
        const [, part] = /the exercise needs parts: \['(\w+)'\]/.exec(result.detail) ?? [];
        if (part === undefined) throw new Error(result.detail);
        asked.add(part);
      }
    return partNames.filter((name) => asked.has(name));
  } finally {
    session.close();
    rmSync(folder, { recursive: true });
  }
}

for (const folder of dayFolders())
  test(`${folder.split('/').at(-1)} names the parts that it needs, and no other`, async () => {
    for (const day of [await readDay(folder), await readIncident(folder)]) {
      if (day === undefined) continue;
      expect({ day: day.exercise.id, parts: await needs(day) }).toEqual({
        day: day.exercise.id,
        parts: day.exercise.parts ?? [],
      });
    }
  }, 120_000);
