import { beforeAll, expect, test } from 'vitest';
import { bundleEngine, type EngineScripts, quickjsWasm } from '../../sandbox/hosts/build/bundle.ts';
import { type Day, findDay, readActions, readDay, readFolder, startEngine } from '../../sandbox/hosts/node/index.ts';
import { type Journal, journalText, readJournal } from '../../sandbox/hosts/replay/journal.ts';
import { rerun } from '../../sandbox/hosts/replay/rerun.ts';
import { openSession, type Session } from '../../sandbox/hosts/session.ts';

let engine: EngineScripts;
let day: Day;
let checks: readonly string[];
beforeAll(async () => {
  engine = await bundleEngine();
  day = await readDay(findDay('1') as string);
  checks = day.exercise.steps.flatMap((step) => step.checks.map(({ id }) => id));
}, 120_000);

const start = () => startEngine({ engine, wasm: quickjsWasm().file, exercise: day.script });
const open = (snapshot?: ReturnType<Session['snapshot']>) =>
  openSession({ startEngine: start, pack: day.pack, language: 'en', ...(snapshot && { snapshot }) });
const again = async (journal: Journal, signal?: AbortSignal) =>
  rerun({ startEngine: start, pack: day.pack, language: 'es', journal, checks, ...(signal && { signal }) });

async function type(session: Session, ...lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    await session.call('type', { id: 't1', data: `${line}\r` });
    await session.call('settle', {});
  }
}

/** Programs that were running when an engine ended, and those that run now. */
function cutOff(session: Session): number {
  return session.snapshot().kernel.log.filter((entry) => entry.type === 'CommandStopped').length;
}

/** Day 1 as a learner does it, in three visits; in the second a program is cut off. */
async function learn(): Promise<Session> {
  const lines = readActions(`${day.folder}/solution`).trim().split('\n');
  const terminal = { id: 't1', columns: 80, rows: 24 };
  const first = await open();
  await first.call('openTerminal', terminal);
  const files = readFolder(`${day.folder}/solution`);
  for (const [path, bytes] of Object.entries(files)) await first.call('writeFile', { path, bytes });
  await type(first, ...lines.slice(0, 3));
  const second = await open(structuredClone(first.snapshot()));
  first.close();
  await second.call('openTerminal', terminal);
  await type(second, lines[3] as string);
  await second.call('type', { id: 't1', data: 'cat\r' });
  await expect.poll(() => cutOff(second)).toBe(1);
  const third = await open(structuredClone(second.snapshot()));
  second.close();
  await third.call('openTerminal', terminal);
  await third.call('type', { id: 't1', data: 'cat\r' });
  await expect.poll(() => cutOff(third)).toBe(2);
  expect(await third.stopProgram('t1')).toBe('interrupted');
  await type(third, ...lines.slice(4));
  return third;
}

const outcomes = (results: readonly { readonly id: string; readonly outcome: string }[]) =>
  results.map(({ id, outcome }) => [id, outcome]);

test('a day that was done in several visits is lived through again from its journal and passes', {
  timeout: 120_000,
}, async () => {
  const session = await learn();
  const { journal } = session.snapshot();
  const passed = outcomes(await session.check(checks));
  session.close();
  expect(passed).toEqual(checks.map((id) => [id, 'passed']));
  expect(journal).toHaveLength(3);
  const told = readJournal(journalText(journal as Journal)) as Journal;
  expect(outcomes(await again(told))).toEqual(passed);

  // The same without the last deed is not enough.
  const [one, two, three] = told as [Journal[0], Journal[0], Journal[0]];
  const short = [one, two, { ...three, actions: three.actions.slice(0, -1) }];
  expect(outcomes(await again(short))).not.toEqual(passed);
  expect(outcomes(await again([]))).toEqual(checks.map((id) => [id, 'failed']));
});

test('it stops when it is told to', { timeout: 60_000 }, async () => {
  const stop = new AbortController();
  const endless: Journal = [
    {
      actions: [
        { call: 'openTerminal', args: { id: 't1', columns: 80, rows: 24 }, at: 0 },
        { call: 'type', args: { id: 't1', data: 'cat\r' }, at: 0 },
      ],
    },
  ];
  setTimeout(() => stop.abort(new Error('enough')), 2000);
  await expect(again(endless, stop.signal)).rejects.toThrow('enough');
});
