import { expect, test } from 'vitest';
import { createEngine, type Engine } from './engine.ts';
import type { EngineEvent, Snapshot } from './snapshot.ts';

const pack = { day: 'none', seed: 's', files: {} };
const size = { columns: 80, rows: 24 };

async function begin(snapshot?: Snapshot): Promise<{ readonly engine: Engine; readonly events: EngineEvent[] }> {
  const events: EngineEvent[] = [];
  const engine = await createEngine(
    { pack, language: 'en', ...(snapshot && { snapshot }) },
    {
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
